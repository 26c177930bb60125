import { createHash } from 'node:crypto';

import type { RecipientStatus } from '../../domain/mail/delivery-status.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import { ok, type Result } from '../../domain/result.ts';
import { Instant } from '../../domain/time.ts';
import type { ThreadFailure } from '../documents/thread.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction, type Connection } from '../platform/database.ts';
import { addReceived, type Meaning } from './line-store.ts';
import { lettersChanged } from './live.ts';
import { MOST_BYTES, readMessage, type ReadMessage } from './reading.ts';
import { addStep, changeState, findLetter, type WholeLetter } from './store.ts';

export interface Understood {
  readonly meaning: Meaning | 'came before';
  readonly letter: LetterId | null;
}
export type ReceiveFailure = ThreadFailure | { readonly reason: 'too large' };

/**
 * Takes in a message from outside: a bounce changes the letter that it is of, if that went out; anything else is kept by its sender, date
 * and subject, for a person to look at. The same message once more changes nothing.
 */
export async function receiveMessage(
  context: Context,
  bytes: Uint8Array,
): Promise<Result<Understood, ReceiveFailure>> {
  if (bytes.byteLength > MOST_BYTES) return { ok: false, reason: 'too large' };
  const digest = createHash('sha256').update(bytes).digest('hex');
  const read = await readMessage(bytes);
  if (!read.ok) return read;
  try {
    const understood = await transaction(context.database, (db) => enter(context, db, digest, read.value));
    await lettersChanged(context.database);
    context.audit.note({ on: { letter: understood.letter }, after: { meaning: understood.meaning } });
    return ok(understood);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return ok({ meaning: 'came before', letter: null });
  }
}

async function enter(
  { clock }: Context,
  db: Connection,
  digest: string,
  message: ReadMessage,
): Promise<Understood> {
  const at = clock();
  const of = await letterOf(db, message);
  const worst = worstOf(message.status?.recipients ?? []);
  const meaning = of === null || worst === null ? 'not understood' : MEANINGS[worst.action];
  const letter = meaning === 'not understood' ? null : of;
  const { sender, subject, sentAt } = message;
  const sent = Instant.safeParse(sentAt);
  await addReceived(db, {
    digest,
    at,
    meaning,
    sender,
    subject,
    letter: letter?.id ?? null,
    sentAt: sent.success ? sent.data : null,
  });
  if (letter === null || worst === null || meaning === 'not understood') return { meaning, letter: null };
  const said = [worst.status, worst.said].filter(Boolean).join(' ') || null;
  if (meaning === 'bounced')
    await changeState(db, letter, ['sent', 'sending'], 'bounced', { step: 'bounced', at, said });
  else await addStep(db, letter.id, meaning, at, said);
  return { meaning, letter: letter.id };
}

const MEANINGS = { failed: 'bounced', delayed: 'delayed', passed: 'delivered' } as const;

/** The letter that a bounce is of. One that never went out cannot have come back: whoever says so made it up. */
async function letterOf(db: Connection, { status, originalIds }: ReadMessage): Promise<WholeLetter | null> {
  if (status === null) return null;
  const ids = status.envelopeId === null ? [] : [status.envelopeId];
  const letter = await findLetter(db, originalIds, ids);
  return letter !== null && ['sent', 'sending', 'bounced'].includes(letter.state) ? letter : null;
}

function worstOf(recipients: readonly RecipientStatus[]): RecipientStatus | null {
  const [first] = (['failed', 'delayed', 'passed'] as const).flatMap(
    (action) => recipients.find((one) => one.action === action) ?? [],
  );
  return first ?? null;
}
