import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { PersonId } from '../../../domain/ids.ts';
import { type Resolution, resolveCode } from '../../../domain/passes/resolve.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { UnknownCodeRow } from '../../../domain/wire/codes.ts';
import { testMachine } from '../../machines.ts';
import { hostAt, newId, signIn, type SignedInClient, socket, unitOrganizerAt } from '../harness.ts';
import { arriveAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let neighbour: BridgeRow;
let district: BridgeRow;
let host: SignedInClient;
beforeAll(async () => {
  s = await sample();
  const communes = s.bridges.filter((bridge) => bridge.class === 'commune');
  const siblings = [...Map.groupBy(communes, ({ parent }) => parent).values()];
  const [one, other] = siblings.find(({ length }) => length > 1)!;
  commune = one!;
  neighbour = other!;
  district = s.bridges.find(({ id }) => id === commune.parent)!;
  host = await signIn(s.server, [hostAt(s.conference, commune.id)]);
});
afterAll(() => s.server.close());

async function record(bridge: BridgeRow, events: readonly AttendanceEvent[], who = s.organizer) {
  const body = { session: s.session, bridge: bridge.id, language: 'vi' as const, events: [...events] };
  const { items } = await who.call(api.record, {
    params: { conference: s.conference, bridge: bridge.id },
    body,
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(events.map(() => 'recorded'));
}

async function codesAt(bridge: BridgeRow, who = s.organizer, limit = 1000): Promise<UnknownCodeRow[]> {
  const rows: UnknownCodeRow[] = [];
  let cursor: string | undefined;
  do {
    const params = { conference: s.conference, bridge: bridge.id, session: s.session };
    const page = await who.call(api.codesToResolve, { params, query: { limit, cursor } });
    rows.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

function resolve({ arrivals, bridge }: UnknownCodeRow, resolution: Resolution): AttendanceEvent[] {
  return resolveCode(arrivals, resolution, 'đã hỏi', {
    session: s.session,
    bridge,
    device: testMachine('may-ban-to-chuc').device,
    now: s.clock(),
    offset: 0,
    newId: () => newId() as AttendanceEvent['id'],
  });
}

const code = (text: string) => PersonId.parse(text);
async function toResolve(bridge: BridgeRow): Promise<number> {
  const params = { conference: s.conference, bridge: bridge.id, session: s.session };
  return (await s.organizer.call(api.figures, { params })).node.subtree.toResolve;
}

test('codes that no list knows are listed with when and how often, where they were scanned', async () => {
  const first = arriveAt(s, commune.id, code('LA999888'));
  s.clock.advance(60_000);
  const second = arriveAt(s, commune.id, code('LA999888'));
  const other = arriveAt(s, neighbour.id, code('LA111'));
  const [known] = await s.seatedAt(commune.id);
  await record(commune, [second, first, arriveAt(s, commune.id, known!.person)], host);
  await record(neighbour, [other]);
  const rows = await codesAt(commune, host);
  expect(rows).toEqual([
    {
      code: 'LA999888',
      bridge: commune.id,
      bridgeName: commune.name,
      arrivals: [first, second].map((event) => ({
        event: event.id,
        device: event.device,
        time: event.at + event.offset,
        mode: 'in-person',
      })),
      proposed: null,
    },
  ]);
  expect((await codesAt(district)).map((row) => row.code).toSorted()).toEqual(['LA111', 'LA999888']);
  expect(await codesAt(district, s.organizer, 1)).toEqual(await codesAt(district));
});

test('only who works there sees them', async () => {
  const params = { conference: s.conference, bridge: neighbour.id, session: s.session };
  expect((await host.refusal(api.codesToResolve, { params })).code).toBe('not-found');
});

test('somebody of another bridge is no unknown code', async () => {
  const [elsewhere] = await s.seatedAt(neighbour.id);
  await record(commune, [arriveAt(s, commune.id, elsewhere!.person)]);
  expect((await codesAt(commune)).map((row) => row.code)).toEqual(['LA999888']);
});

test('a pass that is not good any more proposes whom it was issued for', async () => {
  const [person] = await s.seatedAt(commune.id);
  await record(commune, [arriveAt(s, commune.id, code(`replaced:${person!.person}`))]);
  await record(commune, [arriveAt(s, commune.id, code(`expired:${newId()}`))]);
  const rows = await codesAt(commune);
  expect(rows.find((row) => row.code.startsWith('replaced:'))?.proposed).toEqual({
    person: person!.person,
    name: person!.name,
    position: person!.positions[0],
  });
  expect(rows.find((row) => row.code.startsWith('expired:'))?.proposed).toBeNull();
});

test('a unit organizer resolves one for a bridge below: the person came when the code was first scanned', async () => {
  const unit = await signIn(s.server, [unitOrganizerAt(s.conference, district.id)]);
  const before = await toResolve(district);
  const row = (await codesAt(district, unit)).find((one) => one.code === 'LA999888')!;
  const person = (await s.seatedAt(commune.id)).at(-1)!.person;
  await record(commune, resolve(row, { kind: 'person', person }), unit);
  expect(await toResolve(district)).toBe(before - 1);
  expect((await codesAt(district, unit)).map((one) => one.code)).not.toContain('LA999888');
  const door = await host.call(api.door, {
    params: { conference: s.conference, bridge: commune.id, session: s.session },
    query: { device: testMachine('may-1').device, limit: 1000 },
  });
  expect(door.items.find((one) => one.person === person)?.presence).toMatchObject({
    state: 'present',
    since: row.arrivals[0]!.time,
  });
});

test('a code scanned at two bridges is resolved at each for itself', async () => {
  await record(commune, [arriveAt(s, commune.id, code('LA2'))]);
  s.clock.advance(1000);
  await record(neighbour, [arriveAt(s, neighbour.id, code('LA2'))]);
  const rows = (await codesAt(district)).filter((row) => row.code === 'LA2');
  expect(rows.map((row) => [row.bridge, row.arrivals.length])).toEqual([
    [commune.id, 1],
    [neighbour.id, 1],
  ]);
  await record(commune, resolve(rows[0]!, { kind: 'mistake' }));
  const left = (await codesAt(district)).filter((row) => row.code === 'LA2');
  expect(left.map((row) => row.bridge)).toEqual([neighbour.id]);
});

test('a door hears at once whose pass was issued again, and its mark says that the list is another', async () => {
  const device = testMachine('may-nghe').device;
  const own = await socket(s.server, host.cookie);
  const watched = { conference: s.conference, session: s.session, bridge: commune.id, device };
  const before = await own.ask('door:watch', watched);
  const heard = new Promise<{ people: readonly { person: string; serial?: number | undefined }[] }>((tell) =>
    own.socket.once('door:changed', (body) => tell(body)),
  );
  const [person] = await s.seatedAt(commune.id);
  const params = { conference: s.conference, bridge: district.id, person: person!.person };
  await s.organizer.call(api.reissuePass, { params, body: { reason: 'mất thẻ' } });
  expect((await heard).people).toMatchObject([{ person: person!.person, serial: 2 }]);
  const after = await own.ask('door:watch', watched);
  expect(before.ok && after.ok && after.mark.revision !== before.mark.revision).toBe(true);
  own.close();
});
