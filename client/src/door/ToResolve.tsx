import { useCallback } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import type { CodeToResolve } from '../codes/codes.ts';
import { StateShape } from '../parts/StateMark.tsx';
import { isCode } from './codeRow.ts';
import type { Place } from './database.ts';
import classes from './door.module.css';
import { find, peopleOf } from './find.ts';
import { CodeList } from './later.ts';
import type { Door } from './useDoor.ts';
import { useResolve } from './useResolve.ts';

/** Codes that were scanned here and that no list knows: kept, until somebody finds out whose each is. */
export function ToResolve({ account, place, door }: { account: string; place: Place; door: Door }) {
  const { t, language } = useWords();
  const { codes, resolve } = useResolve(account, place, door);
  const { rows } = door;
  const look = useCallback(
    async (_: CodeToResolve, text: string) =>
      find(text, peopleOf(rows.filter((row) => !isCode(row)))).found.map(({ person, name, position }) => ({
        person,
        name,
        position,
      })),
    [rows],
  );
  if (codes.length === 0) return null;
  return (
    <section className={classes['review']} aria-label={t('codes.list')}>
      <h2 className={classes['unit']}>
        <StateShape state="review" /> {t('codes.listOf', { n: formatNumber(codes.length, language) })}
      </h2>
      <CodeList
        codes={codes}
        withBridge={false}
        find={look}
        onResolve={(code, resolution, name) => void resolve(code, resolution, name)}
      />
    </section>
  );
}
