import type { ReactNode } from 'react';

import type { QualityLevel } from '../../../domain/media/quality.ts';
import { useWords } from '../app/language.ts';
import { Shape } from '../parts/Shape.tsx';
import classes from './media.module.css';

export type StationState = 'there' | 'away' | 'program' | 'floor' | 'asking';

const SHAPES = {
  there: <circle cx="8" cy="8" r="6" fill="currentColor" stroke="none" />,
  away: <path d="M3 3h10v10H3zM1.500 14.500l13-13" />,
  program: <path d="M3.500 2.500l10 5.500-10 5.500z" fill="currentColor" stroke="none" />,
  floor: <path d="M3 6h3l4-3.500v11L6 10H3zM12 5.500a3.500 3.500 0 0 1 0 5" fill="currentColor" />,
  asking: <path d="M8 14V3M3.500 7.500L8 3l4.500 4.500" strokeWidth="2.200" />,
} as const satisfies Record<StationState, ReactNode>;
const COLOURS: Record<StationState, string> = {
  there: 'var(--present)',
  away: 'var(--absent)',
  program: 'var(--absent)',
  floor: 'var(--absent)',
  asking: 'var(--review)',
};

/** How a bridge stands in the room: shape, word and colour. */
export function StationMark({ state }: { state: StationState }) {
  const { t } = useWords();
  return (
    <span className={classes['mark']} style={{ color: COLOURS[state] }}>
      <Shape size={16}>{SHAPES[state]}</Shape>
      <span>{t(`media.mark.${state}`)}</span>
    </span>
  );
}

/** Bars as of a telephone: as many as the line is good. */
const BARS = { good: 3, fair: 2, poor: 1 } as const satisfies Record<QualityLevel, number>;
const BAR_COLOURS = { good: 'var(--present)', fair: 'var(--excused)', poor: 'var(--absent)' } as const;

/** How the program arrives at a bridge. */
export function QualityMark({ level }: { level: QualityLevel | null }) {
  const { t } = useWords();
  const bars = level === null ? 0 : BARS[level];
  return (
    <span
      className={classes['mark']}
      style={{ color: level === null ? 'var(--unmarked)' : BAR_COLOURS[level] }}
    >
      <Shape size={16}>
        {[1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 4.5 - 2.5}
            y={14 - bar * 4}
            width="3"
            height={bar * 4}
            fill={bar <= bars ? 'currentColor' : 'none'}
            strokeWidth="1"
          />
        ))}
      </Shape>
      <span>{t(`media.quality.${level ?? 'unknown'}`)}</span>
    </span>
  );
}
