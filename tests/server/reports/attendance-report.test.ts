import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { allPresent, countedHeads } from '../../../domain/attendance/ratios.ts';
import type { Tally } from '../../../domain/attendance/presence.ts';
import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { FIGURE_LABELS } from '../../../domain/reports/sentences.ts';
import { formatPercent } from '../../../domain/text/numbers.ts';
import { api } from '../../../domain/wire/api.ts';
import type { QueryInput } from '../../../domain/wire/contract.ts';
import { LOOK_AGAIN_MS, liveSession, type LiveSession } from '../../../server/attendance/live.ts';
import { peopleOf } from '../../../server/people/queries.ts';
import {
  hostAt,
  signIn,
  socket,
  startTestServer,
  testClock,
  unitOrganizerAt,
  type SignedInClient,
  type TestServer,
} from '../harness.ts';
import { anEvent, conferenceScope, record, setScene, type Scene } from './scene.ts';

const clock = testClock('2025-01-13T07:00:00+07:00');
let server: TestServer;
let scene: Scene;
let organizer: SignedInClient;
beforeAll(async () => {
  server = await startTestServer({ clock });
  scene = await setScene(server);
  organizer = scene.organizer;
  await playMorning();
});
afterAll(() => server.close());

const paramsAt = (bridge: Bridge) => ({
  conference: scene.conference,
  bridge: bridge.id,
  session: scene.session,
});
const exported = (bridge: Bridge, query: QueryInput<typeof api.exportReport>, by = organizer) =>
  by.response(api.exportReport, { params: paramsAt(bridge), query });

/** The third of the communes: hostile names come to its door. */
const HOSTILE = ['=HYPERLINK("http://x";"y")', '+84 123', '-1', '@SUM(A1)', 'a,"b"\r\nc', '<b>&amp;</b>'];

let elsewhere: PersonId;
async function playMorning(): Promise<void> {
  const all = scene.bridges;
  clock.set('2025-01-13T07:40:00+07:00');
  for (const bridge of all) {
    const seated = scene.seatedAt(bridge.id);
    const came = seated.filter((_, at) => at % 5 !== 0);
    const events = came.map((person, at) =>
      anEvent(scene, bridge.id, 'arrive', { person, mode: at % 7 === 0 ? 'online' : 'in-person' }),
    );
    const [excused] = seated;
    if (excused !== undefined)
      events.push(anEvent(scene, bridge.id, 'excuse', { person: excused, reason: '=1+1 ốm' }));
    if (events.length > 0) await record(scene, bridge.id, events);
  }
  const [first, second, third] = scene.communes.length >= 3 ? scene.communes : communesOf();
  if (!first || !second || !third) throw new Error('three communes');
  // Somebody expected in one commune comes to another; people of no list; heads counted beside them; an unknown card.
  const [away] = scene.seatedAt(first.id);
  elsewhere = away as PersonId;
  await record(scene, second.id, [
    anEvent(scene, second.id, 'arrive', { person: elsewhere, mode: 'in-person' }),
    anEvent(scene, second.id, 'count', { point: 'cửa 1', counts: { partyMember: 7, other: 5 } }),
    anEvent(scene, second.id, 'arrive', { person: 'THE-LA-001' as PersonId, mode: 'in-person' }),
  ]);
  await record(
    scene,
    third.id,
    HOSTILE.map((name) =>
      anEvent(scene, third.id, 'walk-in', { name, unit: '=cmd|calc', mode: 'in-person' }),
    ),
  );
  await organizer.call(api.submitHeadcount, { params: paramsAt(second), body: { total: 40 } });
  await organizer.call(api.submitHeadcount, { params: paramsAt(scene.province), body: { total: 0 } });
  clock.set('2025-01-13T11:35:00+07:00');
  await record(scene, first.id, [anEvent(scene, first.id, 'close', {})]);
}

function communesOf(): readonly Bridge[] {
  return scene.bridges.filter((bridge) => bridge.class === 'commune');
}

async function live(): Promise<LiveSession> {
  const context = server.context();
  const found = await liveSession(context, await conferenceScope(context, scene.conference), scene.session);
  if (found === null) throw new Error('no book');
  return found;
}

type Line = Record<string, unknown>;
async function json(bridge: Bridge, by: 'bridge' | 'level' | 'person'): Promise<Line[]> {
  const response = await exported(bridge, { format: 'json', by });
  expect(response.headers.get('content-type')).toBe('application/json');
  return (await response.json()) as Line[];
}

const SUMS = [
  'summoned',
  'invited',
  'attended',
  'inRoom',
  'online',
  'walkIn',
  'named',
  'excused',
  'absentWithReason',
  'absentWithout',
  'unmarked',
  'toResolve',
] as const satisfies (keyof Tally)[];

const sum = (lines: readonly Line[], key: string) =>
  lines.reduce((total, line) => total + Number(line[key] ?? 0), 0);

describe('an export equals the ledger', () => {
  test('by bridge: own figures add up to the subtree, and the last line is the subtree itself', async () => {
    const { book, tree, sequence } = await live();
    for (const bridge of [scene.root, scene.province, scene.district]) {
      const lines = await json(bridge, 'bridge');
      const own = lines.filter((line) => line['scope'] === 'own');
      expect(own.map((line) => line['bridge'])).toEqual(tree.subtree(bridge.id).map(({ id }) => id));
      const { subtree, progress } = book.node(bridge.id);
      for (const figure of SUMS) expect([figure, sum(own, figure)]).toEqual([figure, subtree[figure]]);
      expect(sum(own, 'counted')).toBe(countedHeads(subtree));
      expect(sum(own, 'allPresent')).toBe(allPresent(subtree));
      expect(sum(own, 'opened')).toBe(progress.opened);
      expect(sum(own, 'closed')).toBe(progress.closed);
      expect(sum(own, 'ofExpected') + sum(own, 'attendedElsewhere')).toBe(
        subtree.ofExpected + subtree.attendedElsewhere,
      );
      for (const line of own) {
        const node = book.node(line['bridge'] as Bridge['id']).own;
        expect(line).toMatchObject({ summoned: node.summoned, attended: node.attended, sequence });
      }
      const last = lines.at(-1);
      expect(last).toMatchObject({
        bridge: bridge.id,
        scope: 'subtree',
        attended: subtree.attended,
        ofExpected: subtree.ofExpected,
        attendedElsewhere: subtree.attendedElsewhere,
        presentOfSummoned: { part: subtree.ofExpected, whole: subtree.summoned },
      });
    }
  });

  test('both ratios are there: of the summoned, and of the headcount reported; a gap is no zero', async () => {
    const { book } = await live();
    const lines = await json(scene.province, 'bridge');
    const own = lines.filter((line) => line['scope'] === 'own');
    const second = own.find((line) => line['headcount'] === 40);
    const node = book.node(second?.['bridge'] as Bridge['id']).own;
    expect(second?.['presentOfReported']).toEqual({ part: allPresent(node), whole: 40 });
    expect(own.find((line) => line['bridge'] === scene.province.id)).toMatchObject({
      headcount: 0,
      bridgesReported: 1,
      presentOfReported: { whole: 0 },
    });
    expect(own.find((line) => line['bridge'] === scene.district.id)).toMatchObject({
      headcount: null,
      bridgesReported: 0,
      presentOfReported: null,
    });
    expect(lines.at(-1)).toMatchObject({ headcount: 40, bridgesReported: 2 });
  });

  test('by level: one line for each class, the last for all of them', async () => {
    const { book, tree } = await live();
    const lines = await json(scene.root, 'level');
    const classes = [...new Set(tree.bridges.map((bridge) => bridge.class))];
    expect(lines.map((line) => line['level'])).toEqual([...classes, null]);
    for (const of of classes) {
      const bridges = tree.bridges.filter((bridge) => bridge.class === of);
      const line = lines.find((one) => one['level'] === of);
      for (const figure of SUMS)
        expect(line?.[figure]).toBe(bridges.reduce((all, { id }) => all + book.node(id).own[figure], 0));
      expect(line?.['bridges']).toBe(bridges.length);
    }
    const { subtree } = book.node(tree.root.id);
    expect(lines.at(-1)).toMatchObject({ attended: subtree.attended, ofExpected: subtree.ofExpected });
  });

  test('by person: bridge by bridge, in official order, everybody who came, each once', async () => {
    const { book, tree } = await live();
    const lines = await json(scene.root, 'person');
    expect(new Set(lines.map((line) => line['partyMember']))).toEqual(new Set(['yes', 'no', null]));
    expect(new Set(lines.map((line) => line['person'])).size).toBe(lines.length);
    const { subtree } = book.node(tree.root.id);
    const came = lines.filter((line) => line['at'] !== null);
    expect(came.filter((line) => line['as'] !== 'unknown')).toHaveLength(subtree.attended);
    expect(lines.filter((line) => line['as'] === 'summoned')).toHaveLength(subtree.summoned);
    expect(lines.filter((line) => line['presence'] === 'absent')).toHaveLength(subtree.absentWithout);
    expect(lines.filter((line) => line['as'] === 'unknown')).toHaveLength(subtree.toResolve);

    const place = new Map(tree.bridges.map(({ id }, at) => [id as string, at]));
    const seated = lines.filter((line) => line['seat'] !== null);
    expect(seated).toHaveLength(subtree.summoned + subtree.invited);
    const places = seated.map((line) => place.get(line['seat'] as string) ?? -1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    const roster = await peopleOf(
      server.context(),
      await conferenceScope(server.context(), scene.conference),
    );
    const official = new Map(roster.map((person, at) => [person.id as string, at]));
    const inCommune = seated.filter((line) => line['seat'] === scene.communes[0]?.id);
    const order = inCommune.map((line) => official.get(line['person'] as string) ?? -1);
    expect(order.length).toBeGreaterThan(20);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('by person of one bridge: whoever came from elsewhere is in it', async () => {
    const { book } = await live();
    const at = book.presence(elsewhere);
    if (at === null || !('at' in at)) throw new Error('came nowhere');
    const bridge = scene.bridges.find(({ id }) => id === at.at);
    if (bridge === undefined) throw new Error('no bridge');
    const lines = await json(bridge, 'person');
    expect(lines.find((line) => line['person'] === elsewhere)).toMatchObject({
      as: 'summoned',
      at: bridge.id,
      presence: 'present',
    });
    const here = lines.filter((line) => line['at'] === bridge.id && line['as'] !== 'unknown');
    expect(here).toHaveLength(book.node(bridge.id).own.attended);
  });
});

describe('a spreadsheet', () => {
  test('read back from XLSX, every column adds up to the book', async () => {
    const response = await exported(scene.province, { format: 'xlsx' });
    const workbook = await readXlsx(new Uint8Array(await response.arrayBuffer()));
    const [sheet] = workbook.sheets;
    const [header = [], ...rows] = sheet?.rows ?? [];
    const { book } = await live();
    const { subtree } = book.node(scene.province.id);
    const column = (name: string) => header.indexOf(name);
    const covers = column('Phạm vi');
    const own = rows.filter((row) => row[covers] === 'riêng điểm cầu này');
    expect(own).toHaveLength(23);
    for (const figure of SUMS) {
      const at = column(FIGURE_LABELS.vi[figure]);
      expect([figure, own.reduce((all, row) => all + Number(row[at] ?? 0), 0)]).toEqual([
        figure,
        subtree[figure],
      ]);
    }
    const share = rows.at(-1)?.[column('Tỷ lệ có mặt trên triệu tập')];
    expect(share).toBeCloseTo(subtree.ofExpected / subtree.summoned, 10);
    expect(header[column('Điểm cầu')]).toBe('Điểm cầu');
    expect(own[0]?.[column('Cấp')]).toBe('Cấp tỉnh');
  });

  test('texts that look like formulas stay texts in XLSX, whatever a door wrote', async () => {
    const response = await exported(scene.province, { format: 'xlsx', by: 'person' });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const [sheet] = (await readXlsx(bytes)).sheets;
    const [header = [], ...rows] = sheet?.rows ?? [];
    const name = header.indexOf('Họ và tên');
    const names = rows.map((row) => row[name]);
    for (const hostile of HOSTILE) {
      expect(names.map((one) => String(one).replaceAll('\r\n', '\n'))).toContain(
        hostile.replaceAll('\r\n', '\n'),
      );
    }
    expect(
      sheet?.cells === undefined ? [] : [...sheet.cells.values()].filter((cell) => cell.formula),
    ).toEqual([]);
  });

  test('CSV opens in Excel with its letters, and runs nothing', async () => {
    const response = await exported(scene.province, { format: 'csv', by: 'person' });
    expect(response.headers.get('content-type')).toContain('text/csv');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
    const { book } = await live();
    const expected = await json(scene.province, 'person');
    expect(rows).toHaveLength(expected.length);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const walkIns = rows.filter((row) => row['Thành phần'] === 'khách ngoài danh sách');
    expect(walkIns).toHaveLength(book.node(scene.province.id).subtree.walkIn);
    expect(walkIns.map((row) => row['Họ và tên'])).toContain(`'=HYPERLINK("http://x";"y")`);
    expect(walkIns[0]).toMatchObject({ 'Đơn vị': `'=cmd|calc`, 'Trạng thái': 'có mặt' });
    expect(walkIns[0]?.['Đến lúc']).toBe('07:40 13/01/2025');
    expect(rows.some((row) => row['Lý do vắng'] === "'=1+1 ốm")).toBe(true);
  });

  test('CSV has the figures as plain numbers and the ratios as one writes them', async () => {
    const { subtree } = (await live()).book.node(scene.province.id);
    for (const language of ['vi', 'en'] as const) {
      const response = await exported(scene.province, { format: 'csv', language });
      const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
      const last = rows.at(-1);
      expect(last?.[FIGURE_LABELS[language].summoned]).toBe(String(subtree.summoned));
      const ratio = language === 'vi' ? 'Tỷ lệ có mặt trên triệu tập' : 'Present of the summoned';
      expect(last?.[ratio]).toBe(formatPercent(subtree.ofExpected, subtree.summoned, language));
      const text = rows.map((row) => Object.values(row).join(' ')).join('\n');
      expect(text).not.toMatch(/null|undefined|NaN|\[object/);
    }
  });

  test('is called after the report, the bridge and the day', async () => {
    const nameOf = async (query: QueryInput<typeof api.exportReport>) => {
      const response = await exported(scene.province, query);
      await response.arrayBuffer();
      const said = response.headers.get('content-disposition') ?? '';
      return decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(said)?.[1] ?? said);
    };
    const name = scene.province.name;
    expect(await nameOf({ format: 'xlsx' })).toBe(`Báo cáo điểm danh - ${name} - 13-01-2025.xlsx`);
    expect(await nameOf({ format: 'csv', by: 'level', language: 'en' })).toBe(
      `Attendance report by level - ${name} - 13-01-2025.csv`,
    );
  });

  test('a name that no file system holds is made one that does', async () => {
    const [commune] = communesOf();
    if (commune === undefined) throw new Error('a commune');
    const params = { conference: scene.conference, bridge: commune.id };
    await organizer.call(api.changeBridge, { params, body: { name: '../a/b:c*?"<x>|\u202Etxt' } });
    clock.advance(LOOK_AGAIN_MS);
    const response = await exported(commune, { format: 'json' });
    await response.arrayBuffer();
    const said = decodeURIComponent(response.headers.get('content-disposition') ?? '');
    expect(said).toContain('Báo cáo điểm danh - .. a b c x txt - 13-01-2025.json');
    await organizer.call(api.changeBridge, { params, body: { name: commune.name } });
    clock.advance(LOOK_AGAIN_MS);
  });

  test('who sees everybody below a bridge may have it, a neighbour may not', async () => {
    const [first, second] = scene.below(scene.province);
    if (!first || !second) throw new Error('two districts');
    const own = await signIn(server, [unitOrganizerAt(scene.conference, first.id)]);
    const host = await signIn(server, [hostAt(scene.conference, first.id)]);
    expect((await exported(first, { format: 'json' }, own)).status).toBe(200);
    for (const [bridge, by, status] of [
      [second, own, 404],
      [scene.province, own, 404],
      // Nothing is below it: the report is of the host's own door.
      [first, host, 200],
      [second, host, 404],
    ] as const)
      expect((await exported(bridge, { format: 'json' }, by)).status).toBe(status);
    const params = { ...paramsAt(first), session: 'khong-co' };
    const noSuch = { code: 'not-found' };
    expect(await organizer.refusal(api.exportReport, { params, query: { format: 'json' } })).toMatchObject(
      noSuch,
    );
    expect(await organizer.refusal(api.reportVersions, { params })).toMatchObject(noSuch);
    expect(await organizer.refusal(api.freezeReport, { params })).toMatchObject(noSuch);
    const odd = await organizer.refusal(api.exportReport, {
      params: paramsAt(first),
      query: { format: 'pdf' } as never,
    });
    expect(odd).toMatchObject({ code: 'malformed', faults: [{ at: 'format' }] });
  });
});

describe('versions', () => {
  test('a report is frozen as its bridge closes; an upload hours later makes the next version with what changed', async () => {
    const communes = communesOf();
    const bridge = communes.at(-1);
    if (bridge === undefined) throw new Error('a commune');
    const params = paramsAt(bridge);
    const versions = async () => (await organizer.call(api.reportVersions, { params })).items.toReversed();
    expect(await versions()).toEqual([]);
    const before = (await live()).book.node(bridge.id).own;

    await record(scene, bridge.id, [anEvent(scene, bridge.id, 'close', {})]);
    await vi.waitFor(async () => expect(await versions()).toHaveLength(1));
    const [first] = await versions();
    expect(first).toMatchObject({ version: 1, at: clock(), differences: [] });

    // Nothing has changed: the same version is given back.
    const again = await organizer.call(api.freezeReport, { params });
    expect(again).toMatchObject({ version: 1, differs: false });

    clock.advance(3 * 3_600_000);
    const late = anEvent(
      scene,
      bridge.id,
      'walk-in',
      { name: 'Hà Văn Muộn', unit: '', mode: 'in-person' },
      first?.at,
    );
    await record(scene, bridge.id, [late]);
    await vi.waitFor(async () => expect(await versions()).toHaveLength(2));
    const [, second] = await versions();
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? Infinity);
    expect(second?.differences).toEqual(
      ['walkIn', 'attended', 'allPresent', 'inRoom'].map((figure) => ({
        bridge: bridge.id,
        bridgeName: bridge.name,
        figure,
        before: figure === 'walkIn' ? 0 : figure === 'inRoom' ? before.inRoom : before.attended,
        after: (figure === 'walkIn' ? 0 : figure === 'inRoom' ? before.inRoom : before.attended) + 1,
      })),
    );
  });

  test('it is frozen just so where the door closes by socket', async () => {
    const [, bridge] = communesOf();
    if (bridge === undefined) throw new Error('a commune');
    const { conference, session } = scene;
    const host = await signIn(server, [hostAt(conference, bridge.id)]);
    const door = await socket(server, host.cookie);
    const close = anEvent(scene, bridge.id, 'close', {});
    const body = { conference, session, bridge: bridge.id, language: 'vi' as const, events: [close] };
    expect(await door.ask('attendance:record', body)).toMatchObject({
      ok: true,
      items: [{ outcome: 'recorded' }],
    });
    door.close();
    const params = paramsAt(bridge);
    await vi.waitFor(async () => {
      const { items } = await organizer.call(api.reportVersions, { params });
      expect(items.map(({ version }) => version)).toEqual([1]);
    });
  });

  test('the report of an upper bridge has the differences of everything below it', async () => {
    const params = paramsAt(scene.province);
    const first = await organizer.call(api.freezeReport, { params });
    expect(first).toMatchObject({ version: 1, differs: true });
    const [commune] = communesOf();
    if (commune === undefined) throw new Error('a commune');
    await record(scene, commune.id, [
      anEvent(scene, commune.id, 'count', { point: 'cửa 9', counts: { other: 3 } }),
    ]);
    const second = await organizer.call(api.freezeReport, { params });
    expect(second).toMatchObject({ version: 2, differs: true });
    const { items } = await organizer.call(api.reportVersions, { params });
    const { parent } = commune;
    expect(items[0]?.differences).toContainEqual({
      bridge: commune.id,
      bridgeName: commune.name,
      figure: 'counted',
      before: 0,
      after: 3,
    });
    expect(new Set(items[0]?.differences.map((one) => one.bridge))).toEqual(
      new Set([scene.province.id, parent, commune.id]),
    );
  });

  test('of two who freeze at once one version comes out', async () => {
    const params = paramsAt(scene.district);
    const frozen = await Promise.all([1, 2, 3].map(() => organizer.call(api.freezeReport, { params })));
    expect(new Set(frozen.map(({ version }) => version))).toEqual(new Set([1]));
    expect(frozen.filter(({ differs }) => differs)).toHaveLength(1);
  });
});
