import type { Knex } from 'knex';

import type { Bridge, BridgeClass, ReadinessItem } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId, UnitCode } from '../../domain/ids.ts';
import { fold } from '../../domain/text/search.ts';
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
  readonly ord: number;
  readonly search_key: string;
}

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
  };
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
      .merge();
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

/** Whether something was kept of a bridge that must not be lost with it: seats, reports, attendance. */
export async function holdsData(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<boolean> {
  for (const table of ['placement', 'headcount_step', 'difficulty', 'attendance_report', 'quarantine']) {
    if ((await connection(table).where({ conference, bridge }).first('bridge')) !== undefined) return true;
  }
  // The ledger has no index by bridge: it is read through, which a rare deed may cost.
  return (await connection('attendance_event').where({ bridge }).first('seq')) !== undefined;
}

export async function deleteBridge(connection: Knex, conference: ConferenceId, id: BridgeId): Promise<void> {
  await connection('bridge').where({ conference, id }).delete();
}
