import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { alertKey, alertsOf, covers, type Alert } from '../../../domain/control/alerts.ts';
import { describeAlert, describeCall, type NamedAlert } from '../../../domain/control/sentences.ts';
import { NO_LINE, type BridgeStanding } from '../../../domain/control/standing.ts';
import { aBridge, at, treeOf } from '../attendance/factory.ts';

const hours = { startsAt: at('08:00'), endsAt: at('11:00') };
const communes = Array.from({ length: 12 }, (_, index) => `x${index + 1}`);
const tree = treeOf([
  aBridge('tu', null),
  aBridge('t1', 'tu', { name: 'Tỉnh Mây Ngàn' }),
  aBridge('t2', 'tu'),
  ...communes.map((id, index) =>
    aBridge(id, index < 8 ? 't1' : 't2', { name: `Xã ${id}`, capacity: id === 'x1' ? 40 : null }),
  ),
]);

const heard = { ...NO_LINE, machines: 1, connected: 1, lastContact: at('07:00') };
/** All well: open, on line, everybody there; but for what is given. */
function standings(given: Readonly<Record<string, Partial<BridgeStanding>>>): BridgeStanding[] {
  return tree.bridges.map((bridge) => ({
    bridge,
    takesPart: true,
    state: 'open',
    present: 30,
    came: 30,
    summoned: 30,
    line: heard,
    feed: null,
    lineTest: null,
    ...given[bridge.id],
  }));
}
const alerts = (clock: string, given: Parameters<typeof standings>[0], late = 0) =>
  alertsOf(tree, standings(given), { ...hours, now: at(clock) }, late);
const said = (found: readonly Alert[]) => found.map(({ kind, bridge, level }) => [kind, bridge, level]);

const shut = { state: 'unopened', present: 0, came: 0 } as const;

describe('a bridge that has not opened', () => {
  test('is said half an hour before the start, and gets worse as the start comes near', () => {
    expect(said(alerts('07:29', { x3: shut }))).toEqual([]);
    expect(said(alerts('07:30', { x3: shut }))).toEqual([['not-opened', 'x3', 1]]);
    expect(said(alerts('07:45', { x3: shut }))).toEqual([['not-opened', 'x3', 2]]);
    expect(said(alerts('08:00', { x3: shut }))).toEqual([['not-opened', 'x3', 3]]);
  });

  test('and takes no part is not waited for', () => {
    const x3 = { ...shut, takesPart: false, line: NO_LINE };
    expect(said(alerts('08:00', { x3 }))).toEqual([]);
  });

  test('and was never heard of is said an hour before', () => {
    const x3 = { ...shut, line: NO_LINE };
    expect(said(alerts('07:00', { x3 }))).toEqual([['never-connected', 'x3', 1]]);
  });
});

const lost = (since: string) => ({ line: { ...heard, connected: 0, lastContact: at(since) } });

describe('a line that is lost', () => {
  test('is urgent, and very urgent after five minutes of the session', () => {
    expect(said(alerts('07:10', { x3: lost('07:05') }))).toEqual([['line-lost', 'x3', 1]]);
    expect(said(alerts('08:20', { x3: lost('08:18') }))).toEqual([['line-lost', 'x3', 2]]);
    expect(said(alerts('08:23', { x3: lost('08:18') }))).toEqual([['line-lost', 'x3', 3]]);
  });

  test('is said once, not again for the check-ins that wait behind it', () => {
    const x3 = { line: { ...lost('08:00').line, waiting: 12, waitingSince: at('08:00') } };
    expect(said(alerts('08:30', { x3 }))).toEqual([['line-lost', 'x3', 3]]);
  });
});

test('check-ins that wait for ten minutes on a machine with a line are said', () => {
  const x3 = { line: { ...heard, waiting: 12, waitingSince: at('08:00') } };
  expect(said(alerts('08:09', { x3 }))).toEqual([]);
  expect(said(alerts('08:10', { x3 }))).toEqual([['uploads-waiting', 'x3', 1]]);
});

test('few who came, a full room, and a bridge that stays open are said in their time', () => {
  expect(said(alerts('07:49', { x3: { came: 14 } }))).toEqual([]);
  expect(said(alerts('07:50', { x3: { came: 14 } }))).toEqual([['few-came', 'x3', 1]]);
  expect(said(alerts('08:00', { x3: { came: 14 }, x4: { came: 15 } }))).toEqual([['few-came', 'x3', 2]]);
  expect(said(alerts('08:00', { x3: { came: 0, summoned: 9 } }))).toEqual([]);
  expect(said(alerts('08:30', { x1: { present: 41 }, x2: { present: 4100 } }))).toEqual([
    ['too-full', 'x1', 2],
  ]);
  const open = Object.fromEntries(tree.bridges.map(({ id }) => [id, { state: 'closed' as const }]));
  expect(said(alerts('11:30', { ...open, x3: {} }))).toEqual([['not-closed', 'x3', 1]]);
});

test('an agenda that is going to end five minutes late is said at the top', () => {
  expect(said(alerts('08:30', {}, 4 * 60_000))).toEqual([]);
  expect(said(alerts('08:30', {}, 5 * 60_000))).toEqual([['agenda-late', 'tu', 1]]);
  expect(said(alerts('08:30', {}, 15 * 60_000))).toEqual([['agenda-late', 'tu', 2]]);
});

const some = (n: number) => Object.fromEntries(communes.slice(0, n).map((id) => [id, shut]));

const feed = (state: 'dropped' | 'poor' | 'fair', since: string | null) => ({
  feed: { state, since: since === null ? null : at(since) },
});

describe('the line of pictures', () => {
  test('that is lost or poor gets worse when it lasts through the session', () => {
    expect(said(alerts('07:30', { x3: feed('dropped', '07:29') }))).toEqual([['feed-lost', 'x3', 1]]);
    expect(said(alerts('08:10', { x3: feed('dropped', '08:09') }))).toEqual([['feed-lost', 'x3', 2]]);
    expect(said(alerts('08:10', { x3: feed('dropped', '08:05') }))).toEqual([['feed-lost', 'x3', 3]]);
    expect(said(alerts('08:10', { x3: feed('poor', '08:09') }))).toEqual([['feed-poor', 'x3', 1]]);
    expect(said(alerts('08:10', { x3: feed('poor', '08:01') }))).toEqual([['feed-poor', 'x3', 2]]);
    expect(said(alerts('08:10', { x3: feed('fair', null) }))).toEqual([]);
  });

  test('is not told beside the line of check-in, which went with it', () => {
    const x3 = { ...feed('dropped', '08:05'), ...lost('08:05') };
    expect(said(alerts('08:10', { x3 }))).toEqual([['line-lost', 'x3', 3]]);
  });

  test('that nobody tested, or that is not fit, is said from the day before until the start', () => {
    expect(said(alerts('07:10', { x3: { lineTest: 'untested' } }))).toEqual([['line-untested', 'x3', 1]]);
    expect(said(alerts('07:10', { x3: { lineTest: 'old' } }))).toEqual([['line-untested', 'x3', 1]]);
    expect(said(alerts('07:10', { x3: { lineTest: 'unfit' } }))).toEqual([['line-unfit', 'x3', 2]]);
    expect(said(alerts('07:10', { x3: { lineTest: 'fit with remarks' } }))).toEqual([]);
    expect(said(alerts('08:00', { x3: { lineTest: 'unfit' } }))).toEqual([]);
  });
});

describe('many of one kind right below one bridge', () => {
  test('are one alert from five on, as bad as the worst, and those elsewhere stay by themselves', () => {
    expect(alerts('08:10', some(4))).toHaveLength(4);
    const found = alerts('08:10', { ...some(5), x9: shut });
    expect(said(found)).toEqual([
      ['not-opened', 't1', 3],
      ['not-opened', 'x9', 3],
    ]);
    expect(found[0]).toMatchObject({ bridges: 5, summoned: 150 });
  });

  test('are told together with the bridge above them where that is at fault too', () => {
    const found = alerts('08:10', { ...some(6), t1: shut });
    expect(said(found)).toEqual([['not-opened', 't1', 3]]);
    expect(found[0]?.bridges).toBe(6);
  });
});

test('worst comes first, and no two have one name', () => {
  const conditions = fc.constantFrom<Partial<BridgeStanding>>(
    {},
    shut,
    { ...shut, line: NO_LINE },
    { line: { ...heard, connected: 0 } },
    { came: 3 },
    { lineTest: 'unfit' },
    { feed: { state: 'dropped', since: at('07:30') } },
    { line: { ...heard, waiting: 3, waitingSince: at('07:00') } },
  );
  const all = fc.record(Object.fromEntries(tree.bridges.map(({ id }) => [id, conditions])));
  fc.assert(
    fc.property(all, fc.integer({ min: 0, max: 300 }), (given, minutes) => {
      const now = (at('07:00') + minutes * 60_000) as typeof hours.startsAt;
      const found = alertsOf(tree, standings(given), { ...hours, now }, minutes * 1000);
      const levels = found.map(({ level }) => level);
      expect(levels).toEqual(levels.toSorted((a, b) => b - a));
      expect(new Set(found.map(alertKey)).size).toBe(found.length);
    }),
  );
});

test('an acknowledgement covers an alert until it gets worse or grows', () => {
  expect(covers({ level: 2, bridges: 5 }, { level: 2, bridges: 5 })).toBe(true);
  expect(covers({ level: 2, bridges: 5 }, { level: 1, bridges: 4 })).toBe(true);
  expect(covers({ level: 2, bridges: 5 }, { level: 3, bridges: 5 })).toBe(false);
  expect(covers({ level: 2, bridges: 5 }, { level: 2, bridges: 6 })).toBe(false);
});

const named = (clock: string, given: Parameters<typeof standings>[0]): NamedAlert => {
  const [alert] = alerts(clock, given);
  if (alert === undefined) throw new Error('no alert');
  const [own, above] = tree.path(alert.bridge);
  return { ...alert, bridgeName: own?.name ?? '', underName: above?.name ?? null };
};

describe('sentences', () => {
  test('say where, what and how long', () => {
    const late = { ...hours, now: at('07:40') };
    expect(describeAlert(named('07:40', { x3: shut }), late, 'vi')).toBe(
      'Xã x3, Tỉnh Mây Ngàn: chưa mở, còn 20 phút đến giờ họp.',
    );
    expect(describeAlert(named('07:40', { x3: shut }), late, 'en')).toBe(
      'Xã x3, Tỉnh Mây Ngàn: not opened, 20 minutes to the start.',
    );
    const silent = { line: { ...heard, connected: 0, lastContact: at('08:12') } };
    expect(describeAlert(named('08:15', { x3: silent }), { ...hours, now: at('08:15') }, 'vi')).toBe(
      'Xã x3, Tỉnh Mây Ngàn: mất kết nối từ 08:12 (3 phút).',
    );
  });

  test('of many below one bridge say how many', () => {
    const given = Object.fromEntries(communes.slice(0, 7).map((id) => [id, shut]));
    expect(describeAlert(named('08:05', given), { ...hours, now: at('08:05') }, 'vi')).toBe(
      'Tỉnh Mây Ngàn, Điểm cầu tu: 7 điểm cầu bên dưới chưa mở, đã quá giờ họp 5 phút.',
    );
  });

  test('say whom to call, or that nobody is known', () => {
    expect(describeCall({ as: 'chair', name: 'Trần Văn Mẫu', phone: '0912 345 678' }, 'vi')).toBe(
      'Gọi Trần Văn Mẫu (chủ trì), 0912 345 678.',
    );
    expect(describeCall({ as: 'chair', name: 'Trần Văn Mẫu', phone: null }, 'en')).toBe(
      'Call Trần Văn Mẫu (chair), no telephone number known.',
    );
    expect(describeCall(null, 'vi')).toBe('Chưa có ai để gọi: bổ sung đầu mối của điểm cầu.');
  });
});
