import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { AttendanceEvent, Flag } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import type { BridgeId, EventId, PersonId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import { expectedOf } from '../../../server/composition/queries.ts';
import { liveSession, type LiveSession } from '../../../server/attendance/live.ts';
import { rosterIds } from '../../../server/people/queries.ts';
import { newId } from '../harness.ts';
import { operatorOf } from '../operator.ts';
import { eventAt, sample, type Sample } from '../sample.ts';

/** Each run takes a session of its own over three bridges with their people. */
const RUNS = 25;

let s: Sample;
let bridges: BridgeId[];
let people: PersonId[];
beforeAll(async () => {
  s = await sample({ communes: 12 });
  bridges = ['97004', '97005', '974'].map((unit) => s.bridge(unit).id);
  const seated = await Promise.all(bridges.map((bridge) => s.seatedAt(bridge)));
  people = [...seated.flatMap((here) => here.slice(0, 3).map(({ person }) => person)), 'the-la' as PersonId];
});
afterAll(() => s.server.close());

/** What one machine notes down, by numbers that stand for bridges, people, minutes and earlier events. */
const deed = fc.record({
  kind: fc.constantFrom(
    'arrive',
    'arrive',
    'arrive',
    'leave',
    'excuse',
    'walk-in',
    'count',
    'void',
    'open',
    'close',
  ),
  device: fc.nat(3),
  bridge: fc.nat(2),
  person: fc.nat(9),
  minute: fc.nat(20),
  earlier: fc.nat(30),
  online: fc.boolean(),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

/** How the machines send them: cut into batches, each perhaps more than once, as an answer that is lost is asked for again. */
const sending = fc.record({
  order: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 }),
  sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 }),
  again: fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
  atOnce: fc.boolean(),
});

function eventsOf(session: SessionId, deeds: readonly Deed[]): AttendanceEvent[] {
  const events: AttendanceEvent[] = [];
  const start = Date.parse('2025-01-13T07:30:00+07:00');
  for (const [index, { kind, device, bridge, person, minute, earlier, online }] of deeds.entries()) {
    const common = { id: newId(), at: start + minute * 60_000, device: `may-${device}` };
    const whom = { person: people[person]! };
    const mode = online ? ('online' as const) : ('in-person' as const);
    const at = bridges[bridge]!;
    const scene = { session, clock: s.clock };
    const target = (events[earlier % Math.max(index, 1)]?.id ?? newId()) as EventId;
    if (kind === 'arrive') events.push(eventAt(scene, at, kind, { ...whom, mode }, common));
    else if (kind === 'leave') events.push(eventAt(scene, at, kind, whom, common));
    else if (kind === 'excuse') events.push(eventAt(scene, at, kind, { ...whom, reason: 'ốm' }, common));
    else if (kind === 'walk-in')
      events.push(eventAt(scene, at, kind, { name: `Khách ${index}`, unit: '', mode }, common));
    else if (kind === 'count')
      events.push(eventAt(scene, at, kind, { point: `cửa ${device}`, counts: { other: person } }, common));
    else if (kind === 'void') events.push(eventAt(scene, at, kind, { target, reason: 'nhầm' }, common));
    else if (kind === 'open') events.push(eventAt(scene, at, kind, {}, common));
    else events.push(eventAt(scene, at, 'close', {}, common));
  }
  return events;
}

const withoutLate = (flags: readonly Flag[]): readonly Flag[] =>
  flags.filter((flag) => flag !== 'late-upload');

const post = async (batch: AttendanceEvent[]) => {
  const { session, bridge } = batch[0]!;
  const params = { conference: s.conference, bridge };
  const { items } = await s.organizer.call(api.record, {
    params,
    body: { session, bridge, events: batch },
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(batch.map(() => 'recorded'));
};

async function send(
  events: readonly AttendanceEvent[],
  how: typeof sending extends fc.Arbitrary<infer S> ? S : never,
) {
  const copies = events.flatMap((event, index) =>
    Array.from({ length: 1 + how.again[index % 60]! }, () => event),
  );
  const shuffled = copies
    .map((event, index) => ({ event, by: how.order[(index * 7) % 60]! + index / 1000 }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ event }) => event);
  const batches: AttendanceEvent[][] = [];
  // A machine sends what it noted at one bridge; several machines of a bridge send beside each other.
  for (const own of Map.groupBy(shuffled, ({ bridge, device }) => `${bridge} ${device}`).values()) {
    for (let from = 0, turn = 0; from < own.length; turn++) {
      const size = how.sizes[turn % how.sizes.length]!;
      batches.push(own.slice(from, from + size));
      from += size;
    }
  }
  if (how.atOnce) await Promise.all(batches.map(post));
  else for (const batch of batches) await post(batch);
}

async function bookOfSession(session: SessionId): Promise<LiveSession> {
  const context = s.server.context();
  const { conference } = await operatorOf(context, s.conference, bridges[0]!);
  return (await liveSession(context, conference, session))!;
}

test('whatever way events of several machines come in, the ledger has each once and the book says what they say in order', async () => {
  const context = s.server.context();
  const { conference } = await operatorOf(context, s.conference, bridges[0]!);
  const expected = [...(await expectedOf(context, conference))];
  const listed = await rosterIds(context, conference);
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 30 }), sending, async (deeds, how) => {
      const hours = { startsAt: s.clock(), endsAt: (s.clock() + 3_600_000) as Instant };
      const added = await s.organizer.call(api.addSession, {
        params: { conference: s.conference },
        body: { kind: 'rehearsal', title: 'Tổng duyệt', ...hours },
      });
      const session = added.session.id;
      const events = eventsOf(session, deeds);
      await send(events, how);

      const { tree, book } = await bookOfSession(session);
      const inOrder = events.map((event) => ({ event, receivedAt: s.clock() }));
      const folded = foldAttendance({ bridges: tree, expected, listed, events: inOrder });
      expect(new Map(book.people())).toEqual(folded.presence);
      for (const { id } of tree.bridges) expect(book.node(id)).toEqual(folded.nodes.get(id));
      for (const { id } of events)
        expect(withoutLate(book.flags(id))).toEqual(withoutLate(folded.flags.get(id) ?? []));
      const rows = await s.server.database
        .read('attendance_event')
        .where({ session })
        .select<{ id: Buffer }[]>('id');
      expect(rows.map(({ id }) => id.toString('hex')).toSorted()).toEqual(
        events.map(({ id }) => id.replaceAll('-', '')).toSorted(),
      );
    }),
    { numRuns: RUNS },
  );
}, 120_000);
