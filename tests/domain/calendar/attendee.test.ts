import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { invitedLines, type Attendee } from '../../../domain/calendar/attendee.ts';

const organizer = { name: 'Ban tổ chức', address: 'hoinghi@tinh.example' };
const attendee: Attendee = {
  name: 'Lò Thị Ổn',
  address: 'on@don-vi.example',
  role: 'REQ-PARTICIPANT',
  partstat: 'NEEDS-ACTION',
  rsvp: true,
  delegatedTo: null,
  delegatedFrom: null,
};

describe('who calls whom', () => {
  test('stands in the words of the standard', () => {
    expect(invitedLines({ organizer, attendees: [attendee] })).toEqual([
      'ORGANIZER;CN="Ban tổ chức":mailto:hoinghi@tinh.example',
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Lò Thị Ổn":mailto:on@don-vi.example',
    ]);
  });

  test('names who comes instead, and for whom', () => {
    const [, sent] = invitedLines({
      organizer,
      attendees: [{ ...attendee, partstat: 'DELEGATED', rsvp: false, delegatedTo: 'thay@don-vi.example' }],
    });
    expect(sent).toContain(';PARTSTAT=DELEGATED;RSVP=FALSE;DELEGATED-TO="mailto:thay@don-vi.example"');
    const [, came] = invitedLines({
      organizer,
      attendees: [{ ...attendee, delegatedFrom: 'on@don-vi.example' }],
    });
    expect(came).toContain(';DELEGATED-FROM="mailto:on@don-vi.example"');
  });

  test('is a line each, whatever names and addresses hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, address) => {
        const lines = invitedLines({
          organizer: { name, address: address.toWellFormed() },
          attendees: [{ ...attendee, name, address: address.toWellFormed() }],
        });
        expect(lines).toHaveLength(2);
        for (const line of lines) {
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
          // Outside of quotes there is no sign of the line's own but those that were meant.
          expect(line.replaceAll(/"[^"]*"/g, '')).toMatch(
            /^(?:ORGANIZER;CN=[A-Z-]*|ATTENDEE(?:;[A-Z-]+=[A-Z-]*){5}):mailto:[^;,"]*$/,
          );
        }
      }),
    );
  });
});
