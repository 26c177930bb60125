import type { Knex } from 'knex';

import type { Texts } from '../../domain/attendance/form.ts';
import type { BridgeId, ConferenceId, DeviceId, EventId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { bytesOfUuid, uuidOfBytes } from '../platform/ids.ts';

/** An event on its way into the quarantine, in the ledger's form. */
export interface HeldEntry {
  readonly id: EventId;
  readonly session: SessionId;
  readonly device: DeviceId;
  readonly receivedAt: Instant;
  readonly form: string;
  readonly salt: string | null;
  readonly texts: Texts | null;
}

/** `waiting` for a decision, `accepting` until the ledger has it, then `accepted`; or `refused`, or `conflict`. */
export type HeldState = 'waiting' | 'accepting' | 'accepted' | 'refused' | 'conflict';

/** What the quarantine has under an id. */
export interface HeldContent {
  readonly form: string;
  /** Null where nobody wrote anything, and where it was erased. */
  readonly texts: Texts | null;
  readonly state: HeldState;
}

/** Bound variables of one statement are limited; ids are looked up by so many at a time. */
const IDS_PER_QUERY = 500;

/**
 * Puts events of one bridge into the quarantine in one statement, which is one commit. An id that is there already is
 * left alone, and so is one that the ledger has: within the statement, as only there nobody writes in between.
 */
export async function holdEvents(
  connection: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  entries: readonly HeldEntry[],
): Promise<void> {
  const rows = entries.map(({ id, texts, ...rest }) => ({
    ...rest,
    id: id.replaceAll('-', ''),
    texts: texts === null ? null : JSON.stringify(texts),
  }));
  await connection.raw(
    `insert into quarantine (id, conference, bridge, session, device, received_at, form, salt, texts)
     select unhex(value ->> 'id'), ?, ?, value ->> 'session', value ->> 'device', value ->> 'receivedAt',
            value ->> 'form', value ->> 'salt', value ->> 'texts'
     from json_each(?)
     where not exists (select 1 from attendance_event where attendance_event.id = unhex(value ->> 'id'))
     order by key
     on conflict (id) do nothing`,
    [conference, bridge, JSON.stringify(rows)],
  );
}

/** What the quarantine has under these ids. */
export async function heldContents(
  connection: Knex,
  ids: readonly EventId[],
): Promise<Map<EventId, HeldContent>> {
  const found = new Map<EventId, HeldContent>();
  for (let at = 0; at < ids.length; at += IDS_PER_QUERY) {
    const rows = await connection<{ id: Buffer; form: string; texts: string | null; state: HeldState }>(
      'quarantine',
    )
      .whereIn('id', ids.slice(at, at + IDS_PER_QUERY).map(bytesOfUuid))
      .select('id', 'form', 'texts', 'state');
    for (const { id, form, texts, state } of rows) {
      found.set(uuidOfBytes(id) as EventId, {
        form,
        texts: texts === null ? null : (JSON.parse(texts) as Texts),
        state,
      });
    }
  }
  return found;
}
