import { useEffect, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { useLine, useServerRestarting } from '../api/line.ts';
import { clockOffset } from '../api/socket.ts';
import { formatClock } from '../../../domain/text/dates.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './live.module.css';
import type { Figures } from './useFigures.ts';

const TICK_MS = 1000;

/** How old the figures are and what they reflect: every number that moves says so. */
export function Freshness({ data }: { data: Pick<Figures, 'asOf' | 'sequence'> }) {
  const { t, language } = useWords();
  const line = useLine();
  const isRestarting = useServerRestarting();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now + clockOffset() - data.asOf) / 1000));
  const connected = line === 'connected';
  return (
    <p className={classes['fresh']} data-lost={line === 'lost' || undefined}>
      <StateShape state={connected ? 'present' : 'lost'} />
      <span className={classes['lineState']}>
        {t(
          connected
            ? 'live.connected'
            : line === 'lost'
              ? isRestarting
                ? 'live.restarting'
                : 'live.lost'
              : 'live.connecting',
        )}
      </span>
      <span>
        {t('live.age', {
          at: formatClock(data.asOf),
          age:
            seconds < 60
              ? t('span.seconds', { s: seconds })
              : t('span.minutes', { m: Math.floor(seconds / 60) }),
          sequence: formatNumber(data.sequence, language),
        })}
      </span>
    </p>
  );
}
