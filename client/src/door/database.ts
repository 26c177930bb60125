import { Dexie, type EntityTable } from 'dexie';

import type { AttendanceEvent, Counts, Flag } from '../../../domain/attendance/event.ts';
import { textsOf, type Texts } from '../../../domain/ledger/form.ts';
import type { RecordAnswer, Receipt } from '../../../domain/wire/attendance.ts';
import { keptAccountId } from '../app/account.ts';
import type { Bytes, Sealed } from './sealing.ts';

/** Which door: one bridge in one session of one conference. */
export interface Place {
  readonly conference: string;
  readonly session: string;
  readonly bridge: string;
}

export function placeKey({ conference, session, bridge }: Place): string {
  return `${conference}/${session}/${bridge}`;
}

/** What one account knows of one door: several accounts on one machine do not mix. */
export function doorKey(account: string, place: Place): string {
  return `${account}/${placeKey(place)}`;
}

/** An event as it lies on the disk: ids and codes in the open, what people wrote sealed. */
export interface StoredEvent {
  id: string;
  account: string;
  place: string;
  conference: string;
  session: string;
  bridge: string;
  /**
   * `waiting` until the server has answered; `refused` where it would not have it: kept and shown, never dropped; `done`
   * afterwards, so that it can still be undone from here; `quarantined`: delivered, and waits there for a person.
   */
  state: 'waiting' | 'refused' | 'done' | 'quarantined';
  /** The event with an empty text wherever people wrote one. */
  event: AttendanceEvent;
  /** What people wrote, while no vault seals it: one or the other, or neither where nothing was written. */
  texts: Texts | null;
  sealed: Sealed | null;
  /** Whom an undo concerns, where the door knows it. */
  subject: string | null;
  keptAt: number;
  settledAt: number | null;
  reason: RecordAnswer['reason'];
  flags: Flag[];
  receipt: Receipt | null;
  /** Whether a person has put it away. */
  seen: boolean;
}

export interface PinWrap {
  readonly kind: 'pin';
  readonly salt: Bytes;
  readonly iterations: number;
  readonly iv: Bytes;
  readonly data: Bytes;
}
export interface PasskeyWrap {
  readonly kind: 'passkey';
  readonly credential: Bytes;
  readonly salt: Bytes;
  readonly iv: Bytes;
  readonly data: Bytes;
}

/** The data key of one account on this machine, wrapped by each way to open it. */
export interface Vault {
  id: string;
  account: string;
  wraps: (PinWrap | PasskeyWrap)[];
  /** Wrong PINs in a row, and when the last one was. */
  failures: number;
  failedAt: number;
  /** Its PIN was forgotten: kept for as long as events wait whose texts it seals. */
  retired: 0 | 1;
}

/** What a door last knew, sealed: it comes up again without a line. */
export interface SealedRoster {
  key: string;
  account: string;
  bridge: string;
  sealed: Sealed;
}

/** What this device last counted at its counting point. */
export interface Counter {
  key: string;
  account: string;
  point: string;
  counts: Counts;
}

/** The last head of a bridge's chain that this machine was given; it holds no names. */
export interface KeptHead {
  /** Session and bridge. */
  chain: string;
  place: number;
  hash: string;
  receivedAt: number;
  /** The server has given another hash for a place that this machine had a receipt for. */
  broken: { readonly place: number; readonly kept: string; readonly told: string } | null;
}

/** A door that was opened on this machine, by the names that stand over it; they are no people's names. */
export interface KnownDoor extends Place {
  key: string;
  account: string;
  bridgeName: string;
  at: number;
}

/** The key of this machine. Its private half cannot be read out of the browser: it signs, and that is all. */
export interface KeptKey {
  /** There is one. */
  id: 'own';
  privateKey: CryptoKey;
  /** 65 bytes in base64url. */
  publicKey: string;
  device: string;
  /** The machine that this browser was before it was revoked; null for its first key. */
  replaces: string | null;
}

/** A bridge at which this machine was revoked. */
export interface Revocation {
  bridge: string;
  at: number;
  /** The server's sentence for the host. */
  message: string;
}

class DoorDatabase extends Dexie {
  declare events: EntityTable<StoredEvent, 'id'>;
  declare vaults: EntityTable<Vault, 'id'>;
  declare rosters: EntityTable<SealedRoster, 'key'>;
  declare counts: EntityTable<Counter, 'key'>;
  declare heads: EntityTable<KeptHead, 'chain'>;
  declare doors: EntityTable<KnownDoor, 'key'>;
  declare revocations: EntityTable<Revocation, 'bridge'>;
  declare machineKeys: EntityTable<KeptKey, 'id'>;
}

/** Strict: what is in the outbox is on the disk, not in a cache of the browser, before the page says so. */
export const database = new DoorDatabase('nhipcau-door', { chromeTransactionDurability: 'strict' });
database.version(1).stores({ events: 'id, state, place', snapshots: 'place', counters: 'place' });
// Version 1 kept lists and names in the open.
database
  .version(2)
  .stores({
    events: 'id, [account+state], [account+place], state',
    snapshots: null,
    counters: null,
    vaults: 'id, account',
    rosters: 'key, account, bridge',
    counts: 'key, account',
    heads: 'chain',
    doors: 'key, account',
    revocations: 'bridge',
  })
  .upgrade((change) =>
    change
      .table<StoredEvent & { name?: string; message?: string }>('events')
      .toCollection()
      .modify((row) => {
        delete row.name;
        delete row.message;
        Object.assign(row, {
          account: keptAccountId() ?? '',
          texts: row.state === 'done' ? null : textsOf(row.event),
          event: withTexts(row.event, null),
          sealed: null,
          subject: null,
          keptAt: row.event.at,
          settledAt: null,
          reason: null,
          receipt: null,
          seen: false,
        });
      }),
  );

database.version(3).stores({ machineKeys: 'id' });

/** An event with what people wrote in it, or with an empty text in its place. */
export function withTexts(event: AttendanceEvent, texts: Texts | null): AttendanceEvent {
  const empty = Object.fromEntries(Object.keys(textsOf(event) ?? {}).map((field) => [field, '']));
  return { ...event, ...empty, ...texts };
}
