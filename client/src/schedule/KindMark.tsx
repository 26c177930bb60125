import type { ReactNode } from 'react';

import type { ScheduledSession } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { Shape } from '../parts/Shape.tsx';
import classes from './KindMark.module.css';

export type Kind = ScheduledSession['kind'] | 'deadline';

/** Each kind has its own shape: colour is never alone. */
const SHAPES: Record<Kind, ReactNode> = {
  session: <rect x="2.5" y="3.5" width="11" height="9" rx="1.5" fill="currentColor" stroke="none" />,
  rehearsal: <path d="M4 2.500l9 5.500-9 5.500z" fill="currentColor" stroke="none" />,
  'line-test': <path d="M1.500 8h3l2-5 3 10 2-5h3" />,
  'follow-up': <path d="M13 8a5 5 0 1 1-1.600-3.700M13.500 2v3.200h-3.200" />,
  deadline: <path d="M4 14.500V2M4 2.500h8.500L10.500 5.500l2 3H4z" />,
};

/** The shape alone, where the word stands beside it or in the name of what it is on. */
export function KindShape({ kind, size = 14 }: { kind: Kind; size?: number }) {
  return (
    <Shape size={size} colour="var(--kind)">
      {SHAPES[kind]}
    </Shape>
  );
}

/** What the shapes and colours of the calendar say. */
export function Legend() {
  const { t } = useWords();
  const kinds = ['session', 'rehearsal', 'line-test', 'follow-up', 'deadline'] as const;
  return (
    <ul className={classes['legend']} aria-label={t('schedule.legend')}>
      {kinds.map((kind) => (
        <li key={kind} data-kind={kind} className={classes['tinted']}>
          <KindShape kind={kind} />
          {t(`schedule.kinds.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
