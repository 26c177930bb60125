import { z } from 'zod';

import { BridgeId, PersonId } from '../ids.ts';
import { assertNever, ok, type Result } from '../result.ts';
import { Instant } from '../time.ts';
import { Answer, LetterKind, SubstituteWords, type EnteredStep, type InvitationStep } from './step.ts';

/** How far the letter has come. */
export const Stage = z.enum(['prepared', 'approved', 'queued', 'sent', 'delivered', 'bounced', 'withdrawn']);
export type Stage = z.infer<typeof Stage>;

/** Whom somebody wants to send instead, and what their unit says to it. */
export const Substitute = z.object({
  words: SubstituteWords,
  state: z.enum(['proposed', 'accepted', 'refused']),
  /** Why they cannot come themselves; of a refused one why the unit says no. */
  reason: z.string(),
  /** Who it is in the roster, once they are accepted. */
  person: PersonId.nullable(),
});
export type Substitute = z.infer<typeof Substitute>;

/** Where an invitation stands. */
export const Standing = z.object({
  kind: LetterKind,
  bridge: BridgeId,
  stage: Stage,
  /** Since when whoever it is for may answer: their letter went, by mail or on paper. */
  sentAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  remindedAt: Instant.nullable(),
  answer: z.object({ said: Answer, at: Instant }).nullable(),
  substitute: Substitute.nullable(),
  /** Why it was taken back; null while it stands. */
  withdrawn: z.string().nullable(),
});
export type Standing = z.infer<typeof Standing>;

/** Where an invitation stands after its steps, in the order in which they were entered; null before it was prepared. */
export function standingOf(steps: Iterable<EnteredStep>): Standing | null {
  let standing: Standing | null = null;
  for (const entered of steps) standing = afterStep(standing, entered);
  return standing;
}

/** What does not count where it stands changes nothing: a bounce may come days after the page was opened. */
export function afterStep(standing: Standing | null, { at, what }: EnteredStep): Standing | null {
  if (what.step === 'prepared') return prepared(standing, what);
  if (standing === null || standing.stage === 'withdrawn') return standing;
  switch (what.step) {
    case 'approved':
      return standing.stage === 'prepared' ? { ...standing, stage: 'approved' } : standing;
    case 'queued':
      return mayQueue(standing) ? { ...standing, stage: 'queued' } : standing;
    case 'not-sent':
      return standing.stage === 'queued' ? { ...standing, stage: stageBefore(standing) } : standing;
    case 'sent':
      return sent(standing, at);
    case 'delivered':
      return standing.stage === 'sent' ? { ...standing, stage: 'delivered' } : standing;
    case 'bounced':
      // Whoever has opened the page has the letter, whatever a mail server says later.
      return mayBounce(standing) ? { ...standing, stage: 'bounced' } : standing;
    case 'opened':
      return wasSent(standing) ? reached(standing, at) : standing;
    case 'reminded':
      return wasSent(standing) ? { ...standing, remindedAt: at } : standing;
    case 'answered':
      return answered(standing, what.said, at);
    case 'substitute-accepted':
      return decided(standing, { state: 'accepted', person: what.person });
    case 'substitute-refused':
      return decided(standing, { state: 'refused', reason: what.reason });
    case 'moved':
      return { ...standing, bridge: what.bridge };
    case 'withdrawn':
      return { ...standing, stage: 'withdrawn', withdrawn: what.reason };
    default:
      return assertNever(what);
  }
}

/** Prepared anew after it was taken back it begins from the start. */
function prepared(
  standing: Standing | null,
  { kind, bridge }: Extract<InvitationStep, { step: 'prepared' }>,
): Standing {
  if (standing !== null && standing.stage !== 'withdrawn') return standing;
  return {
    kind,
    bridge,
    stage: 'prepared',
    sentAt: null,
    openedAt: null,
    remindedAt: null,
    answer: null,
    substitute: null,
    withdrawn: null,
  };
}

function mayQueue({ stage }: Standing): boolean {
  return stage === 'approved' || stage === 'bounced';
}

/** One that came back and is sent once more is what it was, where that letter does not go. */
function stageBefore({ sentAt }: Standing): Stage {
  return sentAt === null ? 'approved' : 'bounced';
}

function sent(standing: Standing, at: Instant): Standing {
  const { stage } = standing;
  if (stage === 'prepared' || stage === 'delivered') return standing;
  return { ...standing, stage: 'sent', sentAt: standing.sentAt ?? at };
}

function mayBounce({ stage, openedAt }: Standing): boolean {
  return openedAt === null && (stage === 'queued' || stage === 'sent' || stage === 'delivered');
}

/** Whether whoever it is for may have it in hand: one whose second letter waits has had a first. */
function wasSent({ sentAt }: Standing): boolean {
  return sentAt !== null;
}

function reached(standing: Standing, at: Instant): Standing {
  return { ...standing, stage: 'delivered', openedAt: standing.openedAt ?? at };
}

/** The last answer is the one that counts, until somebody else has their seat. */
function answered(standing: Standing, said: Answer, at: Instant): Standing {
  if (!wasSent(standing) || standing.substitute?.state === 'accepted') return standing;
  const substitute: Substitute | null =
    said.answer === 'substitute'
      ? { words: said.substitute, state: 'proposed', reason: said.reason, person: null }
      : null;
  return { ...reached(standing, at), answer: { said, at }, substitute };
}

function decided(standing: Standing, decision: Partial<Substitute> & Pick<Substitute, 'state'>): Standing {
  const { substitute } = standing;
  if (substitute?.state !== 'proposed') return standing;
  return { ...standing, substitute: { ...substitute, ...decision } };
}

/** Why a step cannot be taken. */
export const STEP_FAILURES = [
  'not prepared',
  'already prepared',
  'not approved',
  'already approved',
  'already sent',
  'not sent',
  'withdrawn',
  'replaced',
  'no substitute proposed',
  'already there',
] as const;
export type StepFailure = { readonly reason: (typeof STEP_FAILURES)[number] };

/** Whether somebody may take a step now. What only happens (a bounce, an opened page) is entered whatever stands. */
export function mayStep(standing: Standing | null, what: InvitationStep): Result<null, StepFailure> {
  const no = (reason: StepFailure['reason']): Result<null, StepFailure> => ({ ok: false, reason });
  if (what.step === 'prepared')
    return standing === null || standing.stage === 'withdrawn' ? ok(null) : no('already prepared');
  if (standing === null) return no('not prepared');
  if (standing.stage === 'withdrawn') return no('withdrawn');
  switch (what.step) {
    case 'approved':
      return standing.stage === 'prepared' ? ok(null) : no('already approved');
    case 'queued':
      if (standing.stage === 'prepared') return no('not approved');
      return mayQueue(standing) ? ok(null) : no('already sent');
    case 'sent':
      if (standing.stage === 'prepared') return no('not approved');
      return standing.stage === 'approved' || standing.stage === 'bounced' ? ok(null) : no('already sent');
    case 'answered':
      if (!wasSent(standing)) return no('not sent');
      return standing.substitute?.state === 'accepted' ? no('replaced') : ok(null);
    case 'reminded':
      return wasSent(standing) ? ok(null) : no('not sent');
    case 'substitute-accepted':
    case 'substitute-refused':
      return standing.substitute?.state === 'proposed' ? ok(null) : no('no substitute proposed');
    case 'moved':
      return what.bridge === standing.bridge ? no('already there') : ok(null);
    case 'withdrawn':
    case 'not-sent':
    case 'delivered':
    case 'bounced':
    case 'opened':
      return ok(null);
    default:
      return assertNever(what);
  }
}

/** Whether an answer is still waited for: such people are reminded, and nobody else. */
export function awaitsAnswer(standing: Standing): boolean {
  if (standing.stage === 'withdrawn' || !wasSent(standing)) return false;
  return standing.answer === null || standing.substitute?.state === 'refused';
}

/** Where an invitation stands in one word, by which it is listed and counted: each is in exactly one state. */
export const INVITATION_STATES = [
  'prepared',
  'approved',
  'queued',
  'bounced',
  'unanswered',
  'coming',
  'not-coming',
  'substitute-proposed',
  'substitute-accepted',
  'substitute-refused',
  'withdrawn',
] as const;
export const InvitationState = z.enum(INVITATION_STATES);
export type InvitationState = z.infer<typeof InvitationState>;

/** The state by which an invitation is listed: what its person said counts before how its letter went. */
export function stateOf({ stage, answer, substitute }: Standing): InvitationState {
  if (stage === 'withdrawn') return 'withdrawn';
  if (substitute !== null) return `substitute-${substitute.state}`;
  if (answer !== null) return answer.said.answer === 'coming' ? 'coming' : 'not-coming';
  return stage === 'sent' || stage === 'delivered' ? 'unanswered' : stage;
}
