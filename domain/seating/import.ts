import type { PersonId } from '../ids.ts';
import { toneKey } from '../text/search.ts';
import { columnsOf, type SheetRow } from '../units/columns.ts';
import { readSeatNumber, type SeatNumber } from './number.ts';
import type { Guest } from './numbering.ts';

/** Folded names that a column of each field may have; those that the program writes itself come first. */
const COLUMN_NAMES = {
  person: ['ma nguoi', 'person', 'ma dai bieu', 'ma', 'code'],
  number: ['so ghe', 'seat number', 'ghe', 'seat'],
  name: ['ho va ten', 'name', 'ho ten', 'dai bieu'],
} as const;

/** What is wrong with a file of seat numbers, and where. Nothing of such a file is taken over. */
export type SeatFault =
  | { readonly kind: 'no column'; readonly field: 'person' | 'number' }
  | ({ readonly row: number; readonly column: string } & (
      | { readonly kind: 'no person' }
      | { readonly kind: 'not expected'; readonly code: string }
      | { readonly kind: 'other name'; readonly name: string }
      | { readonly kind: 'person twice'; readonly earlier: number }
      | { readonly kind: 'not a number'; readonly text: string }
      | { readonly kind: 'number twice'; readonly number: SeatNumber; readonly earlier: number }
      | { readonly kind: 'taken'; readonly number: SeatNumber; readonly holder: string }
    ));

export interface SeatFile {
  /** Everybody of the bridge with a number after it: those of the file, and the others as they are. */
  readonly numbers: ReadonlyMap<PersonId, SeatNumber>;
  readonly faults: readonly SeatFault[];
}

/**
 * What a file of seat numbers says of those who are expected at a bridge. A row is known by the person's code; an empty number
 * takes theirs away; whoever is not in the file keeps what they have.
 */
export function readSeatRows(rows: readonly SheetRow[], guests: readonly Guest[]): SeatFile {
  const numbers = new Map<PersonId, SeatNumber>();
  for (const { person, number } of guests) if (number !== null) numbers.set(person, number);
  const columns = columnsOf(Object.keys(rows[0]?.cells ?? {}), COLUMN_NAMES);
  const person = columns.get('person');
  const number = columns.get('number');
  const name = columns.get('name');
  if (person === undefined || number === undefined) {
    const field = person === undefined ? 'person' : 'number';
    return { numbers, faults: [{ kind: 'no column', field }] };
  }
  const faults: SeatFault[] = [];
  const byId = new Map<string, Guest>(guests.map((guest) => [guest.person, guest]));
  const rowOf = new Map<PersonId, number>();
  const placed: { readonly row: number; readonly guest: Guest; readonly number: SeatNumber }[] = [];
  for (const { row, cells } of rows) {
    const code = cells[person] ?? '';
    const text = cells[number] ?? '';
    // A line below the table, of a sum or a signature.
    if (code === '' && text === '') continue;
    const guest = byId.get(code);
    const earlier = guest && rowOf.get(guest.person);
    const written = name === undefined ? '' : (cells[name] ?? '');
    const read = text === '' ? null : readSeatNumber(text);
    if (code === '') faults.push({ kind: 'no person', row, column: person });
    else if (guest === undefined) faults.push({ kind: 'not expected', row, column: person, code });
    else if (earlier !== undefined) faults.push({ kind: 'person twice', row, column: person, earlier });
    else if (name !== undefined && written !== '' && toneKey(written) !== toneKey(guest.name))
      faults.push({ kind: 'other name', row, column: name, name: guest.name });
    else if (text !== '' && read === null) faults.push({ kind: 'not a number', row, column: number, text });
    if (guest === undefined || earlier !== undefined) continue;
    rowOf.set(guest.person, row);
    numbers.delete(guest.person);
    if (read !== null) placed.push({ row, guest, number: read });
  }
  const holders = new Map<SeatNumber, PersonId>([...numbers].map(([holder, held]) => [held, holder]));
  for (const { row, guest, number: wanted } of placed) {
    const holder = holders.get(wanted);
    const earlier = holder && rowOf.get(holder);
    if (holder === undefined) {
      holders.set(wanted, guest.person);
      numbers.set(guest.person, wanted);
    } else if (earlier === undefined) {
      const by = byId.get(holder)?.name ?? '';
      faults.push({ kind: 'taken', row, column: number, number: wanted, holder: by });
    } else {
      faults.push({ kind: 'number twice', row, column: number, number: wanted, earlier });
    }
  }
  return { numbers, faults: faults.toSorted((a, b) => ('row' in a && 'row' in b ? a.row - b.row : 0)) };
}
