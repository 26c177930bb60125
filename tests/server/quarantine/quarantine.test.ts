import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { DeviceId, type EventId, type PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { bytesOfUuid } from '../../../server/platform/ids.ts';
import { decide } from '../../../server/quarantine/store.ts';
import { newId, signIn, startTestServer, unitOrganizerAt, type SignedInClient } from '../harness.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';
import { machineAt, type Machine } from '../devices/scene.ts';

let s: Sample;
let commune: BridgeRow;
let people: PersonId[];
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
});
afterAll(() => s.server.close());

let next = 0;
const somebody = (): PersonId => people[next++]!;
const at = () => ({ conference: s.conference, bridge: commune.id });
const record = async (by: SignedInClient, events: unknown[]) =>
  (await by.call(api.record, { params: at(), body: { session: s.session, bridge: commune.id, events } }))
    .items;
const ledgerHas = async (event: AttendanceEvent): Promise<number> =>
  (await s.server.database.read('attendance_event').where({ id: bytesOfUuid(event.id) })).length;
const attended = async (): Promise<number> => {
  const { node } = await s.organizer.call(api.figures, { params: { ...at(), session: s.session } });
  return node.own.attended;
};
const held = async (query: { device?: DeviceId; state?: 'open' | 'decided' | 'all' } = {}) =>
  (await s.organizer.call(api.quarantine, { params: at(), query: { limit: 1000, ...query } })).items;
const decideOn = (
  how: 'acceptHeld' | 'refuseHeld',
  which: { events: EventId[] } | { device: DeviceId },
  by: SignedInClient = s.organizer,
) => by.call(api[how], { params: at(), body: { reason: 'đã hỏi điểm cầu', which } });

/** A machine that was revoked at the commune. */
async function revoked(): Promise<Machine> {
  const machine = await machineAt(s, commune);
  await machine.hello();
  await s.organizer.call(api.revokeDevice, {
    params: { ...at(), device: machine.device },
    body: { reason: 'mất máy' },
  });
  machine.close();
  return machine;
}

describe('what a revoked machine sends', () => {
  test('waits outside ledger and figures, and is answered the same however often it is sent', async () => {
    const machine = await revoked();
    const before = await attended();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    const [first] = await record(machine.host, [scan]);
    expect(first).toMatchObject({ outcome: 'quarantined', reason: 'device-revoked', receipt: null });
    s.clock.advance(60_000);
    expect(await record(machine.host, [scan, scan])).toEqual([first, first]);
    expect(await ledgerHas(scan)).toBe(0);
    expect(await attended()).toBe(before);
    expect(await held({ device: machine.device })).toMatchObject([
      { id: scan.id, state: 'waiting', inLedger: false, decision: null, kind: 'arrive', at: scan.at },
    ]);
  });

  test('is a conflict under an id that has other content there', async () => {
    const machine = await revoked();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    await record(machine.host, [scan]);
    const other = { ...scan, mode: 'online' };
    expect(await record(machine.host, [other])).toMatchObject([
      { outcome: 'conflict', reason: 'other-content' },
    ]);
    expect(await held({ device: machine.device })).toHaveLength(1);
  });

  test('gets the answer of a replay where the ledger has it from before', async () => {
    const machine = await machineAt(s, commune);
    await machine.hello();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    const [first] = await record(machine.host, [scan]);
    await s.organizer.call(api.revokeDevice, {
      params: { ...at(), device: machine.device },
      body: { reason: 'mất máy' },
    });
    const [again] = await record(machine.host, [scan]);
    expect(again).toMatchObject({ outcome: 'recorded', receipt: first!.receipt });
    expect(await record(machine.host, [{ ...scan, at: scan.at - 1 }])).toMatchObject([
      { outcome: 'conflict' },
    ]);
    expect(await held({ device: machine.device })).toEqual([]);
    machine.close();
  });

  test('spoils nothing of what others in the batch sent, and a bad event is refused as ever', async () => {
    const machine = await revoked();
    const own = arriveAt(s, commune.id, somebody(), { device: machine.device });
    const others = arriveAt(s, commune.id, somebody(), { device: 'may-khac' });
    const answers = await record(machine.host, [others, { id: 'x' }, own]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['recorded', 'refused', 'quarantined']);
  });

  test('is recorded again once the machine is restored; what waits from before still waits', async () => {
    const machine = await revoked();
    const before = arriveAt(s, commune.id, somebody(), { device: machine.device });
    await record(machine.host, [before]);
    await s.organizer.call(api.restoreDevice, {
      params: { ...at(), device: machine.device },
      body: { reason: 'tìm thấy' },
    });
    const after = arriveAt(s, commune.id, somebody(), { device: machine.device });
    const answers = await record(machine.host, [before, after]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['quarantined', 'recorded']);
    expect(await ledgerHas(before)).toBe(0);
  });

  test('is in the ledger or in quarantine, never in neither and never in both, when it is revoked in between', async () => {
    const machine = await machineAt(s, commune);
    await machine.hello();
    const scans = people
      .slice(-10)
      .map((person) => arriveAt(s, commune.id, person, { device: machine.device }));
    const sent = scans.map((scan) => record(machine.host, [scan]));
    await s.organizer.call(api.revokeDevice, {
      params: { ...at(), device: machine.device },
      body: { reason: 'mất máy' },
    });
    const answers = (await Promise.all(sent)).flat();
    const again = await record(machine.host, scans);
    const waiting = new Set((await held({ device: machine.device })).map(({ id }) => id));
    for (const [i, scan] of scans.entries()) {
      expect(again[i]!.outcome).toBe(answers[i]!.outcome);
      expect(await ledgerHas(scan)).toBe(answers[i]!.outcome === 'recorded' ? 1 : 0);
      expect(waiting.has(scan.id)).toBe(answers[i]!.outcome === 'quarantined');
    }
    machine.close();
  });
});

describe('a person who decides', () => {
  test('lets events into the ledger as themselves, received now', async () => {
    const machine = await revoked();
    const before = await attended();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    await record(machine.host, [scan]);
    s.clock.advance(3_600_000);
    expect(await decideOn('acceptHeld', { events: [scan.id] })).toEqual({
      accepted: 1,
      refused: 0,
      conflict: 0,
      left: 0,
    });
    expect(await attended()).toBe(before + 1);
    const [again] = await record(machine.host, [scan]);
    expect(again).toMatchObject({ outcome: 'recorded', receipt: { receivedAt: s.clock() } });
    expect(await held({ device: machine.device })).toEqual([]);
    expect(await held({ device: machine.device, state: 'decided' })).toMatchObject([
      { state: 'accepted', inLedger: true, decision: { reason: 'đã hỏi điểm cầu', by: 'Trần Thử Nghiệm' } },
    ]);
    expect(await decideOn('acceptHeld', { events: [scan.id] })).toMatchObject({ accepted: 0, left: 1 });
    expect(await ledgerHas(scan)).toBe(1);
  });

  test('refuses events with a reason: they stay where they are, and are answered as before', async () => {
    const machine = await revoked();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    const [first] = await record(machine.host, [scan]);
    expect(await decideOn('refuseHeld', { events: [scan.id] })).toMatchObject({ refused: 1, left: 0 });
    expect(await decideOn('acceptHeld', { events: [scan.id] })).toMatchObject({ accepted: 0, left: 1 });
    expect(await record(machine.host, [scan])).toEqual([first]);
    expect(await ledgerHas(scan)).toBe(0);
    expect(await held({ device: machine.device, state: 'decided' })).toMatchObject([
      { state: 'refused', decision: { reason: 'đã hỏi điểm cầu' } },
    ]);
  });

  test('decides on all that waits of one machine at once', async () => {
    const [one, other] = [await revoked(), await revoked()];
    const scans = people.slice(-10).map((person) => arriveAt(s, commune.id, person, { device: one.device }));
    await record(one.host, scans);
    const kept = arriveAt(s, commune.id, somebody(), { device: other.device });
    await record(other.host, [kept]);
    expect(await decideOn('acceptHeld', { device: one.device })).toMatchObject({ accepted: 10, left: 0 });
    expect(await held({ device: one.device })).toEqual([]);
    expect(await held({ device: other.device })).toHaveLength(1);
    for (const scan of scans) expect(await ledgerHas(scan)).toBe(1);
  });

  test('has the right at the bridge, and nobody else does', async () => {
    const machine = await revoked();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    await record(machine.host, [scan]);
    const elsewhere = s.bridge('97005');
    const beside = await signIn(s.server, [unitOrganizerAt(s.conference, elsewhere.id)]);
    const body = { reason: 'thử', which: { events: [scan.id] } };
    for (const [by, code] of [
      [beside, 'not-found'],
      [machine.host, 'forbidden'],
    ] as const) {
      expect((await by.refusal(api.acceptHeld, { params: at(), body })).code).toBe(code);
      expect((await by.refusal(api.refuseHeld, { params: at(), body })).code).toBe(code);
    }
    const params = { conference: s.conference, bridge: elsewhere.id };
    expect(await beside.call(api.acceptHeld, { params, body })).toMatchObject({ accepted: 0, left: 1 });
    expect(await ledgerHas(scan)).toBe(0);
  });

  test('reads what each event says, with names', async () => {
    const machine = await revoked();
    const device = machine.device;
    const person = somebody();
    const name = s.roster.find(({ id }) => id === person)!.name;
    const events = [
      arriveAt(s, commune.id, person, { device }),
      eventAt(s, commune.id, 'excuse', { person, reason: 'ốm' }, { device }),
      eventAt(s, commune.id, 'walk-in', { name: 'Lò Thị Khách', unit: 'Xóm 3', mode: 'online' }, { device }),
      eventAt(s, commune.id, 'count', { point: 'cửa 2', counts: { other: 12 } }, { device }),
      arriveAt(s, commune.id, 'ma-la' as PersonId, { device }),
    ];
    await record(machine.host, events);
    expect((await held({ device })).map(({ says }) => says)).toEqual([
      `Điểm danh ${name}, trực tiếp`,
      `${name} vắng có lý do: ốm`,
      'Khách ngoài danh sách: Lò Thị Khách, Xóm 3, trực tuyến',
      'Đếm 12 người tại cửa 2',
      'Điểm danh mã ma-la (chưa có trong danh sách), trực tiếp',
    ]);
    const stored = await s.server.database.read('quarantine').where({ device }).select('form');
    expect(JSON.stringify(stored)).not.toContain('Lò Thị Khách');
    await decideOn('acceptHeld', { device });
    const texts = await s.server.database.read('quarantine').where({ device }).whereNotNull('texts');
    expect(texts).toEqual([]);
    expect(JSON.stringify(await s.server.database.read('attendance_text').select('texts'))).toContain(
      'Lò Thị Khách',
    );
  });
});

describe('when something dies', () => {
  test('between the decision and the ledger, the next start records what was accepted, once', async () => {
    const machine = await revoked();
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device });
    await record(machine.host, [scan]);
    // What the program does first, and then it dies.
    const decision = { state: 'accepting', at: s.clock(), by: null, reason: 'kiểm tra' } as const;
    await decide(s.server.database.write, [scan.id], decision);
    expect(await held({ device: machine.device })).toMatchObject([{ state: 'accepting', inLedger: false }]);
    const again = await startTestServer({ data: s.server.data, clock: s.clock });
    await expect.poll(() => ledgerHas(scan)).toBe(1);
    await expect
      .poll(async () => (await held({ device: machine.device, state: 'decided' }))[0]?.state)
      .toBe('accepted');
    await again.close();
  });

  test('another process that has just revoked holds, and this one answers from the same quarantine', async () => {
    const machine = await machineAt(s, commune);
    await machine.hello();
    const other = await startTestServer({ data: s.server.data, clock: s.clock });
    const organizer = await signIn(other);
    const { writeEveryContact } = await import('../../../server/devices/live.ts');
    await writeEveryContact(s.server.context());
    await organizer.call(api.revokeDevice, {
      params: { ...at(), device: machine.device },
      body: { reason: 'mất máy' },
    });
    s.clock.advance(2000);
    const scan = arriveAt(s, commune.id, somebody(), { device: machine.device, id: newId() });
    const [here] = await record(machine.host, [scan]);
    expect(here).toMatchObject({ outcome: 'quarantined' });
    const params = at();
    const body = { session: s.session, bridge: commune.id, events: [scan] };
    const there = await organizer.call(api.record, { params, body });
    expect(there.items).toEqual([here]);
    await other.close();
    machine.close();
  });
});
