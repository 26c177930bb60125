import { DeviceId, EventId } from '../../../domain/ids.ts';

const DEVICE = 'device';

/** A UUIDv7: time first, so that the ledger's index grows at its end; the rest is chance. */
export function newUuid(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now / 2 ** (40 - 8 * at)) % 256;
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function newEventId(now: number): EventId {
  return EventId.parse(newUuid(now));
}

/**
 * The id of this machine in the ledger. It follows from the machine's key; where a browser gives no cryptography it is made up, and
 * the machine cannot be paired.
 */
export function deviceId(): DeviceId {
  const kept = localStorage.getItem(DEVICE) ?? newUuid(Date.now());
  localStorage.setItem(DEVICE, kept);
  return DeviceId.parse(kept);
}

/** The machine's key is there, and with it the machine's id. */
export function keepDeviceId(device: string): void {
  if (localStorage.getItem(DEVICE) !== device) localStorage.setItem(DEVICE, device);
}

/** Tells when another tab has given this machine a new key. */
export function onOtherDeviceId(listener: () => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === DEVICE) listener();
  };
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}
