import { Button } from '@mantine/core';

import type { WalkInRow } from '../../../domain/wire/attendance.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import classes from './door.module.css';
import { StateMark } from '../parts/StateMark.tsx';

interface Props {
  readonly walkIns: readonly WalkInRow[];
  /** Ids of those that only this machine knows of. */
  readonly pending: ReadonlySet<string>;
  readonly onUndo: (one: WalkInRow) => void;
}

/** Those who came and are in no list. */
export function WalkIns({ walkIns, pending, onUndo }: Props) {
  const { t, language } = useWords();
  if (walkIns.length === 0) return null;
  return (
    <section>
      <h2 className={classes['unit']}>{t('walkIn.list', { n: formatNumber(walkIns.length, language) })}</h2>
      <ul className={classes['walkIns']}>
        {walkIns.map((one) => (
          <li key={one.id}>
            <span>
              <span className={classes['personName']}>{one.name === '' ? t('walkIn.locked') : one.name}</span>{' '}
              <span className={classes['dim']}>
                {one.unit} {formatTime(one.since)}
              </span>{' '}
              {pending.has(one.id) ? <StateMark state="pending" /> : null}
            </span>
            <Button
              variant="subtle"
              onClick={() => onUndo(one)}
              aria-label={t('walkIn.undo', { name: one.name })}
            >
              {t('door.undo')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
