import { PersonId } from '../ids.ts';
import { nfc } from '../text/normalize.ts';
import type { PassRefusal } from './check.ts';

/**
 * What was scanned and checks nobody in. `code`: no pass at all. The others are passes, and say what is the matter with
 * them.
 */
export const SCAN_KINDS = [
  'code',
  'damaged',
  'newer',
  'unchecked',
  'forged',
  'other-conference',
  'expired',
  'replaced',
] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/** An unknown code (mã lạ) as pages tell of it. */
export interface UnknownCode {
  readonly kind: ScanKind;
  /** Whom a pass was issued for, where its signature was right: a proposal, no more. */
  readonly person: PersonId | null;
  /** What is left to tell it by: the code itself, or the beginning of a digest. */
  readonly label: string;
}

const KIND_OF = {
  'no pass': 'code',
  damaged: 'damaged',
  'newer version': 'newer',
  unchecked: 'unchecked',
  forged: 'forged',
  'other conference': 'other-conference',
  expired: 'expired',
  replaced: 'replaced',
} as const satisfies Record<PassRefusal['reason'], ScanKind>;

/** What an id is made of. Anything else, a page of text or the data of a citizen's card, is nothing for a ledger. */
const PLAIN = /^[\p{L}\p{N}._-]{1,64}$/u;
/** A citizen's number has twelve digits. */
const CITIZEN_NUMBER = /^\d{12}$/;
const MOST = 64;
const DIGEST_DIGITS = 20;

/**
 * The id under which a scan that checks nobody in is kept, the same for the same scan on every machine. A short code
 * stands for itself; a pass with a right signature for its person, under what is the matter with it; everything else is a
 * digest.
 *
 * @param hash SHA-256 of a text's UTF-8 bytes, in hexadecimal
 */
export async function codeOfScan(
  text: string,
  refusal: PassRefusal,
  hash: (text: string) => Promise<string>,
): Promise<PersonId> {
  const kind = KIND_OF[refusal.reason];
  const scanned = nfc(text.trim());
  if (kind === 'code' && PLAIN.test(scanned) && !CITIZEN_NUMBER.test(scanned)) return PersonId.parse(scanned);
  if ('person' in refusal && refusal.person !== null) {
    const code = `${kind}:${refusal.person}`;
    if (code.length <= MOST) return PersonId.parse(code);
  }
  return PersonId.parse(`${kind}:#${(await hash(scanned)).slice(0, DIGEST_DIGITS)}`);
}

/** What an id says that `codeOfScan` made; any other id is a code that stands for itself. */
export function readCode(code: PersonId): UnknownCode {
  const [, kind = '', rest = ''] = /^([a-z-]+):(.+)$/s.exec(code) ?? [];
  const known = SCAN_KINDS.find((one) => one === kind);
  if (known === undefined) return { kind: 'code', person: null, label: code };
  if (rest.startsWith('#')) return { kind: known, person: null, label: rest.slice(1, 9) };
  return { kind: known, person: PersonId.parse(rest), label: rest };
}
