import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { assertNever, ok, type Result } from '../../domain/result.ts';
import type { Grant } from '../../domain/wire/access.ts';
import type { Right } from '../../domain/wire/contract.ts';
import type { Context } from '../platform/context.ts';
import type {
  AuthorizedAccountId,
  AuthorizedBridgeId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
  Gate,
  GateRefusal,
} from '../platform/scopes.ts';
import { conferenceExists, grantsAt, grantsOf } from './store.ts';

/** What the gate must know of bridges. */
export interface BridgeLookup {
  /** The bridge itself and those above it, bottom up; empty where the conference has no such bridge. */
  path(context: Context, conference: ConferenceId, bridge: BridgeId): Promise<readonly BridgeId[]>;
}

/** Whoever works at the machine itself may do everything; what does not exist is still told. */
export interface Operator {
  readonly installation: AuthorizedInstallation;
  conference(id: ConferenceId): Promise<Result<AuthorizedConferenceId<'organize'>, NotFound>>;
  bridge(conference: ConferenceId, id: BridgeId): Promise<Result<AuthorizedBridgeId<'organize'>, NotFound>>;
}
type NotFound = { readonly reason: 'not-found' };

export interface AccessGate extends Gate {
  /** For the command line only: routes and sockets have `Gate`, which does not know of it. */
  operator(context: Context): Operator;
}

/**
 * The only place that says who may do what, and the only one that mints scopes.
 * - `organizer`: everything in a conference; with no conference, everything everywhere.
 * - `unit-organizer`: everything at a bridge and at all below it.
 * - `host`: recording and reporting at one bridge.
 * - Any role in a conference: reading what concerns the whole of it.
 */
export function createGate(bridges: BridgeLookup): AccessGate {
  async function bridge<R extends Right>(
    context: Context,
    of: ConferenceId,
    id: BridgeId,
    right: R,
  ): Promise<Result<AuthorizedBridgeId<R>, GateRefusal>> {
    const found = await rolesIn(context, of);
    if (!found.ok) return found;
    const path = await bridges.path(context, of, id);
    if (path.length === 0) return refused('not-found');
    const allowed = found.value.some((grant) => rightAt(grant, path).includes(right));
    return allowed ? ok(id as AuthorizedBridgeId<R>) : refused('forbidden');
  }

  const operator = (context: Context): Operator => ({
    installation: {} as AuthorizedInstallation,
    conference: async (id) =>
      (await conferenceExists(context.database.read, id))
        ? ok(id as AuthorizedConferenceId<'organize'>)
        : refused('not-found'),
    bridge: async (of, id) =>
      (await bridges.path(context, of, id)).length > 0
        ? ok(id as AuthorizedBridgeId<'organize'>)
        : refused('not-found'),
  });

  return { account, installation, conference, bridge, operator };
}

const MOST_REMEMBERED = 50_000;

/**
 * The same gate, which remembers for a moment whom it let in: a door that sends a check-in every second would otherwise
 * ask the database three times for each. What was refused is asked again; a role that was taken away lasts `forMs`.
 */
export function rememberingGate(gate: Gate, forMs = 5000): Gate {
  const letIn = new Map<string, { readonly scope: unknown; readonly until: number }>();

  async function remember<Scope>(
    context: Context,
    question: readonly string[],
    ask: () => Promise<Result<Scope, GateRefusal>>,
  ): Promise<Result<Scope, GateRefusal>> {
    const now = context.clock();
    const key = JSON.stringify([context.actor?.account, ...question]);
    const known = letIn.get(key);
    if (known !== undefined && now < known.until) return ok(known.scope as Scope);
    const answer = await ask();
    if (answer.ok) {
      if (letIn.size >= MOST_REMEMBERED) letIn.clear();
      letIn.set(key, { scope: answer.value, until: now + forMs });
    }
    return answer;
  }

  return {
    account: (context) => gate.account(context),
    installation: (context) => gate.installation(context),
    conference: (context, id, right) =>
      remember(context, [id, right], () => gate.conference(context, id, right)),
    bridge: (context, of, id, right) =>
      remember(context, [of, id, right], () => gate.bridge(context, of, id, right)),
  };
}

/** Whoever is signed in. */
async function account(context: Context): Promise<Result<AuthorizedAccountId, GateRefusal>> {
  if (context.actor === null) return refused('not-signed-in');
  return ok(context.actor.account as AuthorizedAccountId);
}

async function installation(context: Context): Promise<Result<AuthorizedInstallation, GateRefusal>> {
  if (context.actor === null) return refused('not-signed-in');
  const grants = await grantsOf(context.database.read, context.actor.account);
  if (!grants.some(isStanding)) return refused('forbidden');
  return ok({} as AuthorizedInstallation);
}

async function conference<R extends 'read' | 'organize'>(
  context: Context,
  id: ConferenceId,
  right: R,
): Promise<Result<AuthorizedConferenceId<R>, GateRefusal>> {
  const found = await rolesIn(context, id);
  if (!found.ok) return found;
  if (right === 'organize' && !found.value.some(isOrganizer)) return refused('forbidden');
  return ok(id as AuthorizedConferenceId<R>);
}

/** The roles that the actor has in a conference. Without any, or where it does not exist, there is no such conference. */
async function rolesIn(context: Context, id: ConferenceId): Promise<Result<readonly Grant[], GateRefusal>> {
  if (context.actor === null) return refused('not-signed-in');
  const grants = await grantsAt(context.database.read, context.actor.account, id);
  if (grants.length === 0) return refused('not-found');
  // A role in a conference proves that it exists; a standing one does not.
  if (grants.every(isStanding) && !(await conferenceExists(context.database.read, id)))
    return refused('not-found');
  return ok(grants);
}

/** Rights of a role at a bridge, given the path from the bridge up to the root. */
function rightAt(grant: Grant, path: readonly BridgeId[]): readonly Right[] {
  switch (grant.role) {
    case 'organizer':
      return ['read', 'host', 'organize'];
    case 'unit-organizer':
      return grant.bridge !== null && path.includes(grant.bridge) ? ['read', 'host', 'organize'] : [];
    case 'host':
      return grant.bridge === path[0] ? ['read', 'host'] : [];
    default:
      return assertNever(grant.role);
  }
}

function isOrganizer(grant: Grant): boolean {
  return grant.role === 'organizer';
}

function isStanding(grant: Grant): boolean {
  return grant.role === 'organizer' && grant.conference === null;
}

function refused<Reason extends GateRefusal['reason']>(reason: Reason): { ok: false; reason: Reason } {
  return { ok: false, reason };
}
