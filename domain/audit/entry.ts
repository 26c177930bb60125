import type { AccountId } from '../ids.ts';
import { startOf, type Hash, type Link } from '../ledger/chain.ts';
import { digestTexts, type SaltedTexts, type Texts } from '../ledger/form.ts';
import { nfc } from '../text/normalize.ts';
import type { Instant } from '../time.ts';

/**
 * What an entry of the audit trail (nhật ký kiểm tra) says was done.
 * - `look`: people were shown.
 * - `asked`: a change is about to be made; whatever happens then, that it was asked for stays.
 * - `done`, `refused`: what became of it. An `asked` without either was cut short.
 */
export type Step = 'look' | 'asked' | 'done' | 'refused';

/** Who did it: an account, whoever works at the server itself, somebody not signed in, or the program by itself. */
export type Doer = AccountId | 'operator' | 'nobody' | 'program';

/** On what: the kind of a thing and its id, as in `['bridge', '…']`. */
export type On = readonly [kind: string, id: string];

/** What an entry says in ids and codes. It stays for ever. */
export interface Deed {
  readonly step: Step;
  /** The server's own, a UUID. */
  readonly id: string;
  /** Name of the route or message, or `cli …` of a command. */
  readonly act: string;
  readonly by: Doer;
  readonly on: readonly On[];
  /** The `asked` that it is the outcome of. */
  readonly of: string | null;
  /** Why it was refused: a code of `PROBLEMS`. */
  readonly reason: string | null;
}

/** What else an entry holds, as texts: it can be erased, and the trail has digests of it. */
export const FIELDS = ['who', 'address', 'agent', 'username', 'filter', 'before', 'after'] as const;
export type Field = (typeof FIELDS)[number];
export type Words = Readonly<Partial<Record<Field, string>>>;

/** Separates ids of accounts from what stands in their place. */
const MARK = '*';

/**
 * The one spelling of an entry, over which its digest is made: a JSON array of its fields in fixed order, what it is on
 * sorted, digests by the order of `FIELDS`.
 */
export function auditForm({ step, id, act, by, on, of, reason }: Deed, digests: Texts): string {
  const sorted = [...on].toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1));
  const given = FIELDS.flatMap((field) => {
    const digest = digests[field];
    return digest === undefined ? [] : [[field, digest]];
  });
  const doer = by === 'operator' || by === 'nobody' || by === 'program' ? `${MARK}${by}` : by;
  return JSON.stringify([step, id, act, doer, sorted, of, reason, given]);
}

/** The form of a new entry, and the words beside it. */
export function newAuditForm(
  deed: Deed,
  words: Words,
  newSalt: () => string,
  hash: Hash,
): { readonly form: string; readonly texts: SaltedTexts | null } {
  const texts = Object.fromEntries(
    Object.entries(words).flatMap(([field, text]) => (text === undefined ? [] : [[field, nfc(text)]])),
  );
  if (Object.keys(texts).length === 0) return { form: auditForm(deed, {}), texts: null };
  const salt = newSalt();
  return { form: auditForm(deed, digestTexts(texts, salt, hash)), texts: { salt, texts } };
}

type Form = readonly [Step, string, string, string, On[], string | null, string | null, [string, string][]];

/** What a form that `auditForm` made says, and the digests in it. Throws for any other text. */
export function readAuditForm(form: string): { readonly deed: Deed; readonly digests: Texts } {
  const [step, id, act, doer, on, of, reason, digests] = JSON.parse(form) as Form;
  const by = (doer.startsWith(MARK) ? doer.slice(MARK.length) : doer) as Doer;
  return { deed: { step, id, act, by, on, of, reason }, digests: Object.fromEntries(digests) };
}

/** Whether the words beside an entry are those that its digests were made of, all of them. */
export function hasWordsOf(form: string, { salt, texts }: SaltedTexts, hash: Hash): boolean {
  const { deed } = readAuditForm(form);
  return auditForm(deed, digestTexts(texts, salt, hash)) === form;
}

/** Where the trail of an installation begins. */
export function firstAuditLink(hash: Hash): Link {
  return startOf('nhipcau audit 1', hash);
}

/**
 * What of an entry goes into the chain: a digest of its form. So an entry can be left out of an export, and the chain is
 * still seen to hold over it.
 */
export function linkedForm(form: string, hash: Hash): string {
  return hash(`nhipcau audit entry 1\n${form}`);
}

/** An entry with its place in the trail. */
export interface AuditEntry {
  readonly place: number;
  readonly at: Instant;
  readonly form: string;
  /** Head of the trail after it. */
  readonly hash: string;
  /** Null where there were none, or where they were erased or left out. */
  readonly texts: SaltedTexts | null;
}
