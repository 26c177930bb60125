import { describe, expect, test } from 'vitest';

import { forestOf } from '../../../domain/bridges/forest.ts';
import { BridgeId } from '../../../domain/ids.ts';
import {
  childrenOf,
  collectingDeadline,
  dueListOf,
  duePlaces,
  lateness,
  missingIn,
  sumsByClass,
  talliesOf,
  wayTo,
  type DueList,
} from '../../../domain/reports/due-list.ts';
import type { BridgeTable } from '../../../domain/wire/bridges.ts';
import type { DueTable } from '../../../domain/wire/headcount.ts';
import { on } from './factory.ts';

const now = on('09/01 08:00');
const tenth = on('10/01');
const eighth = on('08/01');

type State = DueTable['states'][number];
interface Said {
  readonly state?: State;
  readonly total?: number;
  readonly late?: number;
  readonly due?: 'tenth' | 'eighth' | null;
  readonly sentAt?: string;
}

/** Centre; a province with two districts, the second of which has three communes; a ministry. */
const BRIDGES = [
  ['tw', -1, 'central', 'Trung ương', { due: null }],
  ['t1', 0, 'province', 'Tỉnh Mây Ngàn', { due: 'tenth' }],
  ['h1', 1, 'district', 'Huyện Đồng Ặng', {}],
  ['h2', 1, 'district', 'Huyện Lũng Ữ', {}],
  ['x1', 3, 'commune', 'Xã Khe Ổ', {}],
  ['x2', 3, 'commune', 'Xã Khe Phong', { state: 'submitted', total: 30, late: 0, sentAt: '07/01 10:00' }],
  [
    'x3',
    3,
    'commune',
    'Xã Yên Hải',
    { state: 'accepted', total: 20, late: 3_600_000, sentAt: '08/01 01:00' },
  ],
  ['bo', 0, 'agency', 'Bộ Thứ Nhất', { state: 'returned', total: 5, due: 'tenth', sentAt: '06/01 09:00' }],
] as const satisfies readonly (readonly [string, number, string, string, Said])[];

function list(): DueList {
  const said: readonly Said[] = BRIDGES.map(([, , , , own]) => own);
  const ids = BRIDGES.map(([id]) => BridgeId.parse(id));
  const classes = [...new Set(BRIDGES.map(([, , of]) => of))];
  const same = <Value>(value: Value): Value[] => ids.map(() => value);
  const bridges: BridgeTable = {
    ids,
    names: BRIDGES.map(([, , , name]) => name),
    classes: classes as never,
    classOf: BRIDGES.map(([, , of]) => classes.indexOf(of)),
    units: same(null),
    parents: BRIDGES.map(([, parent]) => parent),
    capacities: same(null),
    chairs: same(null),
    ready: same(0),
    hosts: same(0),
    reachable: same(0),
    lines: same(1),
    expected: same(0),
  };
  const table: DueTable = {
    ids,
    deadlines: [tenth, eighth],
    deadlineOf: said.map(({ due = 'eighth' }) => (due === null ? -1 : due === 'tenth' ? 0 : 1)),
    states: said.map(({ state = null }) => state),
    revisions: said.map(({ state }) => (state === undefined ? 0 : 1)),
    sentAt: said.map(({ sentAt }) => (sentAt === undefined ? null : on(sentAt))),
    lateBy: said.map(({ late = -1 }) => late),
    totals: said.map(({ total = null }) => total),
    opened: same(0),
    reminded: same(0),
    remindedAt: same(null),
    seen: same(0),
  };
  return dueListOf(table, forestOf(bridges));
}
const known = list();
const at = (id: string) => {
  const node = known.nodes[known.placeOf.get(BridgeId.parse(id)) ?? -1];
  if (node === undefined) throw new Error(`no bridge ${id}`);
  return node;
};
const found = (state: Parameters<typeof duePlaces>[2]['state'], query = '', top = 'tw') =>
  duePlaces(known, at(top), { state, query }, now).map((place) => known.nodes[place]?.id);

describe('the list of reports', () => {
  test('counts every bridge in exactly one state, so that the tallies add up; late is a mark beside', () => {
    for (const top of ['tw', 't1', 'h2', 'x1']) {
      const { all, unsent, returned, submitted, accepted } = talliesOf(known, at(top), now);
      expect(unsent + returned + submitted + accepted).toBe(all);
      expect(all).toBe(at(top).end - at(top).place);
    }
    expect(talliesOf(known, at('tw'), now)).toEqual({
      all: 8,
      unsent: 5,
      returned: 1,
      submitted: 1,
      accepted: 1,
      late: 4,
    });
  });

  test('stands worst first: overdue longest, then where most are missing below, then returned, open, to decide, done', () => {
    expect(found(null)).toEqual(['h2', 'h1', 'x1', 'bo', 't1', 'tw', 'x2', 'x3']);
  });

  test('is narrowed down to a state, to what is late, and to a subtree', () => {
    expect(found('submitted')).toEqual(['x2']);
    expect(found('late')).toEqual(['h2', 'h1', 'x1', 'x3']);
    expect(found('unsent', '', 'h2')).toEqual(['h2', 'x1']);
  });

  test('is searched without marks', () => {
    expect(found(null, 'khe')).toEqual(['x1', 'x2']);
    expect(found(null, 'dong ang')).toEqual(['h1']);
    expect(found('submitted', 'khe')).toEqual(['x2']);
  });

  test('grows late by itself where nothing was received, and stays as it was where something was', () => {
    expect(lateness(at('x1'), now)).toBe(now - eighth);
    expect(lateness(at('x1'), on('07/01'))).toBe(0);
    expect(lateness(at('x1'), eighth)).toBeGreaterThan(0);
    expect(lateness(at('x3'), on('12/01'))).toBe(3_600_000);
    expect(lateness(at('tw'), on('12/01'))).toBe(0);
  });

  test('adds figures up beside how many have reported and how old the last of them is', () => {
    expect(known.sums[at('h2').place]).toEqual({
      bridges: 4,
      reported: 2,
      returned: 0,
      people: 50,
      latest: on('08/01 01:00'),
    });
    expect(known.sums[0]).toMatchObject({ bridges: 8, reported: 2, returned: 1, people: 55 });
    const classes = [...sumsByClass(known, at('tw')).values()];
    expect(classes.reduce((sum, { people }) => sum + people, 0)).toBe(55);
    expect(missingIn(known, at('h2'))).toBe(2);
  });

  test('knows what is right below, the way down, and by when those below report', () => {
    expect(childrenOf(known, at('t1')).map(({ id }) => id)).toEqual(['h1', 'h2']);
    expect(wayTo(known, at('x1')).map(({ id }) => id)).toEqual(['tw', 't1', 'h2', 'x1']);
    expect(collectingDeadline(known, at('t1'))).toBe(eighth);
    expect(collectingDeadline(known, at('tw'))).toBe(tenth);
    expect(collectingDeadline(known, at('x1'))).toBeNull();
  });
});
