import { Button, NativeSelect, Text, Title } from '@mantine/core';

import { useWords } from '../app/language.ts';
import { LanguageSwitch, SchemeSwitch } from '../app/preferences.tsx';
import { Picture } from '../media/Picture.tsx';
import { PICTURE_SIZES, type PictureSize } from '../media/sizes.ts';
import type { Capture, CaptureKind } from '../media/useCapture.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { Level } from './Level.tsx';
import classes from './station.module.css';
import type { Sources } from './useSources.ts';

interface Props {
  readonly name: string;
  readonly sources: Sources;
  readonly hasStarted: boolean;
  readonly onDone: () => void;
}

/** Which camera and which microphone, and whether they work, before anything goes out. */
export function CheckDevices({ name, sources, hasStarted, onDone }: Props) {
  const { t } = useWords();
  const { camera, microphone, size, setSize } = sources;
  return (
    <main className={classes['check']}>
      <header className={classes['checkHead']}>
        <Title order={1}>{t('station.titleOf', { name })}</Title>
        <div className={classes['switches']}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
      </header>
      <div className={classes['checkParts']}>
        <div className={classes['preview']}>
          <Picture
            track={camera.isMuted ? null : camera.track}
            label={t('station.own')}
            meanwhile={t(camera.isMuted ? 'station.ownCovered' : captureWords('camera', camera))}
            isMirror
          />
        </div>
        <div className={classes['choices']}>
          <Title order={2}>{t('station.check')}</Title>
          <Text>{t('station.checkMore')}</Text>
          <Device kind="camera" capture={camera} />
          <NativeSelect
            label={t('station.size')}
            value={size}
            data={PICTURE_SIZES.map((one) => ({ value: one, label: t(`station.sizes.${one}`) }))}
            onChange={(event) => setSize(event.currentTarget.value as PictureSize)}
          />
          <Device kind="microphone" capture={microphone} />
          {microphone.track === null ? null : <Level track={microphone.track} />}
          <Button size="lg" h={56} onClick={onDone}>
            {t(hasStarted ? 'station.goOn' : 'station.start')}
          </Button>
          <Text c="dimmed">{t('station.unattended')}</Text>
        </div>
      </div>
    </main>
  );
}

function captureWords(kind: CaptureKind, { state }: Capture) {
  return state === 'none' && kind === 'camera' ? 'station.ownNone' : (`media.capture.${state}` as const);
}

function Device({ kind, capture }: { kind: CaptureKind; capture: Capture }) {
  const { t } = useWords();
  const { state, devices, chosen, choose, again } = capture;
  const isFault = state !== 'on' && state !== 'starting';
  return (
    <div className={classes['device']}>
      {devices.length === 0 ? (
        <Text fw={600}>{t(`media.capture.${kind}`)}</Text>
      ) : (
        <NativeSelect
          label={t(`media.capture.${kind}`)}
          value={chosen}
          data={devices.map(({ id, label }, index) => ({
            value: id,
            label: label === '' ? t('media.capture.number', { n: index + 1 }) : label,
          }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      <p className={classes['deviceState']} role="status">
        <StateShape state={state === 'on' ? 'present' : isFault ? 'review' : 'pending'} />
        <span>{t(`media.capture.${state}`)}</span>
      </p>
      {isFault ? (
        <Button variant="default" onClick={again}>
          {t('app.retry')}
        </Button>
      ) : null}
    </div>
  );
}
