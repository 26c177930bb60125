import { z } from 'zod';

import { BridgeId, ConferenceId, PersonId } from '../ids.ts';
import { INVITATION_STATES, InvitationState, Standing } from '../invitations/life.ts';
import {
  Answer,
  FreezeException,
  InvitationId,
  InvitationStep,
  LetterKind,
  Reason,
  SubstituteWords,
} from '../invitations/step.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { contract, page, PageBody } from './contract.ts';

/** An invitation as whoever it is for may see it, and as letters are made of it. */
export const InvitationView = z.object({
  id: InvitationId,
  conference: ConferenceId,
  person: z.object({
    id: PersonId,
    name: z.string(),
    position: z.string(),
    unit: z.string().nullable(),
    email: z.string().nullable(),
  }),
  standing: Standing,
  bridge: z.object({
    id: BridgeId,
    name: z.string(),
    address: z.string().nullable(),
    /** Where it is held, as letters say it: the bridge's own address, or what the plan says of the central one. */
    venue: z.string().nullable(),
  }),
  /** Null while they have no seat at that bridge. */
  seat: z.object({ as: z.enum(['chair', 'delegate']), seatNumber: z.string().nullable() }).nullable(),
  /** Name of the bridge whose office writes the letter. */
  convenedBy: z.string(),
  /** Since when they are obliged to come without any letter; null where only the letter obliges. */
  obligedSince: Instant.nullable(),
});
export type InvitationView = z.infer<typeof InvitationView>;

const InvitationRow = z.object({
  id: InvitationId,
  person: PersonId,
  name: z.string(),
  position: z.string(),
  unit: z.string().nullable(),
  bridge: BridgeId,
  bridgeName: z.string(),
  kind: LetterKind,
  state: InvitationState,
  hasAddress: z.boolean(),
  sentAt: Instant.nullable(),
  answeredAt: Instant.nullable(),
  /** Why they do not come, why the unit says no, why it was taken back: whatever goes with the state. */
  reason: z.string().nullable(),
  /** Whom they propose, or who comes instead. */
  substitute: SubstituteWords.nullable(),
  /** The bridge where they are placed now, where that is another than the invitation names; `null` without a seat any more. */
  placedAt: z.object({ bridge: BridgeId, name: z.string() }).nullable().optional(),
});
export type InvitationRow = z.infer<typeof InvitationRow>;

const Counts = z.object(
  Object.fromEntries(INVITATION_STATES.map((state) => [state, z.int()])) as Record<
    (typeof INVITATION_STATES)[number],
    z.ZodInt
  >,
);
export type InvitationCounts = z.infer<typeof Counts>;

/** How the names of a conference stand: when they freeze, and what that asks of a change now. */
const Freeze = z.object({
  days: z.int().nullable(),
  from: Instant.nullable(),
  /** `exception`: a change of names asks who allows it and why. `over`: the conference has begun. */
  verdict: z.enum(['free', 'exception', 'over']),
});

/** What happened to an invitation, newest last. */
const LoggedStep = z.object({
  at: Instant,
  /** Who entered it; null where the program did, or whoever the invitation is for. */
  by: z.string().nullable(),
  via: z.enum(['organizer', 'link', 'reply', 'program']),
  what: InvitationStep,
  exception: FreezeException.nullable(),
});
export type LoggedStep = z.infer<typeof LoggedStep>;

const AtBridge = { at: 'bridge', right: 'organize', below: true } as const;
const Path = '/conferences/{conference}/bridges/{bridge}/invitations';
const Some = z.array(InvitationId).min(1).max(1000);
const Exception = { exception: FreezeException.nullable().default(null) };

/** Which invitations below the bridge a deed is about: those named, or all that it can be done to. */
const Which = z.object({ invitations: Some.nullable() });

const Reminding = z.object({
  /** Days before the start on which those are reminded who have not answered. */
  days: z.array(z.int().min(0).max(60)).max(10),
  /** Nobody is reminded any more, whatever the schedule says. */
  isStopped: z.boolean(),
});

export const invitationContracts = {
  searchInvitations: contract({
    method: 'post',
    path: `${Path}/search`,
    summary:
      'Invitations of a bridge and everything below it in official order, by state and name, with counts',
    scope: AtBridge,
    body: PageBody.extend({
      q: z.string().max(100).optional(),
      state: InvitationState.nullable().optional(),
    }),
    answer: page(InvitationRow).extend({
      counts: Counts,
      freeze: Freeze,
      /** How letters go: `none` where mail is not set up, `test` where none leaves the server. */
      mail: z.enum(['none', 'test', 'smtp']),
      /** People seated there who have no invitation, one of another bridge, or one and no seat any more. */
      pending: z.object({ toPrepare: z.int(), toMove: z.int(), withoutSeat: z.int() }),
    }),
    audit: 'look',
  }),
  prepareInvitations: contract({
    method: 'post',
    path: `${Path}/prepare`,
    summary:
      'Prepare an invitation for everybody seated at a bridge or below it who has none, and move those who are seated elsewhere now',
    scope: AtBridge,
    body: z.object({
      /** Invitations that were taken back and are to begin anew, these and no others; null for everybody who has none. */
      anew: Some.nullable().default(null),
      ...Exception,
    }),
    answer: z.object({ prepared: z.int(), moved: z.int() }),
  }),
  approveInvitations: contract({
    method: 'post',
    path: `${Path}/approve`,
    summary: 'Approve prepared invitations, so that they may be sent',
    scope: AtBridge,
    body: Which,
    answer: z.object({ approved: z.int() }),
  }),
  withdrawInvitations: contract({
    method: 'post',
    path: `${Path}/withdraw`,
    summary:
      'Take invitations back, with the reason; null takes back those of people without a seat any more',
    scope: AtBridge,
    body: Which.extend({ reason: Reason, ...Exception }),
    answer: z.object({ withdrawn: z.int() }),
  }),
  sendInvitations: contract({
    method: 'post',
    path: `${Path}/send`,
    summary: 'Send approved invitations by mail, or enter that they were handed over on paper',
    scope: AtBridge,
    body: Which.extend({ by: z.enum(['mail', 'paper']) }),
    answer: z.object({
      /** Letters that wait for the mail server, or papers handed over. */
      sent: z.int(),
      /** Approved ones whose person has no address, or one to which nothing can be sent. */
      withoutAddress: z.int(),
    }),
  }),
  invitation: contract({
    method: 'get',
    path: `${Path}/{invitation}`,
    summary: 'One invitation with everything that happened to it',
    scope: AtBridge,
    answer: z.object({ invitation: InvitationView, log: z.array(LoggedStep) }),
    audit: 'look',
  }),
  previewInvitation: contract({
    method: 'get',
    path: `${Path}/{invitation}/preview`,
    summary: 'The letter as its person gets it',
    scope: AtBridge,
    answer: z.object({
      to: z.string().nullable(),
      subject: z.string(),
      text: z.string(),
      /** To be shown in a frame without scripts or network. */
      html: z.string(),
    }),
    audit: 'look',
  }),
  answerInvitation: contract({
    method: 'post',
    path: `${Path}/{invitation}/answer`,
    summary: 'Write down what somebody answered by telephone or on paper',
    scope: AtBridge,
    body: z.object({ said: Answer }),
    answer: InvitationView,
  }),
  decideSubstitute: contract({
    method: 'post',
    path: `${Path}/{invitation}/substitute`,
    summary: 'Accept the substitute that somebody proposed, who gets the seat, or refuse with the reason',
    scope: AtBridge,
    body: z.discriminatedUnion('accept', [
      z.object({ accept: z.literal(true), ...Exception }),
      z.object({ accept: z.literal(false), reason: Reason }),
    ]),
    answer: InvitationView,
  }),
  securityList: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/security-list',
    summary:
      'Names for the security of the venue, with the changes since they were frozen and who allowed them',
    scope: AtBridge,
    query: z.object({ format: z.enum(['xlsx', 'csv']), language: Language.default('vi') }),
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    audit: 'look',
  }),
  invitationSettings: contract({
    method: 'get',
    path: '/conferences/{conference}/invitation-settings',
    summary: 'When names freeze, and when those are reminded who have not answered',
    scope: { at: 'conference', right: 'belong' },
    answer: z.object({
      freeze: Freeze,
      reminders: Reminding.extend({
        rounds: z.array(
          z.object({ days: z.int(), goesAt: Instant, sentAt: Instant.nullable(), reminded: z.int() }),
        ),
      }),
    }),
  }),
  setInvitationSettings: contract({
    method: 'put',
    path: '/conferences/{conference}/invitation-settings',
    summary: 'Set when names freeze and when those are reminded who have not answered, or stop reminding',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({ freezeDays: z.int().min(0).max(60).nullable(), reminders: Reminding }),
    answer: null,
  }),
};
