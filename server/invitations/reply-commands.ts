import { invitationOfUid } from '../../domain/calendar/inviting.ts';
import { answerIn } from '../../domain/invitations/replied.ts';
import { InvitationId } from '../../domain/invitations/step.ts';
import type { Instant } from '../../domain/time.ts';
import { readTold, writeAnswered } from '../calendars/inviting-store.ts';
import { readReplyText } from '../calendars/reading.ts';
import type { TakeReply } from '../mail/receive-commands.ts';
import type { Gate } from '../platform/scopes.ts';
import { enterAnswer } from './answer-commands.ts';
import { readInvitation } from './store.ts';

/**
 * Takes the answer that somebody's calendar program sends to their letter. It counts from the address alone that the letter went to,
 * and for the entry as it was told last; one that is older than another that was taken changes nothing.
 */
export function takeReplies(gate: Pick<Gate, 'answering'>): TakeReply {
  return async (context, { calendar, from }) => {
    const { database, clock } = context;
    const read = await readReplyText(calendar);
    if (!read.ok) return false;
    const reply = read.value;
    const said = answerIn(reply);
    const id = InvitationId.safeParse(invitationOfUid(reply.uid));
    if (said === null || !id.success) return false;
    const [invitation, told] = await Promise.all([
      readInvitation(database.read, id.data),
      readTold(database.read, id.data),
    ]);
    if (invitation === null || told === null) return false;
    if (![reply.from, from].every((address) => isSame(address, told.address))) return false;
    if (reply.sequence !== null && reply.sequence < told.sequence) return false;
    // A clock that is ahead must not keep later answers out.
    const at = Math.min(reply.stamp ?? clock(), clock()) as Instant;
    if (told.answeredAt !== null && at < told.answeredAt) return true;
    const entered = await enterAnswer(context, gate.answering(invitation, 'reply'), said);
    if (entered.ok) await writeAnswered(database.write, id.data, at);
    return entered.ok;
  };
}

/** Mail servers keep to small and large letters before the at sign; people and their programs do not. */
function isSame(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}
