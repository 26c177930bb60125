import { setImmediate as breathe } from 'node:timers/promises';

import { presenceWord, presenceWordOf } from '../../domain/attendance/sentences.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ERASED_NAME, sayErased } from '../../domain/retention/erased.ts';
import { personRows, type PersonRow } from '../../domain/reports/attendance-report.ts';
import { comparePeople } from '../../domain/text/names.ts';
import { MODES, STANDINGS, YES_OR_NO } from './sentences.ts';
import { columnsIn, nameOf, type Sources, type Table } from './tables.ts';

const IDS_AT_A_TIME = 400;

interface PersonLine extends PersonRow {
  readonly number: number;
  readonly name: string;
  readonly position: string | null;
  readonly unit: string | null;
  readonly partyMember: keyof typeof YES_OR_NO | null;
  /** Of the ledger, when the line was read: people go on coming while a long list is written. */
  readonly sequence: number;
}

/**
 * The report by person: those expected, bridge by bridge in tree order and in official order at each; then whoever came
 * without being expected here, in the same order of where they came. Read bridge by bridge, so that neither a hundred
 * thousand people are in memory at once nor anybody at a door waits for them.
 */
export function personTable(sources: Sources): Table<PersonLine> {
  const { live, asOf, language } = sources;
  const { text, count, moment } = columnsIn<PersonLine>(language);
  const stay = ({ presence }: PersonLine) => ('at' in presence ? presence : null);
  return {
    ids: (line) => ({ person: line.person, seat: line.expectedAt, at: stay(line)?.at ?? null }),
    columns: [
      count('number', ({ number }) => number),
      text('name', ({ name }) => name, 26),
      text('position', ({ position }) => position, 36),
      text('unit', ({ unit }) => unit, 30),
      text(
        'partyMember',
        ({ partyMember }) => (partyMember === null ? null : YES_OR_NO[partyMember][language]),
        10,
        ({ partyMember }) => partyMember,
      ),
      text(
        'as',
        (line) => STANDINGS[line.as][language],
        20,
        (line) => line.as,
      ),
      text('expectedAt', ({ expectedAt }) => nameOf(live, expectedAt), 34),
      text(
        'presence',
        ({ presence }) => presenceWord(presence, language),
        16,
        ({ presence }) => presenceWordOf(presence),
      ),
      text('attendedAt', (line) => nameOf(live, stay(line)?.at ?? null), 34),
      text(
        'mode',
        (line) => modeOf(line, (mode) => MODES[mode][language]),
        12,
        (line) => modeOf(line, (mode) => mode),
      ),
      moment('since', (line) => stay(line)?.since ?? null),
      moment('until', ({ presence }) => (presence.state === 'left' ? presence.until : null)),
      text('reason', ({ presence }) => ('reason' in presence ? presence.reason : null), 30),
      moment('asOf', () => asOf),
      count('sequence', ({ sequence }) => sequence),
    ],
    rows: personLines(sources),
  };
}

function modeOf({ presence }: PersonLine, say: (mode: keyof typeof MODES) => string): string | null {
  return 'mode' in presence ? say(presence.mode) : null;
}

async function* personLines(sources: Sources): AsyncGenerator<PersonLine, void, undefined> {
  const { live, people, under } = sources;
  const { tree, book } = live;
  const bridges = tree.subtree(under);
  const place = new Map(bridges.map((bridge, at) => [bridge.id, at]));
  let number = 0;
  const line = (row: PersonRow, person: Person | undefined): PersonLine => {
    number += 1;
    return { ...row, ...shownAs(sources, row, person), number, sequence: live.sequence };
  };

  for (const { id: bridge } of bridges) {
    const here = book.expectedAt(bridge);
    if (here.length === 0) continue;
    const known = await people(here);
    const byId = new Map(known.map((person) => [person.id, person]));
    const ordered = here.toSorted((a, b) =>
      comparePeople(byId.get(a) ?? { name: a }, byId.get(b) ?? { name: b }),
    );
    for (const person of ordered) {
      const presence = book.presence(person) ?? { state: 'unmarked' };
      yield line(
        { person, as: book.standing(person) ?? 'unknown', expectedAt: bridge, presence },
        byId.get(person),
      );
    }
  }

  const others: PersonRow[] = [];
  let looked = 0;
  for (const row of personRows(
    [],
    book,
    (bridge) => place.has(bridge),
    (id) => book.seat(id),
  )) {
    looked += 1;
    if (looked % 2000 === 0) await breathe();
    if (row.expectedAt === null || !place.has(row.expectedAt)) others.push(row);
  }
  const came = new Map<PersonId, Person>();
  const ids = others.filter((row) => row.as !== 'walk-in').map((row) => row.person);
  for (let at = 0; at < ids.length; at += IDS_AT_A_TIME) {
    for (const person of await people(ids.slice(at, at + IDS_AT_A_TIME))) came.set(person.id, person);
  }
  const placeOf = ({ presence }: PersonRow) => ('at' in presence ? (place.get(presence.at) ?? 0) : 0);
  const named = others.map((row) => ({
    row,
    named: came.get(row.person) ?? shownAs(sources, row, undefined),
  }));
  named.sort((a, b) => placeOf(a.row) - placeOf(b.row) || comparePeople(a.named, b.named));
  for (const { row } of named) yield line(row, came.get(row.person));
}

/** Name, post and unit of somebody: of the roster, or as a door wrote them down; an unknown id as it was scanned. */
function shownAs(
  { live, language }: Pick<Sources, 'live' | 'language'>,
  { person: id, presence }: PersonRow,
  person: Person | undefined,
): Pick<PersonLine, 'name' | 'position' | 'unit' | 'partyMember'> {
  if (person !== undefined) {
    const [first] = person.positions;
    return {
      name: sayErased(person.name, language),
      position: person.positions.map(({ text }) => text).join('; ') || null,
      unit: first?.organisation ?? null,
      partyMember: person.partyMember === null ? null : person.partyMember ? 'yes' : 'no',
    };
  }
  const written = 'at' in presence ? live.walkIns.get(presence.at)?.get(id) : undefined;
  // A name that a door wrote down is empty where it was erased.
  const name = written === undefined ? id : written.name || ERASED_NAME[language];
  return { name, position: null, unit: written?.unit || null, partyMember: null };
}
