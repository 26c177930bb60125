import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { ScheduleConflict } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './ConflictList.module.css';

/** So many stand open; on a phone the days come first. */
const FIRST = 3;
const FIRST_NARROW = 1;

/** What stands in the way of each other, as sentences; each leads to its session. They stay in view until they are gone. */
export function ConflictList({
  conflicts,
  total,
  isNarrow,
  shown: inView,
  onOpen,
}: {
  conflicts: readonly ScheduleConflict[];
  total: number;
  isNarrow: boolean;
  /** Sessions that this page shows: of the two, the one that can be opened here. */
  shown: ReadonlySet<string>;
  onOpen: (of: ScheduleConflict['sessions'][number]) => void;
}) {
  const { t, language } = useWords();
  const [showsAll, setShowsAll] = useState(false);
  if (total === 0) return null;
  const shown = showsAll ? conflicts : conflicts.slice(0, isNarrow ? FIRST_NARROW : FIRST);
  const left = total - shown.length;
  return (
    <section className={classes['conflicts']} aria-labelledby="conflicts">
      <h2 id="conflicts">
        <StateShape state="review" />
        {t('schedule.conflictsTitle', { n: formatNumber(total, language) })}
      </h2>
      <ul>
        {shown.map((conflict) => {
          const leadsTo = conflict.sessions.find(({ session }) => inView.has(session));
          return (
            <li key={`${conflict.code} ${conflict.message}`}>
              {leadsTo === undefined ? (
                conflict.message
              ) : (
                <UnstyledButton className={classes['sentence']} onClick={() => onOpen(leadsTo)}>
                  {conflict.message}
                </UnstyledButton>
              )}
            </li>
          );
        })}
      </ul>
      {left === 0 ? null : showsAll ? (
        <p>{t('schedule.conflictsLeft', { n: formatNumber(left, language) })}</p>
      ) : (
        <Button variant="default" onClick={() => setShowsAll(true)}>
          {t('schedule.conflictsMore', { n: formatNumber(left, language) })}
        </Button>
      )}
    </section>
  );
}
