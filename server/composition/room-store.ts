import type { Knex } from 'knex';
import type { ConferenceId } from '../../domain/ids.ts';
import type { BridgeRoom, RoomCounts, RoomState } from '../../domain/wire/placement.ts';

/** The state of a room, as `RoomState` names them. */
const ROOM_STATE = `case
  when summoned + invited + conditional > coalesce(capacity, 9e9) then 'over'
  when summoned + invited + conditional = 0 then 'empty'
  when capacity is null then 'unknown'
  when summoned + invited + conditional = capacity then 'full'
  else 'free' end`;
/** Seats that a unit has yet to name people for. */
const OPEN = `(select coalesce(sum(value ->> 'open'), 0) from json_each(quotas))`;
/** Whether somebody still has to name people or say how many seats there are. */
const IS_OPEN = `exists (select 1 from json_each(quotas) where value ->> 'open' > 0 or value ->> 'seats' is null)`;

export interface RoomSearch {
  readonly show: RoomState | 'open' | null;
  /** Folded; each begins a word of the name. */
  readonly words: readonly string[];
}

/** Rooms of a conference by how much they need somebody: `limit` of them after the first `skip`. */
export async function listRooms(
  connection: Knex,
  conference: ConferenceId,
  { show, words }: RoomSearch,
  skip: number,
  limit: number,
): Promise<BridgeRoom[]> {
  const rooms = connection('placement_room')
    .join('bridge', 'bridge.id', 'placement_room.bridge')
    .where('placement_room.conference', conference);
  if (show === 'open') void rooms.whereRaw(IS_OPEN);
  else if (show !== null) void rooms.whereRaw(`${ROOM_STATE} = ?`, [show]);
  for (const word of words) void rooms.whereRaw(`' ' || bridge.search_key like ?`, [`% ${word}%`]);
  const rows = await rooms
    .orderByRaw(
      `case ${ROOM_STATE} when 'over' then 0 else 1 end, ${IS_OPEN} desc,
       case ${ROOM_STATE} when 'over' then capacity - summoned - invited - conditional else 0 end, bridge.ord`,
    )
    .offset(skip)
    .limit(limit)
    .select<(Omit<BridgeRoom, 'quotas'> & { quotas: string })[]>(
      'placement_room.bridge',
      'bridge.name',
      'bridge.class',
      'summoned',
      'invited',
      'conditional',
      'bridge.capacity',
      connection.raw(`${ROOM_STATE} as state`),
      connection.raw(`${OPEN} as open`),
      'quotas',
    );
  return rows.map((row) => ({ ...row, quotas: JSON.parse(row.quotas) as BridgeRoom['quotas'] }));
}

/** How many rooms are in each state. */
export async function countRooms(connection: Knex, conference: ConferenceId): Promise<RoomCounts> {
  const rows = await connection('placement_room')
    .join('bridge', 'bridge.id', 'placement_room.bridge')
    .where('placement_room.conference', conference)
    .groupBy('state')
    .select<{ state: RoomState; rooms: number; open: number }[]>(
      connection.raw(`${ROOM_STATE} as state`),
      connection.raw('count(*) as rooms'),
      connection.raw(`sum(${IS_OPEN}) as open`),
    );
  const counts = { all: 0, over: 0, full: 0, free: 0, empty: 0, unknown: 0, open: 0 };
  for (const { state, rooms, open } of rows) {
    counts[state] = rooms;
    counts.all += rooms;
    counts.open += open;
  }
  return counts;
}
