import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent, RecordedEvent } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import type { Attendance } from '../../../domain/attendance/fold.ts';
import { personIn } from '../../../domain/attendance/person.ts';
import type { Tally } from '../../../domain/attendance/presence.ts';
import { takesPart, type Taking } from '../../../domain/schedule/session.ts';
import { FIELDS } from '../../../domain/attendance/tally.ts';
import { voidedEvents } from '../../../domain/attendance/voids.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { aBridge, anEvent, at, bridgeId, expects, personId, recorded, treeOf } from './factory.ts';

const tree = treeOf([
  aBridge('root', null),
  aBridge('p1', 'root'),
  aBridge('p2', 'root'),
  aBridge('c1', 'p1'),
  aBridge('c2', 'p1'),
  aBridge('c3', 'p2'),
]);
/** A UUID that sorts as its number does: books keep those in another way than other ids. */
const uuid = (number: number) => `01945d3a-0000-7000-8000-f0000000000${number.toString(16)}`;
const [binh, dung] = [uuid(9), uuid(12)];
const expected = [
  ...expects('p1', ['an']),
  ...expects('c1', [binh, 'chi', 'giang'], ['giang']),
  ...expects('c3', [dung]),
  ...expects('root', ['khanh'], ['khanh']),
];
const listed = [personId('lan')];

/** One bridge is in no tree. */
const bridges = ['root', 'p1', 'p2', 'c1', 'c2', 'c3', 'stray'];
const ids = Array.from({ length: 16 }, (_, index) => (index % 3 === 0 ? `e${index}` : uuid(index)));
/** Some are unknown, and some are the ids of events: what a walk-in goes by. */
const people = ['an', binh, 'chi', 'giang', dung, 'lan', 'unknown:1', uuid(15), uuid(1), uuid(2), 'e3'];

const bridge = fc.constantFrom(...bridges);
/** Mostly bridges that may undo what happened at `c1`. */
const bridgeOnPath = fc.constantFrom('c1', 'c1', 'p1', 'root', 'c2');
const person = fc.constantFrom(...people);
const mode = fc.constantFrom('in-person' as const, 'online' as const);
/** Few moments, so that many events share one. */
const time = fc.constantFrom('07:30', '07:40', '08:10', '09:00', '11:30');
const counts = fc.dictionary(fc.constantFrom('partyMember', 'other', '__proto__'), fc.nat(50), {
  maxKeys: 2,
});

function event(id: string): fc.Arbitrary<AttendanceEvent> {
  return fc
    .oneof(
      { arbitrary: fc.tuple(bridge, time, person, mode), weight: 6 },
      { arbitrary: fc.tuple(bridge, time, person), weight: 3 },
      { arbitrary: fc.tuple(bridge, time), weight: 1 },
    )
    .chain((drawn) => {
      const [where, when, who, how] = drawn as [string, string, string | undefined, 'in-person' | 'online'];
      if (who === undefined)
        return fc.constantFrom(anEvent(id, 'open', where, when, {}), anEvent(id, 'close', where, when, {}));
      if (how !== undefined) {
        return fc.constantFrom(
          anEvent(id, 'arrive', where, when, { person: who, mode: how }),
          anEvent(id, 'walk-in', where, when, { name: 'Lò Thị Hà', unit: 'Bản Mới', mode: how }),
        );
      }
      return fc.oneof(
        fc.constant(anEvent(id, 'leave', where, when, { person: who })),
        fc.constant(anEvent(id, 'excuse', where, when, { person: who, reason: `ốm ${id}` })),
        fc
          .tuple(fc.constantFrom('cửa 1', 'cửa 2'), counts)
          .map(([point, heads]) => anEvent(id, 'count', where, when, { point, counts: heads })),
        fc.constantFrom(...ids).map((target) => anEvent(id, 'void', where, when, { target, reason: 'nhầm' })),
      );
    });
}

const receipt = fc.constantFrom(at('07:45'), at('09:30'), at('12:00'));

const ledger: fc.Arbitrary<RecordedEvent[]> = fc.subarray(ids, { minLength: 1 }).chain((chosen) =>
  fc.tuple(
    ...chosen.map((id) =>
      fc.record({
        event: event(id),
        receivedAt: receipt,
        estimatedOffset: fc.constantFrom(0, 600_000),
      }),
    ),
  ),
);

/** Events, some of them received more than once, and the same in another order, cut into batches. */
const rearranged = ledger
  .chain((events) => fc.tuple(fc.constant(events), fc.array(fc.tuple(fc.constantFrom(...events), receipt))))
  .map(([events, again]) => [...events, ...again.map(([record, receivedAt]) => ({ ...record, receivedAt }))])
  .chain((events) =>
    fc.record({
      events: fc.constant(events),
      batches: fc
        .tuple(
          fc.shuffledSubarray(events, { minLength: events.length }),
          fc.array(fc.nat(events.length), { maxLength: 4 }),
        )
        .map(([shuffled, cuts]) => split(shuffled, cuts)),
    }),
  );

function split<Item>(items: readonly Item[], cuts: readonly number[]): Item[][] {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), items.length];
  return edges.slice(1).map((end, index) => items.slice(edges[index], end));
}

const fold = (events: Iterable<RecordedEvent>, taking: Taking = 'all'): Attendance =>
  foldAttendance({ bridges: tree, expected, events, listed, taking });

/** Sessions of all bridges, and of some. */
const taking = fc.constantFrom<Taking>('all', new Set([bridgeId('c1')]), new Set(['p2', 'c1'].map(bridgeId)));

describe('events are a set', { timeout: 60_000 }, () => {
  test('a fold gives the same for any order and any repetition', () => {
    fc.assert(
      fc.property(rearranged, ({ events, batches }) => {
        expect(sorted(fold(batches.flat()))).toEqual(sorted(fold(events)));
      }),
      { numRuns: 400 },
    );
  });

  test('a book that takes events as they come says what a fold of all of them says', () => {
    fc.assert(
      fc.property(rearranged, taking, ({ events, batches }, which) => {
        const book = openBook(tree, expected, listed, which);
        for (const batch of batches) book.addAll(batch);
        const folded = fold(events, which);
        expect(new Map([...book.people()].toSorted(byKey))).toEqual(sorted(folded).presence);
        expect(new Map([...book.flagged()].toSorted(byKey))).toEqual(sorted(folded).flags);
        for (const { event: one } of events) {
          const who = personIn(one);
          const [flags, clash] = [book.flags(one.id), book.clash(one.id)];
          expect(flags).toEqual(folded.flags.get(one.id) ?? []);
          expect(book.isLate(one.id)).toBe(flags.includes('late-upload'));
          expect(clash !== null).toBe(
            flags.includes('already-present') || flags.includes('present-elsewhere'),
          );
          const presence = who === null ? null : (folded.presence.get(who) ?? null);
          const seat = expected.find(({ person: id }) => id === who)?.bridge ?? null;
          const seatHere = seat !== null && takesPart(which, seat) ? seat : null;
          expect(book.facts(one.id)).toEqual({ flags, clash, presence, seat: seatHere });
        }
        const nodes = new Map(Array.from(folded.nodes.keys(), (id) => [id, book.node(id)]));
        expect(nodes).toEqual(folded.nodes);
        expect(book.size).toBe(folded.events);
      }),
      { numRuns: 600 },
    );
  });

  test('undos of undos, in any order and in rings, leave the same events standing', () => {
    const undos = fc
      .array(fc.tuple(fc.nat(6), bridgeOnPath), { minLength: 1, maxLength: 6 })
      .map((targets) => [
        recorded(anEvent('e0', 'arrive', 'c1', '07:40', { person: binh, mode: 'in-person' })),
        ...targets.map(([target, where], index) =>
          recorded(
            anEvent(`e${index + 1}`, 'void', where, '09:00', { target: `e${target}`, reason: 'nhầm' }),
          ),
        ),
      ]);
    const shuffled = undos.chain((events) => fc.shuffledSubarray(events, { minLength: events.length }));
    fc.assert(
      fc.property(shuffled, (events) => {
        const book = openBook(tree, expected, listed);
        book.addAll(events);
        const folded = fold(events);
        expect(new Map(book.people())).toEqual(folded.presence);
        expect(new Map([...book.flagged()].toSorted(byKey))).toEqual(sorted(folded).flags);
      }),
      { numRuns: 1000 },
    );
  });

  test('an added event names every bridge whose figures moved', () => {
    fc.assert(
      fc.property(ledger, taking, (events, which) => {
        const book = openBook(tree, expected, listed, which);
        for (const record of events) {
          const figures = () => new Map(tree.bridges.map(({ id }) => [id, book.node(id)]));
          const before = figures();
          const named = book.add(record);
          const after = figures();
          for (const id of named) for (const moment of [before, after]) moment.delete(id);
          expect(after).toEqual(before);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the figures, counted person by person', { timeout: 60_000 }, () => {
  test('every figure of every subtree is what its definition says', () => {
    fc.assert(
      fc.property(ledger, (events) => {
        const known = events.filter(({ event: { bridge: where } }) => tree.get(where) !== undefined);
        const folded = fold(known);
        const walkIns = standingWalkIns(known);
        for (const { id } of tree.bridges) {
          const inside = new Set(tree.subtree(id).map((below) => below.id));
          const node = folded.nodes.get(id);
          expect({ id, ...plain(node?.subtree) }).toEqual({ id, ...byDefinition(folded, walkIns, inside) });
          expect({ id, ...plain(node?.own) }).toEqual({
            id,
            ...byDefinition(folded, walkIns, new Set([id])),
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  test('a summoned person is in exactly one figure: here, elsewhere, excused, absent or unmarked', () => {
    fc.assert(
      fc.property(ledger, (events) => {
        for (const { own, subtree } of fold(events).nodes.values()) {
          for (const tally of [own, subtree]) {
            const { ofExpected, attendedElsewhere, excused, absentWithReason, absentWithout, unmarked } =
              tally;
            const sum =
              ofExpected + attendedElsewhere + excused + absentWithReason + absentWithout + unmarked;
            expect(sum).toBe(tally.summoned);
            expect(tally.named + tally.walkIn).toBe(tally.attended);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The definitions of `Tally`, one person at a time, without any tree: the slow way that the rules must agree with. */
function byDefinition(
  folded: Attendance,
  walkIns: ReadonlySet<string>,
  inside: ReadonlySet<BridgeId>,
): Partial<Tally> {
  const seats = new Map(expected.map((seat) => [seat.person, seat]));
  const tally = Object.fromEntries(FIELDS.map((field) => [field, 0])) as Record<
    (typeof FIELDS)[number],
    number
  >;
  for (const [who, presence] of folded.presence) {
    const seat = seats.get(who);
    const came = 'at' in presence ? presence.at : null;
    const cameInside = came !== null && inside.has(came);
    const known = seat !== undefined || listed.includes(who) || walkIns.has(who);
    if (cameInside && !known) tally.toResolve++;
    if (cameInside && known) {
      tally.attended++;
      if (presence.state === 'present') tally.inRoom++;
      if ('mode' in presence && presence.mode === 'online') tally.online++;
      if (walkIns.has(who)) tally.walkIn++;
      else tally.named++;
    }
    if (seat === undefined || !inside.has(seat.bridge)) continue;
    tally[seat.basis]++;
    if (seat.basis === 'invited') {
      if (cameInside) tally.ofInvited++;
      continue;
    }
    if (came !== null) tally[cameInside ? 'ofExpected' : 'attendedElsewhere']++;
    else if (presence.state === 'absent')
      tally[presence.reason === null ? 'absentWithout' : 'absentWithReason']++;
    else tally[presence.state === 'excused' ? 'excused' : 'unmarked']++;
  }
  return tally;
}

function standingWalkIns(events: readonly RecordedEvent[]): ReadonlySet<string> {
  const byId = new Map(events.map((record) => [record.event.id, record.event]));
  const voided = voidedEvents(byId, (id) => tree.path(id).map((above) => above.id));
  return new Set(
    [...byId.values()]
      .filter(({ id, kind }) => kind === 'walk-in' && !voided.has(id))
      .map(({ id }) => id as string),
  );
}

function plain(tally: Tally | undefined): Partial<Tally> {
  const { counted: _, ...rest } = tally as Tally;
  return rest;
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function sorted(folded: Attendance) {
  return {
    presence: new Map([...folded.presence].toSorted(byKey)),
    flags: new Map([...folded.flags].toSorted(byKey)),
    nodes: new Map([...folded.nodes].toSorted(byKey)),
    events: folded.events,
  };
}
