import type { DueRow } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { lateBy } from './status.ts';

/** That a report was late, or by now is, and by how long, as the server judged it; nothing while it is in time. */
export function LateMark({ due }: { due: Pick<DueRow, 'status' | 'lateByMs'> }) {
  const { t } = useWords();
  if (due.status !== 'late' && due.lateByMs === 0) return null;
  return <StateMark state="late"> {lateBy(due.lateByMs, t)}</StateMark>;
}
