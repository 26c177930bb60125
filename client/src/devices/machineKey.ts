import {
  deviceIdOf,
  lineText,
  requestText,
  SIGNATURE_HEADER,
  writeSignature,
} from '../../../domain/devices/proof.ts';
import type { DeviceProof } from '../../../domain/wire/devices.ts';
import type { WireRequest } from '../../../domain/wire/request.ts';
import { database, type KeptKey } from '../door/database.ts';
import { keepDeviceId, onOtherDeviceId } from '../door/ids.ts';
import { CAN_SEAL } from '../door/sealing.ts';

/**
 * The key of this machine: made once in this browser, of which nobody can read the private half, not even this page. P-256, as the
 * browsers of Windows 7 know no other curve for signatures.
 */
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

const OWN = 'own';
let known: KeptKey | null = null;
let opening: Promise<KeptKey | null> | null = null;
const listeners = new Set<() => void>();

onOtherDeviceId(() => {
  known = null;
  opening = null;
  for (const listener of listeners) listener();
});

/** Tells when this machine has another key than before: whatever was proven with the old one is over. */
export function onNewKey(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The key that this machine has; null while it has none, or where the browser gives no cryptography. */
export async function keptKey(): Promise<KeptKey | null> {
  if (!CAN_SEAL) return null;
  if (known !== null) return known;
  const found = await database.machineKeys.get(OWN);
  return found === undefined ? null : take(found);
}

/** The machine's key, made where there is none; null where the browser gives no cryptography. */
export function machineKey(): Promise<KeptKey | null> {
  opening ??= CAN_SEAL ? openKey().catch(giveUp) : Promise.resolve(null);
  return opening;
}

/** Without a place to keep a key there is none; asked again next time. */
function giveUp(): null {
  opening = null;
  return null;
}

async function openKey(): Promise<KeptKey> {
  const found = await database.machineKeys.get(OWN);
  if (found !== undefined) return take(found);
  const fresh = await makeKey(null);
  // Two tabs at once: the first one's key stays.
  const kept = await database.transaction('rw', database.machineKeys, async () => {
    const other = await database.machineKeys.get(OWN);
    if (other === undefined) await database.machineKeys.add(fresh);
    return other ?? fresh;
  });
  take(kept);
  for (const listener of listeners) listener();
  return kept;
}

/** Gives this machine a new key in the place of a revoked one: from now on it is a new machine. */
export async function replaceKey(): Promise<KeptKey | null> {
  const before = await machineKey();
  if (before === null) return null;
  const fresh = await makeKey(before.device);
  await database.machineKeys.put(fresh);
  opening = Promise.resolve(take(fresh));
  for (const listener of listeners) listener();
  return fresh;
}

function take(key: KeptKey): KeptKey {
  known = key;
  keepDeviceId(key.device);
  return key;
}

async function makeKey(replaces: string | null): Promise<KeptKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
  const device = deviceIdOf(hex(await digest(point)));
  return { id: OWN, privateKey, publicKey: base64url(point), device, replaces };
}

async function sign({ privateKey }: KeptKey, text: string): Promise<string> {
  const bytes = await crypto.subtle.sign(SIGNING, privateKey, new TextEncoder().encode(text));
  return base64url(new Uint8Array(bytes));
}

/** What this machine says first on a line. */
export async function proofFor(key: KeptKey, line: string): Promise<DeviceProof> {
  return { key: key.publicKey, signature: await sign(key, lineText(line)) };
}

/** Signs a request as this machine; without a key it goes as it is. */
export async function signRequest(request: WireRequest, at: number): Promise<WireRequest> {
  const key = await machineKey();
  if (key === null) return request;
  const { method, url, body, headers } = request;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array());
  const text = requestText({ method, target: url, at: Math.round(at), body: hex(await digest(bytes)) });
  const signature = await sign(key, text);
  const signed = writeSignature({ key: key.publicKey, at: Math.round(at), signature });
  return { ...request, headers: { ...headers, [SIGNATURE_HEADER]: signed } };
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
