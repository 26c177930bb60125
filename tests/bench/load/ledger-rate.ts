import { rm } from 'node:fs/promises';

import type { BridgeId, PersonId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { createGate } from '../../../server/access/gate.ts';
import { recordEvents } from '../../../server/attendance/commands.ts';
import { databaseFile, openDatabase, type Database } from '../../../server/platform/database.ts';
import type { Context } from '../../../server/platform/context.ts';
import { openKeys } from '../../../server/platform/keys.ts';
import { createLog } from '../../../server/platform/log.ts';
import type { AuthorizedBridgeId } from '../../../server/platform/scopes.ts';
import { NO_NOTES } from '../../../server/platform/trail.ts';
import { eventId } from './messages.ts';
import { personId, type Nation } from './nation.ts';
import { dataOf } from './nation-data.ts';

/** How fast the record command takes a whole morning in, one event at a time and so many waiting. */
export interface LedgerRate {
  readonly bridges: number;
  readonly people: number;
  readonly events: number;
  readonly openedS: number;
  readonly tookS: number;
  readonly eventsPerSecond: number;
  /** Rate of the last tenth of the events against the first. */
  readonly lastTenthRatio: number;
  readonly bareRowsPerSecond: number;
  readonly rssBytes: number;
}

const TENTHS = 10;
const BARE_ROWS = 200_000;
const BARE_BATCH = 1000;

/** Everybody arrives at their bridge, all bridges in turn: validation, idempotency, chain, commit, book and flags, no sockets. */
export async function ledgerRate(country: Nation, window: number): Promise<LedgerRate> {
  const data = await dataOf(country);
  const database = await openDatabase(databaseFile(data));
  try {
    const context: Context = {
      database,
      clock: () => Date.now() as Instant,
      newId: () => eventId(Date.now()),
      keys: openKeys(data),
      log: createLog('warn'),
      actor: null,
      language: 'vi',
      origin: null,
      audit: NO_NOTES,
    };
    const operator = createGate().operator(context);
    const conference = await operator.conference(country.conference);
    if (!conference.ok) throw new Error('no conference');
    const scopes = new Map<BridgeId, AuthorizedBridgeId<'host'>>();
    for (const { bridge } of country.doors) {
      const scope = await operator.bridge(country.conference, bridge);
      if (scope.ok) scopes.set(bridge, scope.value);
    }
    const record = async (door: number, person: number): Promise<void> => {
      const { bridge, machine, firstPerson } = country.doors[door]!;
      const { device } = machine;
      const now = Date.now() as Instant;
      const event = {
        id: eventId(now),
        session: country.session,
        bridge,
        device,
        at: now,
        offset: 0,
        kind: 'arrive',
        person: personId(firstPerson + person) satisfies PersonId,
        mode: 'in-person',
      };
      const own = scopes.get(bridge)!;
      const said = await recordEvents(context, conference.value, own, country.session, [event], device);
      if (!said.ok || said.value.items[0]?.outcome !== 'recorded') throw new Error(JSON.stringify(said));
    };

    let began = performance.now();
    await record(0, 0);
    const openedS = (performance.now() - began) / 1000;
    const turns = inTurn(country);
    const tenths: number[] = [];
    began = performance.now();
    let next = 0;
    const sender = async (): Promise<void> => {
      while (next < turns.length) {
        const turn = turns[next++]!;
        if (next % Math.floor(turns.length / TENTHS) === 0) tenths.push(performance.now());
        await record(turn.door, turn.person);
      }
    };
    await Promise.all(Array.from({ length: window }, sender));
    const tookS = (performance.now() - began) / 1000;
    const { rss } = process.memoryUsage();
    return {
      bridges: country.doors.length,
      people: country.people,
      events: turns.length,
      openedS,
      tookS,
      eventsPerSecond: turns.length / tookS,
      lastTenthRatio: (tenths[0]! - began) / (tenths.at(-1)! - tenths.at(-2)!),
      bareRowsPerSecond: await bareRate(database),
      rssBytes: rss,
    };
  } finally {
    await database.close();
    await rm(data, { recursive: true, force: true });
  }
}

/** One person of each bridge after the other, as long as a bridge has any. */
function inTurn({ doors }: Nation): { readonly door: number; readonly person: number }[] {
  const turns: { door: number; person: number }[] = [];
  const most = doors.reduce((highest, { people }) => Math.max(highest, people), 0);
  for (let person = 0; person < most; person++) {
    for (const [door, { people }] of doors.entries()) if (person < people) turns.push({ door, person });
  }
  return turns;
}

/** What the same connection takes in of the same rows, at the end of the same table, with nothing before or after it. */
async function bareRate({ write }: Database): Promise<number> {
  const [last] = await write.raw<{ seq: number }[]>(
    'select * from attendance_event order by seq desc limit 1',
  );
  const began = performance.now();
  for (let done = 0; done < BARE_ROWS; done += BARE_BATCH) {
    const ids = Array.from({ length: BARE_BATCH }, () => eventId(Date.now()).replaceAll('-', ''));
    await write.raw(
      `insert into attendance_event (id, session, bridge, received_at, place, hash, form)
       select unhex(value), session, bridge, received_at, place, hash, form
       from json_each(?) join attendance_event on seq = ?`,
      [JSON.stringify(ids), last!.seq],
    );
  }
  return (1000 * BARE_ROWS) / (performance.now() - began);
}
