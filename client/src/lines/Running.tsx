import { Button, Group, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { StateShape, type State } from '../parts/StateMark.tsx';
import classes from './lines.module.css';
import { BEFORE_S, STAGES, type Stage } from './stages.ts';

interface Props {
  readonly stage: Stage;
  readonly picture: MediaStream | null;
  readonly seconds: number;
  readonly onStop: () => void;
}

/** How far the test is: which step, how long still, and what the camera sees while it is tried. */
export function Running({ stage, picture, seconds, onStop }: Props) {
  const { t, language } = useWords();
  const passed = useSeconds();
  const whole = seconds + BEFORE_S;
  const now = STAGES.indexOf(stage);
  return (
    <>
      <Progress
        size="lg"
        value={Math.min(100, (passed / whole) * 100)}
        aria-label={t('lineTest.progress')}
        transitionDuration={0}
      />
      <Text mih={24} className={classes['left'] ?? ''}>
        {t('lineTest.left', {
          time: `${formatNumber(Math.max(1, Math.ceil(whole - passed)), language)} ${t('lineTest.seconds')}`,
        })}
      </Text>
      <ol className={classes['stages']} aria-label={t('lineTest.stages')}>
        {STAGES.map((one, at) => {
          const word = at < now ? 'stageDone' : at === now ? 'stageNow' : 'stageWaiting';
          return (
            <li key={one} aria-current={at === now ? 'step' : undefined} data-waiting={at > now || undefined}>
              <StateShape state={SHAPES[word]} />
              <span>{t(`lineTest.stage.${one}`)}</span>
              <span className={classes['dim']}>{t(`lineTest.${word}`)}</span>
            </li>
          );
        })}
      </ol>
      <VisuallyHidden role="status">{t(`lineTest.stage.${stage}`)}</VisuallyHidden>
      <Group>
        <Button variant="default" onClick={onStop}>
          {t('lineTest.stop')}
        </Button>
      </Group>
      {picture === null ? null : <Preview stream={picture} />}
    </>
  );
}

const SHAPES: Readonly<Record<'stageDone' | 'stageNow' | 'stageWaiting', State>> = {
  stageDone: 'onTime',
  stageNow: 'pending',
  stageWaiting: 'unmarked',
};

function Preview({ stream }: { stream: MediaStream }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  // A picture of whoever sits there; there is nothing to hear.
  return (
    <video
      ref={video}
      className={classes['preview']}
      autoPlay
      playsInline
      muted
      aria-label={t('lineTest.preview')}
    />
  );
}

/** Seconds since this came up. */
function useSeconds(): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const from = performance.now();
    const timer = setInterval(() => setPassed((performance.now() - from) / 1000), 500);
    return () => clearInterval(timer);
  }, []);
  return passed;
}
