import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';

import { useWords } from '../app/language.ts';
import classes from './station.module.css';

const TICK_MS = 80;
/** Speech near a microphone has about this share of the loudest that it can carry. */
const LOUD = 0.3;

/** How loud a microphone hears, as a bar: whoever speaks sees that it works. */
export function Level({ track }: { track: MediaStreamTrack }) {
  const { t } = useWords();
  const meter = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const heard = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(heard);
      const power = heard.reduce((sum, value) => sum + value * value, 0) / heard.length;
      if (meter.current !== null) meter.current.value = Math.min(1, Math.sqrt(power) / LOUD);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [track]);
  return (
    <div>
      <meter ref={meter} className={classes['level']} min={0} max={1} aria-label={t('station.level')} />
      <Text c="dimmed">{t('station.levelMore')}</Text>
    </div>
  );
}
