import type { calendars as vi } from '../vi/calendars.ts';

export const calendars = {
  calendars: {
    open: 'Add to a calendar app',
    title: 'Add this schedule to your calendar app',
    what: 'Your phone and computer will follow sessions, rehearsals, line tests and deadlines by themselves. What is called off says so.',
    of: 'Which schedule',
    mine: 'My schedule',
    ofBridge: 'One bridge',
    mineMore: 'Every conference in which you have a role.',
    bridge: 'Bridge',
    bridgeMore:
      'The sessions that this bridge takes part in and its own report deadlines, also in later conferences of its unit.',
    pickBridge: 'Choose a bridge.',
    make: 'Make a link',
    made: 'A link was made for {{name}}',
    subscribe: 'Open in a calendar app',
    copy: 'Copy the link',
    copied: 'Copied',
    scan: 'Or scan this code with a phone:',
    qr: 'QR code of the calendar link',
    once: 'The link is shown only now. Whoever has it can read the schedule, so keep it to yourself; if it gets out, end it.',
    list: 'Links in use',
    createdAt: 'made at {{at}}',
    never: 'not read by any app yet',
    readAt: 'last read {{at}}',
    lost: 'A bridge that you do not see any more',
    end: 'End',
    endOf: 'End the link {{name}}, made at {{at}}',
  },
} satisfies typeof vi;
