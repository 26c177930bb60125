import { Button } from '@mantine/core';

import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import classes from './door.module.css';
import type { Snapshot } from './outbox.ts';

type WalkIn = Snapshot['walkIns'][number];

/** Those who came and are in no list. */
export function WalkIns({ walkIns, onUndo }: { walkIns: readonly WalkIn[]; onUndo: (one: WalkIn) => void }) {
  const { t, language } = useWords();
  if (walkIns.length === 0) return null;
  return (
    <section>
      <h2 className={classes['unit']}>{t('walkIn.list', { n: formatNumber(walkIns.length, language) })}</h2>
      <ul className={classes['walkIns']}>
        {walkIns.map((one) => (
          <li key={one.id}>
            <span>
              <span className={classes['personName']}>{one.name}</span>{' '}
              <span className={classes['dim']}>
                {one.unit} {formatTime(one.since)}
              </span>
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
