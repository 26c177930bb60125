import type { DeliveryStatus } from '../../domain/mail/delivery-status.ts';
import type { Result } from '../../domain/result.ts';
import { inThread, type ThreadFailure } from '../documents/thread.ts';

/** What is made of a message that came in. */
export interface ReadMessage {
  readonly sender: string | null;
  /** The sender's address alone. */
  readonly from: string | null;
  readonly subject: string | null;
  /** As the message says; null where that is no date. */
  readonly sentAt: number | null;
  /** Of a bounce: what mail servers say, and the Message-IDs of the letter that it came back with. */
  readonly status: DeliveryStatus | null;
  readonly originalIds: readonly string[];
  /** Of an answer that somebody's calendar program sends (`text/calendar; method=REPLY`): the calendar as it came. */
  readonly reply: string | null;
}

/** A bounce brings its letter back whole at most; whatever is larger is none. */
export const MOST_BYTES = 10_000_000;

const PROGRAM = new URL('./mail-worker.ts', import.meta.url);
const BOUNDS = { longestMs: 20_000, largestMB: 256 };

/** Reads a message in a thread of its own. What is no message is one without anything in it. */
export async function readMessage(bytes: Uint8Array): Promise<Result<ReadMessage, ThreadFailure>> {
  return await inThread<ReadMessage>(PROGRAM, bytes, BOUNDS);
}
