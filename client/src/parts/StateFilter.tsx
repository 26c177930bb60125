import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import classes from './StateFilter.module.css';
import { StateShape, type State } from './StateMark.tsx';

interface Props<Name extends string> {
  readonly label: string;
  readonly states: readonly Name[];
  readonly counts: Readonly<Record<Name, number>>;
  readonly shapes: Readonly<Record<Name, State>>;
  /** The word of a state; of null, that of all of them. */
  readonly wordOf: (state: Name | null) => string;
  /** Null while all are shown. */
  readonly shown: Name | null;
  readonly onShow: (state: Name | null) => void;
}

/** How many of a list are in each state; a press shows only those. States that nobody is in are left out. */
export function StateFilter<Name extends string>({
  label,
  states,
  counts,
  shapes,
  wordOf,
  shown,
  onShow,
}: Props<Name>) {
  const { language } = useWords();
  const total = states.reduce((sum, state) => sum + counts[state], 0);
  const button = (state: Name | null, count: number) => (
    <button
      key={state ?? 'all'}
      type="button"
      className={classes['state']}
      aria-pressed={shown === state}
      onClick={() => onShow(state)}
    >
      {state === null ? null : <StateShape state={shapes[state]} />}
      <strong>{formatNumber(count, language)}</strong>
      <span>{wordOf(state)}</span>
    </button>
  );
  return (
    <div className={classes['states']} role="group" aria-label={label}>
      {button(null, total)}
      {states.map((state) => (counts[state] === 0 && shown !== state ? null : button(state, counts[state])))}
    </div>
  );
}
