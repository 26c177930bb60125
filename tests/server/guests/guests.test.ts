import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { signIn, startTestServer, type SignedInClient, type TestServer } from '../harness.ts';
import { addConference, csv } from '../sample.ts';

let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer();
  organizer = await signIn(server);
});
beforeEach(async () => {
  conference = await addConference(organizer);
});
afterAll(() => server.close());

const GUEST = {
  name: 'Lò Thị Ổn',
  organisation: 'Báo Mây Ngàn',
  post: 'Phóng viên',
  card: 'IBC-123',
  phone: null,
  email: 'on@baomayngan.example',
};
const params = () => ({ conference });
const add = (guest = GUEST, list: 'press' | 'scientists' = 'press') =>
  organizer.call(api.addGuest, { params: params(), body: { list, guest } });
const listed = async () => (await organizer.call(api.guests, { params: params() })).items;
const send = (rows: readonly object[], dryRun: boolean) =>
  organizer.call(api.importGuests, {
    params: params(),
    query: { list: 'press', dryRun: dryRun ? 'true' : 'false' },
    body: { name: 'bao-chi.csv', bytes: csv(rows) },
  });

describe('a guest of the press', () => {
  test('is added, changed and taken off, and stands in one list only once', async () => {
    const made = await add();
    expect(await listed()).toEqual([
      { ...GUEST, id: made.id, list: 'press', answer: null, arrivedAt: null, letter: null },
    ]);
    const twice = await organizer.refusal(api.addGuest, {
      params: params(),
      body: { list: 'press', guest: { ...GUEST, name: 'LÒ THỊ ỔN' } },
    });
    expect(twice.code).toBe('conflict');
    await add(GUEST, 'scientists');
    const changed = { ...GUEST, phone: '0901 234 567' };
    await organizer.call(api.changeGuest, { params: { conference, guest: made.id }, body: changed });
    expect((await listed()).find(({ id }) => id === made.id)).toMatchObject(changed);
    await organizer.call(api.removeGuest, { params: { conference, guest: made.id } });
    expect((await listed()).map(({ list }) => list)).toEqual(['scientists']);
    const gone = await organizer.refusal(api.removeGuest, { params: { conference, guest: made.id } });
    expect(gone.code).toBe('not-found');
  });

  test('with a fault is not taken in, and the field is named', async () => {
    const refused = await organizer.refusal(api.addGuest, {
      params: params(),
      body: { list: 'press', guest: { ...GUEST, organisation: ' ', email: 'on@' } },
    });
    expect(refused.code).toBe('has-errors');
    expect(refused.faults?.map(({ at }) => at)).toEqual(['organisation', 'email']);
    expect(await listed()).toEqual([]);
  });

  test('is of no roster, in no seat and in no total', async () => {
    await add();
    const { read } = server.database;
    for (const table of ['person', 'placement']) expect(await read(table).where({ conference })).toEqual([]);
  });

  test('goes with the names of the conference, and is not taken in after that', async () => {
    await add();
    const body = { kinds: ['people'] as const, reason: 'Hết thời hạn lưu' };
    await organizer.call(api.deleteNow, { params: params(), body: { ...body, kinds: [...body.kinds] } });
    expect(await listed()).toEqual([]);
    const refused = await organizer.refusal(api.addGuest, {
      params: params(),
      body: { list: 'press', guest: GUEST },
    });
    expect(refused.code).toBe('wrong-state');
  });

  test('of one conference is nothing to another', async () => {
    const { id } = await add();
    const other = await addConference(organizer);
    const refused = await organizer.refusal(api.changeGuest, {
      params: { conference: other, guest: id },
      body: GUEST,
    });
    expect(refused.code).toBe('not-found');
  });
});

const row = (agency: string, name: string, email: string) => ({
  'Cơ quan báo chí': agency,
  'Họ và tên': name,
  Email: email,
});

describe('a file of guests', () => {
  const FILE = [row('Báo Mây Ngàn', 'Lò Thị Ổn', ''), row('Đài Mây Ngàn', '', 'dai@x.example')];
  test('is looked at before it is taken in, and those that are there stay as they are', async () => {
    await add();
    expect(await send(FILE, true)).toEqual({ rows: 2, added: 1, known: 1, faults: [], imported: false });
    expect(await listed()).toHaveLength(1);
    expect(await send(FILE, false)).toMatchObject({ added: 1, known: 1, imported: true });
    expect((await listed()).map(({ organisation, post }) => [organisation, post])).toEqual([
      ['Báo Mây Ngàn', 'Phóng viên'],
      ['Đài Mây Ngàn', null],
    ]);
    expect(await send(FILE, false)).toMatchObject({ added: 0, known: 2, imported: true });
  });

  test('with a fault changes nothing, and says where it is', async () => {
    const answer = await send([...FILE, row('Báo Khác', 'Người Khác', 'không có')], false);
    expect(answer.imported).toBe(false);
    expect(answer.faults).toEqual([
      { at: 'dòng 4, cột Email', message: expect.stringContaining('ten@coquan.vn') },
    ]);
    expect(await listed()).toEqual([]);
  });
});
