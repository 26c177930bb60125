import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './Countdown.module.css';

const HOUR_MS = 3_600_000;

/** How long there is until a deadline, or by how long it is over, on the server's clock. */
export function Countdown({ dueBefore, now }: { dueBefore: Instant | null; now: Instant }) {
  const { t, language } = useWords();
  if (dueBefore === null) return <p className={classes['countdown']}>{t('reports.noDeadline')}</p>;
  const left = dueBefore - now;
  const state = left <= 0 ? 'over' : left < 24 * HOUR_MS ? 'soon' : 'far';
  const span = formatDuration(Math.abs(left), language);
  return (
    <p className={classes['countdown']} data-state={state}>
      <StateShape state="late" size={20} />
      <strong>{left > 0 ? t('reports.left', { span }) : t('reports.over', { span })}</strong>
      <span>{t('reports.dueBefore', { at: formatDateTime(dueBefore, language) })}</span>
    </p>
  );
}
