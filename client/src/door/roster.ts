import { z } from 'zod';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { ERASED_NAME } from '../../../domain/retention/erased.ts';
import { attendanceContracts, DoorHead, DoorMark, DoorRow } from '../../../domain/wire/attendance.ts';
import { call } from '../api/call.ts';
import { asMachine } from '../devices/introduce.ts';
import { database, doorKey, type Place } from './database.ts';
import { deviceId } from './ids.ts';
import { openVaultOf, seal, unseal } from './vault.ts';

const PAGE = 1000;

/** What a door knows of its bridge: who is expected and where each stands, as of a mark of the server. */
export const Roster = z.object({
  bridgeName: z.string(),
  people: z.array(DoorRow),
  head: DoorHead.omit({ tally: true }),
  mark: DoorMark,
  /** Key that passes are held against. */
  passKey: z.string(),
  /** When this machine kept it, by its own clock. */
  keptAt: z.number(),
});
export type Roster = z.infer<typeof Roster>;

const headingOf = (key: string): string => `roster ${key}`;

/** Asks the server for everything. */
export async function fetchRoster(place: Place): Promise<Roster> {
  const { conference, session, bridge } = place;
  const params = { conference, session, bridge };
  const ask = { limit: PAGE, device: deviceId() };
  const first = await call(attendanceContracts.door, { params, query: ask }, undefined, asMachine);
  const people = [...first.items];
  for (let cursor = first.next; cursor !== null;) {
    const page = await call(
      attendanceContracts.door,
      { params, query: { ...ask, cursor } },
      undefined,
      asMachine,
    );
    people.push(...page.items);
    cursor = page.next;
  }
  const { state, walkIns, counted, others } = first.head;
  return {
    bridgeName: first.bridge.name,
    people,
    head: { state, walkIns, counted, others },
    mark: first.mark,
    passKey: first.passKey,
    keptAt: Date.now(),
  };
}

/** Keeps a list on this machine, sealed; without an open vault it is not kept at all. */
export async function keepRoster(account: string, place: Place, roster: Roster): Promise<void> {
  const key = doorKey(account, place);
  const { conference, session, bridge } = place;
  const door = { key, account, conference, session, bridge, bridgeName: roster.bridgeName, at: Date.now() };
  await database.doors.put(door);
  // Deleted after their retention period: what this machine kept of the conference's people goes too.
  if (roster.people.some(({ name }) => name === ERASED_NAME.vi)) {
    await forgetConference(conference);
    return;
  }
  const vault = await openVaultOf(account);
  if (vault === null) return;
  const sealed = await seal(vault, headingOf(key), { ...roster, keptAt: Date.now() });
  // Locked, or revoked, while it was being sealed: then it does not come back.
  if ((await openVaultOf(account)) !== vault) return;
  await database.transaction('rw', database.rosters, database.revocations, async () => {
    if ((await database.revocations.get(bridge)) !== undefined) return;
    await database.rosters.put({ key, account, bridge, sealed });
  });
}

/** The list as this machine kept it; null where it has none that opens. */
export async function readRoster(account: string, place: Place): Promise<Roster | null> {
  const key = doorKey(account, place);
  const kept = await database.rosters.get(key);
  if (kept === undefined) return null;
  const read = Roster.safeParse(await unseal(headingOf(key), kept.sealed));
  return read.success ? read.data : null;
}

/** This machine was revoked at a bridge: nothing of its people stays here. */
export async function forgetRoster(bridge: string, message: string): Promise<void> {
  await database.transaction('rw', database.rosters, database.revocations, async () => {
    await database.revocations.put({ bridge, at: Date.now(), message });
    await database.rosters.where('bridge').equals(bridge).delete();
  });
}

/** Throws away every list of a conference that this machine keeps, whoever kept it and of whichever bridge. */
async function forgetConference(conference: string): Promise<void> {
  await database.transaction('rw', database.rosters, database.doors, async () => {
    const doors = await database.doors.filter((door) => door.conference === conference).primaryKeys();
    await database.rosters.bulkDelete(doors);
  });
}

/** The server lets this machine work at the bridge again. */
export async function noteRestored(bridge: string): Promise<void> {
  await database.revocations.delete(bridge);
}

/** What people counted at this machine's counting point, kept between visits. */
export async function readCounter(account: string, place: Place) {
  return await database.counts.get(doorKey(account, place));
}

export async function keepCounter(
  account: string,
  place: Place,
  point: string,
  counts: Extract<AttendanceEvent, { kind: 'count' }>['counts'],
): Promise<void> {
  await database.counts.put({ key: doorKey(account, place), account, point, counts: { ...counts } });
}
