import { liveQuery } from 'dexie';

import type { RecordAnswer } from '../../../domain/wire/attendance.ts';
import { database, type KeptHead, type Place } from './database.ts';

const chainOf = ({ session, bridge }: Place): string => `${session}/${bridge}`;

/**
 * Keeps the last head that the server gave for a bridge, and holds every receipt against those given before: where one
 * place has two hashes, the history on the server is not the one that this machine was told.
 */
export async function keepReceipts(place: Place, answers: readonly RecordAnswer[]): Promise<void> {
  const receipts = answers.flatMap(({ receipt }) => (receipt === null ? [] : [receipt]));
  if (receipts.length === 0) return;
  const chain = chainOf(place);
  const before = await database.heads.get(chain);
  const given = new Map(before === undefined ? [] : [[before.place, before.hash]]);
  // Nearly always a receipt lies beyond all before it; only one that does not has to be held against them.
  if (before !== undefined && receipts.some((receipt) => receipt.place <= before.place)) {
    await database.events
      .where('state')
      .equals('done')
      .and((row) => row.session === place.session && row.bridge === place.bridge)
      .each(({ receipt }) => {
        if (receipt !== null) given.set(receipt.place, receipt.hash);
      });
  }
  let head = before ?? { chain, place: 0, hash: '', receivedAt: 0, broken: null };
  for (const { place: at, hash, receivedAt } of receipts) {
    const kept = given.get(at);
    if (kept !== undefined && kept !== hash) head = { ...head, broken: { place: at, kept, told: hash } };
    given.set(at, hash);
    if (at > head.place) head = { ...head, place: at, hash, receivedAt };
  }
  await database.heads.put(head);
}

/** Tells the last head that this machine was given for a bridge, and again whenever there is a newer one. */
export function watchHead(place: Place, tell: (head: KeptHead | null) => void): () => void {
  const watching = liveQuery(() => database.heads.get(chainOf(place)));
  const subscription = watching.subscribe((head) => tell(head ?? null));
  return () => subscription.unsubscribe();
}

/** The head as a person compares it: place and first letters of the hash, in fours. */
export function shortHead({ place, hash }: { place: number; hash: string }): string {
  return `${place} · ${(hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ')}`;
}

/** The head as `ledger verify --head` takes it. */
export function copiedHead({ bridge }: Place, { place, hash }: KeptHead): string {
  return `${bridge}:${place}:${hash}`;
}
