import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { addDays, civilDateOf, type CivilDate, type Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { seatCounts } from '../composition/queries.ts';
import { searchWords } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionsOf } from '../schedule/queries.ts';
import { readSeated, readSerials, type Seated } from './store.ts';

/** Bridges whose people are read in one query. */
const BRIDGES_AT_A_TIME = 100;
/** Those who were not there make it up at follow-up sessions, which may be set for some weeks later. */
const DAYS_AFTER_LAST_SESSION = 60;

/** Somebody whose pass can be issued. */
export interface Bearer extends Seated {
  readonly bridgeName: string;
  readonly serial: number;
}

/** What the passes of a bridge and everything below it are made of. */
export interface Issue {
  readonly until: CivilDate;
  readonly node: Bridge;
  /** Everybody seated there, however many: counted, not read. */
  countPeople(): Promise<number>;
  /** In tree order, at each bridge in official order; after somebody, where one is given. Read as they are taken. */
  bearers(from: { readonly query?: string; readonly after?: PassPlace | null }): AsyncIterable<Bearer>;
}

/** Where a list of passes goes on. */
export interface PassPlace {
  readonly bridge: string;
  readonly person: string;
}

export type IssueFailure = { readonly reason: 'no bridges' | 'no session' };

/** The serials above the first that hold in a conference. */
export function serialsOf(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<Map<PersonId, number>> {
  return readSerials(context.database.read, conference);
}

/** The last day on which passes of a conference are good; null before it has a session. */
export async function validUntil(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<CivilDate | null> {
  return lastDayOfPasses(await sessionsOf(context, conference));
}

/** The same of its sessions. */
export function lastDayOfPasses(sessions: readonly { readonly endsAt: Instant }[]): CivilDate | null {
  const days = sessions.map(({ endsAt }) => civilDateOf(endsAt)).toSorted();
  const last = days.at(-1);
  return last === undefined ? null : addDays(last, DAYS_AFTER_LAST_SESSION);
}

/** Whoever sits at a bridge or below it, with what their passes say. */
export async function issueOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
): Promise<Result<Issue, IssueFailure>> {
  const [tree, until, serials] = await Promise.all([
    bridgeTreeOf(context, conference),
    validUntil(context, conference),
    serialsOf(context, conference),
  ]);
  const node = tree?.get(bridge);
  if (tree === null || node === undefined) return { ok: false, reason: 'no bridges' };
  if (until === null) return { ok: false, reason: 'no session' };
  return ok({
    until,
    node,
    async countPeople() {
      const counts = await seatCounts(
        context,
        conference,
        tree.subtree(bridge).map(({ id }) => id),
      );
      return [...counts.values()].reduce((sum, { summoned, invited }) => sum + summoned + invited, 0);
    },
    bearers: ({ query = '', after = null }) =>
      bearersUnder(context, conference, { tree, bridge, serials }, searchWords(query), after),
  });
}

interface Under {
  readonly tree: BridgeTree;
  readonly bridge: AuthorizedBridgeId<'organize'>;
  readonly serials: ReadonlyMap<PersonId, number>;
}

async function* bearersUnder(
  context: Context,
  conference: AuthorizedConferenceId,
  { tree, bridge, serials }: Under,
  words: readonly string[],
  after: PassPlace | null,
): AsyncGenerator<Bearer> {
  const all = tree.subtree(bridge);
  const first = after === null ? 0 : all.findIndex(({ id }) => id === after.bridge);
  // Where the bridge has gone meanwhile, the list begins anew rather than ending as if it were whole.
  let passed = after === null || first < 0;
  for (let at = Math.max(first, 0); at < all.length; at += BRIDGES_AT_A_TIME) {
    const bridges = all.slice(at, at + BRIDGES_AT_A_TIME);
    const seated = await readSeated(
      context.database.read,
      conference,
      bridges.map(({ id }) => id),
      words,
    );
    const byBridge = Map.groupBy(seated, (seat) => seat.bridge);
    for (const { id, name } of bridges) {
      const here = byBridge.get(id) ?? [];
      const from = passed ? 0 : here.findIndex(({ person }) => person.id === after?.person) + 1;
      passed = true;
      for (const seat of here.slice(from)) {
        yield { ...seat, bridgeName: name, serial: serials.get(seat.person.id) ?? 1 };
      }
    }
  }
}
