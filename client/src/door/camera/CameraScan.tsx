import { Button, NativeSelect } from '@mantine/core';

import { useWords } from '../../app/language.ts';
import { StateShape } from '../../parts/StateMark.tsx';
import classes from './camera.module.css';
import { useCamera } from './useCamera.ts';
import { useCodes } from './useCodes.ts';

/** Reads codes by the machine's own camera: whatever it sees goes the same way as what a hand scanner types. */
export function CameraScan({
  onCode,
  onClose,
}: {
  readonly onCode: (text: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const { video, state, cameras, chosen, choose, light, setLight, again } = useCamera();
  const reads = useCodes(video, state === 'on', onCode);
  const isOn = state === 'on';
  const isFault = !isOn && state !== 'starting';
  const says = reads === false ? 'unable' : isOn ? (reads === null ? 'preparing' : 'on') : state;
  return (
    <section className={classes['camera']} aria-label={t('camera.title')}>
      <div className={classes['picture']} hidden={isFault}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a mirror of the queue, without sound */}
        <video ref={video} className={classes['video']} playsInline muted aria-hidden="true" />
      </div>
      <div className={classes['beside']}>
        <p role="status" className={classes['says']}>
          {isFault || reads === false ? <StateShape state="review" /> : null} {t(`camera.${says}`)}
        </p>
        {cameras.length > 1 ? (
          <NativeSelect
            size="md"
            label={t('camera.choose')}
            value={chosen}
            data={cameras.map(({ id, label }, index) => ({
              value: id,
              label: label === '' ? t('camera.number', { n: index + 1 }) : label,
            }))}
            onChange={(event) => choose(event.currentTarget.value)}
          />
        ) : null}
        <div className={classes['buttons']}>
          {isFault ? <Button onClick={again}>{t('app.retry')}</Button> : null}
          {light === null ? null : (
            <Button variant="default" aria-pressed={light} onClick={() => setLight(!light)}>
              {t(light ? 'camera.lightOff' : 'camera.lightOn')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('camera.close')}
          </Button>
        </div>
      </div>
    </section>
  );
}
