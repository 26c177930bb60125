import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { SeatLayout } from '../../../domain/seating/layout.ts';
import { numberSeats } from '../../../domain/seating/numbering.ts';
import { api } from '../../../domain/wire/api.ts';
import type { SeatRow } from '../../../domain/wire/seating.ts';
import { testMachine } from '../../machines.ts';
import { start } from '../cli/run.ts';
import { grantOf, hostAt, signIn, socket, unitOrganizerAt } from '../harness.ts';
import { csv, sample, type Sample } from '../sample.ts';

let world: Sample;
/** The first commune of the sample, and another one. */
let bridge: string;
let other: string;

beforeAll(async () => {
  world = await sample({ communes: 3 });
  const communes = world.bridges.filter((one) => one.class === 'commune');
  [bridge = '', other = ''] = communes.map(({ id }) => String(id));
});
afterAll(() => world.server.close());

const at = (own = bridge) => ({ conference: world.conference, bridge: own });
const LAYOUT = { rowNames: 'letters' as const, rowSeats: [4, 4, 200] };

async function hall(own = bridge) {
  return await world.organizer.call(api.seatNumbers, { params: at(own) });
}
async function numbers(own = bridge): Promise<(string | null)[]> {
  return (await hall(own)).items.map(({ number }) => number);
}
async function numberAll(own = bridge, layout: object = LAYOUT) {
  const { revision } = await hall(own);
  return await world.organizer.call(api.numberSeats, {
    params: at(own),
    body: { layout: { ...LAYOUT, ...layout }, revision },
  });
}
function setting(row: SeatRow, number: string, own = bridge) {
  return { params: { ...at(own), person: row.person }, body: { was: row.number, number } };
}

beforeEach(async () => {
  for (const own of [bridge, other]) {
    const { revision } = await hall(own);
    await world.organizer.call(api.clearSeats, { params: at(own), body: { revision } });
  }
});

describe('a seat number', () => {
  test('is kept as it is meant, and taken away by an empty one', async () => {
    const { items } = await hall();
    const [first] = items as [SeatRow];
    const { number } = await world.organizer.call(api.setSeatNumber, setting(first, 'b 12'));
    expect(number).toBe('B12');
    const again = setting({ ...first, number }, ' ');
    expect(await world.organizer.call(api.setSeatNumber, again)).toEqual({ number: null });
    expect((await numbers()).every((one) => one === null)).toBe(true);
  });

  test('is nobody else’s at the bridge: whoever has it is named, and nothing is changed', async () => {
    const [first, second] = (await hall()).items as [SeatRow, SeatRow];
    await world.organizer.call(api.setSeatNumber, setting(first, 'B12'));
    await world.organizer.call(api.setSeatNumber, setting(second, 'B13'));
    const own = setting({ ...second, number: 'B13' as never }, 'b12');
    const refusal = await world.organizer.refusal(api.setSeatNumber, own);
    expect(refusal).toMatchObject({
      code: 'conflict',
      detail: `Ghế B12 là của ${first.name}. Số cũ vẫn giữ.`,
      faults: [{ at: 'number' }],
    });
    expect((await numbers()).slice(0, 2)).toEqual(['B12', 'B13']);
    // The same number at another bridge is another chair.
    const [elsewhere] = (await hall(other)).items as [SeatRow];
    await world.organizer.call(api.setSeatNumber, setting(elsewhere, 'B12', other));
  });

  test('of two who type the same one at the same moment one has it', async () => {
    const { items } = await hall();
    const asked = items
      .slice(0, 6)
      .map((row) => world.organizer.response(api.setSeatNumber, setting(row, 'C1')));
    const statuses = (await Promise.all(asked)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409, 409]);
    expect((await numbers()).filter((one) => one === 'C1')).toHaveLength(1);
  });

  test('is not written over what somebody else has put there since', async () => {
    const [first] = (await hall()).items as [SeatRow];
    await world.organizer.call(api.setSeatNumber, setting(first, 'A1'));
    expect((await world.organizer.refusal(api.setSeatNumber, setting(first, 'A2'))).code).toBe('out-of-date');
    expect((await numbers())[0]).toBe('A1');
  });

  test('is no date, no sentence and nothing of somebody of another bridge', async () => {
    const [first] = (await hall()).items as [SeatRow];
    const [elsewhere] = (await hall(other)).items as [SeatRow];
    expect((await world.organizer.refusal(api.setSeatNumber, setting(first, '1-Dec'))).code).toBe(
      'has-errors',
    );
    expect((await world.organizer.refusal(api.setSeatNumber, setting(elsewhere, 'A1'))).code).toBe(
      'not-found',
    );
  });

  test('counts while its person is placed at the bridge, and is free once they are moved away', async () => {
    const { write } = world.server.database;
    const [first, second] = (await hall()).items as [SeatRow, SeatRow];
    await world.organizer.call(api.setSeatNumber, setting(first, 'D1'));
    const moved = write('placement').where({ conference: world.conference, person: first.person });
    await moved.clone().update({ bridge: other });
    expect((await hall()).items.some(({ person }) => person === first.person)).toBe(false);
    const there = (await hall(other)).items.find(({ person }) => person === first.person);
    expect(there?.number).toBeNull();
    // Back before anybody else was given the chair: it is theirs still.
    await moved.clone().update({ bridge });
    expect((await numbers())[0]).toBe('D1');
    await moved.clone().update({ bridge: other });
    await world.organizer.call(api.setSeatNumber, setting(second, 'D1'));
    await moved.clone().update({ bridge });
    expect((await numbers()).slice(0, 2)).toEqual([null, 'D1']);
  });
});

test('whoever is taken out of the roster takes their seat number along', async () => {
  const { organizer, conference } = world;
  const last = (await hall()).items.at(-1)!;
  await organizer.call(api.setSeatNumber, setting(last, 'Z9'));
  const params = { conference, person: last.person };
  await organizer.call(api.removePerson, { params, body: { reason: 'nghỉ hưu' } });
  const [first] = (await hall()).items as [SeatRow];
  expect(await organizer.call(api.setSeatNumber, setting(first, 'Z9'))).toEqual({ number: 'Z9' });
});

describe('numbering a hall', () => {
  test('does what its preview says, chair first, and is taken back as one', async () => {
    const { items } = await hall();
    const [first] = items as [SeatRow];
    await world.organizer.call(api.setSeatNumber, setting(first, 'A2'));
    const { items: guests, revision } = await hall();
    const preview = numberSeats(guests, SeatLayout.parse(LAYOUT));
    expect(preview).toMatchObject({ kept: 1, given: items.length - 1, unfit: [] });
    const before = await numbers();
    const done = await world.organizer.call(api.numberSeats, {
      params: at(),
      body: { layout: LAYOUT, revision },
    });
    expect(done.changed).toBe(items.length - 1);
    const after = await hall();
    expect(new Map(after.items.map(({ person, number }) => [person, number]))).toEqual(preview.numbers);
    expect(after.items.find(({ isChair }) => isChair)?.number).toMatch(/^A[12]$/);
    expect(after.change).toMatchObject({ id: done.change, byName: 'Trần Thử Nghiệm' });
    const undone = await world.organizer.call(api.undoSeats, { params: { ...at(), change: done.change! } });
    expect(undone).toEqual({ changed: items.length - 1, left: 0 });
    expect(await numbers()).toEqual(before);
    const again = await world.organizer.refusal(api.undoSeats, { params: { ...at(), change: done.change! } });
    expect(again.code).toBe('out-of-date');
  });

  test('is refused where a number was typed since its preview', async () => {
    const { revision, items } = await hall();
    await world.organizer.call(api.setSeatNumber, setting(items[0]!, 'A9'));
    const body = { layout: LAYOUT, revision };
    expect((await world.organizer.refusal(api.numberSeats, { params: at(), body })).code).toBe('out-of-date');
    expect((await numbers()).filter((one) => one !== null)).toEqual(['A9']);
  });

  test('that is taken back leaves what somebody typed since', async () => {
    const { change, changed } = await numberAll();
    const row = (await hall()).items[3]!;
    await world.organizer.call(api.setSeatNumber, setting(row, 'VIP1'));
    const undone = await world.organizer.call(api.undoSeats, { params: { ...at(), change: change! } });
    expect(undone).toEqual({ changed: changed - 1, left: 1 });
    expect((await numbers()).filter((one) => one !== null)).toEqual(['VIP1']);
  });

  test('anew with too few seats leaves the others without', async () => {
    await numberAll();
    await numberAll(bridge, { rowSeats: [2], keep: false });
    expect((await numbers()).filter((one) => one !== null)).toHaveLength(2);
  });
});

const importing = (rows: readonly object[], query: { dryRun?: 'false' } = {}) => ({
  params: at(),
  query,
  body: { name: 'so-ghe.csv', bytes: csv(rows) },
});

describe('a file of seat numbers', () => {
  test.each(['csv', 'xlsx'] as const)('comes out as %s and goes in again unchanged', async (format) => {
    const { revision } = await hall();
    await world.organizer.call(api.numberSeats, {
      params: at(),
      body: { layout: { ...LAYOUT, rowNames: 'figures' }, revision },
    });
    const answer = await world.organizer.response(api.exportSeats, { params: at(), query: { format } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const sent = { params: at(), body: { name: `so-ghe.${format}`, bytes } };
    const read = await world.organizer.call(api.importSeats, sent);
    expect(read).toMatchObject({ faults: [], differences: [], imported: false });
  });

  test('changes nothing before it is confirmed, then all of it as one deed', async () => {
    const { items } = await hall();
    const rows = items.map(({ person, name }, index) => ({
      'Mã người': person,
      'Họ và tên': name,
      'Số ghế': `E${index + 1}`,
    }));
    const read = await world.organizer.call(api.importSeats, importing(rows));
    expect(read.differences).toHaveLength(items.length);
    expect((await numbers()).every((one) => one === null)).toBe(true);
    const taken = await world.organizer.call(api.importSeats, importing(rows, { dryRun: 'false' }));
    expect(taken.imported).toBe(true);
    expect(await numbers()).toEqual(rows.map((row) => row['Số ghế']));
    await world.organizer.call(api.undoSeats, { params: { ...at(), change: taken.change! } });
    expect((await numbers()).every((one) => one === null)).toBe(true);
  });

  test('with one fault is not taken over at all', async () => {
    const [first, second] = (await hall()).items as [SeatRow, SeatRow];
    const rows = [
      { 'Mã người': first.person, 'Số ghế': 'F1' },
      { 'Mã người': second.person, 'Số ghế': 'f1' },
    ];
    const read = await world.organizer.call(api.importSeats, importing(rows, { dryRun: 'false' }));
    expect(read).toMatchObject({
      imported: false,
      faults: [{ at: 'dòng 3, cột Số ghế', message: 'Ghế F1 đã cho người ở dòng 2.' }],
    });
    expect((await numbers()).every((one) => one === null)).toBe(true);
  });
});

describe('who may', () => {
  test('look at seat numbers: whoever may see people there; change them: whoever organizes there', async () => {
    const { conference, server } = world;
    const host = await signIn(server, [hostAt(conference, bridge as never)]);
    const unit = await signIn(server, [unitOrganizerAt(conference, bridge as never)]);
    const technician = await signIn(server, [grantOf('technician', conference, bridge as never)]);
    const { items } = await host.call(api.seatNumbers, { params: at() });
    expect((await host.refusal(api.setSeatNumber, setting(items[0]!, 'A1'))).code).toBe('forbidden');
    expect((await technician.refusal(api.seatNumbers, { params: at() })).code).toBe('forbidden');
    expect(await unit.call(api.setSeatNumber, setting(items[0]!, 'A1'))).toEqual({ number: 'A1' });
    expect((await unit.refusal(api.seatNumbers, { params: at(other) })).code).toBe('not-found');
  });
});

describe('the door', () => {
  const machine = testMachine('may-1');

  test('shows the seat, and an open one hears of a change', async () => {
    const { conference, session, server } = world;
    const host = await signIn(server, [hostAt(conference, bridge as never)]);
    const read = () =>
      host.call(api.door, { params: { ...at(), session }, query: { device: machine.device, limit: 1000 } });
    const before = await read();
    expect(before.items.some((row) => 'seatNumber' in row)).toBe(false);
    const line = await socket(server, host.cookie);
    const place = { ...at(), session, device: machine.device } as never;
    expect(await line.ask('door:watch', place)).toMatchObject({ ok: true });
    const told = new Promise<{ mark: { revision: string } }>((resolve) =>
      line.socket.once('door:changed', (change) => resolve(change)),
    );
    await numberAll();
    const { mark } = await told;
    line.close();
    expect(mark.revision).not.toBe(before.mark.revision);
    const after = await read();
    expect(after.mark.revision).toBe(mark.revision);
    expect(after.items.map((row) => row.seatNumber)).toEqual(await numbers());
  });

  test('learns also of what another process has changed', async () => {
    const { session, clock, organizer } = world;
    const ask = { params: { ...at(), session }, query: { device: machine.device, limit: 1000 } };
    const before = await organizer.call(api.door, ask);
    const line = `--data ${world.server.data} --json seats number --bridge ${bridge} --rows 9 --seats 30 --apply`;
    const { code, out } = await start(line.split(' '));
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, unfit: [] }]);
    clock.advance(3000);
    const after = await organizer.call(api.door, ask);
    expect(after.mark.revision).not.toBe(before.mark.revision);
    expect(after.items[0]?.seatNumber).toBeDefined();
  });
});

test('passes and their file name the seat', async () => {
  await numberAll();
  const { items } = await world.organizer.call(api.passes, { params: at(), body: { limit: 1000 } });
  expect(items.map(({ seatNumber }) => seatNumber)).toEqual(await numbers());
});

test('the command line exports, imports, clears and takes back', async () => {
  await numberAll();
  const had = await numbers();
  const file = join(world.server.data, 'so-ghe.csv');
  const run = async (line: string) => {
    const { code, out } = await start([`--data`, world.server.data, '--json', 'seats', ...line.split(' ')]);
    return { code, said: JSON.parse(out) as Record<string, unknown> };
  };
  expect((await run(`export --bridge ${bridge} --out ${file}`)).said).toMatchObject({ people: had.length });
  const rows = parse<Record<string, string>>(await readFile(file), { bom: true, columns: true });
  expect(rows.map((row) => row['Số ghế'])).toEqual(had);
  expect((await run(`clear --bridge ${bridge}`)).said).toMatchObject({ changed: had.length });
  expect((await run(`import ${file} --bridge ${bridge} --confirm`)).said).toMatchObject({ imported: true });
  expect(await numbers()).toEqual(had);
  expect((await run(`undo --bridge ${bridge}`)).said).toMatchObject({ changed: had.length, left: 0 });
  expect((await numbers()).every((one) => one === null)).toBe(true);
});
