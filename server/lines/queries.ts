import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import { LINE_STANDINGS, lineStanding, type LineStanding } from '../../domain/media/line-standing.ts';
import { incidentTotals, type IncidentTotals } from '../../domain/media/quality.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { agendaRunOf, sessionsOf } from '../schedule/queries.ts';
import { readIncidents, readSums, type BridgeIncident } from './quality-store.ts';
import { readLastTests, readTests, type StoredTest } from './store.ts';

export type { BridgeIncident } from './quality-store.ts';

/** A test with the name of whoever ran it. */
export interface NamedTest extends StoredTest {
  readonly byName: string | null;
}

/** The tests of a bridge's line that are kept, newest first, and how it stands by them. */
export async function testsAt(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
): Promise<{ readonly standing: LineStanding; readonly tests: readonly NamedTest[] }> {
  const [tests, asOf] = await Promise.all([
    readTests(context.database.read, conference, bridge),
    countedAt(context, conference),
  ]);
  const names = await namesOf(
    context,
    tests.flatMap(({ by }) => by ?? []),
  );
  return {
    standing: lineStanding(tests[0] ?? null, asOf),
    tests: tests.map((test) => ({ ...test, byName: test.by === null ? null : (names.get(test.by) ?? null) })),
  };
}

/** The last test of each bridge that has tested. */
export function lastTests(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<readonly StoredTest[]> {
  return readLastTests(context.database.read, conference);
}

/** How the lines of a conference stand, or that of one bridge alone. */
export async function lineStandings(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge?: AuthorizedBridgeId,
): Promise<(bridge: BridgeId) => LineStanding> {
  const [tests, asOf] = await Promise.all([
    readLastTests(context.database.read, conference, bridge),
    countedAt(context, conference),
  ]);
  const last = new Map(tests.map((test) => [test.bridge, test]));
  return (id) => lineStanding(last.get(id) ?? null, asOf);
}

/** One bridge with its last test. */
export interface LineRow {
  readonly number: number;
  readonly bridge: Bridge;
  readonly upper: string | null;
  readonly standing: LineStanding;
  readonly test: StoredTest | null;
}

/** How the lines of a bridge and of everything below it stand, what has to be seen to first; null before the bridges are built. */
export async function lineRows(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'read' | 'below'>,
  standing: LineStanding | null,
): Promise<{ readonly tree: BridgeTree; readonly rows: readonly LineRow[] } | null> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree?.get(top) === undefined) return null;
  const [tests, lineOf] = await Promise.all([
    lastTests(context, conference),
    lineStandings(context, conference),
  ]);
  const last = new Map(tests.map((test) => [test.bridge, test]));
  const rows = tree
    .subtree(top)
    .map((bridge) => ({
      bridge,
      upper: bridge.parent === null ? null : (tree.get(bridge.parent)?.name ?? null),
      standing: lineOf(bridge.id),
      test: last.get(bridge.id) ?? null,
    }))
    .filter((row) => standing === null || row.standing === standing)
    .toSorted((a, b) => LINE_STANDINGS.indexOf(a.standing) - LINE_STANDINGS.indexOf(b.standing))
    .map((row, place) => ({ ...row, number: place + 1 }));
  return { tree, rows };
}

/** The same for a conference that tests its lines; null where no bridge has tested yet. */
export async function testedLines(
  context: Context,
  conference: AuthorizedConferenceId,
): Promise<((bridge: BridgeId) => LineStanding) | null> {
  return (await lastTests(context, conference)).length === 0 ? null : lineStandings(context, conference);
}

/** When it is asked whether a test is old: now, or when the conference began. */
async function countedAt(context: Context, conference: AuthorizedConferenceId): Promise<Instant> {
  const held = (await sessionsOf(context, conference)).filter(({ kind }) => kind === 'session');
  return Math.min(context.clock(), ...held.map(({ startsAt }) => startsAt)) as Instant;
}

/** When what goes wrong with a line counts. */
export interface Hours {
  readonly from: Instant;
  readonly until: Instant;
}

/** A programme that nobody ends has ended by then. */
const LONGEST_OVERRUN_MS = 6 * 3_600_000;

/** From when to when a session is on: as it is run where it is, else as it was planned; null where there is none. */
export async function watchedHours(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<Hours | null> {
  const found = await agendaRunOf(context, conference, session);
  if (!found.ok) return null;
  const { session: held, run } = found.value;
  const { startsAt, endsAt } = held;
  const latest = (endsAt + LONGEST_OVERRUN_MS) as Instant;
  const goesOn = run.startedAt !== null && run.endedAt === null;
  return {
    from: run.startedAt === null || startsAt < run.startedAt ? startsAt : run.startedAt,
    until: goesOn ? latest : (run.endedAt ?? endsAt),
  };
}

/** What went wrong with the lines of a session. */
export interface Incidents {
  /** In the order in which they began. */
  readonly incidents: readonly BridgeIncident[];
  /** What goes on is counted up to here: now, or the end of the session. */
  readonly until: Instant;
}

/** What went wrong with the lines of a session at a bridge and below; null where there is no such session or bridge. */
export async function incidentsBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'read' | 'below'>,
  session: SessionId,
): Promise<(Incidents & { readonly tree: BridgeTree }) | null> {
  const [tree, hours, all] = await Promise.all([
    bridgeTreeOf(context, conference),
    watchedHours(context, conference, session),
    readIncidents(context.database.read, session),
  ]);
  if (tree === null || hours === null) return null;
  const below = new Set(tree.subtree(top).map(({ id }) => id));
  const incidents = all.filter(({ bridge }) => below.has(bridge));
  return { tree, incidents, until: earlier(context.clock(), hours.until) };
}

/** What the incidents of one bridge in a session come to; null where nobody there told how the program arrives. */
export async function lineOfBridge(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
  session: SessionId,
): Promise<IncidentTotals | null> {
  const { read } = context.database;
  const [hours, incidents, sums] = await Promise.all([
    watchedHours(context, conference, session),
    readIncidents(read, session, { bridge }),
    readSums(read, session, { bridge }),
  ]);
  if (hours === null || (incidents.length === 0 && sums.length === 0)) return null;
  return incidentTotals(incidents, earlier(context.clock(), hours.until));
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}
