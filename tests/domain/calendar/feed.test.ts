import { describe, expect, test } from 'vitest';

import type { CalendarDeadline, CalendarSession } from '../../../domain/calendar/content.ts';
import { feedEvents } from '../../../domain/calendar/feed.ts';
import { ConferenceId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';

const at = (iso: string): Instant => Date.parse(`${iso}:00+07:00`) as Instant;
const conference = {
  id: ConferenceId.parse('hn'),
  title: 'Hội nghị toàn quốc về khoa học, công nghệ',
  number: '25-KH/TƯ',
};
const session = (changes: Partial<CalendarSession> = {}): CalendarSession => ({
  id: SessionId.parse('s1'),
  conference,
  kind: 'rehearsal',
  title: 'Chạy thử toàn bộ chương trình',
  doorsAt: at('2025-01-12T13:30'),
  startsAt: at('2025-01-12T14:00'),
  endsAt: at('2025-01-12T16:00'),
  venue: 'Hội trường Ặ',
  revision: 4,
  cancelled: null,
  ...changes,
});
const deadline = (changes: Partial<CalendarDeadline> = {}): CalendarDeadline => ({
  key: 'duty-3',
  conference,
  dueBefore: at('2025-01-10T00:00'),
  text: null,
  owner: 'Các tỉnh ủy',
  bridgeName: null,
  ...changes,
});
const link = (id: string, day: string) => `https://nhipcau.vn/${id}/${day}`;
const one = (content: { sessions?: CalendarSession[]; deadlines?: CalendarDeadline[] }) => {
  const events = feedEvents({ sessions: [], deadlines: [], ...content }, link, 'vi');
  expect(events).toHaveLength(1);
  return events[0]!;
};

describe('a session in a calendar', () => {
  test('says what kind it is, of which conference, where, and when the doors open', () => {
    expect(one({ sessions: [session()] })).toMatchObject({
      uid: 'session-s1@nhipcau',
      sequence: 4,
      time: { from: at('2025-01-12T14:00'), until: at('2025-01-12T16:00') },
      summary: 'Tổng duyệt: Chạy thử toàn bộ chương trình - Hội nghị toàn quốc về khoa học, công nghệ',
      description: ['Mở cửa lúc 13:30.', 'Hội nghị toàn quốc về khoa học, công nghệ', 'Kế hoạch số 25-KH/TƯ'],
      location: 'Hội trường Ặ',
      url: 'https://nhipcau.vn/hn/2025-01-12',
      status: 'CONFIRMED',
      busy: true,
    });
  });

  test('does not say its kind or its conference twice', () => {
    expect(one({ sessions: [session({ title: 'Tổng duyệt lần 2' })] }).summary).toBe(
      'Tổng duyệt lần 2 - Hội nghị toàn quốc về khoa học, công nghệ',
    );
    const own = session({ kind: 'session', title: conference.title, doorsAt: null });
    expect(one({ sessions: [own] })).toMatchObject({
      summary: conference.title,
      description: ['Kế hoạch số 25-KH/TƯ'],
    });
  });

  test('that was called off stays, says so, and leaves the calendar of whoever had it', () => {
    const off = session({ cancelled: { reason: 'Mưa bão' }, revision: 5 });
    expect(one({ sessions: [off] })).toMatchObject({
      uid: 'session-s1@nhipcau',
      sequence: 5,
      status: 'CANCELLED',
      busy: false,
      summary: expect.stringMatching(/^Đã hủy: Tổng duyệt/),
      description: expect.arrayContaining(['Đã hủy. Lý do: Mưa bão']),
    });
  });
});

describe('a deadline in a calendar', () => {
  test('"trước ngày 10/01" is the whole day before', () => {
    expect(one({ deadlines: [deadline()] })).toMatchObject({
      uid: 'deadline-hn-duty-3@nhipcau',
      time: { day: '2025-01-09' },
      summary: 'Hạn: báo cáo số lượng đại biểu - Hội nghị toàn quốc về khoa học, công nghệ',
      url: 'https://nhipcau.vn/hn/2025-01-09',
      busy: false,
    });
  });

  test('of an hour is the half hour before it', () => {
    const due = deadline({
      dueBefore: at('2025-01-10T17:00'),
      text: 'Gửi danh sách',
      bridgeName: 'Tỉnh Mây Ngàn',
    });
    expect(one({ deadlines: [due] })).toMatchObject({
      time: { from: at('2025-01-10T16:30'), until: at('2025-01-10T17:00') },
      summary: 'Hạn: Gửi danh sách, Tỉnh Mây Ngàn - Hội nghị toàn quốc về khoa học, công nghệ',
      description: expect.arrayContaining(['Gửi danh sách', 'Thực hiện: Các tỉnh ủy']),
    });
  });
});

test('entries stand by time, whatever they are', () => {
  const events = feedEvents(
    {
      sessions: [session()],
      deadlines: [deadline(), deadline({ key: 'x', dueBefore: at('2025-02-01T00:00') })],
    },
    link,
    'vi',
  );
  expect(events.map(({ uid }) => uid)).toEqual([
    'deadline-hn-duty-3@nhipcau',
    'session-s1@nhipcau',
    'deadline-hn-x@nhipcau',
  ]);
});
