import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import {
  applyDifferences,
  diffReports,
  freezeReport,
  personRows,
} from '../../../domain/reports/attendance-report.ts';
import { conferenceFigures, followUpAudience, followUpExpected } from '../../../domain/reports/conference.ts';
import {
  bridgeFigures,
  categoryFigures,
  FIGURES,
  figuresInWork,
  levelFigures,
} from '../../../domain/reports/figures.ts';
import { differenceSentence, FIGURE_LABELS, ratioSentence } from '../../../domain/reports/sentences.ts';
import {
  aBridge,
  anEvent,
  at,
  bridgeId,
  classOf,
  expects,
  personId,
  recorded,
  treeOf,
} from '../attendance/factory.ts';

const tree = treeOf([
  aBridge('tw', null, { class: classOf('central'), chair: personId('chu-tri') }),
  aBridge('t', 'tw', { class: classOf('province'), chair: personId('an') }),
  aBridge('a', 't', { chair: personId('chi') }),
  aBridge('b', 't'),
]);
const expected = [
  ...expects('tw', ['chu-tri']),
  ...expects('t', ['an']),
  ...expects('a', ['binh', 'chi', 'khach'], ['khach']),
  ...expects('b', ['dung', 'giang']),
];

const arrive = (id: string, bridge: string, person: string) =>
  anEvent(id, 'arrive', bridge, '07:40', { person, mode: 'in-person' });
const close = (id: string, bridge: string) => anEvent(id, 'close', bridge, '11:35', {});

function bookOf(...events: AttendanceEvent[]) {
  const book = openBook(tree, expected, [personId('lan')]);
  book.addAll(events.map((event) => recorded(event)));
  return book;
}

const morning = bookOf(
  arrive('e1', 'tw', 'chu-tri'),
  arrive('e2', 'tw', 'an'),
  arrive('e3', 'a', 'binh'),
  arrive('e4', 'a', 'giang'),
  arrive('e5', 'a', 'khach'),
  arrive('e6', 'b', 'lan'),
  arrive('e7', 'b', 'ai-do'),
  anEvent('w1', 'walk-in', 'b', '08:00', { name: 'Lò Thị Hà', unit: '', mode: 'in-person' }),
  anEvent('k1', 'count', 'b', '08:10', { point: '', counts: { partyMember: 4, other: 3 } }),
  anEvent('v1', 'excuse', 'b', '07:00', { person: 'dung', reason: 'ốm' }),
  close('c1', 'a'),
  close('c2', 'b'),
);

const members = new Set(['an', 'binh'].map(personId));

describe('the attendance report', () => {
  test('by bridge: own figures, and with everything below', () => {
    const rows = [...bridgeFigures(tree, morning)];
    expect(rows.map(({ bridge }) => bridge.id)).toEqual(['tw', 't', 'a', 'b']);
    const [, t, a, b] = rows;
    expect(t?.own).toMatchObject({ bridges: 1, summoned: 1, ofExpected: 0, attendedElsewhere: 1 });
    expect(t?.subtree).toMatchObject({
      bridges: 3,
      opened: 2,
      closed: 2,
      summoned: 5,
      ofExpected: 2,
      attended: 5,
    });
    expect(a?.own).toMatchObject({ attended: 3, ofExpected: 1, absentWithout: 1, invited: 1, ofInvited: 1 });
    expect(b?.own).toMatchObject({ absentWithReason: 1, walkIn: 1, counted: 7, allPresent: 9, toResolve: 1 });
  });

  test('of one province holds that province only', () => {
    const rows = [...bridgeFigures(tree, morning, bridgeId('t'))];
    expect(rows.map(({ bridge }) => bridge.id)).toEqual(['t', 'a', 'b']);
    expect(rows[0]?.subtree).toMatchObject({ chairs: 2, chairsPresent: 0 });
  });

  test('a chair is present only at the bridge that they chair', () => {
    const [tw, t, a, b] = bridgeFigures(tree, morning);
    expect([tw?.own.chairsPresent, t?.own.chairsPresent, a?.own.chairsPresent]).toEqual([1, 0, 0]);
    expect([t?.chair, a?.chair, b?.chair]).toMatchObject([
      { state: 'present', at: 'tw' },
      { state: 'absent' },
      null,
    ]);
    expect(tw?.subtree).toMatchObject({ chairs: 3, chairsPresent: 1 });
  });

  test('by level: the sums of the own figures, so that every person is in one level', () => {
    const levels = levelFigures(bridgeFigures(tree, morning));
    expect(
      levels.map(({ class: of, values }) => [of, values.bridges, values.summoned, values.attended]),
    ).toEqual([
      ['central', 1, 1, 2],
      ['province', 1, 1, 0],
      ['commune', 2, 4, 5],
    ]);
  });

  test('by person: those with a seat first, then all others who were seen', () => {
    const rows = [...personRows(expected, morning)];
    expect(rows.map(({ person, as, presence }) => [person, as, presence.state])).toEqual([
      ['chu-tri', 'summoned', 'present'],
      ['an', 'summoned', 'present'],
      ['binh', 'summoned', 'present'],
      ['chi', 'summoned', 'absent'],
      ['khach', 'invited', 'present'],
      ['dung', 'summoned', 'absent'],
      ['giang', 'summoned', 'present'],
      ['lan', 'listed', 'present'],
      ['ai-do', 'unknown', 'present'],
      ['w1', 'walk-in', 'present'],
    ]);
  });

  test('by person of one bridge: whoever came there from elsewhere is in it, so that it adds up to its figures', () => {
    const seats = expected.filter(({ bridge }) => bridge === 'a');
    const seatOf = (person: string) => expected.find((seat) => seat.person === person)?.bridge ?? null;
    const rows = [...personRows(seats, morning, (bridge) => bridge === 'a', seatOf)];
    expect(rows.map(({ person, expectedAt }) => [person, expectedAt])).toEqual([
      ['binh', 'a'],
      ['chi', 'a'],
      ['khach', 'a'],
      ['giang', 'b'],
    ]);
    const came = rows.filter(({ presence }) => 'at' in presence && presence.at === 'a');
    expect(came).toHaveLength(morning.node(bridgeId('a')).own.attended);
  });

  test('party members and others apart, named and counted apart', () => {
    const figures = categoryFigures(tree, morning, (person) => (members.has(person) ? 'partyMember' : null));
    expect(figures.get(bridgeId('t'))).toEqual({
      named: { partyMember: 1, unknown: 4 },
      counted: { partyMember: 4, other: 3 },
    });
    expect(figures.get(bridgeId('tw'))?.named).toEqual({ partyMember: 2, unknown: 5 });
  });

  test('every figure has a heading in both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      expect(new Set(FIGURES.map((figure) => FIGURE_LABELS[language][figure])).size).toBe(FIGURES.length);
    }
  });

  test('a ratio is said with its numbers', () => {
    expect(ratioSentence({ part: 46, whole: 80 }, 'vi')).toBe('46/80 (57,5 %)');
    expect(ratioSentence({ part: 0, whole: 0 }, 'vi')).toBe('0/0');
  });
});

describe('versions of a report', () => {
  test('a late upload makes the next version with its difference; without one there is none', () => {
    const book = bookOf(arrive('e1', 'a', 'binh'), close('c1', 'a'));
    const first = freezeReport(null, { sequence: 2, at: at('11:35'), rows: bridgeFigures(tree, book) });
    expect([first.version, first.differences]).toEqual([1, []]);
    book.add(recorded(arrive('e2', 'a', 'binh'), '13:00'));
    const same = freezeReport(first, { sequence: 3, at: at('13:00'), rows: bridgeFigures(tree, book) });
    expect(same).toBe(first);
    book.add(recorded(arrive('e3', 'a', 'chi'), '13:10'));
    const second = freezeReport(same, { sequence: 4, at: at('13:10'), rows: bridgeFigures(tree, book) });
    expect(second.version).toBe(2);
    expect(second.differences.filter(({ bridge }) => bridge === 'a')).toEqual([
      { bridge: 'a', figure: 'chairsPresent', before: 0, after: 1 },
      { bridge: 'a', figure: 'ofExpected', before: 1, after: 2 },
      { bridge: 'a', figure: 'absentWithout', before: 1, after: 0 },
      { bridge: 'a', figure: 'named', before: 1, after: 2 },
      { bridge: 'a', figure: 'attended', before: 1, after: 2 },
      { bridge: 'a', figure: 'allPresent', before: 1, after: 2 },
      { bridge: 'a', figure: 'inRoom', before: 1, after: 2 },
    ]);
    expect(first.figures.get(bridgeId('a'))?.attended).toBe(1);
    const told = differenceSentence(
      { bridge: bridgeId('a'), figure: 'attended', before: 1, after: 2 },
      'vi',
      () => 'Xã A',
    );
    expect(told).toBe('Xã A, Có mặt: 1 → 2.');
  });
});

describe('a conference of several sessions', () => {
  const afternoon = bookOf(arrive('f1', 'a', 'binh'), arrive('f2', 'b', 'an'), arrive('f3', 'b', 'dung'));
  const sessions = [morning, afternoon];

  test('present at any and present at all are two figures, and both are said', () => {
    const figures = conferenceFigures(tree, expected, sessions);
    expect(figures.get(bridgeId('tw'))).toEqual({
      sessions: 2,
      summoned: 6,
      presentAtAny: 5,
      presentAtAll: 2,
      presentAtNone: 1,
      presentElsewhere: 0,
      attendedAny: 8,
      attendedAll: 2,
    });
    expect(figures.get(bridgeId('t'))).toMatchObject({ presentAtAny: 4, presentAtAll: 1, attendedAny: 7 });
    expect(figures.get(bridgeId('a'))).toMatchObject({ presentAtAny: 1, presentAtAll: 1, presentAtNone: 1 });
    expect(figures.get(bridgeId('b'))).toMatchObject({
      presentAtAny: 1,
      presentElsewhere: 1,
      presentAtNone: 0,
    });
  });

  test('over any sessions, a summoned person is present, present elsewhere only, or at none', () => {
    const person = fc.constantFrom('chu-tri', 'an', 'binh', 'chi', 'dung', 'giang', 'khach');
    const bridge = fc.constantFrom('tw', 't', 'a', 'b');
    const session = fc.array(fc.tuple(bridge, person), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(session, { minLength: 1, maxLength: 3 }), (all) => {
        const books = all.map((arrivals) =>
          bookOf(...arrivals.map(([where, who], i) => arrive(`e${i}`, where, who))),
        );
        for (const figures of conferenceFigures(tree, expected, books).values()) {
          const { summoned, presentAtAny, presentAtAll, presentAtNone, presentElsewhere } = figures;
          expect(presentAtAny + presentElsewhere + presentAtNone).toBe(summoned);
          expect(presentAtAll).toBeLessThanOrEqual(presentAtAny);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('one session: the conference says of the summoned what the session says', () => {
    const figures = conferenceFigures(tree, expected, [morning]);
    for (const { bridge, subtree } of bridgeFigures(tree, morning)) {
      const { presentAtAny, presentAtAll, attendedAny, presentElsewhere } = figures.get(bridge.id) ?? {};
      expect([bridge.id, presentAtAny, presentAtAll, attendedAny, presentElsewhere]).toEqual([
        bridge.id,
        subtree.ofExpected,
        subtree.ofExpected,
        subtree.attended,
        subtree.attendedElsewhere,
      ]);
    }
  });

  test('nobody misses a session that their bridge takes no part in', () => {
    const some = openBook(tree, expected, [personId('lan')], new Set([bridgeId('a')]));
    some.addAll([recorded(arrive('f1', 'a', 'binh'))]);
    const all = ['an', 'binh', 'chi', 'dung', 'giang'].map(personId);
    expect([...followUpAudience(all, [morning, some], 'incomplete')]).toEqual(['chi', 'dung']);
    const figures = conferenceFigures(tree, expected, [morning, some], (id) => (id === 'b' ? 1 : 2));
    expect(figures.get(bridgeId('tw'))).toMatchObject({ summoned: 6, presentAtAny: 4, presentAtAll: 4 });
    expect(figures.get(bridgeId('b'))).toMatchObject({ sessions: 1, summoned: 2 });
  });

  test('at a follow-up session those are expected who were summoned and at no session', () => {
    expect([...followUpExpected(expected, [morning])].map(({ person }) => person)).toEqual(['chi', 'dung']);
  });

  test('the follow-up is for those who were not there, wherever they were expected', () => {
    const all = ['an', 'binh', 'chi', 'dung', 'nguoi-moi', 'chi'].map(personId);
    expect([...followUpAudience(all, sessions)]).toEqual(['chi', 'nguoi-moi']);
    expect([...followUpAudience(all, sessions, 'incomplete')]).toEqual(['chi', 'dung', 'nguoi-moi']);
  });
});

/** Every figure of a subtree, worked out at once. */
const whole = (book: ReturnType<typeof bookOf>, under = 'tw') =>
  new Map(
    Array.from(bridgeFigures(tree, book, bridgeId(under)), ({ bridge, subtree }) => [bridge.id, subtree]),
  );

describe('figures worked out a stretch at a time', () => {
  test('are those worked out at once', () => {
    for (const under of ['tw', 't', 'a']) {
      const work = figuresInWork(tree, morning, bridgeId(under));
      for (const bridge of work.order) work.take([bridge]);
      expect([...work.values()]).toEqual([...whole(morning, under)]);
    }
  });

  test('with events in between they are those of the end, once what has moved was taken again', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['dung', 'chi', 'chu-tri', 'an', 'binh']),
        fc.nat(4),
        (people, pause) => {
          const book = bookOf(arrive('e1', 'tw', 'chu-tri'), arrive('e3', 'a', 'binh'));
          const work = figuresInWork(tree, book, bridgeId('tw'));
          work.take(work.order.slice(0, pause));
          const moved = people.flatMap((person, n) =>
            book.add(recorded(arrive(`n${n}`, n % 2 ? 'a' : 'b', person))),
          );
          work.take(work.order.slice(pause));
          work.take(moved);
          expect(work.values()).toEqual(whole(book));
        },
      ),
    );
  });

  test('a version is the one before it with its differences', () => {
    const before = whole(bookOf(arrive('e1', 'tw', 'chu-tri')));
    const after = whole(morning);
    const figures = new Map(before);
    applyDifferences(figures, diffReports(before, after));
    expect(figures).toEqual(after);
  });
});
