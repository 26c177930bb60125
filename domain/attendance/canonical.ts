import { assertNever } from '../result.ts';
import { nfc } from '../text/normalize.ts';
import type { AttendanceEvent, Counts } from './event.ts';

/**
 * The one spelling of an event: a JSON array with its fields in fixed order, categories sorted, free text in NFC. Two
 * events are the same exactly when these strings are; no key order, blank or encoding of a sender can make them differ.
 */
export function canonicalEvent(event: AttendanceEvent): string {
  const { kind, id, session, bridge, device, at, offset } = event;
  return JSON.stringify([kind, id, session, bridge, device, at, offset, ...contentOf(event)]);
}

/** Names of the fields that follow the common ones, in the order in which `contentOf` writes them. */
const FIELDS: Readonly<Record<AttendanceEvent['kind'], readonly string[]>> = {
  open: [],
  close: [],
  arrive: ['person', 'mode'],
  leave: ['person'],
  excuse: ['person', 'reason'],
  'walk-in': ['name', 'unit', 'mode'],
  count: ['point', 'counts'],
  void: ['target', 'reason'],
};

/** The event of a spelling that `canonicalEvent` made. Throws for any other text: it never left this program. */
export function readCanonical(text: string): AttendanceEvent {
  const [kind, id, session, bridge, device, at, offset, ...content] = JSON.parse(text) as [
    AttendanceEvent['kind'],
    ...unknown[],
  ];
  const own = Object.fromEntries(FIELDS[kind].map((field, index) => [field, content[index]]));
  if (kind === 'count') own['counts'] = Object.fromEntries(own['counts'] as [string, number][]);
  return { kind, id, session, bridge, device, at, offset, ...own } as AttendanceEvent;
}

function contentOf(event: AttendanceEvent): readonly unknown[] {
  switch (event.kind) {
    case 'open':
    case 'close':
      return [];
    case 'arrive':
      return [event.person, event.mode];
    case 'leave':
      return [event.person];
    case 'excuse':
      return [event.person, nfc(event.reason)];
    case 'walk-in':
      return [nfc(event.name), nfc(event.unit), event.mode];
    case 'count':
      return [nfc(event.point), sortedCounts(event.counts)];
    case 'void':
      return [event.target, nfc(event.reason)];
    default:
      return assertNever(event);
  }
}

function sortedCounts(counts: Counts): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .map(([category, heads]) => [nfc(category), heads] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
