import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import type { Contract, Right } from '../../domain/wire/contract.ts';
import type { Context } from './context.ts';

/**
 * Ids that somebody was found to have a right to. Nothing but `server/access/gate.ts` makes them, as nobody else can
 * name the mark: a command that asks for one cannot be reached without the check.
 */
declare const minted: unique symbol;

/** `organize` includes `host`, and both include `read`: more right is assignable where less is asked. */
interface Rights {
  readonly read: { readonly read: true };
  readonly host: { readonly read: true; readonly host: true };
  readonly organize: { readonly read: true; readonly host: true; readonly organize: true };
}

export type AuthorizedConferenceId<R extends Right = 'read'> = ConferenceId & {
  readonly [minted]: Rights[R];
};
export type AuthorizedBridgeId<R extends Right = 'read'> = BridgeId & { readonly [minted]: Rights[R] };
/** A standing organizer's right over the whole installation. */
export type AuthorizedInstallation = { readonly [minted]: 'installation' };
/** Whoever is signed in. */
export type AuthorizedAccountId = AccountId & { readonly [minted]: 'account' };

export type GateRefusal = { readonly reason: 'not-signed-in' | 'forbidden' | 'not-found' };

/** Who may do what. The one implementation is `server/access/gate.ts`. */
export interface Gate {
  account(context: Context): Promise<Result<AuthorizedAccountId, GateRefusal>>;
  installation(context: Context): Promise<Result<AuthorizedInstallation, GateRefusal>>;
  /** Somebody without any role in a conference is told that there is none. */
  conference<R extends 'read' | 'organize'>(
    context: Context,
    id: ConferenceId,
    right: R,
  ): Promise<Result<AuthorizedConferenceId<R>, GateRefusal>>;
  bridge<R extends Right>(
    context: Context,
    conference: ConferenceId,
    id: BridgeId,
    right: R,
  ): Promise<Result<AuthorizedBridgeId<R>, GateRefusal>>;
}

/** What the gate mints for a contract's scope. */
export type ScopeOf<C extends Contract> = C['scope'] extends {
  readonly at: 'bridge';
  readonly right: infer R extends Right;
}
  ? AuthorizedBridgeId<R>
  : C['scope'] extends { readonly at: 'conference'; readonly right: infer R extends Right }
    ? AuthorizedConferenceId<R>
    : C['scope'] extends { readonly at: 'installation' }
      ? AuthorizedInstallation
      : C['scope'] extends { readonly at: 'account' }
        ? AuthorizedAccountId
        : undefined;

/** The conference of a contract at a bridge or a conference: whoever has a role at a bridge may read its conference. */
export type ConferenceOf<C extends Contract> = C['scope'] extends { readonly at: 'bridge' | 'conference' }
  ? AuthorizedConferenceId
  : undefined;
