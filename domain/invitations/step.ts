import { z } from 'zod';

import { BridgeId, PersonId } from '../ids.ts';
import { Instant } from '../time.ts';

/** One person's letter of one conference: there is at most one of each person. */
export const InvitationId = z.uuid().brand<'InvitationId'>();
export type InvitationId = z.infer<typeof InvitationId>;

/**
 * `summons` (thông báo triệu tập): whoever stays away is absent. `invitation` (giấy mời): a guest who stays away is not.
 * The plan's words part them: "triệu tập" and "mời".
 */
export const LetterKind = z.enum(['summons', 'invitation']);
export type LetterKind = z.infer<typeof LetterKind>;

/** Why somebody does something, in their own words. */
export const Reason = z.string().trim().min(1).max(500);

/**
 * Whom somebody wants to send instead (người dự thay), in words: a person of the roster is made or found only once the unit
 * has agreed.
 */
export const SubstituteWords = z.object({
  name: z.string().trim().min(1).max(200),
  position: z.string().trim().max(300),
  unit: z.string().trim().max(300).nullable(),
  phone: z.string().trim().max(40).nullable(),
  email: z.string().trim().max(200).nullable(),
});
export type SubstituteWords = z.infer<typeof SubstituteWords>;

/** What somebody answers to their letter. */
export const Answer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('coming') }),
  z.object({ answer: z.literal('not-coming'), reason: Reason }),
  /** Somebody else is to come instead (cử người dự thay); their unit decides. */
  z.object({ answer: z.literal('substitute'), substitute: SubstituteWords, reason: Reason }),
]);
export type Answer = z.infer<typeof Answer>;

/** Who allowed that names change after they were frozen, and why. */
export const FreezeException = z.object({ allowedBy: z.string().trim().min(1).max(200), why: Reason });
export type FreezeException = z.infer<typeof FreezeException>;

/** One step in the life of an invitation. */
export const InvitationStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('prepared'), kind: LetterKind, bridge: BridgeId }),
  z.object({ step: z.literal('approved') }),
  /** Its letter waits for the mail server. */
  z.object({ step: z.literal('queued') }),
  /** Its letter did not go after all: taken back while it waited, or only kept in the test mode. */
  z.object({ step: z.literal('not-sent'), why: z.enum(['withdrawn', 'kept']) }),
  z.object({ step: z.literal('sent'), by: z.enum(['mail', 'paper']) }),
  /** The server of whoever it is for has taken it, or somebody has signed for the paper. */
  z.object({ step: z.literal('delivered') }),
  z.object({ step: z.literal('bounced'), why: z.string().max(2000) }),
  /** They opened their page; nothing in a mail tells. */
  z.object({ step: z.literal('opened') }),
  z.object({ step: z.literal('reminded') }),
  z.object({ step: z.literal('answered'), said: Answer }),
  z.object({ step: z.literal('substitute-accepted'), person: PersonId }),
  z.object({ step: z.literal('substitute-refused'), reason: Reason }),
  z.object({ step: z.literal('moved'), bridge: BridgeId }),
  z.object({ step: z.literal('withdrawn'), reason: Reason }),
]);
export type InvitationStep = z.infer<typeof InvitationStep>;

/** A step as it was entered: the log is only ever added to. */
export const EnteredStep = z.object({ at: Instant, what: InvitationStep });
export type EnteredStep = z.infer<typeof EnteredStep>;

/** Steps after which other names stand in the list of a venue's security. */
const CHANGES_NAMES: ReadonlySet<InvitationStep['step']> = new Set<InvitationStep['step']>([
  'prepared',
  'moved',
  'substitute-accepted',
  'withdrawn',
]);

export function changesNames({ step }: InvitationStep): boolean {
  return CHANGES_NAMES.has(step);
}
