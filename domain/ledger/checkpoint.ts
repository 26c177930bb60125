import type { Instant } from '../time.ts';
import type { Hash, Link } from './chain.ts';

/** What a checkpoint (mốc ký) says of the whole ledger, as of one place in it. */
export interface Checkpoint {
  /** 1, 2, 3, ...: each names the one before. */
  readonly number: number;
  /** The server's clock when it was signed. */
  readonly at: Instant;
  /** The ledger's last event that it covers. */
  readonly seq: number;
  readonly events: number;
  readonly chains: number;
  /** Merkle root over the heads of all chains. */
  readonly root: string;
  /** Head of the audit trail: every checkpoint vouches for it by itself, without a proof beside it. */
  readonly audit: Link;
  /** SHA-256 of the statement before; zeros before the first. */
  readonly before: string;
}

/** A checkpoint as it is signed and kept. */
export interface SignedCheckpoint {
  readonly statement: string;
  /** Ed25519 over the statement's UTF-8 bytes, in base64url. */
  readonly signature: string;
}

const FORMAT = 'nhipcau checkpoint 1';
/** What the first checkpoint has in the place of the statement before it. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** The text that is signed: fixed lines, so that a person can read and keep it. */
export function statementOf({ number, at, seq, events, chains, root, audit, before }: Checkpoint): string {
  return [
    FORMAT,
    `number ${number}`,
    `at ${at}`,
    `seq ${seq}`,
    `events ${events}`,
    `chains ${chains}`,
    `root ${root}`,
    `audit ${audit.place} ${audit.hash}`,
    `before ${before}`,
    '',
  ].join('\n');
}

const LINES =
  /^nhipcau checkpoint 1\nnumber (\d{1,15})\nat (-?\d{1,15})\nseq (\d{1,15})\nevents (\d{1,15})\nchains (\d{1,15})\nroot ([0-9a-f]{64})\naudit (\d{1,15}) ([0-9a-f]{64})\nbefore ([0-9a-f]{64})\n$/;

/** The checkpoint of a statement; null for a text that is none. */
export function readStatement(text: string): Checkpoint | null {
  const [, number, at, seq, events, chains, root, place, head, before] = LINES.exec(text) ?? [];
  if (root === undefined || head === undefined || before === undefined) return null;
  const read: Checkpoint = {
    number: Number(number),
    at: Number(at) as Instant,
    seq: Number(seq),
    events: Number(events),
    chains: Number(chains),
    root,
    audit: { place: Number(place), hash: head },
    before,
  };
  // One spelling only: no zeros before a number.
  return statementOf(read) === text ? read : null;
}

/** Crockford's alphabet: no I, L, O or U, which are mistaken for others on paper. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 80;
const FINGERPRINT = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/**
 * The short name of a statement for paper: the first 80 bits of its SHA-256, `K7QF-2M9X-4TZA-9C3D`. Whoever wanted another
 * statement with the same one would have to try some 10^24.
 */
export function fingerprintOf(statement: string, hash: Hash): string {
  let bits = BigInt(`0x${hash(statement).slice(0, BITS / 4)}`);
  let text = '';
  for (let at = 0; at < BITS / 5; at++) {
    text = `${LETTERS[Number(bits & 31n)] ?? ''}${text}`;
    bits >>= 5n;
  }
  return grouped(text);
}

/** A fingerprint as somebody typed it, in its usual spelling; null for a text that is none. */
export function readFingerprint(typed: string): string | null {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return FINGERPRINT.test(text) ? grouped(text) : null;
}

function grouped(text: string): string {
  return (text.match(/.{4}/g) ?? []).join('-');
}
