import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { lineText, SIGNATURE_HEADER } from '../../../domain/devices/proof.ts';
import { DeviceId, type PersonId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { Contract } from '../../../domain/wire/contract.ts';
import { requestOf, type CallInput } from '../../../domain/wire/request.ts';
import { newPairingCodes } from '../../../server/devices/pairing.ts';
import { transaction } from '../../../server/platform/database.ts';
import { proofOf, signedHeaders, testMachine, type TestMachine } from '../../machines.ts';
import {
  hostAt,
  newId,
  signIn,
  socket,
  startTestServer,
  unitOrganizerAt,
  type SignedInClient,
  type TestSocket,
} from '../harness.ts';
import { operatorOf } from '../operator.ts';
import { signedBy } from '../paired.ts';
import { arriveAt, sample, type Sample } from '../sample.ts';

let s: Sample;
let commune: BridgeRow;
let neighbour: BridgeRow;
let unit: SignedInClient;
let host: SignedInClient;
let people: PersonId[];
let next = 0;
beforeAll(async () => {
  s = await sample({ communes: 12 });
  commune = s.bridge('97004');
  neighbour = s.bridge('97005');
  unit = await signIn(s.server, [unitOrganizerAt(s.conference, s.bridge('97').id)]);
  people = (await s.seatedAt(commune.id)).map(({ person }) => person);
});
// Wrong codes are counted for an account: each test has its own.
beforeEach(async () => {
  host = await signIn(s.server, [hostAt(s.conference, commune.id), hostAt(s.conference, neighbour.id)]);
});
afterAll(() => s.server.close());

const at = (bridge: BridgeRow = commune) => ({ conference: s.conference, bridge: bridge.id });
const newMachine = (): TestMachine => testMachine(newId());
const codeOf = async (bridge: BridgeRow = commune): Promise<string> =>
  (await unit.call(api.newPairingCode, { params: at(bridge) })).code;

/** A request as a machine signs it; `own` is put in the place of what would be sent. */
const signed = <C extends Contract>(
  by: SignedInClient,
  machine: TestMachine,
  contract: C,
  input: CallInput<C>,
  own: { readonly at?: number; readonly body?: string } = {},
) => signedBy(by, machine, contract, input, { at: s.clock(), ...own });

const pair = (
  machine: TestMachine,
  code: string,
  {
    bridge = commune,
    by = host,
    ...body
  }: { bridge?: BridgeRow; by?: SignedInClient; replaces?: DeviceId } = {},
) => signed(by, machine, api.pairDevice, { params: at(bridge), body: { code, ...body } });
const scan = (machine: TestMachine, bridge: BridgeRow = commune): AttendanceEvent =>
  arriveAt(s, bridge.id, people[next++ % people.length]!, { device: machine.device });
const upload = (machine: TestMachine, events: AttendanceEvent[], own = {}) =>
  signed(host, machine, api.record, { params: at(), body: { ...at(), session: s.session, events } }, own);
const inLedger = async ({ id }: AttendanceEvent) =>
  s.server.database
    .read('attendance_event')
    .where({ id: Buffer.from(id.replaceAll('-', ''), 'hex') })
    .first();
const held = async (device: DeviceId) =>
  (await s.organizer.call(api.quarantine, { params: at(), query: { device } })).items;
const rowOf = async ({ device }: TestMachine, bridge = commune) =>
  (await unit.call(api.devices, { params: at(bridge), query: { limit: 1000 } })).items.find(
    (row) => row.device === device,
  );
/** A line without the machine that tests give it. */
async function bareLine(url = s.server.url): Promise<TestSocket> {
  const opened = await socket({ url }, host.cookie);
  const ask: TestSocket['ask'] = (name, body) =>
    (opened.socket as unknown as Socket).timeout(10_000).emitWithAck(name, body);
  return { ...opened, ask };
}
const prove = (line: TestSocket, machine: TestMachine, id = line.socket.id ?? '') =>
  line.ask('device:prove', proofOf(machine, id));
const record = (line: TestSocket, events: AttendanceEvent[]) =>
  line.ask('attendance:record', { ...at(), session: s.session, language: 'vi', events });

describe('a pairing code', () => {
  test('pairs one machine to its bridge, which gets the next number there', async () => {
    const machine = newMachine();
    const code = await codeOf();
    expect(code).toMatch(/^[3-9B-X]{4}-[3-9B-X]{4}$/);
    const paired = await pair(machine, code.toLowerCase().replace('-', ' '));
    expect(paired).toMatchObject({ device: machine.device, name: 'Máy 1', bridgeName: commune.name });
    expect(await rowOf(machine)).toMatchObject({
      state: 'silent',
      pairedAt: s.clock(),
      pairedBy: 'Trần Thử Nghiệm',
      replaces: null,
      lastContact: null,
    });
    expect(await pair(newMachine(), await codeOf())).toMatchObject({ name: 'Máy 2' });
  });

  test('is used once; only the machine that used it is answered the same again', async () => {
    const [machine, other] = [newMachine(), newMachine()];
    const code = await codeOf();
    const first = await pair(machine, code);
    expect(await pair(machine, code)).toEqual(first);
    expect(await pair(other, code)).toMatchObject({ code: 'link-used' });
    expect(await rowOf(other)).toBeUndefined();
  });

  test('of two machines that type it at once pairs one', async () => {
    const machines = [newMachine(), newMachine(), newMachine()];
    const code = await codeOf();
    const answers = await Promise.all(machines.map((machine) => pair(machine, code)));
    expect(answers.filter(({ device }) => device !== undefined)).toHaveLength(1);
    expect(answers.filter((one) => one.code === 'link-used')).toHaveLength(2);
  });

  test('expires after a quarter of an hour', async () => {
    const code = await codeOf();
    s.clock.advance(15 * 60_000);
    expect(await pair(newMachine(), code)).toMatchObject({ code: 'link-used' });
  });

  test('of another bridge is no code here', async () => {
    const code = await codeOf(neighbour);
    const machine = newMachine();
    expect(await pair(machine, code)).toMatchObject({ code: 'not-found' });
    expect(await pair(machine, code, { bridge: neighbour })).toMatchObject({ device: machine.device });
  });

  test('is not guessed: an account has eight tries in a quarter of an hour, a bridge has twenty-four', async () => {
    const guess = (by: SignedInClient) => pair(newMachine(), 'BBBB-BBBB', { bridge: neighbour, by });
    const hosts = await Promise.all(
      Array.from({ length: 4 }, () => signIn(s.server, [hostAt(s.conference, neighbour.id)])),
    );
    const [first, ...others] = hosts as [SignedInClient, ...SignedInClient[]];
    // All at once: they are counted before they are looked up.
    const answers = await Promise.all(Array.from({ length: 20 }, () => guess(first)));
    expect(answers.filter(({ code }) => code === 'not-found')).toHaveLength(8);
    expect(answers.filter(({ code }) => code === 'too-many-requests')).toHaveLength(12);
    for (const by of others.slice(0, 2)) for (let n = 0; n < 8; n++) await guess(by);
    expect(await guess(others[2]!)).toMatchObject({ code: 'too-many-requests' });
    // Also for the right code, but not for another bridge.
    const code = await codeOf(neighbour);
    expect(await pair(newMachine(), code, { bridge: neighbour, by: first })).toMatchObject({
      code: 'too-many-requests',
    });
    expect(await pair(newMachine(), await codeOf())).toMatchObject({ bridgeName: commune.name });
    s.clock.advance(15 * 60_000);
    const later = await codeOf(neighbour);
    expect(await pair(newMachine(), later, { bridge: neighbour, by: first })).toMatchObject({
      bridgeName: neighbour.name,
    });
  });

  test('with letters that no code has is told apart, and costs no try', async () => {
    for (let n = 0; n < 10; n++) {
      expect(await pair(newMachine(), 'OOOO-1111')).toMatchObject({ code: 'malformed' });
    }
    expect(await pair(newMachine(), await codeOf())).toMatchObject({ bridgeName: commune.name });
  });

  test('is refused to a machine whose clock is off with the time of the server by which it signs again', async () => {
    const refused = await host.response(api.showPairingCode, { params: at() });
    expect(refused.status).toBe(403);
    expect(Date.parse(refused.headers.get('date') ?? '')).toBe(Math.floor(s.clock() / 1000) * 1000);
  });

  test('is made by whoever looks after machines, and by a host only at a paired machine', async () => {
    expect(await host.refusal(api.newPairingCode, { params: at() })).toMatchObject({ code: 'forbidden' });
    expect(await host.refusal(api.showPairingCode, { params: at() })).toMatchObject({
      code: 'device-unproven',
    });
    const [machine, second] = [newMachine(), newMachine()];
    const show = () => signed(host, machine, api.showPairingCode, { params: at() });
    expect(await show()).toMatchObject({ code: 'device-unpaired' });
    await pair(machine, await codeOf());
    const { code = '' } = await show();
    expect(await pair(second, code)).toMatchObject({ device: second.device });
  });

  test('is kept nowhere: neither itself nor a plain digest of it', async () => {
    const code = await codeOf();
    const rows = await s.server.database.read('pairing_code').select();
    expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('a line', () => {
  test('is the machine’s that signed its id, and its events go into the ledger', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    const line = await bareLine();
    expect(await prove(line, machine)).toEqual({ ok: true, device: machine.device });
    const event = scan(machine);
    expect(await record(line, [event])).toMatchObject({ items: [{ outcome: 'recorded' }] });
    expect(await inLedger(event)).toBeDefined();
    line.close();
  });

  test('may bring events at once behind its proof, without waiting for the answer', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    const line = await bareLine();
    const [, answer] = await Promise.all([prove(line, machine), record(line, [scan(machine)])]);
    expect(answer).toMatchObject({ items: [{ outcome: 'recorded' }] });
    line.close();
  });

  test('that has shown nothing brings its events to quarantine, with the reason', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    const line = await bareLine();
    const event = scan(machine);
    expect(await record(line, [event])).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-unproven', receipt: null }],
    });
    expect(await inLedger(event)).toBeUndefined();
    expect(await held(machine.device)).toMatchObject([
      {
        id: event.id,
        cause: 'unproven',
        because: 'Không rõ máy nào gửi',
        deviceName: expect.stringMatching(/^Máy \d/),
      },
    ]);
    line.close();
  });

  test('is not taken over with a proof that was seen on another one, nor with the signature of another key', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    const [line, stolen, forged] = [await bareLine(), await bareLine(), await bareLine()];
    const proof = proofOf(machine, line.socket.id ?? '');
    expect(await line.ask('device:prove', proof)).toMatchObject({ ok: true });
    expect(await stolen.ask('device:prove', proof)).toMatchObject({ ok: false, reason: 'device-unproven' });
    const other = newMachine();
    const own = { key: machine.key, signature: other.sign(lineText(forged.socket.id ?? '')) };
    expect(await forged.ask('device:prove', own)).toMatchObject({ ok: false, reason: 'device-unproven' });
    for (const bad of [stolen, forged]) {
      expect(await record(bad, [scan(machine)])).toMatchObject({
        items: [{ outcome: 'quarantined', reason: 'device-unproven' }],
      });
      bad.close();
    }
    line.close();
  });

  test('is tried once: neither a right answer after a wrong one nor another machine gets it', async () => {
    const [machine, other] = [newMachine(), newMachine()];
    const line = await bareLine();
    expect(await prove(line, machine, 'another line')).toMatchObject({ ok: false });
    expect(await prove(line, machine)).toMatchObject({ ok: false });
    const second = await bareLine();
    expect(await prove(second, machine)).toMatchObject({ ok: true });
    expect(await prove(second, other)).toMatchObject({ ok: false });
    line.close();
    second.close();
  });

  test('with a key that is no point of the curve is refused, and others go on', async () => {
    const machine = newMachine();
    const [bad, good] = [await bareLine(), await bareLine()];
    const key = `B${'_'.repeat(86)}`;
    const answers = await Promise.all([
      bad.ask('device:prove', { key, signature: machine.sign('x') }),
      prove(good, machine),
    ]);
    expect(answers).toMatchObject([{ ok: false }, { ok: true }]);
    bad.close();
    good.close();
  });

  test('does not get another machine’s events into the ledger, even of one that is paired there', async () => {
    const [own, other] = [newMachine(), newMachine()];
    await pair(own, await codeOf());
    await pair(other, await codeOf());
    const line = await bareLine();
    await prove(line, own);
    const [mine, theirs] = [scan(own), scan(other)];
    expect(await record(line, [mine, theirs])).toMatchObject({
      items: [{ outcome: 'recorded' }, { outcome: 'quarantined', reason: 'device-unproven' }],
    });
    expect(await held(other.device)).toMatchObject([{ id: theirs.id, cause: 'other-machine' }]);
    // What was held answers for itself, also when the right machine brings it.
    const right = await bareLine();
    await prove(right, other);
    expect(await record(right, [theirs, scan(other)])).toMatchObject({
      items: [{ outcome: 'quarantined' }, { outcome: 'recorded' }],
    });
    line.close();
    right.close();
  });

  test('of a machine that is not paired at the bridge brings its events to quarantine, and they stay there once it is', async () => {
    const machine = newMachine();
    const line = await bareLine();
    await prove(line, machine);
    const [early, late] = [scan(machine), scan(machine)];
    expect(await record(line, [early])).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-unpaired' }],
    });
    expect(await held(machine.device)).toMatchObject([{ cause: 'unpaired', deviceName: 'Máy chưa ghép' }]);
    await pair(machine, await codeOf());
    expect(await record(line, [early, late])).toMatchObject({
      items: [{ outcome: 'quarantined' }, { outcome: 'recorded' }],
    });
    expect(await inLedger(early)).toBeUndefined();
    const which = { events: [early.id] };
    const params = at();
    expect(
      await s.organizer.call(api.acceptHeld, { params, body: { reason: 'đã hỏi', which } }),
    ).toMatchObject({ accepted: 1 });
    expect(await inLedger(early)).toBeDefined();
    line.close();
  });

  test('gets the people of a door only for its own machine, where that is paired', async () => {
    const machine = newMachine();
    const line = await bareLine();
    const door = (device: DeviceId) => line.ask('door:watch', { ...at(), session: s.session, device });
    const hello = (device: DeviceId) =>
      line.ask('device:hello', { ...at(), device, waiting: 0, waitingSince: null });
    expect(await door(machine.device)).toMatchObject({ ok: false, reason: 'device-unproven' });
    expect(await hello(machine.device)).toMatchObject({ ok: false, reason: 'device-unproven' });
    await prove(line, machine);
    expect(await door(machine.device)).toMatchObject({ ok: false, reason: 'device-unpaired' });
    expect(await hello(machine.device)).toMatchObject({ ok: false, reason: 'device-unpaired' });
    await pair(machine, await codeOf());
    expect(await door(machine.device)).toMatchObject({ ok: true });
    expect(await hello(machine.device)).toMatchObject({ ok: true });
    expect(await door(newMachine().device)).toMatchObject({ ok: false, reason: 'device-unproven' });
    line.close();
  });
});

describe('a request', () => {
  test('is signed over its body: a changed one is refused as a whole and leaves nothing', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    const event = scan(machine);
    const body = { ...at(), session: s.session, events: [event] };
    const other = JSON.stringify({ ...body, events: [{ ...event, person: people.at(-1) }] });
    expect(await upload(machine, [event], { body: other })).toMatchObject({ code: 'device-unproven' });
    expect(await held(machine.device)).toEqual([]);
    expect(await upload(machine, [event])).toMatchObject({ items: [{ outcome: 'recorded' }] });
    // Sent again as it was: the first answer once more.
    expect(await upload(machine, [event])).toMatchObject({ items: [{ outcome: 'recorded' }] });
  });

  test('is signed over its address and method', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    await pair(machine, await codeOf(neighbour), { bridge: neighbour });
    const query = { device: machine.device, limit: 5 };
    const input = { params: { ...at(), session: s.session }, query };
    expect(await signed(host, machine, api.door, input)).toMatchObject({ bridge: { id: commune.id } });
    const { url } = requestOf(
      api.door,
      { ...input, params: { ...input.params, bridge: neighbour.id } },
      'vi',
    );
    const headers = signedHeaders(machine, requestOf(api.door, input, 'vi'), s.clock());
    const moved = await host.fetch(url, { headers });
    expect(await moved.json()).toMatchObject({ code: 'device-unproven' });
  });

  test('without a signature, or of a machine that is not paired, ends in quarantine', async () => {
    const machine = newMachine();
    const event = scan(machine);
    const request = requestOf(
      api.record,
      { params: at(), body: { session: s.session, bridge: commune.id, events: [event] } },
      'vi',
    );
    const bare = await host.fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
    });
    expect(await bare.json()).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-unproven' }],
    });
    expect(await upload(machine, [scan(machine)])).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-unpaired' }],
    });
  });

  test('bears the time of the server as the machine knows it: some minutes off is fine, an hour is not', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    for (const minutes of [-9, 9]) {
      const own = { at: s.clock() + minutes * 60_000 };
      expect(await upload(machine, [scan(machine)], own)).toMatchObject({ items: [{ outcome: 'recorded' }] });
    }
    for (const minutes of [-61, 61]) {
      const own = { at: s.clock() + minutes * 60_000 };
      expect(await upload(machine, [scan(machine)], own)).toMatchObject({
        code: 'device-unproven',
        detail: expect.stringContaining('Giờ của máy'),
      });
    }
  });

  test('with a header that says nothing is refused', async () => {
    const answer = await host.fetch(requestOf(api.record, { params: at(), body: {} as never }, 'vi').url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: 'x' },
      body: JSON.stringify({ session: s.session, bridge: commune.id, events: [scan(newMachine())] }),
    });
    expect(await answer.json()).toMatchObject({ code: 'device-unproven' });
  });

  test('does not help whoever knows the id of a machine and not its key', async () => {
    const [machine, thief] = [newMachine(), newMachine()];
    await pair(machine, await codeOf());
    await pair(thief, await codeOf());
    const stolen = scan(machine);
    expect(await upload(thief, [stolen])).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-unproven' }],
    });
    expect(await held(machine.device)).toMatchObject([{ id: stolen.id, cause: 'other-machine' }]);
  });
});

const revoke = (machine: TestMachine) =>
  unit.call(api.revokeDevice, { params: { ...at(), device: machine.device }, body: { reason: 'mất máy' } });

describe('a revoked machine', () => {
  test('is not paired again under its key, not even elsewhere; with a new one it is a new machine that says whose place it takes', async () => {
    const [machine, anew] = [newMachine(), newMachine()];
    await pair(machine, await codeOf());
    const before = await rowOf(machine);
    await revoke(machine);
    const code = await codeOf();
    expect(await pair(machine, code)).toMatchObject({ code: 'device-revoked' });
    expect(await pair(machine, await codeOf(neighbour), { bridge: neighbour })).toMatchObject({
      code: 'device-revoked',
    });
    // The refused try has not used the code.
    expect(await pair(anew, code, { replaces: machine.device })).toMatchObject({ device: anew.device });
    expect(await rowOf(anew)).toMatchObject({ state: 'silent', replaces: before?.name });
    expect(await rowOf(machine)).toMatchObject({ state: 'revoked' });
  });

  test('sends to quarantine what waited on it, also under the new key of its browser', async () => {
    const [machine, anew] = [newMachine(), newMachine()];
    await pair(machine, await codeOf());
    const waited = [scan(machine), scan(machine)];
    await revoke(machine);
    expect(await upload(machine, waited.slice(0, 1))).toMatchObject({
      items: [{ outcome: 'quarantined', reason: 'device-revoked' }],
    });
    await pair(anew, await codeOf(), { replaces: machine.device });
    expect(await upload(anew, [waited[1]!, scan(anew)])).toMatchObject({
      items: [{ outcome: 'quarantined' }, { outcome: 'recorded' }],
    });
    expect(await held(machine.device)).toMatchObject([{ cause: 'revoked' }, { cause: 'other-machine' }]);
  });

  test('gets no codes for others', async () => {
    const machine = newMachine();
    await pair(machine, await codeOf());
    await revoke(machine);
    expect(await signed(host, machine, api.showPairingCode, { params: at() })).toMatchObject({
      code: 'device-revoked',
    });
  });
});

test('a machine that another process paired is known here, also one that was paired since', async () => {
  const other = await startTestServer({ data: s.server.data, clock: s.clock });
  const machine = newMachine();
  await pair(machine, await codeOf());
  const there = await bareLine(other.url);
  await there.ask('device:prove', proofOf(machine, there.socket.id ?? ''));
  expect(await record(there, [scan(machine)])).toMatchObject({ items: [{ outcome: 'recorded' }] });
  const later = newMachine();
  await pair(later, await codeOf());
  const again = await bareLine(other.url);
  await again.ask('device:prove', proofOf(later, again.socket.id ?? ''));
  expect(await record(again, [scan(later)])).toMatchObject({ items: [{ outcome: 'recorded' }] });
  there.close();
  again.close();
  await other.close();
});

// The last: everybody's sign-in is over after it.
test('a code on a printed sheet lasts until the day, and the next sheet takes its place', async () => {
  const { conference } = await operatorOf(s.server.context(), s.conference, commune.id);
  const until = (s.clock() + 20 * 86_400_000) as Instant;
  const print = () =>
    transaction(s.server.context().database, (connection) =>
      newPairingCodes(s.server.context(), conference, [commune.id, neighbour.id], until, connection),
    );
  const [first, second] = [await print(), await print()];
  s.clock.advance(19 * 86_400_000);
  const again = await signIn(s.server, [hostAt(s.conference, commune.id)]);
  expect(await pair(newMachine(), first.get(commune.id)!.code, { by: again })).toMatchObject({
    code: 'not-found',
  });
  expect(await pair(newMachine(), second.get(commune.id)!.code, { by: again })).toMatchObject({
    bridgeName: commune.name,
  });
});
