import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import { timeOf } from '../../../domain/attendance/order.ts';
import { walkInOf } from '../../../domain/attendance/person.ts';
import { DeviceId, EventId, SessionId } from '../../../domain/ids.ts';
import { type Resolution, resolveCode, type Resolver } from '../../../domain/passes/resolve.ts';
import {
  aBridge,
  anEvent,
  at,
  bridgeId,
  expects,
  personId,
  recorded,
  treeOf,
} from '../attendance/factory.ts';

const CODE = personId('LA999888');
const tree = treeOf([aBridge('tỉnh', null), aBridge('a', 'tỉnh'), aBridge('b', 'tỉnh')]);
const expected = expects('a', ['an', 'binh']);

const scans = [
  anEvent('e1', 'arrive', 'a', '07:40', { person: CODE, mode: 'in-person' }, { offset: 2500 }),
  anEvent('e2', 'arrive', 'a', '07:52', { person: CODE, mode: 'online' }),
];
const arrivals = scans.map((event) => ({
  event: event.id,
  time: timeOf(event),
  mode: 'in-person' as const,
}));

function resolver(): Resolver {
  let made = 0;
  return {
    session: SessionId.parse('s1'),
    bridge: bridgeId('a'),
    device: DeviceId.parse('m2'),
    now: at('09:15'),
    offset: -1200,
    newId: () => EventId.parse(`r${++made}`),
  };
}
const PERSON: Resolution = { kind: 'person', person: personId('an') };

function after(events: readonly AttendanceEvent[]) {
  const records = events.map((event) => recorded(event));
  return foldAttendance({ bridges: tree, expected, events: records });
}

describe('a code that was resolved', () => {
  test('is the person, who came when the code was scanned first, and nothing is left of the code', () => {
    const events = resolveCode(arrivals, PERSON, 'quên thẻ', resolver());
    expect(events.map(({ kind }) => kind)).toEqual(['void', 'void', 'arrive']);
    const { presence, nodes } = after([...scans, ...events]);
    expect(presence.get(personId('an'))).toEqual({
      state: 'present',
      at: 'a',
      since: timeOf(scans[0]!),
      mode: 'in-person',
    });
    expect(presence.has(CODE)).toBe(false);
    expect(nodes.get(bridgeId('tỉnh'))!.subtree).toMatchObject({ ofExpected: 1, attended: 1, toResolve: 0 });
  });

  test('may be somebody of no list', () => {
    const guest: Resolution = { kind: 'walk-in', name: 'Vũ Thị Khách', unit: '' };
    const events = resolveCode(arrivals, guest, 'khách', resolver());
    const { presence, nodes } = after([...scans, ...events]);
    expect(presence.get(walkInOf(events.at(-1)!.id))).toMatchObject({ since: timeOf(scans[0]!) });
    expect(nodes.get(bridgeId('a'))!.own).toMatchObject({ walkIn: 1, attended: 1, toResolve: 0 });
  });

  test('by mistake leaves nothing', () => {
    const events = resolveCode(arrivals, { kind: 'mistake' }, 'quét nhầm', resolver());
    expect(events.map(({ kind }) => kind)).toEqual(['void', 'void']);
    const { nodes } = after([...scans, ...events]);
    expect(nodes.get(bridgeId('a'))!.own).toMatchObject({ attended: 0, toResolve: 0 });
  });

  test('is written on the clock of the device that resolves it', () => {
    const events = resolveCode(arrivals, PERSON, 'quên thẻ', resolver());
    const came = events.at(-1)!;
    expect(came).toMatchObject({ device: 'm2', offset: -1200, bridge: 'a' });
    expect(timeOf(came)).toBe(timeOf(scans[0]!));
    expect(events[0]).toMatchObject({ at: at('09:15'), target: 'e1', reason: 'quên thẻ' });
  });

  test('by two devices at once stays the person, once', () => {
    const mine = resolveCode(arrivals, PERSON, 'quên thẻ', resolver());
    const theirs = resolveCode(arrivals, PERSON, 'quên thẻ', resolver()).map((event) => ({
      ...event,
      id: EventId.parse(`x${event.id}`),
    }));
    const { nodes } = after([...scans, ...mine, ...theirs]);
    expect(nodes.get(bridgeId('a'))!.own).toMatchObject({ attended: 1, toResolve: 0 });
  });

  test('is the same in whatever order the events come in', () => {
    const events = [...scans, ...resolveCode(arrivals, PERSON, 'quên thẻ', resolver())];
    const inOrder = after(events).nodes.get(bridgeId('tỉnh'))!;
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(after(shuffled).nodes.get(bridgeId('tỉnh'))).toEqual(inOrder);
        const book = openBook(tree, expected);
        book.addAll(shuffled.map((event) => recorded(event)));
        expect(book.arrivals(CODE)).toEqual([]);
        expect(book.arrivals(personId('an'))).toHaveLength(1);
      }),
    );
  });
});

test('the book tells the arrivals of a code, first come first, with where, when and how', () => {
  const elsewhere = anEvent('e3', 'arrive', 'b', '07:30', { person: CODE, mode: 'in-person' });
  const left = anEvent('e4', 'leave', 'b', '07:35', { person: CODE });
  const book = openBook(tree, expected);
  book.addAll([...scans, elsewhere, left].map((event) => recorded(event)));
  expect(book.arrivals(CODE)).toEqual([
    { event: 'e3', bridge: 'b', device: 'm1', time: at('07:30'), mode: 'in-person' },
    { event: 'e1', bridge: 'a', device: 'm1', time: at('07:40') + 2500, mode: 'in-person' },
    { event: 'e2', bridge: 'a', device: 'm1', time: at('07:52'), mode: 'online' },
  ]);
  expect(book.arrivals(personId('never-heard-of'))).toEqual([]);
});
