import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { foldAttendance } from '../../domain/attendance/fold.ts';
import { OPENS } from '../../domain/attendance/node.ts';
import { newUuid } from '../../client/src/parts/uuid.ts';
import { type OwnEvent, withOwn } from '../../client/src/door/overlay.ts';
import type { Roster } from '../../client/src/door/roster.ts';
import {
  aBridge,
  anEvent,
  bridgeId,
  expects,
  personId,
  recorded,
  treeOf,
} from '../domain/attendance/factory.ts';

const HERE = 'xa';
const PEOPLE = ['p1', 'p2', 'p3', 'guest'];
const INVITED = ['guest'];
const TREE = treeOf([aBridge('tu', null), aBridge(HERE, 'tu')]);
const SEATS = expects(HERE, PEOPLE, INVITED);

/** A door that has just read its list, before anybody came. */
const EMPTY: Roster = {
  bridgeName: 'Xã',
  passKey: '',
  people: SEATS.map(({ person, basis }) => ({
    person,
    name: person,
    position: '',
    unit: null,
    basis,
    expectedHere: true,
    presence: { state: 'unmarked' },
    serial: 1,
  })),
  head: { state: 'unopened', walkIns: [], counted: {}, others: null },
  mark: { sequence: 0, changedAt: 0, revision: '' },
  keptAt: 0,
};

type Deed =
  | { readonly kind: 'arrive' | 'leave' | 'excuse'; readonly who: number; readonly online: boolean }
  | { readonly kind: 'open' | 'close' | 'reopen' | 'walk-in' }
  | { readonly kind: 'count'; readonly point: string; readonly heads: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('arrive', 'leave', 'excuse'),
    who: fc.nat({ max: PEOPLE.length - 1 }),
    online: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('open', 'close', 'reopen', 'walk-in') }),
  fc.record({
    kind: fc.constant('count' as const),
    point: fc.constantFrom('cửa 1', 'cửa 2'),
    heads: fc.nat({ max: 9 }),
  }),
);

/** What one machine writes down, one thing after the other. */
function eventsOf(deeds: readonly Deed[]): AttendanceEvent[] {
  const events: AttendanceEvent[] = [];
  const closes: string[] = [];
  for (const [index, one] of deeds.entries()) {
    const time = `07:${String(index).padStart(2, '0')}:00`;
    const id = newUuid(1_736_700_000_000 + index * 60_000);
    switch (one.kind) {
      case 'arrive':
        events.push(
          anEvent(id, 'arrive', HERE, time, {
            person: PEOPLE[one.who] ?? '',
            mode: one.online ? 'online' : 'in-person',
          }),
        );
        break;
      case 'leave':
        events.push(anEvent(id, 'leave', HERE, time, { person: PEOPLE[one.who] ?? '' }));
        break;
      case 'excuse':
        events.push(
          anEvent(id, 'excuse', HERE, time, { person: PEOPLE[one.who] ?? '', reason: `lý do ${index}` }),
        );
        break;
      case 'walk-in':
        events.push(anEvent(id, 'walk-in', HERE, time, { name: 'Khách', unit: '', mode: 'in-person' }));
        break;
      case 'count':
        events.push(anEvent(id, 'count', HERE, time, { point: one.point, counts: { other: one.heads } }));
        break;
      case 'open':
        events.push(anEvent(id, 'open', HERE, time, {}));
        break;
      case 'close':
        // A closed door offers no second close, and one that nobody opened offers none.
        if (closes.length > 0 || !events.some(({ kind }) => OPENS.has(kind))) break;
        closes.push(id);
        events.push(anEvent(id, 'close', HERE, time, {}));
        break;
      case 'reopen': {
        const target = closes.pop();
        if (target !== undefined) events.push(anEvent(id, 'void', HERE, time, { target, reason: 'Mở lại' }));
        break;
      }
      default:
    }
  }
  return events;
}

function folded(events: readonly AttendanceEvent[]) {
  const { presence, nodes } = foldAttendance({
    bridges: TREE,
    expected: SEATS,
    events: events.map((event) => recorded(event)),
  });
  const node = nodes.get(bridgeId(HERE));
  return {
    people: Object.fromEntries(PEOPLE.map((id) => [id, presence.get(personId(id))])),
    state: node?.state,
    walkIns: node?.own.walkIn,
    counted: node?.own.counted,
  };
}

function shown({ people, head }: Roster) {
  return {
    people: Object.fromEntries(people.map((row) => [row.person, row.presence])),
    state: head.state,
    walkIns: head.walkIns.length,
    counted: head.counted,
  };
}

test('what a door shows of its own entries is what the ledger makes of them, all at once or one by one', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
      const events = eventsOf(deeds);
      const own: OwnEvent[] = events.map((event) => ({ event, subject: null }));
      const expected = folded(events);
      expect(shown(withOwn(EMPTY, own, own).roster)).toEqual(expected);
      const settled = own.reduce(
        (roster, one, at) => withOwn(roster, [one], own.slice(0, at + 1)).roster,
        EMPTY,
      );
      expect(shown(settled)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('an entry that the list has already changes nothing', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 12 }), (deeds) => {
      const own = eventsOf(deeds)
        .filter(({ kind }) => kind === 'arrive' || kind === 'open' || kind === 'walk-in')
        .map((event) => ({ event, subject: null }));
      const once = withOwn(EMPTY, own, own).roster;
      expect(withOwn(once, own, own).roster).toEqual(once);
    }),
  );
});
