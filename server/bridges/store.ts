import type { Knex } from 'knex';

import {
  NO_CONTACTS,
  type Bridge,
  type BridgeClass,
  type BridgeContacts,
  type ReadinessItem,
} from '../../domain/bridges/bridge.ts';
import type { BridgeTrace, ChangeKind } from '../../domain/bridges/change.ts';
import type { AccountId, BridgeId, ConferenceId, PersonId, UnitCode } from '../../domain/ids.ts';
import { fold } from '../../domain/text/search.ts';
import type { Instant } from '../../domain/time.ts';
import { deferForeignKeys } from '../platform/database.ts';

const ROWS_PER_INSERT = 400;

interface BridgeRecord {
  readonly id: string;
  readonly conference: string;
  readonly class: string;
  readonly name: string;
  readonly unit: string | null;
  readonly organisation: string | null;
  readonly parent: string | null;
  readonly feed_parent: string | null;
  readonly capacity: number | null;
  readonly chair: string | null;
  readonly address: string | null;
  readonly ready: string;
  readonly contacts: string | null;
  readonly ord: number;
  readonly search_key: string;
}

const CHANGING = [
  'class',
  'name',
  'unit',
  'organisation',
  'parent',
  'feed_parent',
  'capacity',
  'chair',
  'address',
  'ready',
  'contacts',
  'ord',
  'search_key',
] satisfies (keyof BridgeRecord)[];

function recordOf(conference: ConferenceId, bridge: Bridge, ord: number): BridgeRecord {
  return {
    id: bridge.id,
    conference,
    class: bridge.class,
    name: bridge.name,
    unit: bridge.unit,
    organisation: bridge.organisation,
    parent: bridge.parent,
    feed_parent: bridge.feedParent,
    capacity: bridge.capacity,
    chair: bridge.chair,
    address: bridge.address,
    ready: JSON.stringify(bridge.ready),
    contacts: contactsText(bridge.contacts),
    ord,
    search_key: fold(bridge.name),
  };
}

function bridgeOf(row: BridgeRecord): Bridge {
  return {
    id: row.id as BridgeId,
    class: row.class as BridgeClass,
    name: row.name,
    unit: row.unit as UnitCode | null,
    organisation: row.organisation,
    parent: row.parent as BridgeId | null,
    feedParent: row.feed_parent as BridgeId | null,
    capacity: row.capacity,
    chair: row.chair as PersonId | null,
    address: row.address,
    ready: JSON.parse(row.ready) as ReadinessItem[],
    contacts: row.contacts === null ? NO_CONTACTS : (JSON.parse(row.contacts) as BridgeContacts),
  };
}

function contactsText(contacts: BridgeContacts): string | null {
  return contacts.technical === null && contacts.organizer === null ? null : JSON.stringify(contacts);
}

/** Every bridge of a conference, in tree order. */
export async function readBridges(connection: Knex, conference: ConferenceId): Promise<Bridge[]> {
  const rows = await connection<BridgeRecord>('bridge').where({ conference }).orderBy('ord');
  return rows.map(bridgeOf);
}

/** A bridge and its place in tree order. */
export interface Placed {
  readonly bridge: Bridge;
  readonly ord: number;
}

/** Writes bridges; one whose id is there takes the new values. Inside a transaction. */
export async function writeBridges(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly Placed[],
): Promise<void> {
  // Rows name their parents, which may come later in the list.
  await deferForeignKeys(connection);
  const rows = bridges.map(({ bridge, ord }) => recordOf(conference, bridge, ord));
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await connection<BridgeRecord>('bridge')
      .insert(rows.slice(at, at + ROWS_PER_INSERT))
      .onConflict('id')
      // Without the key: where that is written, all that refers to the bridge is looked through.
      .merge(CHANGING);
  }
}

/**
 * The number that every change of a conference's bridges raises: what was read of them holds while it stands. Null for
 * a conference that there is not.
 */
export async function readRevision(connection: Knex, conference: ConferenceId): Promise<number | null> {
  const row = await connection('conference')
    .where({ id: conference })
    .first<{ readonly bridges_revision: number } | undefined>('bridges_revision');
  return row?.bridges_revision ?? null;
}

/** Raises the revision, if it is still the one that was read. False where somebody else was faster. */
export async function raiseRevision(
  connection: Knex,
  conference: ConferenceId,
  from: number,
): Promise<boolean> {
  const changed = await connection('conference')
    .where({ id: conference, bridges_revision: from })
    .update({ bridges_revision: from + 1 });
  return changed === 1;
}

const IDS_PER_QUERY = 400;

/** The first of some bridges of which something was kept that must not be lost with it: seats, reports, attendance. */
export async function firstHoldingData(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<BridgeId | null> {
  for (const table of ['placement', 'headcount_step', 'difficulty', 'attendance_report', 'quarantine']) {
    const found = await firstIn(connection, table, conference, bridges);
    if (found !== null) return found;
  }
  // The ledger has no index by bridge: it is read through once, which a rare deed may cost.
  const [event] = await connection.raw<{ bridge: BridgeId }[]>(
    'select bridge from attendance_event where bridge in (select value from json_each(?)) limit 1',
    [JSON.stringify(bridges)],
  );
  return event?.bridge ?? null;
}

/**
 * The first of some bridges whose report of attendance was frozen. A summary of headcounts does not count: what differs
 * after its deadline makes its next version, as everything that comes later does.
 */
export async function firstFrozen(
  connection: Knex,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<BridgeId | null> {
  return await firstIn(connection, 'attendance_report', conference, bridges);
}

/** One of some bridges that a table has a row of. */
async function firstIn(
  connection: Knex,
  table: string,
  conference: ConferenceId,
  bridges: readonly BridgeId[],
): Promise<BridgeId | null> {
  for (let at = 0; at < bridges.length; at += IDS_PER_QUERY) {
    const row = await connection(table)
      .where({ conference })
      .whereIn('bridge', bridges.slice(at, at + IDS_PER_QUERY))
      .first<{ bridge: BridgeId } | undefined>('bridge');
    if (row !== undefined) return row.bridge;
  }
  return null;
}

export async function deleteBridges(
  connection: Knex,
  conference: ConferenceId,
  ids: readonly BridgeId[],
): Promise<void> {
  await deferForeignKeys(connection);
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    await connection('bridge')
      .where({ conference })
      .whereIn('id', ids.slice(at, at + IDS_PER_QUERY))
      .delete();
  }
}

/** So many changes of a conference can be taken back; older ones are forgotten. */
const MOST_CHANGES = 100;

export interface BridgeChangeRecord {
  readonly id: string;
  readonly top: BridgeId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly kind: ChangeKind;
  readonly first: string;
  readonly count: number;
  readonly fields: readonly string[];
  readonly undoneAt: Instant | null;
}

export async function insertChange(
  connection: Knex,
  conference: ConferenceId,
  change: Omit<BridgeChangeRecord, 'undoneAt'>,
  traces: readonly BridgeTrace[],
): Promise<void> {
  const { id, top, at, by, kind, first, count, fields } = change;
  await connection('bridge_change').insert({
    id,
    conference,
    top,
    at,
    by,
    kind,
    first,
    count,
    fields: JSON.stringify(fields),
    traces: JSON.stringify(traces),
  });
  await connection('bridge_change')
    .where({ conference })
    .whereNotIn(
      'id',
      connection('bridge_change')
        .where({ conference })
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(MOST_CHANGES)
        .select('id'),
    )
    .delete();
}

interface ChangeRow extends Omit<BridgeChangeRecord, 'fields' | 'undoneAt'> {
  readonly fields: string;
  readonly undone_at: Instant | null;
}

const CHANGE_COLUMNS = ['id', 'top', 'at', 'by', 'kind', 'first', 'count', 'fields', 'undone_at'];

function changeOf({ fields, undone_at: undoneAt, ...row }: ChangeRow): BridgeChangeRecord {
  return { ...row, fields: JSON.parse(fields) as string[], undoneAt };
}

/** The changes of a conference's bridges that are kept, newest first. */
export async function listChanges(connection: Knex, conference: ConferenceId): Promise<BridgeChangeRecord[]> {
  const rows = await connection('bridge_change')
    .where({ conference })
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .select<ChangeRow[]>(CHANGE_COLUMNS);
  return rows.map(changeOf);
}

/** One change with what it did; null where it is not known any more. */
export async function readChange(
  connection: Knex,
  conference: ConferenceId,
  id: string,
): Promise<(BridgeChangeRecord & { readonly traces: readonly BridgeTrace[] }) | null> {
  const row = await connection('bridge_change')
    .where({ conference, id })
    .first<(ChangeRow & { readonly traces: string }) | undefined>([...CHANGE_COLUMNS, 'traces']);
  if (row === undefined) return null;
  const { traces, ...change } = row;
  return { ...changeOf(change), traces: traces === '' ? [] : (JSON.parse(traces) as BridgeTrace[]) };
}

export async function markUndone(connection: Knex, id: string, at: Instant): Promise<boolean> {
  const changed = await connection('bridge_change')
    .where({ id })
    .whereNull('undone_at')
    .update({ undone_at: at });
  return changed === 1;
}
