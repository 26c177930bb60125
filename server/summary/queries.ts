import type { NodeAttendance } from '../../domain/attendance/node.ts';
import type { Presence } from '../../domain/attendance/presence.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, PersonId, SessionId } from '../../domain/ids.ts';
import type { IncidentTotals } from '../../domain/media/quality.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import {
  signingNotices,
  type SigningNotice,
  type Turns,
  type WaitingMachine,
} from '../../domain/reports/chair-summary.ts';
import { ok, type Result } from '../../domain/result.ts';
import { comparePeople } from '../../domain/text/names.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import { whyNotIn } from '../attendance/expected.ts';
import { lastChangeAt, liveSession, type LiveSession } from '../attendance/live.ts';
import { machinesAt } from '../devices/queries.ts';
import { numberedName } from '../devices/sentences.ts';
import { lineOfBridge } from '../lines/queries.ts';
import { closingCheckpoint, type ClosingCheckpoint } from '../ledger/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import { sessionOf, type SessionRecord } from '../schedule/queries.ts';
import { lastVersionOf, type ListedReport } from '../versions/queries.ts';
import { turnsAt } from './live.ts';

/** Somebody expected at a bridge, or seen there. */
export interface Seen {
  readonly id: PersonId;
  /** Null for an id that the roster does not know. */
  readonly person: Person | null;
  readonly presence: Presence;
  readonly isSummoned: boolean;
}

/** Everything that stands on the summary of one bridge. */
export interface ChairSummary {
  readonly plan: Plan;
  readonly session: SessionRecord;
  readonly live: LiveSession;
  readonly bridge: Bridge;
  readonly node: NodeAttendance;
  readonly chair: Person | null;
  readonly turns: Turns;
  readonly machineName: (device: string) => string | null;
  /** In official order. */
  readonly people: readonly Seen[];
  readonly walkIns: readonly { readonly name: string; readonly unit: string }[];
  readonly line: IncidentTotals | null;
  readonly version: ListedReport | null;
  readonly checkpoint: ClosingCheckpoint | null;
  readonly notices: readonly SigningNotice[];
  readonly asOf: Instant;
  readonly sequence: number;
}

export type SummaryFailure = { readonly reason: 'no such session' | 'no bridges' | 'takes no part' };

/** What the chair of a bridge signs, as it stands at this moment. */
export async function chairSummary(
  context: Context,
  conference: AuthorizedConferenceId,
  id: AuthorizedBridgeId<'people'>,
  session: SessionId,
): Promise<Result<ChairSummary, SummaryFailure>> {
  const held = await sessionOf(context, conference, session);
  if (held === null) return { ok: false, reason: 'no such session' };
  const live = await liveSession(context, conference, session);
  const bridge = live?.tree.get(id);
  if (live === null || bridge === undefined) return { ok: false, reason: whyNotIn(live, id) ?? 'no bridges' };
  const [{ plan }, machines] = await Promise.all([planOf(context, conference), machinesAt(context, id)]);
  const people = await peopleAt(context, conference, live, id);
  const chair = bridge.chair === null ? [] : await peopleByIds(context, conference, [bridge.chair]);
  const checkpoint = await closingCheckpoint(context, session, id);
  const line = await lineOfBridge(context, conference, id, session);
  const version = await lastVersionOf(context, conference, id, session);
  // From here on in one go: figures, names and notices of one moment.
  const node = live.book.node(id);
  const names = new Map(machines.map((one) => [one.device as string, nameOf(one, context.language)]));
  return ok({
    plan,
    session: held,
    live,
    bridge,
    node,
    chair: chair[0] ?? null,
    turns: turnsAt(context, live.tree, session, id),
    machineName: (device) => names.get(device) ?? null,
    people: people.map((one) => ({ ...one, presence: live.book.presence(one.id) ?? one.presence })),
    walkIns: walkInsOf(live, id),
    line,
    version,
    checkpoint,
    notices: signingNotices({
      state: node.state,
      machines: machines.map((one): WaitingMachine => ({
        name: nameOf(one, context.language),
        waiting: one.waiting,
        since: one.waitingSince,
      })),
      toResolve: node.own.toResolve,
      version,
      changedAt: lastChangeAt(live, id),
      hasCheckpoint: checkpoint !== null,
      hasChair: bridge.chair !== null,
    }),
    asOf: context.clock(),
    sequence: live.sequence,
  });
}

function nameOf(
  { name, number }: { readonly name: string | null; readonly number: number },
  language: Language,
): string {
  return name ?? numberedName(number, language);
}

/** Everybody expected at a bridge, and whoever else of the roster is there. */
async function peopleAt(
  context: Context,
  conference: AuthorizedConferenceId,
  { book, visitors }: LiveSession,
  bridge: BridgeId,
): Promise<Seen[]> {
  const found = new Map<PersonId, Presence>(
    book.expectedAt(bridge).map((id) => [id, book.presence(id) ?? { state: 'unmarked' }]),
  );
  for (const id of visitors.get(bridge) ?? []) {
    const presence = book.presence(id);
    if (presence !== null && 'at' in presence && presence.at === bridge) found.set(id, presence);
  }
  const people = await peopleByIds(context, conference, [...found.keys()]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return Array.from(found, ([id, presence]) => ({
    id,
    person: byId.get(id) ?? null,
    presence,
    isSummoned: book.standing(id) === 'summoned',
  })).toSorted((a, b) => comparePeople(a.person ?? { name: a.id }, b.person ?? { name: b.id }));
}

/** Whoever of no list came, first come first, also those who have left. */
function walkInsOf(
  { book, walkIns }: LiveSession,
  bridge: BridgeId,
): { readonly name: string; readonly unit: string }[] {
  return Array.from(walkIns.get(bridge) ?? [])
    .filter(([id]) => {
      const presence = book.presence(id);
      return presence !== null && 'at' in presence && presence.at === bridge;
    })
    .map(([, { name, unit }]) => ({ name, unit }));
}
