import { sayErased } from '../../domain/retention/erased.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Absentee } from '../attendance/queries.ts';
import { columnsIn, type Table } from './tables.ts';

/** Those who were not there, one a line in official order, each with where they had been expected. */
export function absenteeTable(absentees: readonly Absentee[], language: Language): Table<NumberedAbsentee> {
  const { text, count } = columnsIn<NumberedAbsentee>(language);
  return {
    ids: ({ person, bridge }) => ({ person: person.id, seat: bridge.id }),
    columns: [
      count('number', ({ number }) => number),
      text('name', ({ person }) => sayErased(person.name, language), 26),
      text('position', ({ person }) => person.positions.map((one) => one.text).join('; ') || null, 36),
      text('unit', ({ person }) => person.positions[0]?.organisation ?? null, 30),
      text('expectedAt', ({ bridge }) => bridge.name, 34),
    ],
    rows: absentees.map((absentee, at) => ({ ...absentee, number: at + 1 })),
  };
}

interface NumberedAbsentee extends Absentee {
  readonly number: number;
}
