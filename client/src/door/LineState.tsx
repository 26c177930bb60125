import { Link, useLocation } from '@tanstack/react-router';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords, type Words } from '../app/language.ts';
import { useServerRestarting, useSignInOver } from '../api/line.ts';
import type { Line } from '../api/socket.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './door.module.css';

const MINUTE_MS = 60_000;

interface Props {
  readonly line: Line;
  readonly waiting: number;
  /** For how long the oldest of them has waited, in milliseconds. */
  readonly age: number;
}

/** The line, and what waits for it and for how long, always in words. */
export function LineState({ line, waiting, age }: Props) {
  const { t, language } = useWords();
  const isOver = useSignInOver();
  const isRestarting = useServerRestarting();
  const { href } = useLocation();
  const n = formatNumber(waiting, language);
  const oldest = waiting > 0 && age >= MINUTE_MS ? `, ${t('line.oldest', { age: spanOf(age, t) })}` : '';
  if (isOver) {
    return (
      <p className={classes['line']} role="status" data-lost>
        <StateShape state="lost" />
        <span>
          {t('line.signedOut', { n })}
          {oldest}.{' '}
          <Link className={classes['footLink'] ?? ''} to="/sign-in" search={{ next: href }}>
            {t('line.signIn')}
          </Link>
        </span>
      </p>
    );
  }
  return (
    <p className={classes['line']} role="status" data-lost={line === 'lost' || undefined}>
      <StateShape state={line === 'connected' ? 'present' : line === 'lost' ? 'lost' : 'unmarked'} />
      <span>
        {line === 'connected'
          ? t('line.connected', { n }) + oldest
          : line === 'lost'
            ? isRestarting
              ? t('line.restarting', { n }) + oldest
              : waiting > 0
                ? `${t('line.lostWaiting', { n })}${oldest}. ${t('line.keeps')}`
                : t('line.lost')
            : t('line.connecting', { n }) + oldest}
      </span>
    </p>
  );
}

/** A stretch of time as people say it: minutes, hours and minutes, days and hours. */
export function spanOf(ms: number, t: Words): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const h = Math.floor(minutes / 60);
  if (h === 0) return t('span.minutes', { m: minutes });
  if (h < 24) return t('span.hoursMinutes', { h, m: minutes % 60 });
  return t('span.daysHours', { d: Math.floor(h / 24), h: h % 24 });
}
