import { describe, expect, test } from 'vitest';

import { openBook } from '../../../domain/attendance/book.ts';
import type { AttendanceEvent, RecordedEvent } from '../../../domain/attendance/event.ts';
import { foldAttendance } from '../../../domain/attendance/fold.ts';
import { allPresent, presentOfReported, presentOfSummoned } from '../../../domain/attendance/ratios.ts';
import { aBridge, anEvent, at, bridgeId, eventId, expects, personId, recorded, treeOf } from './factory.ts';

const tree = treeOf([
  aBridge('root', null),
  aBridge('p', 'root'),
  aBridge('a', 'p'),
  aBridge('b', 'p'),
  aBridge('z', 'root'),
]);
const expected = [...expects('a', ['an', 'binh', 'khach'], ['khach']), ...expects('b', ['dung'])];

function fold(...events: (AttendanceEvent | RecordedEvent)[]) {
  const all = events.map((event) => ('event' in event ? event : recorded(event)));
  const listed = [personId('lan')];
  const folded = foldAttendance({ bridges: tree, expected, events: all, listed });
  // Whatever a rule says of all events at once, it says of events one by one, in the order given and against it.
  for (const order of [all, all.toReversed()]) {
    const book = openBook(tree, expected, listed);
    for (const record of order) book.add(record);
    expect(new Map(book.people())).toEqual(folded.presence);
    expect(new Map(book.flagged())).toEqual(folded.flags);
    expect(new Map(Array.from(folded.nodes.keys(), (id) => [id, book.node(id)]))).toEqual(folded.nodes);
  }
  return {
    presence: (id: string) => folded.presence.get(personId(id)),
    flags: (id: string) => folded.flags.get(eventId(id)) ?? [],
    own: (id: string) => folded.nodes.get(bridgeId(id))?.own,
    subtree: (id: string) => folded.nodes.get(bridgeId(id))?.subtree,
    node: (id: string) => folded.nodes.get(bridgeId(id)),
  };
}

const arrive = (id: string, bridge: string, person: string, time = '07:40') =>
  anEvent(id, 'arrive', bridge, time, { person, mode: 'in-person' });
const leave = (id: string, bridge: string, person: string, time = '09:10') =>
  anEvent(id, 'leave', bridge, time, { person });
const undo = (id: string, target: string, bridge = 'a', time = '09:30') =>
  anEvent(id, 'void', bridge, time, { target, reason: 'nhầm người' });
const close = (id: string, bridge: string, time = '11:35') => anEvent(id, 'close', bridge, time, {});
const count = (id: string, time: string, other: number) =>
  anEvent(id, 'count', 'b', time, { point: 'cửa 1', counts: { other } });
const present = { state: 'present' };
const unmarked = { state: 'unmarked' };

describe('a session of some bridges', () => {
  const taking = new Set([bridgeId('a')]);
  const events = [
    anEvent('o1', 'open', 'a', '07:30', {}),
    arrive('e1', 'a', 'an'),
    arrive('e2', 'b', 'binh'),
    arrive('e3', 'b', 'dung'),
    close('c1', 'b'),
  ].map((event) => recorded(event));
  const book = openBook(tree, expected, ['an', 'binh', 'dung', 'lan'].map(personId), taking);
  book.addAll(events);
  const node = (id: string) => book.node(bridgeId(id));

  test('nobody is expected at a bridge that takes no part', () => {
    expect(node('root').subtree).toMatchObject({ summoned: 2, invited: 1 });
    expect(book.expectedCount(bridgeId('b'))).toBe(0);
    expect(book.seat(personId('dung'))).toBeNull();
  });

  test('progress counts those that take part, and no level that only adds them up', () => {
    expect(node('root').progress).toEqual({ bridges: 1, opened: 1, closed: 0 });
    expect(node('p')).toMatchObject({ takesPart: false, progress: { bridges: 1 } });
    expect(node('z').progress.bridges).toBe(0);
  });

  test('whoever came to a bridge that takes no part was there, and is elsewhere for the bridge that expects them', () => {
    expect(book.presence(personId('binh'))).toMatchObject({ state: 'present', at: 'b' });
    expect(node('a').own).toMatchObject({ ofExpected: 1, attendedElsewhere: 1 });
    expect(node('p').subtree).toMatchObject({ ofExpected: 2, attended: 3 });
    expect(node('b').own).toMatchObject({ attended: 2, summoned: 0 });
  });

  test('everything that such a bridge records is taken in, with a flag', () => {
    expect(book.flags(eventId('e1'))).toEqual([]);
    expect(book.flags(eventId('e2'))).toEqual(['other-bridge', 'not-taking-part']);
    expect(book.flags(eventId('e3'))).toEqual(['not-on-list', 'not-taking-part']);
    expect(book.flags(eventId('c1'))).toEqual(['not-taking-part']);
  });
});

describe('undoing', () => {
  test('an undo can be undone: what it took back stands again, with its own time', () => {
    const events = fold(arrive('e1', 'a', 'an'), undo('v1', 'e1'), undo('v2', 'v1'));
    expect(events.presence('an')).toMatchObject({ ...present, since: at('07:40') });
  });

  test('an undone scan is as if it had never been: the one after it is no second scan', () => {
    const events = fold(arrive('e1', 'a', 'an'), arrive('e2', 'a', 'an', '07:52'), undo('v1', 'e1'));
    expect(events.presence('an')).toMatchObject({ since: at('07:52') });
    expect(events.flags('e2')).toEqual([]);
  });

  test('a bridge undoes its own events and those below it, not those of a neighbour', () => {
    expect(fold(arrive('e1', 'a', 'an'), undo('v1', 'e1', 'p')).presence('an')).toEqual(unmarked);
    const events = fold(arrive('e1', 'a', 'an'), undo('v1', 'e1', 'b'));
    expect(events.presence('an')).toMatchObject(present);
    expect(events.flags('v1')).toEqual(['other-bridge']);
  });

  test('undos in a ring take nothing back', () => {
    const events = fold(arrive('e1', 'a', 'an'), undo('v1', 'v2'), undo('v2', 'v1'), undo('v3', 'v3'));
    expect(events.presence('an')).toMatchObject(present);
  });

  test('undoing a close opens the bridge again: nobody is absent any more', () => {
    const closed = fold(close('c1', 'a'));
    expect(closed.presence('an')).toEqual({ state: 'absent', reason: null });
    expect(closed.node('a')?.state).toBe('closed');
    const reopened = fold(arrive('e1', 'a', 'binh'), close('c1', 'a'), undo('v1', 'c1', 'a', '11:40'));
    expect(reopened.presence('an')).toEqual(unmarked);
    expect(reopened.node('a')?.state).toBe('open');
  });

  test('a head count taken back leaves the one before it standing', () => {
    const events = fold(count('e1', '08:05', 20), count('e2', '08:20', 200), undo('v1', 'e2', 'b'));
    expect(events.subtree('root')?.counted).toEqual({ other: 20 });
  });
});

describe('who is where', () => {
  test('time is that of the device plus the offset that the device measured', () => {
    const early = anEvent(
      'e1',
      'arrive',
      'a',
      '08:00',
      { person: 'an', mode: 'in-person' },
      { offset: -1_200_000 },
    );
    const events = fold(early, leave('e2', 'a', 'an', '07:50'));
    expect(events.presence('an')).toMatchObject({ state: 'left', since: at('07:40'), until: at('07:50') });
  });

  test('coming back after another bridge begins a new stay', () => {
    const events = fold(
      arrive('e1', 'a', 'an', '07:30'),
      arrive('e2', 'b', 'an', '08:00'),
      leave('e3', 'b', 'an', '08:20'),
      arrive('e4', 'a', 'an', '08:30'),
    );
    expect(events.presence('an')).toMatchObject({ ...present, at: 'a', since: at('08:30') });
  });

  test('a second scan may say that somebody online has come in person', () => {
    const online = anEvent('e1', 'arrive', 'a', '07:30', { person: 'an', mode: 'online' });
    const events = fold(online, arrive('e2', 'a', 'an', '08:00'));
    expect(events.presence('an')).toMatchObject({ mode: 'in-person', since: at('07:30') });
    expect(events.own('a')?.online).toBe(0);
  });

  test('leaving twice changes nothing the second time', () => {
    const events = fold(
      arrive('e1', 'a', 'an'),
      leave('e2', 'a', 'an', '09:10'),
      leave('e3', 'a', 'an', '10:00'),
    );
    expect(events.presence('an')).toMatchObject({ state: 'left', until: at('09:10') });
    expect(events.flags('e3')).toEqual(['not-here']);
  });

  test('a walk-in leaves under the id of the event that brought them', () => {
    const walkIn = anEvent('w1', 'walk-in', 'b', '07:58', {
      name: 'Lò Thị Hà',
      unit: 'Bản Mới',
      mode: 'in-person',
    });
    const events = fold(walkIn, leave('e2', 'b', 'w1'));
    expect(events.presence('w1')).toMatchObject({ state: 'left', at: 'b' });
    expect(events.own('b')).toMatchObject({ attended: 1, walkIn: 1, inRoom: 0, toResolve: 0 });
    expect([events.flags('w1'), events.flags('e2')]).toEqual([[], []]);
  });

  test('somebody of the roster without a seat is present, flagged, and no riddle', () => {
    const events = fold(arrive('e1', 'b', 'lan'), arrive('e2', 'b', 'ai-do'));
    expect(events.flags('e1')).toEqual(['not-on-list']);
    expect(events.own('b')).toMatchObject({ attended: 1, named: 1, walkIn: 0, toResolve: 1, ofExpected: 0 });
  });

  test('a guest is never absent, excused or not, and stands outside the summoned', () => {
    const excuse = anEvent('e1', 'excuse', 'a', '07:00', { person: 'khach', reason: 'bận' });
    const events = fold(excuse, close('c1', 'a'));
    expect(events.presence('khach')).toEqual({ state: 'excused', reason: 'bận' });
    expect(events.own('a')).toMatchObject({
      invited: 1,
      ofInvited: 0,
      absentWithout: 2,
      excused: 0,
      summoned: 2,
    });
  });

  test('an event of a bridge that is in no tree is not lost: it counts below the root', () => {
    const events = fold(arrive('e1', 'la', 'an'));
    expect(events.presence('an')).toMatchObject({ ...present, at: 'la' });
    expect(events.subtree('root')).toMatchObject({ attended: 1, ofExpected: 1 });
    expect(events.subtree('p')).toMatchObject({ attended: 0, attendedElsewhere: 1 });
  });

  test('two seats for one person are a mistake of the program', () => {
    const twice = [...expected, ...expects('b', ['an'])];
    expect(() => foldAttendance({ bridges: tree, expected: twice, events: [] })).toThrow(
      'expected twice: an',
    );
    expect(() => openBook(tree, twice)).toThrow('expected twice: an');
  });
});

describe('flags', () => {
  test('late-upload follows receipt, not what the device says', () => {
    const events = fold(
      recorded(close('c1', 'a'), '11:35'),
      recorded(arrive('e1', 'a', 'an', '07:30'), '11:35'),
      recorded(arrive('e2', 'a', 'binh', '07:30'), '11:36'),
      recorded(arrive('e3', 'b', 'dung', '07:30'), '13:00'),
    );
    expect([events.flags('e1'), events.flags('e2'), events.flags('e3')]).toEqual([[], ['late-upload'], []]);
  });

  test('an undo sent from above is late for the book of the bridge that it changes', () => {
    const events = fold(
      arrive('e1', 'a', 'an'),
      close('c1', 'a'),
      recorded(undo('v1', 'e1', 'p', '12:00'), '12:00'),
    );
    expect(events.flags('v1')).toEqual(['late-upload']);
  });

  test('a clock is off when the event lies after its receipt, or the server measured another offset', () => {
    const events = fold(
      recorded(arrive('e1', 'a', 'an', '09:00'), '08:00'),
      recorded(arrive('e2', 'a', 'binh', '07:59'), '08:00', 300_000),
      recorded(arrive('e3', 'b', 'dung', '07:59'), '08:00', 1_000),
    );
    expect([events.flags('e1'), events.flags('e2'), events.flags('e3')]).toEqual([
      ['clock-off'],
      ['clock-off'],
      [],
    ]);
    expect(events.presence('an')).toMatchObject(present);
  });
});

describe('figures', () => {
  test('who came to another bridge of the province is present for the province, and elsewhere for the commune', () => {
    const events = fold(arrive('e1', 'b', 'an'));
    expect(events.subtree('a')).toMatchObject({ ofExpected: 0, attendedElsewhere: 1 });
    expect(events.subtree('p')).toMatchObject({ ofExpected: 1, attendedElsewhere: 0, attended: 1 });
    expect(events.own('p')).toMatchObject({ summoned: 0, ofExpected: 0, attended: 0 });
  });

  test('a bridge where somebody was recorded is open, though nobody said so', () => {
    const events = fold(arrive('e1', 'a', 'an'), close('c1', 'b'));
    expect([events.node('a')?.state, events.node('b')?.state, events.node('z')?.state]).toEqual([
      'open',
      'closed',
      'unopened',
    ]);
    expect(events.node('p')?.progress).toEqual({ bridges: 3, opened: 2, closed: 1 });
  });

  test('two ratios: present of the summoned, and all present over the headcount last reported', () => {
    const events = fold(
      arrive('e1', 'a', 'an'),
      arrive('e2', 'a', 'khach'),
      anEvent('e3', 'count', 'a', '08:00', { point: '', counts: { partyMember: 4, other: 3 } }),
    );
    const tally = events.subtree('a');
    if (tally === undefined) throw new Error('no figures');
    expect(presentOfSummoned(tally)).toEqual({ part: 1, whole: 2 });
    expect(allPresent(tally)).toBe(9);
    expect(presentOfReported(tally, 10)).toEqual({ part: 9, whole: 10 });
    expect(presentOfReported(tally, null)).toBeNull();
  });
});

describe('a book', () => {
  test('lists who is expected at a bridge in the order of the roster, whole or a part of it', () => {
    const book = openBook(tree, expected, ['lan', 'khach', 'binh', 'an'].map(personId));
    expect(book.expectedAt(bridgeId('a'))).toEqual(['khach', 'binh', 'an']);
    expect(book.expectedAt(bridgeId('a'), 1)).toEqual(['binh', 'an']);
    expect(book.expectedAt(bridgeId('a'), 1, 2)).toEqual(['binh']);
    expect(book.expectedCount(bridgeId('a'))).toBe(3);
    expect([book.expectedAt(bridgeId('root')), book.expectedAt(bridgeId('x'))]).toEqual([[], []]);
    book.add(recorded(arrive('e1', 'la', 'an')));
    expect([book.expectedAt(bridgeId('la')), book.expectedCount(bridgeId('la'))]).toEqual([[], 0]);
  });

  test('knows where people are expected and which events it has', () => {
    const book = openBook(tree, expected, [personId('lan')]);
    book.add(recorded(arrive('e1', 'b', 'an')));
    expect(['an', 'lan', 'ai'].map((id) => book.seat(personId(id)))).toEqual(['a', null, null]);
    expect(['e1', 'e2'].map((id) => book.knows(eventId(id)))).toEqual([true, false]);
  });

  test('tells for a batch once which bridges moved, and for a repetition none', () => {
    const book = openBook(tree, expected);
    const batch = [recorded(arrive('e1', 'a', 'an')), recorded(arrive('e2', 'a', 'binh'))];
    const moved = book.addAll(batch);
    expect(moved).toHaveLength(new Set(moved).size);
    expect(moved.toSorted()).toEqual(
      tree
        .path(bridgeId('a'))
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(book.addAll(batch)).toEqual([]);
  });

  test('says of people of no list, of guests and of ids that nobody knows who they are', () => {
    const book = openBook(tree, expected);
    expect(book.standing(personId('khach'))).toBe('invited');
    expect([book.standing(personId('ai')), book.presence(personId('ai'))]).toEqual([null, null]);
  });

  test('knows the scan that another one repeats', () => {
    const book = openBook(tree, expected);
    const first = anEvent(
      'e1',
      'arrive',
      'a',
      '07:12',
      { person: 'an', mode: 'in-person' },
      { device: 'm5' },
    );
    book.addAll([recorded(first), recorded(arrive('e2', 'a', 'an', '07:41'))]);
    expect(book.clash(eventId('e2'))).toEqual({ event: 'e1', bridge: 'a', device: 'm5', time: at('07:12') });
    expect(book.clash(eventId('e1'))).toBeNull();
  });

  test('an id that is no bridge is a mistake of the program', () => {
    expect(() => openBook(tree, expected).node(bridgeId('x'))).toThrow('no bridge x');
  });

  test('grows: thousands of people, bridges that no tree has, and events keep their figures', () => {
    const book = openBook(tree, []);
    const many = Array.from({ length: 5000 }, (_, i) =>
      recorded(arrive(`e${i}`, `la-${i % 100}`, `nguoi-${i}`)),
    );
    book.addAll(many);
    expect(book.node(bridgeId('root')).subtree.toResolve).toBe(5000);
    expect(book.node(bridgeId('root')).progress).toEqual({ bridges: 105, opened: 100, closed: 0 });
    expect(book.node(bridgeId('la-7')).own.toResolve).toBe(50);
  });
});
