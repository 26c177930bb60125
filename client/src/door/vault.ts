import { database, type PasskeyWrap, type PinWrap, type Vault } from './database.ts';
import { newUuid } from '../parts/uuid.ts';
import { askPasskey, makePasskey, type PasskeyFailure } from './passkey.ts';
import { pauseLeft, pinOf } from './pin.ts';
import {
  type Bytes,
  keyFromPin,
  keyFromSecret,
  keyOf,
  measureIterations,
  newKeyBytes,
  newSalt,
  type Sealed,
  sealBytes,
  sealText,
  unsealBytes,
  unsealText,
} from './sealing.ts';

/**
 * One account's vault on this machine: a random data key that seals the lists of people and what people wrote. The key
 * itself lies here only wrapped, once for each way to open it (PIN, passkey); open, it lives in the memory of this page.
 */
export type NewLock =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'passkey'; readonly name: string };

export type Opening =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: 'wrong' | PasskeyFailure }
  | { readonly ok: false; readonly because: 'wait'; readonly ms: number };

const OPEN: Opening = { ok: true };

/** Data keys of this page, by vault. A reload forgets them: that is when the PIN is asked for. */
const keys = new Map<string, CryptoKey>();
const listeners = new Set<() => void>();

export function subscribeVaults(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}

export function isOpen(vault: string): boolean {
  return keys.has(vault);
}

/** The vaults of an account: at most one in use, and those whose PIN was forgotten. */
export async function vaultsOf(account: string): Promise<Vault[]> {
  return await database.vaults.where('account').equals(account).toArray();
}

/** The open vault in use of an account; null where there is none, or it is locked. */
export async function openVaultOf(account: string): Promise<string | null> {
  const own = await vaultsOf(account);
  const vault = own.find(({ id, retired }) => retired === 0 && keys.has(id));
  return vault?.id ?? null;
}

/** Makes a vault and leaves it open. One that the account had before is retired. */
export async function makeVault(account: string, lock: NewLock): Promise<Opening> {
  const id = newUuid(Date.now());
  const bytes = newKeyBytes();
  const wrap = await wrapOf(id, account, lock, bytes);
  if (typeof wrap === 'string') return { ok: false, because: wrap };
  const vault: Vault = { id, account, wraps: [wrap], failures: 0, failedAt: 0, retired: 0 };
  keys.set(id, await keyOf(bytes));
  bytes.fill(0);
  await database.transaction('rw', database.vaults, database.rosters, async () => {
    await retireAll(account);
    await database.vaults.add(vault);
  });
  tell();
  return OPEN;
}

/**
 * Gives the vault up, whose PIN nobody knows any more. The lists that it seals are thrown away; itself it stays while
 * events wait whose texts it seals, so that the old PIN can still open those.
 */
export async function giveUpVault(account: string): Promise<void> {
  await database.transaction('rw', database.vaults, database.rosters, () => retireAll(account));
  await dropEmptyVaults(account);
  tell();
}

async function retireAll(account: string): Promise<void> {
  await database.vaults.where('account').equals(account).modify({ retired: 1 });
  await database.rosters.where('account').equals(account).delete();
}

/** Retired vaults that seal nothing any more go. */
export async function dropEmptyVaults(account: string): Promise<void> {
  await database.transaction('rw', database.vaults, database.events, async () => {
    const retired = (await vaultsOf(account)).filter((vault) => vault.retired === 1);
    if (retired.length === 0) return;
    const events = await database.events.where('[account+state]').equals([account, 'waiting']).toArray();
    const needed = new Set(events.map((event) => event.sealed?.vault));
    const idle = retired.filter(({ id }) => !needed.has(id));
    await database.vaults.bulkDelete(idle.map(({ id }) => id));
  });
}

/** How somebody shows that the vault is theirs. */
export type Proof = { readonly kind: 'pin'; readonly pin: string } | { readonly kind: 'passkey' };

/** Opens a vault. */
export async function openVault(id: string, proof: Proof): Promise<Opening> {
  const found = await bytesBy(id, proof);
  if ('because' in found) return found;
  await opened(id, found.bytes);
  return OPEN;
}

/** Adds a way to open the vault, or puts a new PIN in the place of the old one. */
export async function addLock(id: string, proof: Proof, lock: NewLock): Promise<Opening> {
  const found = await bytesBy(id, proof);
  if ('because' in found) return found;
  const { vault, bytes } = found;
  const wrap = await wrapOf(id, vault.account, lock, bytes);
  await opened(id, bytes);
  if (typeof wrap === 'string') return { ok: false, because: wrap };
  await database.vaults.update(id, { wraps: [...vault.wraps.filter((one) => one.kind !== wrap.kind), wrap] });
  tell();
  return OPEN;
}

async function opened(id: string, bytes: Bytes): Promise<void> {
  keys.set(id, await keyOf(bytes));
  bytes.fill(0);
  await database.vaults.update(id, { failures: 0 });
  tell();
}

type Found = { readonly vault: Vault; readonly bytes: Bytes } | Extract<Opening, { ok: false }>;

/** The bytes of a vault's data key. Whoever is given them overwrites them. */
async function bytesBy(id: string, proof: Proof): Promise<Found> {
  return proof.kind === 'pin' ? await bytesByPin(id, proof.pin) : await bytesByPasskey(id);
}

/** Wrong PINs count before they are tried, so that a reload does not forget them. */
async function bytesByPin(id: string, typed: string): Promise<Found> {
  const now = Date.now();
  const tried = await database.transaction('rw', database.vaults, async () => {
    const vault = await database.vaults.get(id);
    if (vault === undefined) return null;
    const ms = pauseLeft(vault.failures, vault.failedAt, now);
    if (ms === 0) await database.vaults.update(id, { failures: vault.failures + 1, failedAt: now });
    return { vault, ms };
  });
  const wrap = tried?.vault.wraps.find((one) => one.kind === 'pin');
  if (tried === null || wrap === undefined) return { ok: false, because: 'wrong' };
  if (tried.ms > 0) return { ok: false, because: 'wait', ms: tried.ms };
  const key = await keyFromPin(pinOf(typed), wrap.salt, wrap.iterations);
  const bytes = await unsealBytes(key, headingOf(id), wrap);
  return bytes === null ? { ok: false, because: 'wrong' } : { vault: tried.vault, bytes };
}

async function bytesByPasskey(id: string): Promise<Found> {
  const vault = await database.vaults.get(id);
  const wrap = vault?.wraps.find((one) => one.kind === 'passkey');
  if (vault === undefined || wrap === undefined) return { ok: false, because: 'unable' };
  const passkey = await askPasskey(wrap.credential, wrap.salt);
  if (typeof passkey === 'string') return { ok: false, because: passkey };
  const key = await keyFromSecret(passkey.secret, wrap.salt);
  const bytes = await unsealBytes(key, headingOf(id), wrap);
  return bytes === null ? { ok: false, because: 'unable' } : { vault, bytes };
}

/** Forgets the keys that this page has. */
export function lockVaults(): void {
  keys.clear();
  tell();
}

/** Bound to its vault: a wrap that was carried over from another one does not open. */
function headingOf(id: string): string {
  return `nhipcau vault 1\n${id}`;
}

async function wrapOf(
  id: string,
  account: string,
  lock: NewLock,
  bytes: Bytes,
): Promise<PinWrap | PasskeyWrap | PasskeyFailure> {
  const salt = newSalt();
  if (lock.kind === 'pin') {
    const iterations = await measureIterations();
    const key = await keyFromPin(pinOf(lock.pin), salt, iterations);
    return { kind: 'pin', salt, iterations, ...(await sealBytes(key, headingOf(id), bytes)) };
  }
  const passkey = await makePasskey(account, lock.name, salt);
  if (typeof passkey === 'string') return passkey;
  const key = await keyFromSecret(passkey.secret, salt);
  const { credential } = passkey;
  return { kind: 'passkey', credential, salt, ...(await sealBytes(key, headingOf(id), bytes)) };
}

/** Seals a value under a vault that is open. `about` says what it is, and whose. */
export async function seal(vault: string, about: string, value: unknown): Promise<Sealed> {
  const key = keys.get(vault);
  if (key === undefined) throw new Error('the vault is locked');
  return { vault, ...(await sealText(key, about, JSON.stringify(value))) };
}

/** What was sealed; null while its vault is locked, or where it does not open. */
export async function unseal(about: string, sealed: Sealed): Promise<unknown> {
  const key = keys.get(sealed.vault);
  const text = key === undefined ? null : await unsealText(key, about, sealed);
  return text === null ? null : (JSON.parse(text) as unknown);
}
