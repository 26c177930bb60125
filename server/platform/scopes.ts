import type { Sight } from '../../domain/access/sight.ts';
import type { IMPLIED } from '../../domain/access/rights.ts';
import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { InvitationId } from '../../domain/invitations/step.ts';
import type { Result, Soon } from '../../domain/result.ts';
import type { Contract, Right } from '../../domain/wire/contract.ts';
import type { Context } from './context.ts';

/**
 * Ids that somebody was found to have a right to. Nothing but `server/access/gate.ts` makes them, as nobody else can
 * name the mark: a command that asks for one cannot be reached without the check.
 */
declare const minted: unique symbol;

/** What a scope can be marked with: a right, any role in the conference, the same right over everything below or at the level above. */
export type Mark = keyof typeof IMPLIED;

/** The marks of a set of rights, with what goes with them: more right is assignable where less is asked. */
type Marks<M extends Mark> = { readonly [Each in (typeof IMPLIED)[M][number]]: true };

export type AuthorizedConferenceId<M extends Mark = 'belong'> = ConferenceId & {
  readonly [minted]: Marks<M>;
};
/** `AuthorizedBridgeId<'people' | 'below'>` is the right to see people at the bridge and everywhere below it. */
export type AuthorizedBridgeId<M extends Mark = 'read'> = BridgeId & { readonly [minted]: Marks<M> };
/** A standing right over the whole installation. */
export type AuthorizedInstallation<M extends Mark = 'organize'> = {
  readonly [minted]: Marks<M> & { readonly installation: true };
};
/** An invitation that somebody may answer. */
export type AnsweringInvitationId = InvitationId & {
  readonly [minted]: { readonly answers: true };
};
/** The same with its conference: whoever is invited to one belongs to it. */
export interface Answering {
  readonly id: AnsweringInvitationId;
  readonly conference: AuthorizedConferenceId;
  readonly by: AnsweredBy;
}
/** By its signed link, by a reply from the address that the letter went to, or by an organizer who was told. */
export type AnsweredBy = 'link' | 'reply' | 'organizer';
/** Whoever is signed in. */
export type AuthorizedAccountId = AccountId & { readonly [minted]: 'account' };

export type GateRefusal = { readonly reason: 'not-signed-in' | 'forbidden' | 'not-found' };
type Admission<Scope> = Soon<Result<Scope, GateRefusal>>;

/**
 * Who may do what. The one implementation is `server/access/gate.ts`. For an account that it knows the answer is there at once,
 * without a promise. What somebody may not even see is `not-found`, whether it exists or not; what they see but may not
 * do is `forbidden`.
 */
export interface Gate {
  account(context: Context): Result<AuthorizedAccountId, GateRefusal>;
  installation<R extends Right>(context: Context, right: R): Admission<AuthorizedInstallation<R>>;
  conference<R extends Right | 'belong'>(
    context: Context,
    id: ConferenceId,
    right: R,
  ): Admission<AuthorizedConferenceId<R>>;
  /** The bridge itself. */
  bridge<R extends Right>(
    context: Context,
    conference: ConferenceId,
    id: BridgeId,
    right: R,
  ): Admission<AuthorizedBridgeId<R>>;
  /** The bridge and everything below it. */
  subtree<R extends Right>(
    context: Context,
    conference: ConferenceId,
    id: BridgeId,
    right: R,
  ): Admission<AuthorizedBridgeId<R | 'below'>>;
  /** The bridge, for whoever has the right at the level above it: what nobody decides for themselves. */
  fromAbove<R extends Right>(
    context: Context,
    conference: ConferenceId,
    id: BridgeId,
    right: R,
  ): Admission<AuthorizedBridgeId<R | 'above'>>;
  /**
   * An invitation, for whoever answers it. Asked for by the one that has checked what shows it: the signature of a link, the sender
   * of a reply, or the right of an organizer at the bridge that it names.
   */
  answering(
    invitation: { readonly id: InvitationId; readonly conference: ConferenceId },
    by: AnsweredBy,
  ): Answering;
  /** Which bridges of a conference the one who asks sees. */
  sight(context: Context, conference: AuthorizedConferenceId): Soon<Sight>;
}

/** What the gate mints for a contract's scope. */
export type ScopeOf<C extends Contract> = C['scope'] extends {
  readonly at: 'bridge';
  readonly right: infer R extends Right;
  readonly below: true;
}
  ? AuthorizedBridgeId<R | 'below'>
  : C['scope'] extends { readonly at: 'bridge'; readonly right: infer R extends Right }
    ? AuthorizedBridgeId<C['scope'] extends { readonly above: true } ? R | 'above' : R>
    : C['scope'] extends { readonly at: 'conference'; readonly right: infer R extends Right | 'belong' }
      ? AuthorizedConferenceId<R>
      : C['scope'] extends { readonly at: 'installation'; readonly right: infer R extends Right }
        ? AuthorizedInstallation<R>
        : C['scope'] extends { readonly at: 'account' }
          ? AuthorizedAccountId
          : undefined;

/** The conference of a contract at a bridge or a conference: whoever has a role at a bridge belongs to its conference. */
export type ConferenceOf<C extends Contract> = C['scope'] extends { readonly at: 'bridge' | 'conference' }
  ? AuthorizedConferenceId
  : undefined;
