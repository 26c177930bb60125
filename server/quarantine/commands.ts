import { readForm, textsOf } from '../../domain/ledger/form.ts';
import type { DeviceId, EventId } from '../../domain/ids.ts';
import type { Decided } from '../../domain/wire/devices.ts';
import { recordEvents } from '../attendance/commands.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import { isUuid } from '../platform/ids.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { decide, heldByIds, listHeld, settle, takeBack, unfinished, type HeldRecord } from './store.ts';

/** Some events of a bridge, or all of one machine that are without a decision. */
export type Which = { readonly events: readonly EventId[] } | { readonly device: DeviceId };

/** So many are decided on and recorded together, as a machine would send them. */
const TOGETHER = 500;

/**
 * Accepts events of one bridge: they enter the ledger as themselves, received now. The decision is on the disk before the
 * ledger has them. Where the process dies in between nothing is lost: they are `accepting` then, and to accept them once
 * more records them once.
 */
export async function acceptHeld(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  which: Which,
  reason: string,
): Promise<Decided> {
  const decision = decisionOf(context, 'accepting', reason);
  const total = nothing();
  for await (const held of together(context, conference, bridge, which)) {
    const open = held.filter((one) => isOpen(one) && !isErased(one));
    total.left += held.length - open.length;
    const decided = new Set(
      await decide(
        context.database.write,
        open.map(({ id }) => id),
        decision,
      ),
    );
    // Somebody else may have refused one of them meanwhile.
    const accepted = open.filter(({ id, state }) => state === 'accepting' || decided.has(id));
    total.left += open.length - accepted.length;
    add(total, await carryOut(context, conference, bridge, accepted));
  }
  total.left += missing(which, total);
  context.audit.note({ on: namedIn(which), after: { ...total, reason } });
  return total;
}

/** A decision that was not carried out to its end, because the process died, is looked for so often. */
const UNFINISHED_EVERY_MS = 60_000;

/** Carries out what was accepted before the process died, while the server runs. */
export function finishAccepting(context: Context, operator: Operator): RunningJob {
  return again(
    async () => {
      for (const { conference: of, bridge: at, events } of await unfinished(context.database.read)) {
        const conference = await operator.conference(of);
        const bridge = await operator.bridge(of, at);
        if (!conference.ok || !bridge.ok) continue;
        const held = await heldByIds(context.database.read, bridge.value, events);
        const accepted = held.filter(({ state }) => state === 'accepting');
        await carryOut(context, conference.value, bridge.value, accepted);
      }
    },
    UNFINISHED_EVERY_MS,
    (error) => context.log.error({ err: error }, 'accepted events were not recorded'),
  );
}

/** Records events whose acceptance is on the disk. */
async function carryOut(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  held: readonly HeldRecord[],
): Promise<Decided> {
  const total = nothing();
  for (const own of Map.groupBy(held, ({ session }) => session).values()) {
    add(total, await enterLedger(context, conference, bridge, own));
  }
  return total;
}

function nothing(): Decided {
  return { accepted: 0, refused: 0, conflict: 0, left: 0 };
}

function add(total: Decided, { accepted, refused, conflict, left }: Decided): void {
  total.accepted += accepted;
  total.refused += refused;
  total.conflict += conflict;
  total.left += left;
}

/** Records events of one session whose acceptance is on the disk, and notes what came of it. */
async function enterLedger(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  held: readonly HeldRecord[],
): Promise<Decided> {
  const { write } = context.database;
  const [session] = held.map((one) => one.session);
  if (session === undefined) return nothing();
  const events = held.map(({ form, texts }) => readForm(form, texts));
  const batch = await recordEvents(context, conference, bridge, session, events, 'vouched');
  if (!batch.ok) {
    // The session was taken out of the conference.
    await takeBack(
      write,
      held.map(({ id }) => id),
    );
    return { ...nothing(), left: held.length };
  }
  const ids = (outcome: 'recorded' | 'conflict'): EventId[] =>
    batch.value.items.flatMap((item) => (item.outcome === outcome ? [item.id] : []));
  const [recorded, conflict] = [ids('recorded'), ids('conflict')];
  await settle(write, recorded, 'accepted');
  await settle(write, conflict, 'conflict');
  const settled = new Set([...recorded, ...conflict]);
  const rest = held.filter(({ id }) => !settled.has(id)).map(({ id }) => id);
  await takeBack(write, rest);
  return { accepted: recorded.length, refused: 0, conflict: conflict.length, left: rest.length };
}

/** Refuses events of one bridge: they stay in quarantine with the reason. One that the ledger has is not refused. */
export async function refuseHeld(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  which: Which,
  reason: string,
): Promise<Decided> {
  const decision = decisionOf(context, 'refused', reason);
  const total = nothing();
  for await (const held of together(context, conference, bridge, which)) {
    const waiting = held.filter(({ state, inLedger }) => state === 'waiting' && !inLedger);
    const refused = await decide(
      context.database.write,
      waiting.map(({ id }) => id),
      decision,
    );
    total.refused += refused.length;
    total.left += held.length - refused.length;
  }
  total.left += missing(which, total);
  context.audit.note({ on: namedIn(which), after: { ...total, reason } });
  return total;
}

function decisionOf<State extends 'accepting' | 'refused'>(context: Context, state: State, reason: string) {
  return { state, at: context.clock(), by: context.actor?.account ?? null, reason };
}

/** On what a decision is, for the audit trail. */
function namedIn(which: Which): Readonly<Record<string, string | readonly string[]>> {
  return 'events' in which ? { event: which.events } : { device: which.device };
}

/** What a decision is about, so many at a time. */
async function* together(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  which: Which,
): AsyncGenerator<HeldRecord[]> {
  const { read } = context.database;
  if ('events' in which) {
    const ids = [...new Set(which.events)].filter(isUuid);
    for (let at = 0; at < ids.length; at += TOGETHER) {
      yield await heldByIds(read, bridge, ids.slice(at, at + TOGETHER));
    }
    return;
  }
  const filter = { bridges: [bridge], device: which.device, open: true };
  for (let after = 0; ;) {
    const held = await listHeld(read, conference, filter, after, TOGETHER);
    const last = held.at(-1);
    if (last === undefined) return;
    yield held;
    after = last.row;
  }
}

/** Of the events that were named, how many this quarantine does not have. */
function missing(which: Which, { accepted, refused, conflict, left }: Decided): number {
  return 'events' in which ? Math.max(0, which.events.length - accepted - refused - conflict - left) : 0;
}

function isOpen({ state }: HeldRecord): boolean {
  return state === 'waiting' || state === 'accepting';
}

/** Whether what people wrote in an event was erased: it is not itself any more. */
export function isErased({ form, texts, state }: HeldRecord): boolean {
  return texts === null && state !== 'accepted' && textsOf(readForm(form, null)) !== null;
}
