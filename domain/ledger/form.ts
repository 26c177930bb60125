import { assertNever } from '../result.ts';
import { nfc } from '../text/normalize.ts';
import type { Hash } from './chain.ts';
import type { AttendanceEvent, Counts } from '../attendance/event.ts';

/**
 * What people wrote in an event, by field: a name, a unit, a reason. It is kept beside the ledger, where it can be erased
 * without breaking anything; the ledger itself holds digests of it.
 */
export type Texts = Readonly<Record<string, string>>;

/** The same with what its digests were salted with; salt and words are erased together. */
export interface SaltedTexts {
  readonly salt: string;
  readonly texts: Texts;
}

/** Names of the fields that follow the common ones in the ledger's form, in their order; marked where people wrote them. */
const FIELDS: Readonly<Record<AttendanceEvent['kind'], readonly (readonly [string, 'code' | 'text'])[]>> = {
  open: [],
  close: [],
  arrive: [
    ['person', 'code'],
    ['mode', 'code'],
  ],
  leave: [['person', 'code']],
  excuse: [
    ['person', 'code'],
    ['reason', 'text'],
  ],
  'walk-in': [
    ['name', 'text'],
    ['unit', 'text'],
    ['mode', 'code'],
  ],
  count: [
    ['point', 'code'],
    ['counts', 'code'],
  ],
  void: [
    ['target', 'code'],
    ['reason', 'text'],
  ],
};
/** Common fields: kind, id, session, bridge, device, at, offset. */
const COMMON = 7;

/** What people wrote in an event, in NFC; null where it holds nothing but ids and codes. */
export function textsOf(event: AttendanceEvent): Texts | null {
  switch (event.kind) {
    case 'excuse':
    case 'void':
      return { reason: nfc(event.reason) };
    case 'walk-in':
      return { name: nfc(event.name), unit: nfc(event.unit) };
    case 'open':
    case 'close':
    case 'arrive':
    case 'leave':
    case 'count':
      return null;
    default:
      return assertNever(event);
  }
}

/** Digests of what people wrote, as the ledger holds them. The salt is random and is erased together with the text. */
export function digestTexts(texts: Texts, salt: string, hash: Hash): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([field, text]) => [field, hash(`${salt}\n${field}\n${text}`)]),
  );
}

/**
 * The one spelling of an event, over which the chain is made: a JSON array of its fields in fixed order, categories sorted,
 * digests in the place of what people wrote. No key order, blank or encoding of a sender can make equal events differ.
 */
export function ledgerForm(event: AttendanceEvent, digests: Texts | null): string {
  const { kind, id, session, bridge, device, at, offset } = event;
  switch (event.kind) {
    case 'open':
    case 'close':
      return JSON.stringify([kind, id, session, bridge, device, at, offset]);
    case 'arrive':
      return JSON.stringify([kind, id, session, bridge, device, at, offset, event.person, event.mode]);
    case 'leave':
      return JSON.stringify([kind, id, session, bridge, device, at, offset, event.person]);
    case 'excuse':
      return JSON.stringify([
        kind,
        id,
        session,
        bridge,
        device,
        at,
        offset,
        event.person,
        digests?.['reason'],
      ]);
    case 'walk-in': {
      const { name, unit } = digests ?? {};
      return JSON.stringify([kind, id, session, bridge, device, at, offset, name, unit, event.mode]);
    }
    case 'count': {
      const counts = sortedCounts(event.counts);
      return JSON.stringify([kind, id, session, bridge, device, at, offset, nfc(event.point), counts]);
    }
    case 'void':
      return JSON.stringify([
        kind,
        id,
        session,
        bridge,
        device,
        at,
        offset,
        event.target,
        digests?.['reason'],
      ]);
    default:
      return assertNever(event);
  }
}

/** The form in which a new event goes into the ledger, and what people wrote in it, which stands beside. */
export function newForm(
  event: AttendanceEvent,
  newSalt: () => string,
  hash: Hash,
): { readonly form: string; readonly texts: SaltedTexts | null } {
  const texts = textsOf(event);
  if (texts === null) return { form: ledgerForm(event, null), texts: null };
  const salt = newSalt();
  return { form: ledgerForm(event, digestTexts(texts, salt, hash)), texts: { salt, texts } };
}

/** Whether what people wrote is what the digests in a form were made of. */
export function hasDigestsOf(form: string, { salt, texts }: SaltedTexts, hash: Hash): boolean {
  return ledgerForm(readForm(form, texts), digestTexts(texts, salt, hash)) === form;
}

/**
 * The event of a form that `ledgerForm` made, with what people wrote in it; where that was erased, an empty text stands in
 * its place. Throws for any other text: it never left this program.
 */
export function readForm(form: string, texts: Texts | null): AttendanceEvent {
  const fields = JSON.parse(form) as unknown[];
  const [kind, id, session, bridge, device, at, offset] = fields as [AttendanceEvent['kind'], ...unknown[]];
  const event: Record<string, unknown> = { kind, id, session, bridge, device, at, offset };
  for (const [index, [field, nature]] of FIELDS[kind].entries()) {
    event[field] = nature === 'text' ? (texts?.[field] ?? '') : fields[COMMON + index];
  }
  if (kind === 'count') event['counts'] = Object.fromEntries(event['counts'] as [string, number][]);
  return event as AttendanceEvent;
}

/** The digests that a form holds in the place of what people wrote. */
function digestsIn(form: string): Texts {
  const fields = JSON.parse(form) as [AttendanceEvent['kind'], ...unknown[]];
  return Object.fromEntries(
    FIELDS[fields[0]].flatMap(([field, nature], index) =>
      nature === 'text' ? [[field, String(fields[COMMON + index])]] : [],
    ),
  );
}

/**
 * Same event, same answer: whether an event is the one that the ledger has under its id. The device makes the id; the same
 * id with other content is an error. Of an event whose texts were erased, what is left is compared.
 */
export function isSameEvent(event: AttendanceEvent, form: string, texts: Texts | null): boolean {
  if (!form.startsWith(`["${event.kind}",`)) return false;
  try {
    if (ledgerForm(event, digestsIn(form)) !== form) return false;
  } catch {
    // A form that a failing disk has made unreadable is not this event's.
    return false;
  }
  const own = textsOf(event);
  return (
    own === null || texts === null || Object.entries(own).every(([field, text]) => texts[field] === text)
  );
}

function sortedCounts(counts: Counts): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .map(([category, heads]) => [nfc(category), heads] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
