import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { useLine } from '../api/line.ts';
import { formatClock } from '../../../domain/text/dates.ts';
import classes from './reports.module.css';

/** How old the figures of the page are. */
export function AsOf({ asOf, now }: { asOf: Instant; now: Instant }) {
  const { t, language } = useWords();
  const line = useLine();
  const seconds = Math.max(0, Math.round((now - asOf) / 1000));
  const age =
    seconds < 60
      ? t('span.seconds', { s: formatNumber(seconds, language) })
      : t('span.minutes', { m: formatNumber(Math.floor(seconds / 60), language) });
  return (
    <p className={classes['asOf']}>
      {t('reports.asOf', { at: formatClock(asOf), age })}
      {line === 'lost' ? ` ${t('reports.lineLost')}` : ''}
    </p>
  );
}
