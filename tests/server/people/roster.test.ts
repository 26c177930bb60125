import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConferenceId, PersonId } from '../../../domain/ids.ts';
import { comparePeople } from '../../../domain/text/names.ts';
import { api } from '../../../domain/wire/api.ts';
import { sampleRoster } from '../../../fixtures/sample/roster.ts';
import { provinceUnits } from '../../../fixtures/sample/units.ts';
import { client, hostAt, organizerOf, signIn, unitOrganizerAt } from '../harness.ts';
import { addConference, csv, everyPage, importRoster, sample, type Sample } from '../sample.ts';

let s: Sample;
let other: ConferenceId;
beforeAll(async () => {
  s = await sample({ communes: 3, until: 'people' });
  other = await addConference(s.organizer);
});
afterAll(() => s.server.close());

const page = (body: { q?: string; limit?: number; cursor?: string } = {}) =>
  s.organizer.call(api.people, { params: { conference: s.conference }, body });
const found = async (q: string) => (await page({ q, limit: 1000 })).items;

describe('the roster', () => {
  test('comes page by page, everybody once, in official order', async () => {
    const people = await everyPage((cursor) => page({ limit: 37, ...cursor }));
    const expected = sampleRoster(provinceUnits(3)).length;
    expect(new Set(people.map(({ id }) => id)).size).toBe(expected);
    expect(people).toHaveLength(expected);
    expect(people.toSorted(comparePeople).map(({ id }) => id)).toEqual(people.map(({ id }) => id));
  });

  test('goes by precedence first, those without one last; names of one spelling part nobody from the list', async () => {
    const conference = await addConference(s.organizer);
    const rows = [
      ...Array.from({ length: 7 }, (_, at) => ({
        'Họ và tên': 'Lý Văn An',
        'Số thẻ': `x${at}`,
        'Thứ bậc': '',
      })),
      { 'Họ và tên': 'Đỗ Thị Yến', 'Số thẻ': 'y', 'Thứ bậc': '9007199254740991' },
      { 'Họ và tên': 'Đỗ Thị Ánh', 'Số thẻ': 'z', 'Thứ bậc': '2' },
      { 'Họ và tên': 'Đỗ Thị Yến', 'Số thẻ': 'w', 'Thứ bậc': '2' },
      { 'Họ và tên': 'Ma Thị Ổn', 'Số thẻ': 'v', 'Thứ bậc': '0' },
    ];
    await importRoster(s.organizer, conference, rows);
    const people = await everyPage((cursor) =>
      s.organizer.call(api.people, { params: { conference }, body: { limit: 2, ...cursor } }),
    );
    expect(people.slice(0, 3).map(({ name }) => name)).toEqual(['Ma Thị Ổn', 'Đỗ Thị Ánh', 'Đỗ Thị Yến']);
    expect(new Set(people.map(({ identity }) => identity)).size).toBe(rows.length);
  });

  test('goes on after names of any length', async () => {
    const conference = await addConference(s.organizer);
    const long = 'Ưỡ'.repeat(95);
    const rows = ['Lý', 'Ma', 'Vũ'].map((family, at) => ({
      'Họ và tên': `${family} ${long}`,
      'Số thẻ': String(at),
    }));
    await importRoster(s.organizer, conference, rows);
    const people = await everyPage((cursor) =>
      s.organizer.call(api.people, { params: { conference }, body: { limit: 1, ...cursor } }),
    );
    expect(people).toHaveLength(3);
  });

  test('is searched without marks, by the beginnings of words in any order', async () => {
    const [someone] = await found('');
    const words = someone!.name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
    const ids = async (q: string) => (await found(q)).map(({ id }) => id);
    expect(await ids(words)).toContain(someone!.id);
    expect(await ids(words.split(' ').toReversed().join(' '))).toContain(someone!.id);
    expect(await ids(someone!.name)).toContain(someone!.id);
    expect(await ids(someone!.identity!.toLowerCase())).toEqual([someone!.id]);
    expect(await ids('khong co ai ten nay')).toEqual([]);
  });

  test('signs that a database has a meaning for find nothing they should not', async () => {
    const all = (await found('')).length;
    expect(await found('%')).toHaveLength(all);
    expect(await found("'; drop table person; --")).toEqual([]);
    expect(await found('_'.repeat(100))).toHaveLength(all);
  });

  test('a cursor that was never given out is refused, in the language of the request', async () => {
    const params = { conference: s.conference };
    const broken = { params, body: { cursor: 'xx' } } as const;
    const vi = await s.organizer.refusal(api.people, broken);
    expect(vi).toMatchObject({ code: 'malformed' });
    const en = await s.organizer.refusal(api.people, { ...broken, language: 'en' });
    expect(en.detail).toContain('Open the list from its beginning');
    expect(JSON.stringify(en)).not.toMatch(/[ạảấầ]/);
  });
});

describe('who may see and import people', () => {
  const body = { name: 'a.csv', bytes: csv([{ 'Họ và tên': 'Lò Văn Ước', 'Số thẻ': '1' }]) };

  test('a stranger is asked to sign in', async () => {
    const stranger = client(s.server);
    const refusal = await stranger.refusal(api.people, { params: { conference: s.conference } });
    expect(refusal.code).toBe('not-signed-in');
  });

  test('somebody without a role here, an organizer of another conference too, finds no such conference', async () => {
    for (const grants of [[], [organizerOf(other)]]) {
      const somebody = await signIn(s.server, grants);
      const params = { conference: s.conference };
      expect((await somebody.refusal(api.people, { params })).code).toBe('not-found');
      const upload = { params, body };
      expect((await somebody.refusal(api.previewPeople, upload)).code).toBe('not-found');
      const confirming = { params: { ...params, import: 'x' }, body: {} };
      expect((await somebody.refusal(api.confirmPeople, confirming)).code).toBe('not-found');
    }
  });

  test('a unit organizer and a host may not: the roster is of the whole conference', async () => {
    const province = s.first('province').id;
    for (const grant of [unitOrganizerAt(s.conference, province), hostAt(s.conference, province)]) {
      const somebody = await signIn(s.server, [grant]);
      const params = { conference: s.conference };
      expect((await somebody.refusal(api.people, { params })).code).toBe('forbidden');
      const upload = { params, body };
      expect((await somebody.refusal(api.previewPeople, upload)).code).toBe('forbidden');
    }
  });

  test('an organizer of the conference may', async () => {
    const own = await signIn(s.server, [organizerOf(s.conference)]);
    const { items } = await own.call(api.people, {
      params: { conference: s.conference },
      body: { limit: 1 },
    });
    expect(items[0]?.id).toBe<PersonId>((await page({ limit: 1 })).items[0]!.id);
  });
});
