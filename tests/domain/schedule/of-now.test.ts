import { describe, expect, test } from 'vitest';

import { sessionOfNow } from '../../../domain/schedule/of-now.ts';
import type { SessionKind } from '../../../domain/schedule/session.ts';
import type { Instant } from '../../../domain/time.ts';

const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
const session = (name: string, kind: SessionKind, from: string, until: string, takesPart = true) => ({
  name,
  kind,
  startsAt: at(from),
  endsAt: at(until),
  takesPart,
});
const lineTest = session('thử', 'line-test', '2025-01-10T08:00', '2025-01-10T10:00');
const rehearsal = session('duyệt', 'rehearsal', '2025-01-12T14:00', '2025-01-12T16:00');
const morning = session('sáng', 'session', '2025-01-13T08:00', '2025-01-13T11:30');
const afternoon = session('chiều', 'session', '2025-01-13T14:00', '2025-01-13T16:00');
const followUp = session('bù', 'follow-up', '2025-01-20T08:00', '2025-01-20T10:00');
const ALL = [followUp, afternoon, lineTest, morning, rehearsal];

describe('the session that is meant when nobody chose one', () => {
  test.each([
    ['before everything, the first real one', '2025-01-08T08:00', 'sáng'],
    ['while a line test is on, that', '2025-01-10T09:00', 'thử'],
    ['after a line test, the first real one again', '2025-01-10T12:00', 'sáng'],
    ['with the doors open, the one that begins', '2025-01-13T05:30', 'sáng'],
    ['at noon, the next one', '2025-01-13T12:30', 'chiều'],
    ['in the evening, the last real one, although a follow-up comes', '2025-01-13T20:00', 'chiều'],
    ['while a follow-up is on, that', '2025-01-20T08:30', 'bù'],
  ])('is, %s', (_, now, name) => {
    expect(sessionOfNow(ALL, at(now))?.name).toBe(name);
  });

  test('is a real one before a rehearsal that goes on at the same time', () => {
    const late = session('duyệt muộn', 'rehearsal', '2025-01-13T06:00', '2025-01-13T09:00');
    expect(sessionOfNow([late, morning], at('2025-01-13T07:00'))?.name).toBe('sáng');
  });

  test('is none that is for other bridges alone, unless there is nothing else', () => {
    const others = session('bù nơi khác', 'follow-up', '2025-01-20T08:00', '2025-01-20T10:00', false);
    expect(sessionOfNow([morning, others], at('2025-01-20T08:30'))?.name).toBe('sáng');
    expect(sessionOfNow([others], at('2025-01-20T08:30'))?.name).toBe('bù nơi khác');
    expect(sessionOfNow([], at('2025-01-20T08:30'))).toBeUndefined();
  });
});
