import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { assertNever, ok, type Result } from '../../domain/result.ts';
import type { Grant } from '../../domain/wire/access.ts';
import type { Right } from '../../domain/wire/contract.ts';
import { askTogether } from '../platform/ask-together.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type {
  AuthorizedAccountId,
  AuthorizedBridgeId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
  Gate,
  GateRefusal,
} from '../platform/scopes.ts';
import { conferenceExists, grantsOf, grantsOfMany } from './store.ts';

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
    // A host's role at a bridge names it together with its conference: it proves that the bridge is there.
    if (right !== 'organize' && found.value.some((grant) => grant.role === 'host' && grant.bridge === id))
      return ok(id as AuthorizedBridgeId<R>);
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

/** What one person was let in to, and until when that is remembered. */
interface LetIn {
  readonly of: ConferenceId;
  readonly bridge: BridgeId | null;
  readonly right: Right;
  readonly answer: Promise<Result<never, GateRefusal>>;
  readonly until: number;
}

/** A door asks about its conference and its bridge; whoever asks about more bridges than this is not in a hurry. */
const MOST_REMEMBERED = 16;

/**
 * The same gate, which remembers for a moment whom it let in: a door that sends a check-in every second would otherwise
 * ask the database for each. What was refused is asked again; a role that was taken away lasts `forMs`. It is remembered with
 * the one who asks (a socket keeps its actor) and goes with them.
 */
export function rememberingGate(gate: Gate, forMs = 5000): Gate {
  const remembered = new WeakMap<Actor, LetIn[]>();

  function remember<Scope>(
    context: Context,
    of: ConferenceId,
    bridge: BridgeId | null,
    right: Right,
    ask: () => Promise<Result<Scope, GateRefusal>>,
  ): Promise<Result<Scope, GateRefusal>> {
    const { actor } = context;
    if (actor === null) return ask();
    const now = context.clock();
    const own = remembered.get(actor);
    for (const one of own ?? []) {
      // Also where the clock was put back meanwhile.
      const isFresh = now < one.until && now >= one.until - forMs;
      if (one.bridge === bridge && one.right === right && one.of === of && isFresh) return one.answer;
    }
    return askAnew(actor, { of, bridge, right, until: now + forMs }, ask);
  }

  async function askAnew<Scope>(
    actor: Actor,
    question: Omit<LetIn, 'answer'>,
    ask: () => Promise<Result<Scope, GateRefusal>>,
  ): Promise<Result<Scope, GateRefusal>> {
    const answer = await ask();
    if (!answer.ok) return answer;
    const { of, bridge, right } = question;
    const others = (remembered.get(actor) ?? []).filter(
      (one) => one.bridge !== bridge || one.right !== right || one.of !== of,
    );
    const own = { ...question, answer: Promise.resolve(answer) as LetIn['answer'] };
    remembered.set(actor, [...others.slice(1 - MOST_REMEMBERED), own]);
    return answer;
  }

  return {
    account: (context) => gate.account(context),
    installation: (context) => gate.installation(context),
    conference: (context, id, right) =>
      remember(context, id, null, right, () => gate.conference(context, id, right)),
    bridge: (context, of, id, right) =>
      remember(context, of, id, right, () => gate.bridge(context, of, id, right)),
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

/** When everybody comes at once, their roles are read together. */
const grantsTogether = askTogether((database: Database, asked: Parameters<typeof grantsOfMany>[1]) =>
  grantsOfMany(database.read, asked),
);

/** The roles that the actor has in a conference. Without any, or where it does not exist, there is no such conference. */
async function rolesIn(context: Context, id: ConferenceId): Promise<Result<readonly Grant[], GateRefusal>> {
  if (context.actor === null) return refused('not-signed-in');
  const { account: asks } = context.actor;
  const grants = await grantsTogether(context.database, { account: asks, conference: id });
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
