import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { UnitCode } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { client, instant } from '../harness.ts';
import { EXTRAS, MINISTRY, PARTY_BLOC } from '../sample.ts';
import { clauseIds } from './clauses.ts';
import { fileOf } from './files.ts';
import { FIRST, found, SECOND_MINISTRY, type Walk } from './walk.ts';

/** From the link of the first start to the bridges: the document is read, units and bridges stand. */
export function prepare(walk: Walk): void {
  test('the link of the first start makes the first organizer', async () => {
    const { server, organizer, comeIn } = walk;
    const token = server.setupLink?.split('#')[1] ?? '';
    const body = { token, name: 'Ban tổ chức', ...FIRST };
    const response = await client(server).response(api.setUp, { body });
    expect(response.status).toBe(200);
    comeIn(response);
    expect((await organizer.call(api.me)).grants).toMatchObject([
      { role: 'organizer', conference: null, bridge: null, from: null, until: null },
    ]);
  });

  test('the document is read: hours, hall, classes, clauses, agenda, deadline', async () => {
    const { organizer, plan: document } = walk;
    const bytes = new Uint8Array(readFileSync(document));
    const { reading } = await organizer.call(api.readDocument, {
      body: { name: 'ke-hoach.md', bytes },
    });
    const { plan, text } = reading;
    expect(plan.number.value).toBe('25-KH/TW');
    const [[from, to] = [0, 0]] = plan.number.source;
    expect(text.slice(from, to)).toBe('25-KH/TW');
    expect([plan.startsAt.value, plan.endsAt.value]).toEqual([
      '2025-01-13T08:00:00+07:00',
      '2025-01-13T11:30:00+07:00',
    ]);
    expect(plan.venue.value).toMatch(/^Phòng họp Diên Hồng, Tòa nhà Quốc hội, .* Hà Nội$/);
    expect(plan.format.value).toBe('hybrid');
    expect(plan.broadcast.value).toContain('VTV1');
    expect(plan.replacesNotice.value).toBe(true);
    expect(plan.bridgeClasses.map(({ value }) => value)).toEqual([
      'central',
      'agency',
      'province',
      'district',
      'commune',
    ]);
    expect(
      plan.agenda.map(({ presenter, minutes, limit }) => [presenter.value, minutes.value, limit.value]),
    ).toEqual([
      ['Văn phòng Trung ương Đảng', null, null],
      ['Trưởng Ban Tổ chức Trung ương', null, null],
      ['Đài Truyền hình Việt Nam', 20, 'max'],
      ['Ban Kinh tế Trung ương', 30, 'max'],
      ['Thủ tướng Chính phủ', 30, 'about'],
      ['Chủ tịch Quốc hội', 30, 'about'],
      [expect.stringMatching(/^Tổng Bí thư/), null, null],
      ['Chánh Văn phòng Trung ương Đảng', null, null],
    ]);
    expect(plan.documents).toHaveLength(4);
    expect(plan.recipients).toHaveLength(12);

    const made = await organizer.call(api.createConference, { body: { text, plan: null, treeDate: null } });
    walk.conference = made.conference.id;
    expect(made.conference).toMatchObject({ state: 'draft', treeDate: '2025-01-13' });
    walk.ids = clauseIds(made.plan.clauses);
    expect([...walk.ids.keys()]).toEqual(Array.from({ length: 21 }, (_, number) => `C${number + 1}`));
    const due = made.plan.duties.filter(({ deadline }) => deadline !== null);
    expect(due).toMatchObject([
      {
        owner: expect.stringMatching(/^Các ban, bộ, ngành, cơ quan Trung ương/),
        addressee: 'Văn phòng Trung ương Đảng',
        deadline: { phrase: 'trước ngày 10/01/2025', dueBefore: '2025-01-10T00:00:00+07:00' },
      },
    ]);
    expect(made.plan.duties.at(-1)).toMatchObject({
      addressee: 'Thường trực Ban Bí thư',
      via: 'Vụ Tổng hợp, Văn phòng Trung ương Đảng',
    });
  });

  test('the session of the plan has its hours and its eight items', async () => {
    const { organizer, conference } = walk;
    const { items } = await organizer.call(api.sessions, { params: { conference } });
    expect(items).toHaveLength(1);
    const [only] = items;
    walk.session = found(only, 'session').id;
    expect(only).toMatchObject({
      startsAt: instant('2025-01-13T08:00:00+07:00'),
      endsAt: instant('2025-01-13T11:30:00+07:00'),
    });
    expect(only?.agenda.map(({ minutes, limit }) => [minutes, limit])).toEqual([
      [null, null],
      [null, null],
      [20, 'max'],
      [30, 'max'],
      [30, 'about'],
      [30, 'about'],
      [null, null],
      [null, null],
    ]);
  });

  test('units are imported as a whole, and a list with a gap is not', async () => {
    const { organizer, units, unitKind } = walk;
    const query = { dryRun: 'false' };
    const name = `don-vi.${unitKind}`;
    const gap = units.filter(({ code }) => code !== '971');
    const refused = await organizer.call(api.importUnits, {
      query,
      body: { name, bytes: await fileOf(unitKind, gap) },
    });
    expect(refused.imported).toBe(false);
    expect(refused.errors.length).toBeGreaterThan(0);
    const done = await organizer.call(api.importUnits, {
      query,
      body: { name, bytes: await fileOf(unitKind, units) },
    });
    expect(done).toMatchObject({ imported: true, units: 23, errors: [] });
    expect(done.byLevel).toEqual({ province: 1, district: 10, commune: 12 });
  });

  test('bridges are built: territory, two ministries, and the bloc below its province', async () => {
    const { organizer, conference, bridge, root } = walk;
    const ministry = { name: SECOND_MINISTRY, organisation: SECOND_MINISTRY };
    const second = { ...ministry, class: BridgeClass.parse('agency'), unit: null, under: null };
    const built = await organizer.call(api.buildBridges, {
      params: { conference },
      body: { scope: [UnitCode.parse('97')], extra: [...EXTRAS, second] },
    });
    expect(built).toMatchObject({ added: 27, kept: 0, total: 27 });
    await walk.lookAtBridges();
    const count = Map.groupBy(walk.bridges, (one) => one.class as string);
    expect(Object.fromEntries([...count].map(([name, list]) => [name, list.length]))).toEqual({
      central: 1,
      agency: 2,
      province: 1,
      'party-bloc': 1,
      district: 10,
      commune: 12,
    });
    expect(bridge(PARTY_BLOC).parent).toBe(bridge('97').id);
    expect(bridge(MINISTRY).parent).toBe(root().id);
    expect(bridge('970')).toMatchObject({ class: BridgeClass.parse('district'), childCount: 0 });
    expect(bridge('97010').parent).toBe(bridge('971').id);
  });
}
