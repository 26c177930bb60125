import { createHash } from 'node:crypto';

import type { RecipientStatus } from '../../domain/mail/delivery-status.ts';
import type { LetterId } from '../../domain/mail/letter.ts';
import { ok, type Result } from '../../domain/result.ts';
import { Instant } from '../../domain/time.ts';
import type { ThreadFailure } from '../documents/thread.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction, type Connection } from '../platform/database.ts';
import { addReceived, isReceived, type Meaning } from './line-store.ts';
import { lettersChanged } from './live.ts';
import { MOST_BYTES, readMessage, type ReadMessage } from './reading.ts';
import { addStep, changeState, findLetter, type WholeLetter } from './store.ts';

export interface Understood {
  readonly meaning: Meaning | 'came before';
  readonly letter: LetterId | null;
}
/**
 * Takes an answer that somebody's calendar program sent: whoever asked by a letter knows what it answers. False where it answers
 * nothing of theirs. It may be called with the same answer again where the machine dies before the message is kept.
 */
export type TakeReply = (
  context: Context,
  reply: { readonly calendar: string; readonly from: string | null },
) => Promise<boolean>;
export type ReceiveFailure = ThreadFailure | { readonly reason: 'too large' };

/**
 * Takes in a message from outside: a bounce changes the letter that it is of, if that went out; an answer of a calendar is handed to
 * `takeReply`; anything else is kept by its sender, date and subject, for a person to look at. The same message once more changes
 * nothing.
 */
export async function receiveMessage(
  context: Context,
  bytes: Uint8Array,
  takeReply: TakeReply,
): Promise<Result<Understood, ReceiveFailure>> {
  if (bytes.byteLength > MOST_BYTES) return { ok: false, reason: 'too large' };
  const digest = createHash('sha256').update(bytes).digest('hex');
  const read = await readMessage(bytes);
  if (!read.ok) return read;
  if (await isReceived(context.database.read, digest)) return ok(CAME_BEFORE);
  const { status, reply: calendar, from } = read.value;
  const isAnswer = status === null && calendar !== null && (await takeReply(context, { calendar, from }));
  try {
    const understood = await transaction(context.database, (db) =>
      enter(context, db, digest, read.value, isAnswer),
    );
    await lettersChanged(context.database);
    context.audit.note({ on: { letter: understood.letter }, after: { meaning: understood.meaning } });
    return ok(understood);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return ok(CAME_BEFORE);
  }
}

const CAME_BEFORE: Understood = { meaning: 'came before', letter: null };

async function enter(
  { clock }: Context,
  db: Connection,
  digest: string,
  message: ReadMessage,
  isAnswer: boolean,
): Promise<Understood> {
  const at = clock();
  const of = await letterOf(db, message);
  const worst = worstOf(message.status?.recipients ?? []);
  const told = of === null || worst === null ? 'not understood' : MEANINGS[worst.action];
  const meaning = isAnswer ? 'answered' : told;
  const letter = told === 'not understood' ? null : of;
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
  if (letter === null || worst === null || told === 'not understood') return { meaning, letter: null };
  const said = [worst.status, worst.said].filter(Boolean).join(' ') || null;
  if (told === 'bounced')
    await changeState(db, letter, ['sent', 'sending'], 'bounced', { step: 'bounced', at, said });
  else await addStep(db, letter.id, told, at, said);
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
