import { firstLink, nextLink, type Link } from '../../domain/ledger/chain.ts';
import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { isSameEvent, newForm } from '../../domain/ledger/form.ts';
import type { BridgeId, EventId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Receipt } from '../../domain/wire/attendance.ts';
import type { Database } from '../platform/database.ts';
import { newSalt, sha256 } from '../platform/keys.ts';
import { insertEvents, lastSequence, readByIds, readHeads, type Kept, type LedgerEntry } from './store.ts';

/** An event on its way into the ledger. Its id is a UUID. */
export interface Entry {
  readonly event: AttendanceEvent;
  readonly receivedAt: Instant;
  /** Whether the ledger is thought to have it: then it is looked up first. Being wrong costs time, not truth. */
  readonly known: boolean;
}

/** What became of it: written now, there before with the same content (`replay`), or with another (`conflict`). */
export interface Written {
  readonly outcome: 'written' | 'replay' | 'conflict';
  /** Its place in the ledger, over all chains; for a conflict that of the event which has the id. */
  readonly sequence: number;
  readonly receipt: Receipt;
}

/** The ledger of one database, as one process writes it. */
export interface Ledger {
  /** Appends events in one commit. One call at a time. */
  append(entries: readonly Entry[]): Promise<readonly Written[]>;
  /** Reads what the first call would have to read: some seconds for a million events. */
  readAhead(): Promise<void>;
}

/** More often in a row another process has not come in between for one batch: then something is wrong. */
const MOST_ATTEMPTS = 20;

const ledgers = new WeakMap<Database, Ledger>();

export function ledgerOf(database: Database): Ledger {
  const known = ledgers.get(database);
  if (known !== undefined) return known;
  const ledger = openLedger(database);
  ledgers.set(database, ledger);
  return ledger;
}

type Heads = Map<SessionId, Map<BridgeId, Link>>;

/** A row for the ledger, which the first entry of its id wants there. */
interface Row extends LedgerEntry {
  readonly sequence: number;
  readonly by: Entry;
}

function openLedger({ write, read }: Database): Ledger {
  const heads: Heads = new Map();
  /** Up to here `heads` has the whole ledger; null before it was read. */
  let last: number | null = null;
  /** The first reading, which all who need it share: a second one beside it would set heads back that have grown meanwhile. */
  let first: Promise<number> | null = null;

  /** Takes in what the ledger has beyond what is known: at first everything, later what another process wrote. */
  async function catchUp(connection: Database['read']): Promise<number> {
    const end = await lastSequence(connection);
    for (const { session, bridge, link } of await readHeads(connection, last ?? 0, end)) {
      setHead(heads, session, bridge, link);
    }
    return (last = end);
  }

  /** On a connection for reading: nobody waits with a write of another kind for the look at a long ledger. */
  function catchUpFirst(): Promise<number> {
    return (first ??= catchUp(read).catch((error: unknown) => {
      first = null;
      throw error;
    }));
  }

  function headOf(session: SessionId, bridge: BridgeId): Link {
    return heads.get(session)?.get(bridge) ?? firstLink(session, bridge, sha256);
  }

  /** Links the entries behind the heads as they are now, but for those whose id is there already. */
  function linked(
    entries: readonly Entry[],
    after: number,
    kept: ReadonlyMap<EventId, Kept>,
  ): { readonly rows: Map<EventId, Row>; readonly grown: Heads } {
    const rows = new Map<EventId, Row>();
    const grown: Heads = new Map();
    for (const by of entries) {
      const { event, receivedAt } = by;
      const { id, session, bridge } = event;
      // Of an id that a batch brings twice, the first content is the one that is written.
      if (rows.has(id) || kept.has(id)) continue;
      const { form, texts } = newForm(event, newSalt, sha256);
      const before = grown.get(session)?.get(bridge) ?? headOf(session, bridge);
      const link = nextLink(before, receivedAt, form, sha256);
      setHead(grown, session, bridge, link);
      rows.set(id, { sequence: after + rows.size + 1, receivedAt, link, form, texts, by });
    }
    return { rows, grown };
  }

  async function append(entries: readonly Entry[]): Promise<readonly Written[]> {
    const kept = new Map<EventId, Kept>();
    const lookUp = async (some: readonly Entry[]): Promise<void> => {
      const found = await readByIds(
        write,
        some.map(({ event }) => event.id),
      );
      for (const [id, standing] of found) kept.set(id, standing);
    };
    const seen = entries.filter(({ known }) => known);
    if (seen.length > 0) await lookUp(seen);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const after = last ?? (await catchUpFirst());
      const { rows, grown } = linked(entries, after, kept);
      const taken = rows.size === 0 ? null : await insertEvents(write, after, [...rows.values()]);
      if (taken === null) {
        for (const [session, bridges] of grown) {
          for (const [bridge, link] of bridges) setHead(heads, session, bridge, link);
        }
        last = after + rows.size;
        return entries.map((entry) => writtenOf(entry, rows, kept));
      }
      // Another process may have written the id itself, and then stands at our place as well.
      await catchUp(write);
      await lookUp(entries);
    }
    throw new Error(`the ledger was written to by others ${MOST_ATTEMPTS} times in a row`);
  }

  return {
    append,
    async readAhead() {
      if (last === null) await catchUpFirst();
    },
  };
}

function setHead(heads: Heads, session: SessionId, bridge: BridgeId, link: Link): void {
  const bridges = heads.get(session);
  if (bridges === undefined) heads.set(session, new Map([[bridge, link]]));
  else bridges.set(bridge, link);
}

function writtenOf(entry: Entry, rows: ReadonlyMap<EventId, Row>, kept: ReadonlyMap<EventId, Kept>): Written {
  const { event } = entry;
  const row = rows.get(event.id);
  const standing = row ?? kept.get(event.id);
  if (standing === undefined) throw new Error(`no outcome for ${event.id}`);
  const { sequence, link, receivedAt } = standing;
  const receipt = { place: link.place, hash: link.hash, receivedAt };
  if (row?.by === entry) return { outcome: 'written', sequence, receipt };
  const texts = row === undefined ? (kept.get(event.id)?.texts ?? null) : (row.texts?.texts ?? null);
  const isSame = isSameEvent(event, standing.form, texts);
  return { outcome: isSame ? 'replay' : 'conflict', sequence, receipt };
}
