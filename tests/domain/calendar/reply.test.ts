import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  readReply,
  type RawAttendee,
  type RawCalendar,
  type RawEntry,
} from '../../../domain/calendar/reply.ts';

const attendee: RawAttendee = {
  value: 'MAILTO:on@Don-Vi.example',
  partstat: 'ACCEPTED',
  name: 'Lò Thị Ổn',
  delegatedTo: null,
  delegatedFrom: null,
};
const entry: RawEntry = {
  uid: 'invitation-x@nhipcau',
  isOfOneDay: false,
  sequence: '2',
  stamp: 1_736_700_000_000,
  comment: null,
  attendees: [attendee],
};
const replied = (own: Partial<RawEntry> = {}): RawCalendar => ({
  method: 'REPLY',
  entries: [{ ...entry, ...own }],
});

describe('an answer of a calendar', () => {
  test('says who answers what, and when', () => {
    expect(readReply(replied())).toEqual({
      ok: true,
      value: {
        uid: 'invitation-x@nhipcau',
        sequence: 2,
        stamp: 1_736_700_000_000,
        from: 'on@don-vi.example',
        said: 'coming',
        delegate: null,
        comment: null,
      },
    });
  });

  test('that declines brings its reason, cleaned and not without end', () => {
    const attendees = [{ ...attendee, partstat: 'declined' }];
    const read = readReply(replied({ attendees, comment: ` Bận họp\u0000\r\n${'x'.repeat(2000)}` }));
    expect(read).toMatchObject({
      value: { said: 'not coming', comment: expect.stringMatching(/^Bận họp\nx+…$/) },
    });
    expect(read.ok && read.value.comment?.length).toBeLessThanOrEqual(501);
  });

  test('that delegates names to whom, with the name that stands beside them', () => {
    const attendees = [
      { ...attendee, partstat: 'DELEGATED', delegatedTo: 'mailto:thay@don-vi.example' },
      {
        ...attendee,
        value: 'mailto:thay@don-vi.example',
        name: 'Vi Văn Thay',
        delegatedFrom: attendee.value,
      },
    ];
    expect(readReply(replied({ attendees }))).toMatchObject({
      value: {
        from: 'on@don-vi.example',
        said: 'somebody else',
        delegate: { name: 'Vi Văn Thay', address: 'thay@don-vi.example' },
      },
    });
  });

  test.each([
    ['of another method', { ...replied(), method: 'REQUEST' }, 'no reply'],
    ['without an entry', { method: 'REPLY', entries: [] }, 'not one entry'],
    ['with several', { method: 'REPLY', entries: [entry, entry] }, 'not one entry'],
    ['of one day of several', replied({ isOfOneDay: true }), 'not one entry'],
    ['without an id', replied({ uid: null }), 'no uid'],
    ['of nobody', replied({ attendees: [] }), 'nobody answers'],
    ['of two', replied({ attendees: [attendee, attendee] }), 'nobody answers'],
    ['of what is no address', replied({ attendees: [{ ...attendee, value: 'tel:1' }] }), 'nobody answers'],
    ['that says perhaps', replied({ attendees: [{ ...attendee, partstat: 'TENTATIVE' }] }), 'undecided'],
  ])('%s is none', (_, calendar, reason) => {
    expect(readReply(calendar)).toEqual({ ok: false, reason });
  });

  test('is read or refused, whatever stands in it', () => {
    const text = fc.option(fc.string({ unit: 'binary' }));
    const anyone = fc.record({
      value: fc.oneof(fc.string(), fc.constant(attendee.value), fc.constant('mailto:%E0%A4%A')),
      partstat: text,
      name: text,
      delegatedTo: text,
      delegatedFrom: text,
    });
    const any = fc.record({
      uid: text,
      isOfOneDay: fc.boolean(),
      sequence: text,
      stamp: fc.option(fc.double()),
      comment: text,
      attendees: fc.array(anyone, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 2 }), (entries) => {
        expect(typeof readReply({ method: 'REPLY', entries }).ok).toBe('boolean');
      }),
    );
  });
});
