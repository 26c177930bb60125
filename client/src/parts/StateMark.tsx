import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';
import { Shape } from './Shape.tsx';
import classes from './StateMark.module.css';

/** Every state that people, bridges and reports can be in, each with its own shape. Colour is never alone. */
const SHAPES = {
  present: <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />,
  online: <circle cx="8" cy="8" r="4.5" strokeWidth="4" />,
  left: <circle cx="8" cy="8" r="6" />,
  excused: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" stroke="none" />
    </>
  ),
  absentWithReason: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" stroke="none" />
    </>
  ),
  absent: <path d="M3 3l10 10M13 3L3 13" strokeWidth="2.6" />,
  unmarked: <circle cx="8" cy="8" r="2.2" fill="currentColor" stroke="none" />,
  review: <path d="M8 2.2L14.5 13.5H1.5z" fill="currentColor" stroke="none" />,
  unopened: <rect x="3" y="3" width="10" height="10" />,
  open: <rect x="2.5" y="2.5" width="11" height="11" fill="currentColor" stroke="none" />,
  lost: <path d="M3 3h10v10H3zM1.5 14.5l13-13" />,
  closed: (
    <>
      <rect x="3" y="3" width="10" height="10" />
      <path d="M5.5 8h5" strokeWidth="2.4" />
    </>
  ),
  missing: <path d="M4 2h6l3 3v9H4z" strokeDasharray="2.2 2" />,
  draft: <path d="M4 2h6l3 3v9H4z" />,
  submitted: <path d="M8 14V3M3.5 7.5L8 3l4.5 4.5" strokeWidth="2.2" />,
  returned: <path d="M14 13V9a3 3 0 0 0-3-3H3M6.5 2.5L3 6l3.5 3.5" strokeWidth="2.2" />,
  accepted: <path d="M2.5 8.5l4 4 7-9" strokeWidth="2.4" />,
  late: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.8" />
    </>
  ),
  onTime: <path d="M2.5 8.5l4 4 7-9" strokeWidth="2.4" />,
  notDue: <path d="M4 2h6l3 3v9H4z" />,
  /** An hourglass. */
  pending: <path d="M4 2h8M4 14h8M5 2v2l3 4 3-4V2M5 14v-2l3-4 3 4v2" />,
} as const satisfies Record<string, ReactNode>;

export type State = keyof typeof SHAPES;

const COLOURS: Record<State, string> = {
  present: 'var(--present)',
  online: 'var(--online)',
  left: 'var(--left)',
  excused: 'var(--excused)',
  absentWithReason: 'var(--excused)',
  absent: 'var(--absent)',
  unmarked: 'var(--unmarked)',
  review: 'var(--review)',
  unopened: 'var(--unmarked)',
  open: 'var(--present)',
  lost: 'var(--absent)',
  closed: 'var(--left)',
  missing: 'var(--absent)',
  draft: 'var(--unmarked)',
  submitted: 'var(--online)',
  returned: 'var(--review)',
  accepted: 'var(--present)',
  late: 'var(--review)',
  onTime: 'var(--present)',
  notDue: 'var(--unmarked)',
  pending: 'var(--unlisted)',
};

/** The shape alone, where the word stands beside it anyway. */
export function StateShape({ state, size = 16 }: { state: State; size?: number }) {
  return (
    <Shape size={size} colour={COLOURS[state]}>
      {SHAPES[state]}
    </Shape>
  );
}

/** A state as shape, word and colour, the same on every page. */
export function StateMark({ state, children }: { state: State; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <span className={classes['mark']} style={{ color: COLOURS[state] }}>
      <StateShape state={state} />
      <span>
        {t(`state.${state}`)}
        {children}
      </span>
    </span>
  );
}
