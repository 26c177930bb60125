import { ConferenceId, type PersonId } from '../../../domain/ids.ts';
import { checkPass, type PassRefusal, type PassRules } from '../../../domain/passes/check.ts';
import { codeOfScan } from '../../../domain/passes/codes.ts';
import { civilDateOf, Instant } from '../../../domain/time.ts';
import { clockOffset } from '../api/socket.ts';
import type { Place } from './database.ts';
import type { Door } from './useDoor.ts';

/** What a door knows that passes are held against, without a network. */
export interface Gatekeeper {
  readonly conference: ConferenceId;
  /** Key of the installation, 32 bytes in base64url; null on a machine that has not been told it. */
  readonly key: string | null;
  readonly serialOf: (person: PersonId) => number;
  /** By the server's clock, as far as this device knows it. */
  readonly now: Instant;
}

export function gatekeeperOf({ conference }: Place, { roster, rowOf }: Door): Gatekeeper {
  return {
    conference: ConferenceId.parse(conference),
    key: roster?.passKey ?? null,
    serialOf: (person) => rowOf(person)?.serial ?? 1,
    now: Instant.parse(Date.now() + clockOffset()),
  };
}

/** What a scan means: somebody whose pass is good, or a code that is kept until a person finds out whose it is. */
export type Scanned =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'unknown'; readonly code: PersonId; readonly refusal: PassRefusal };

/** Reads a scan that no list knows. Nothing is ever refused: what checks nobody in is a code to be resolved. */
export async function readScan(text: string, gatekeeper: Gatekeeper): Promise<Scanned> {
  const { conference, key, serialOf, now } = gatekeeper;
  const verify: PassRules['verify'] = async (statement, signature) => {
    if (key === null) return null;
    try {
      return await (
        await verifierOf(key)
      )(signature, new TextEncoder().encode(statement));
    } catch {
      // A piece of the program is missing on this machine: the scan is kept all the same.
      return null;
    }
  };
  const today = civilDateOf(now);
  const checked = await checkPass(text, { conference, today, serialOf, verify });
  if (checked.ok) return { kind: 'person', person: checked.value };
  return { kind: 'unknown', code: await codeOfScan(text, checked, sha256), refusal: checked };
}

type Bytes = Uint8Array<ArrayBuffer>;
type Verify = (signature: Bytes, message: Bytes) => boolean | Promise<boolean>;

const verifiers = new Map<string, Promise<Verify>>();

function verifierOf(key: string): Promise<Verify> {
  const known = verifiers.get(key);
  if (known !== undefined) return known;
  const made = makeVerifier(bytesOfBase64(key));
  verifiers.set(key, made);
  // What did not come is asked for again with the next scan.
  made.catch(() => verifiers.delete(key));
  return made;
}

/** By the browser itself where it can; Chrome cannot before version 137, and pages over plain HTTP have no WebCrypto. */
async function makeVerifier(key: Bytes): Promise<Verify> {
  try {
    const own = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return (signature, message) => crypto.subtle.verify('Ed25519', own, signature, message);
  } catch {
    const { ed25519 } = await import('@noble/curves/ed25519.js');
    return (signature, message) => {
      try {
        return ed25519.verify(signature, message, key);
      } catch {
        return false;
      }
    };
  }
}

function bytesOfBase64(text: string): Bytes {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
