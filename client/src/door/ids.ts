import { DeviceId, EventId } from '../../../domain/ids.ts';
import { newUuid } from '../parts/uuid.ts';

const DEVICE = 'device';

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
