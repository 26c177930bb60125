import type { Tallies as Counts } from '../../../domain/reports/due-list.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { StateShape, type State } from '../parts/StateMark.tsx';
import classes from './Tallies.module.css';
import { DUE_FILTERS, type DueFilterName } from './search.ts';

export const SHAPES: Readonly<Record<DueFilterName, State>> = {
  unsent: 'draft',
  returned: 'returned',
  submitted: 'submitted',
  accepted: 'accepted',
  late: 'late',
};

interface Props {
  readonly tallies: Counts;
  readonly state: DueFilterName | null;
  readonly onState: (state: DueFilterName | null) => void;
}

/** How many are in each state, which together are all; each shows its own. Late is a mark that any of them may have. */
export function Tallies({ tallies, state, onState }: Props) {
  const { t, language } = useWords();
  const tally = (one: DueFilterName | null) => (
    <button
      key={one ?? 'all'}
      type="button"
      className={classes['tally']}
      aria-pressed={state === one}
      data-mark={one === 'late' || undefined}
      onClick={() => onState(state === one ? null : one)}
    >
      <strong>{formatNumber(tallies[one ?? 'all'], language)}</strong>
      <span>
        {one === null ? null : <StateShape state={SHAPES[one]} />} {t(`tally.${one ?? 'all'}`)}
      </span>
    </button>
  );
  return (
    <div className={classes['tallies']} role="group" aria-label={t('reports.tallies')}>
      {tally(null)}
      {DUE_FILTERS.map(tally)}
    </div>
  );
}
