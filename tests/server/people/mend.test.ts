import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { personNamed, type Person } from '../../../domain/composition/person.ts';
import type { ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { ImportKind, PersonDraft } from '../../../domain/wire/people.ts';
import { collectRows, readRows } from '../../../server/documents/rows.ts';
import { signIn, startTestServer, testClock, type SignedInClient, type TestServer } from '../harness.ts';
import { addConference, allPeople, csv, importRoster } from '../sample.ts';

let server: TestServer;
let organizer: SignedInClient;
let conference: ConferenceId;
beforeAll(async () => {
  server = await startTestServer({ clock: testClock() });
  organizer = await signIn(server);
});
afterAll(() => server.close());
beforeEach(async () => {
  conference = await addConference(organizer);
});

const params = () => ({ conference });
const roster = () => allPeople(organizer, conference);
const preview = (rows: readonly object[], columns?: string) =>
  organizer.call(api.previewPeople, {
    params: params(),
    query: columns === undefined ? {} : { columns },
    body: { name: 'dai-bieu.csv', bytes: csv(rows) },
  });
const rowsOf = async (id: string, kind: ImportKind) =>
  (
    await organizer.call(api.importRows, {
      params: { conference, import: id },
      query: { kind },
    })
  ).items;
const confirm = (id: string, body: object) =>
  organizer.call(api.confirmPeople, { params: { conference, import: id }, body });
const changes = async () => (await organizer.call(api.rosterChanges, { params: params() })).items;
const undo = (place: number) => organizer.call(api.undoRoster, { params: params(), body: { place } });

const lan = { 'Họ và tên': 'Nông Thị Lan', 'Chức vụ': 'Bí thư Đảng ủy xã', 'Số thẻ': 'S1' };
const uoc = { 'Họ và tên': 'Lò Văn Ước', 'Chức vụ': 'Trưởng thôn 2', 'Số thẻ': 'S2' };

describe('columns of a file', () => {
  test('are corrected by a person, and remembered for the next file of the shape', async () => {
    const rows = [{ Ai: 'Nông Thị Lan', 'Làm gì': 'Bí thư' }];
    const first = await preview(rows);
    expect(first).toMatchObject({ people: 0, errorCount: 1, head: [['Nông Thị Lan', 'Bí thư']] });
    const second = await preview(rows, 'name,position');
    expect(second).toMatchObject({ people: 1, errorCount: 0 });
    const third = await preview([{ Ai: 'Lò Văn Ước', 'Làm gì': 'Trưởng thôn' }]);
    expect(third.columns.map(({ field, ground }) => [field, ground])).toEqual([
      ['name', 'remembered'],
      ['position', 'remembered'],
    ]);
  });
});

describe('rows of an import', () => {
  test('are told by what becomes of them, with both persons side by side', async () => {
    await importRoster(organizer, conference, [lan, uoc]);
    const shown = await preview([
      lan,
      { ...uoc, 'Điện thoại': '0900000001' },
      { ...lan, 'Số thẻ': '' },
      { 'Họ và tên': 'Đỗ Văn Ổn' },
    ]);
    expect(shown.counts).toEqual({ added: 1, changed: 1, untouched: 1, likely: 0, perhaps: 1, faulty: 0 });
    const [changed] = await rowsOf(shown.id, 'changed');
    expect(changed).toMatchObject({
      row: 3,
      person: { name: 'Lò Văn Ước', phone: '0900000001' },
      other: { row: null, person: { name: 'Lò Văn Ước', phone: null } },
      differs: ['phone'],
    });
    expect(await confirm(shown.id, { mergeSame: true })).toEqual({ added: 2, merged: 2, total: 4 });
  });

  test('that are faulty can be left out, and downloaded under their own headers to be mended', async () => {
    const shown = await preview([lan, { ...uoc, 'Họ và tên': '' }]);
    expect(await rowsOf(shown.id, 'faulty')).toMatchObject([
      { row: 3, person: null, faults: [{ message: 'Thiếu họ và tên.' }] },
    ]);
    const file = await organizer.response(api.faultyRows, { params: { conference, import: shown.id } });
    const table = await readRows(new Uint8Array(await file.arrayBuffer()), 'loi.xlsx');
    if (!table.ok) throw new Error(table.reason);
    const { rows } = await collectRows(table.value);
    expect(rows[0]?.cells).toMatchObject({
      'Chức vụ': 'Trưởng thôn 2',
      'Lỗi cần sửa': expect.stringContaining('Thiếu họ và tên'),
    });
    expect(await confirm(shown.id, { leaveFaulty: true })).toMatchObject({ added: 1, total: 1 });
  });

  test('are gone once the import is confirmed', async () => {
    const shown = await preview([lan]);
    await confirm(shown.id, {});
    const gone = await organizer.refusal(api.importRows, {
      params: { conference, import: shown.id },
      query: { kind: 'added' },
    });
    expect(gone.code).toBe('not-found');
  });
});

describe('an import', () => {
  test('is taken back: who came goes, who was changed is as before', async () => {
    await importRoster(organizer, conference, [lan]);
    const before = await roster();
    const shown = await preview([{ ...lan, 'Điện thoại': '0900000001' }, uoc]);
    await confirm(shown.id, { mergeSame: true });
    expect(await roster()).toHaveLength(2);
    const [last] = await changes();
    expect(last).toMatchObject({ kind: 'import', what: 'dai-bieu.csv', canUndo: true });
    expect(await undo(last!.place)).toEqual({ removed: 1, restored: 1 });
    expect(await roster()).toEqual(before);
    const again = await organizer.refusal(api.undoRoster, { params: params(), body: { place: last!.place } });
    expect(again.code).toBe('out-of-date');
  });
});

const draftOf = ({ id, ...rest }: Person): PersonDraft => {
  expect(id).not.toBe('');
  return rest;
};

describe('one person', () => {
  /** What lists sort by follows from the name. */
  const draft: PersonDraft = { ...personNamed('Đỗ Văn Ổn'), sortGiven: '' };

  test('is added, found by post and unit without marks, and taken out with a reason; each is undone', async () => {
    const positions = [{ text: 'Hiệu trưởng', unit: null, organisation: 'Trường THCS Mây Ngàn' }];
    const added = await organizer.call(api.addPerson, { params: params(), body: { ...draft, positions } });
    expect(added).toMatchObject({ name: 'Đỗ Văn Ổn', sortGiven: 'Ổn' });
    const found = await organizer.call(api.people, { params: params(), body: { q: 'may ngan hieu' } });
    expect(found.items.map(({ id }) => id)).toEqual([added.id]);
    await organizer.call(api.removePerson, {
      params: { conference, person: added.id },
      body: { reason: 'nghỉ hưu' },
    });
    expect(await roster()).toEqual([]);
    await undo((await changes())[0]!.place);
    expect(await roster()).toEqual([added]);
    await undo((await changes())[1]!.place);
    expect(await roster()).toEqual([]);
  });

  test('is changed only as it was read', async () => {
    const added = await organizer.call(api.addPerson, { params: params(), body: draft });
    const at = { params: { conference, person: added.id } };
    const was = draftOf(added);
    await organizer.call(api.changePerson, { ...at, body: { was, now: { ...was, phone: '0900000001' } } });
    const late = await organizer.refusal(api.changePerson, {
      ...at,
      body: { was, now: { ...was, phone: '0900000002' } },
    });
    expect(late.code).toBe('out-of-date');
    expect((await roster())[0]?.phone).toBe('0900000001');
  });

  test('out of two entries has the posts of both, and the two come back', async () => {
    await importRoster(organizer, conference, [lan, { ...uoc, 'Họ và tên': 'Nông Thị Lan' }]);
    const before = await roster();
    const [first, second] = before;
    const person = await organizer.call(api.mergePerson, {
      params: { conference, person: first!.id },
      body: { other: second!.id },
    });
    expect(person.positions.map(({ text }) => text)).toEqual(['Bí thư Đảng ủy xã', 'Trưởng thôn 2']);
    expect(await roster()).toEqual([person]);
    await undo((await changes())[0]!.place);
    expect(await roster()).toEqual(before);
  });

  test('who chairs a bridge stays', async () => {
    const [chair] = await importRoster(organizer, conference, [lan]).then(roster);
    await server.database.write('bridge').insert({
      id: 'cau-chu-tri',
      conference,
      class: 'central',
      name: 'Điểm cầu Trung ương',
      ord: 0,
      search_key: '',
      chair: chair!.id,
    });
    const refusal = await organizer.refusal(api.removePerson, {
      params: { conference, person: chair!.id },
      body: { reason: 'nghỉ hưu' },
    });
    expect(refusal.code).toBe('wrong-state');
    expect(refusal.detail).toContain('chủ trì');
    expect(await roster()).toHaveLength(1);
  });
});
