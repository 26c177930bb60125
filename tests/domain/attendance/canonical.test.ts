import { describe, expect, test } from 'vitest';

import { acceptEvent } from '../../../domain/attendance/accept.ts';
import { canonicalEvent, readCanonical } from '../../../domain/attendance/canonical.ts';
import type { EventId } from '../../../domain/ids.ts';
import { anEvent } from './factory.ts';

const count = (counts: Record<string, number>) =>
  canonicalEvent(anEvent('e1', 'count', 'b', '08:05', { point: 'cửa 1', counts }));
const excuse = (reason: string) =>
  canonicalEvent(anEvent('e1', 'excuse', 'a', '08:00', { person: 'an', reason }));

describe('the canonical form of an event', () => {
  test('has its fields in a fixed order, whatever order the sender wrote them in', () => {
    const event = anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' });
    const reversed = Object.fromEntries(Object.entries(event).toReversed()) as typeof event;
    expect(canonicalEvent(reversed)).toBe(canonicalEvent(event));
    expect(canonicalEvent(event)).toBe('["arrive","e1","s1","a","m1",1736728800000,0,"an","online"]');
  });

  test('has categories in order, and tells zero from none', () => {
    expect(count({ other: 4, partyMember: 38 })).toBe(count({ partyMember: 38, other: 4 }));
    expect(count({ partyMember: 38 })).not.toBe(count({ partyMember: 38, other: 0 }));
  });

  test('is the same for a text in NFC and in NFD', () => {
    expect(excuse('ốm'.normalize('NFD'))).toBe(excuse('ốm'.normalize('NFC')));
  });

  test('reads back as the event that it was made of, of every kind', () => {
    const events = [
      anEvent('e1', 'open', 'a', '07:00', {}),
      anEvent('e2', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { offset: -250 }),
      anEvent('e3', 'leave', 'a', '09:10', { person: 'an' }),
      anEvent('e4', 'excuse', 'a', '08:00', { person: 'binh', reason: 'ốm "nặng"' }),
      anEvent('e5', 'walk-in', 'b', '07:58', { name: 'Lò Thị Hà', unit: '', mode: 'in-person' }),
      anEvent('e6', 'count', 'b', '08:05', { point: 'cửa 1', counts: { other: 0, partyMember: 38 } }),
      anEvent('e7', 'void', 'a', '07:33', { target: 'e2', reason: 'nhầm' }),
      anEvent('e8', 'close', 'a', '11:35', {}),
    ];
    expect(events.map((event) => readCanonical(canonicalEvent(event)))).toEqual(events);
  });

  test('differs as soon as anything of the event differs', () => {
    const events = [
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'in-person' }),
      anEvent('e1', 'arrive', 'b', '07:40', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:41', { person: 'an', mode: 'online' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { device: 'm2' }),
      anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'online' }, { offset: 1 }),
      anEvent('e1', 'leave', 'a', '07:40', { person: 'an' }),
      anEvent('e1', 'void', 'a', '07:40', { target: 'an', reason: 'nhầm' }),
      anEvent('e1', 'walk-in', 'a', '07:40', { name: 'an', unit: '', mode: 'online' }),
      anEvent('e1', 'open', 'a', '07:40', {}),
      anEvent('e1', 'close', 'a', '07:40', {}),
    ];
    expect(new Set(events.map(canonicalEvent)).size).toBe(events.length);
  });
});

describe('taking an event into the ledger', () => {
  test('a replay gets the first answer and is not new; other content under the id is a conflict', () => {
    const first = anEvent('e1', 'arrive', 'a', '07:40', { person: 'an', mode: 'in-person' });
    const ledger = new Map<EventId, string>();
    const { content, ...answer } = acceptEvent(ledger, first);
    expect(answer).toEqual({ outcome: 'recorded', isNew: true });
    ledger.set(first.id, content);
    expect(acceptEvent(ledger, { ...first })).toMatchObject({ outcome: 'recorded', isNew: false });
    expect(acceptEvent(ledger, { ...first, offset: 1 }).outcome).toBe('conflict');
  });

  test('a ledger may keep digests in place of texts', () => {
    const event = anEvent('e1', 'excuse', 'a', '07:40', { person: 'an', reason: 'ốm' });
    const digest = (of: typeof event) => String(canonicalEvent(of).length);
    const ledger = new Map([[event.id, digest(event)]]);
    expect(acceptEvent(ledger, event, digest)).toEqual({
      outcome: 'recorded',
      isNew: false,
      content: digest(event),
    });
  });
});
