import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An Ed25519 key that signs texts. */
export interface Signer {
  /** The public half, its 32 bytes in base64url: what whoever checks a signature needs. */
  readonly publicKey: string;
  /** Signature over the UTF-8 bytes of a text, in base64url. */
  sign(text: string): string;
}

/** The keys of an installation: one for the ledger's checkpoints, one for passes. */
export interface Keys {
  readonly ledger: Signer;
  readonly passes: Signer;
}

const SALT_BYTES = 16;

/** A salt for the digests of what people wrote in one event, in hexadecimal. */
export function newSalt(): string {
  return randomBytes(SALT_BYTES).toString('hex');
}

/** SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/**
 * The keys in a data folder, each in a file of its own that only its owner may read; made where there is none. They are
 * not in the database: who has a copy of it cannot sign a history of their own.
 */
export function openKeys(data: string): Keys {
  return { ledger: openKey(join(data, 'ledger.key')), passes: openKey(join(data, 'passes.key')) };
}

function openKey(file: string): Signer {
  const key = readKey(file) ?? makeKey(file);
  const { x: publicKey } = createPublicKey(key).export({ format: 'jwk' });
  if (publicKey === undefined) throw new Error(`${file} holds no Ed25519 key`);
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64url') };
}

function readKey(file: string): KeyObject | null {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Makes a key and gives it its name only when it is whole and on the disk: a start that is killed in between, or finds the disk
 * full, is tried again, and never leaves half a key that no start can read.
 */
function makeKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  mkdirSync(join(file, '..'), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
    // Refused where there is one: of two processes that start together the first one names its key, the other takes it.
    linkSync(part, file);
    return privateKey;
  } catch (error) {
    const key = readKey(file);
    if (key === null) throw error;
    return key;
  } finally {
    rmSync(part, { force: true });
  }
}
