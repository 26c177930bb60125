import { columnsOf, type SheetRow } from '../units/columns.ts';
import {
  GUEST_FIELDS,
  guestFaults,
  guestKey,
  MOST_GUESTS,
  tidyGuest,
  type GuestDraft,
  type GuestFault,
  type GuestField,
  type GuestList,
} from './guest.ts';

/** Folded names that a column of each field may have. */
const COLUMN_NAMES: Readonly<Record<GuestField, readonly string[]>> = {
  name: ['ho va ten', 'ho ten', 'ten', 'name', 'phong vien', 'nha khoa hoc', 'full name'],
  organisation: [
    'co quan bao chi',
    'co quan',
    'don vi',
    'to chuc',
    'noi cong tac',
    'organisation',
    'organization',
    'agency',
  ],
  post: ['chuc danh', 'chuc vu', 'hoc ham hoc vi', 'hoc ham', 'hoc vi', 'post', 'position', 'title'],
  card: ['so the nha bao', 'the nha bao', 'so the', 'press card', 'card'],
  phone: ['so dien thoai', 'dien thoai', 'di dong', 'phone', 'telephone'],
  email: ['thu dien tu', 'email', 'e mail', 'dia chi thu', 'mail'],
};

/** What is wrong with a file of guests, and where. Nothing of such a file is taken over. */
export type GuestRowFault =
  | { readonly kind: 'no column'; readonly field: GuestField }
  | { readonly kind: 'too many' }
  | (GuestFault & { readonly row: number; readonly column: string })
  | { readonly kind: 'twice'; readonly row: number; readonly earlier: number };

export interface GuestFile {
  readonly guests: readonly GuestDraft[];
  readonly faults: readonly GuestRowFault[];
}

/** The guests that a file names. Columns that it lacks stay empty. */
export function readGuestRows(list: GuestList, rows: readonly SheetRow[]): GuestFile {
  if (rows.length === 0) return { guests: [], faults: [] };
  const columns = columnsOf(Object.keys(rows[0]?.cells ?? {}), COLUMN_NAMES);
  const needed = list === 'press' ? 'organisation' : 'name';
  if (!columns.has(needed)) return { guests: [], faults: [{ kind: 'no column', field: needed }] };
  const guests: GuestDraft[] = [];
  const faults: GuestRowFault[] = [];
  const rowOf = new Map<string, number>();
  for (const { row, cells } of rows) {
    const guest = tidyGuest(guestIn(cells, columns));
    // A line below the table, of a sum or a signature.
    if (guest.name === null && guest.organisation === null) continue;
    const own = guestFaults(list, guest);
    faults.push(...own.map((fault) => ({ ...fault, row, column: columns.get(fault.field) ?? '' })));
    const key = guestKey(guest);
    const earlier = rowOf.get(key);
    if (earlier === undefined) rowOf.set(key, row);
    else faults.push({ kind: 'twice', row, earlier });
    guests.push(guest);
  }
  if (guests.length > MOST_GUESTS) return { guests: [], faults: [{ kind: 'too many' }] };
  return { guests, faults };
}

function guestIn(cells: SheetRow['cells'], columns: ReadonlyMap<GuestField, string>): GuestDraft {
  const read = GUEST_FIELDS.map((field) => [field, cells[columns.get(field) ?? ''] ?? null] as const);
  return Object.fromEntries(read) as unknown as GuestDraft;
}
