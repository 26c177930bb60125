import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { ConferenceId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { ImportPreview } from '../../../domain/wire/people.ts';
import { archive } from '../documents/archives.ts';
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

const preview = (rows: readonly object[] | Uint8Array<ArrayBuffer>, language: 'vi' | 'en' = 'vi') =>
  organizer.call(api.previewPeople, {
    params: { conference },
    body: { name: 'dai-bieu.csv', bytes: rows instanceof Uint8Array ? rows : csv(rows) },
    language,
  });
const refusedFile = (body: Uint8Array<ArrayBuffer>, name = 'dai-bieu.xlsx') =>
  organizer.refusal(api.previewPeople, { params: { conference }, body: { name, bytes: body } });
const params = (id: string) => ({ conference, import: id });
const confirm = (id: string, merge: number[] = []) =>
  organizer.call(api.confirmPeople, { params: params(id), body: { merge } });
const refused = (id: string, merge: number[] = []) =>
  organizer.refusal(api.confirmPeople, { params: params(id), body: { merge } });
const roster = () => allPeople(organizer, conference);

const lan = {
  'Họ và tên': 'Đồng chí Nông Thị Lan',
  'Chức vụ': 'Bí thư Đảng ủy xã An Thịnh; Chủ tịch Hội đồng nhân dân xã An Thịnh',
  'Đơn vị': 'Đảng ủy xã An Thịnh',
  'Mã đơn vị': '97004',
  'Số thẻ': 'SC000001',
  'Thứ bậc': '3',
  'Đảng viên': 'có',
  'Ngày sinh': '02/03/1975',
};

const uoc = { 'Họ và tên': 'Lò Văn Ước', 'Chức vụ': 'Trưởng thôn 2' };

describe('an import in two steps', () => {
  test('the preview shows what the file comes to and writes nothing of it', async () => {
    const shown = await preview([{ ...lan, 'Ghi chú': 'đi xe riêng' }]);
    expect(shown).toMatchObject({ rows: 1, people: 1, errors: [], errorCount: 0, notes: [], duplicates: [] });
    expect(shown.columns).toContainEqual({ header: 'Chức vụ', field: 'position', ground: 'header' });
    expect(shown.columns).toContainEqual({ header: 'Ghi chú', field: null, ground: null });
    expect(shown.sample).toMatchObject([
      {
        name: 'Nông Thị Lan',
        sortGiven: 'Lan',
        identity: 'SC000001',
        birthDate: '1975-03-02',
        precedence: 3,
        partyMember: true,
        positions: [
          { text: 'Bí thư Đảng ủy xã An Thịnh', unit: '97004', organisation: 'Đảng ủy xã An Thịnh' },
          { text: 'Chủ tịch Hội đồng nhân dân xã An Thịnh' },
        ],
      },
    ]);
    expect(await roster()).toEqual([]);
  });

  test('confirming writes the whole of it, once', async () => {
    const shown = await preview([lan, uoc]);
    expect(await confirm(shown.id)).toEqual({ added: 2, merged: 0, total: 2 });
    expect((await roster()).map(({ name }) => name)).toEqual(['Nông Thị Lan', 'Lò Văn Ước']);
    const again = await refused(shown.id);
    expect(again.code).toBe('wrong-state');
    expect(again.detail).toContain('đã được nhập rồi');
    expect(await roster()).toHaveLength(2);
  });

  test('of two who confirm at the same moment one writes', async () => {
    const shown = await preview([lan]);
    const both = await Promise.all(
      [1, 2].map(() => organizer.response(api.confirmPeople, { params: params(shown.id), body: {} })),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await roster()).toHaveLength(1);
  });

  test('a later file takes the place of one that nobody confirmed', async () => {
    const first = await preview([lan]);
    const second = await preview([uoc]);
    expect((await refused(first.id)).code).toBe('out-of-date');
    await confirm(second.id);
    expect((await roster()).map(({ name }) => name)).toEqual(['Lò Văn Ước']);
  });

  test('there is no import of another conference, nor one that was never previewed', async () => {
    const shown = await preview([lan]);
    const other = await addConference(organizer);
    const elsewhere = { conference: other, import: shown.id };
    expect((await organizer.refusal(api.confirmPeople, { params: elsewhere, body: {} })).code).toBe(
      'not-found',
    );
    expect((await refused('khong-co')).code).toBe('not-found');
  });
});

describe('a file with errors', () => {
  const faulty = [
    lan,
    { ...lan, 'Họ và tên': '' },
    { ...lan, 'Ngày sinh': '31/02/1975' },
    { ...lan, 'Đảng viên': 'có lẽ' },
  ];

  test('names each by its row and column, and imports none of its rows', async () => {
    const shown = await preview(faulty);
    expect(shown).toMatchObject({ rows: 4, people: 1, errorCount: 3 });
    expect(shown.errors).toEqual([
      { at: 'dòng 3, cột Họ và tên', message: 'Thiếu họ và tên.' },
      { at: 'dòng 4, cột Ngày sinh', message: '"31/02/1975" không phải là ngày.' },
      { at: 'dòng 5, cột Đảng viên', message: '"có lẽ": ghi "có" hoặc "không".' },
    ]);
    const refusal = await refused(shown.id);
    expect(refusal.code).toBe('has-errors');
    expect(refusal.detail).toBe('Tệp còn 3 lỗi nên chưa nhập. Hãy sửa tệp rồi tải lên lại.');
    expect(await roster()).toEqual([]);
  });

  test('says so in English to whoever asks in English', async () => {
    const shown = await preview(faulty, 'en');
    expect(shown.errors[0]).toEqual({ at: 'row 3, column Họ và tên', message: 'The name is missing.' });
  });

  test('counts all of them and lists a thousand', async () => {
    const shown = await preview(Array.from({ length: 1500 }, () => ({ ...lan, 'Họ và tên': '' })));
    expect(shown.errors).toHaveLength(1000);
    expect(shown.errorCount).toBe(1500);
  });

  test('without a column of names has one error', async () => {
    const shown = await preview([{ 'Chức vụ': 'Bí thư', 'Số thẻ': '1' }]);
    expect(shown).toMatchObject({
      errorCount: 1,
      people: 0,
      errors: [{ at: 'dòng tiêu đề', message: 'Không thấy cột "Họ và tên".' }],
    });
  });

  test('a person without a position is no error: a note, and imported', async () => {
    const shown = await preview([{ 'Họ và tên': 'Lò Văn Ước', 'Số thẻ': '7' }]);
    expect(shown.notes).toEqual([
      { at: 'dòng 2', message: 'Chưa có chức vụ: nhập được, nhưng chưa xếp được chỗ.' },
    ]);
    expect(await confirm(shown.id)).toMatchObject({ added: 1 });
  });
});

const sayings = ({ duplicates }: ImportPreview) => duplicates.map(({ row, certainty }) => [row, certainty]);

describe('who may be one person', () => {
  const namesake = { 'Họ và tên': 'Nông Thị Lan', 'Chức vụ': 'Hiệu trưởng' };

  test('is proposed: the same card, the same unit, the same name alone', async () => {
    await importRoster(organizer, conference, [lan]);
    const [known] = await roster();
    const shown = await preview([
      { ...namesake, 'Số thẻ': 'SC000001' },
      { ...namesake, 'Số thẻ': 'SC000002' },
      { ...namesake, 'Mã đơn vị': '97004' },
      { ...namesake, 'Mã đơn vị': '97009' },
    ]);
    expect(sayings(shown)).toEqual([
      [2, 'same'],
      [4, 'likely'],
      [5, 'perhaps'],
    ]);
    expect(shown.duplicates[0]).toEqual({
      row: 2,
      name: 'Nông Thị Lan',
      other: { person: known?.id, name: 'Nông Thị Lan' },
      certainty: 'same',
    });
  });

  test('is never merged unless a person says so, not even by the card', async () => {
    await importRoster(organizer, conference, [lan]);
    const shown = await preview([{ ...namesake, 'Số thẻ': 'SC000001' }, namesake]);
    expect(await confirm(shown.id)).toEqual({ added: 2, merged: 0, total: 3 });
  });

  test('merged, keeps the id and the posts they had, and takes the values of the file', async () => {
    await importRoster(organizer, conference, [lan]);
    const [known] = await roster();
    const shown = await preview([
      { ...namesake, 'Số thẻ': 'SC000001', 'Điện thoại': '0900000001' },
      { ...namesake, 'Chức vụ': 'Ủy viên' },
    ]);
    expect(await confirm(shown.id, [2])).toEqual({ added: 1, merged: 1, total: 2 });
    const now = (await roster()).find(({ id }) => id === known?.id);
    expect(now?.positions.map(({ text }) => text)).toEqual([
      'Bí thư Đảng ủy xã An Thịnh',
      'Chủ tịch Hội đồng nhân dân xã An Thịnh',
      'Hiệu trưởng',
    ]);
    expect(now).toMatchObject({ phone: '0900000001', birthDate: '1975-03-02', precedence: 3 });
  });

  test('two rows of one file become one person, and a third with them', async () => {
    const card = { 'Số thẻ': 'SC9' };
    const shown = await preview([
      { ...namesake, ...card },
      { ...namesake, ...card, 'Chức vụ': 'Ủy viên' },
      { ...namesake, ...card, 'Chức vụ': 'Bí thư chi bộ' },
    ]);
    expect(await confirm(shown.id, [3, 4])).toEqual({ added: 1, merged: 2, total: 1 });
    const [only] = await roster();
    expect(only?.positions.map(({ text }) => text)).toEqual(['Hiệu trưởng', 'Ủy viên', 'Bí thư chi bộ']);
  });

  test('a row is merged with whom the preview named, whoever came into the roster meanwhile', async () => {
    await importRoster(organizer, conference, [lan]);
    const [known] = await roster();
    const shown = await preview([{ ...namesake, 'Mã đơn vị': '97004' }]);
    // Another import, confirmed in between, brings somebody who would be closer.
    await server.database.write('person').insert({
      ...(await server.database.read('person').where({ conference, id: known?.id }).first()),
      id: '00000000-closer',
      data: JSON.stringify({ ...known, id: '00000000-closer' }),
    });
    await confirm(shown.id, [2]);
    const posts = new Map((await roster()).map(({ id, positions }) => [id as string, positions.length]));
    expect(posts.get(known?.id ?? '')).toBe(3);
    expect(posts.get('00000000-closer')).toBe(2);
  });

  test('a row for which nobody was proposed cannot be merged, and nothing is imported', async () => {
    const shown = await preview([lan, uoc]);
    const refusal = await refused(shown.id, [3, 17]);
    expect(refusal.code).toBe('has-errors');
    expect(refusal.detail).toContain('dòng 3, 17');
    expect(await roster()).toEqual([]);
    expect(await confirm(shown.id)).toMatchObject({ added: 2 });
  });

  test('all of them are told, also when a whole roster comes a second time', async () => {
    const many = Array.from({ length: 1200 }, (_, at) => ({ 'Họ và tên': 'Lý Văn An', 'Số thẻ': `A${at}` }));
    await importRoster(organizer, conference, many);
    const shown = await preview(many);
    expect(shown.duplicates).toHaveLength(1200);
    const merge = shown.duplicates.map(({ row }) => row);
    expect(await confirm(shown.id, merge)).toEqual({ added: 0, merged: 1200, total: 1200 });
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);

describe('hostile files', () => {
  test('names in decomposed letters are kept composed and found', async () => {
    await importRoster(organizer, conference, [
      { ['Họ và tên'.normalize('NFD')]: 'Đặng Thị Thuỷ'.normalize('NFD'), 'Số thẻ': '1' },
    ]);
    const { items } = await organizer.call(api.people, { params: { conference }, body: { q: 'thuỷ đặng' } });
    expect(items.map(({ name }) => name)).toEqual(['Đặng Thị Thuỷ'.normalize('NFC')]);
  });

  test('ten million letters in a name are an error of that row', async () => {
    const shown = await preview([{ ...lan, 'Họ và tên': 'A'.repeat(10_000_000) }, lan]);
    expect(shown.errors).toEqual([
      { at: 'dòng 2, cột Họ và tên', message: expect.stringContaining('Ô dài quá 5.000 ký tự') },
    ]);
    expect(shown).toMatchObject({ rows: 2, people: 1, errorCount: 1 });
  });

  test('headers that JavaScript has a meaning for are columns like any other', async () => {
    const text = 'Họ và tên,__proto__,constructor,Số thẻ\nLò Văn Ước,x,y,5\n';
    const shown = await preview(bytes(text));
    expect(shown.columns.map(({ field }) => field)).toEqual(['name', null, null, 'identity']);
    expect(shown.sample[0]).toMatchObject({ name: 'Lò Văn Ước', identity: '5' });
  });

  test('a packed file that would unpack to gigabytes is not unpacked', async () => {
    const sheet = Buffer.alloc(150_000_000, '<row></row>');
    const bomb = new Uint8Array(
      archive([
        { name: '[Content_Types].xml', data: '<Types/>' },
        { name: 'xl/worksheets/sheet1.xml', data: sheet },
      ]),
    );
    expect(bomb.length).toBeLessThan(1_000_000);
    const refusal = await refusedFile(bomb);
    expect(refusal.code).toBe('unreadable-file');
    expect(refusal.detail).toContain('Danh sách vẫn như trước.');
  });

  test('a file of another kind, a broken one and one that is too large are refused with a sentence', async () => {
    expect((await refusedFile(bytes('%PDF-1.7 ...'))).detail).toContain('PDF');
    expect((await refusedFile(bytes('PK\u0003\u0004 broken'))).code).toBe('unreadable-file');
    expect((await refusedFile(bytes('một dòng'))).code).toBe('unreadable-file');
    const large = await refusedFile(new Uint8Array(31_000_000).fill(0x41), 'a.csv');
    expect(large.code).toBe('too-large');
    expect(large.detail).toBe('Tệp lớn quá 30 MB. Danh sách vẫn như trước.');
  });
});
