import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Operator } from '../access/gate.ts';
import { trailOf } from '../audit/trail.ts';
import { listen, liveSession, type Change, type LiveSession } from '../attendance/live.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { enteredWhereDone } from '../platform/trail.ts';
import { freezeReports, type Frozen } from './commands.ts';
import { conferenceOf, frozenBridges, lastSequence, readMark, sessionsWithNews, writeMark } from './store.ts';

/** How long after a change its reports are frozen, at the least: what comes together goes together. */
const SOON_MS = 200;
/** For each bridge that a report is about: a nation's is made again after five seconds, a commune's at once. */
const MS_PER_BRIDGE = 0.3;
/** While changes go on, each version of a report waits twice as long as the one before, up to so many times as long... */
const MOST_DOUBLED = 64;
/** ...and never longer than this. */
const LONGEST_MS = 300_000;
/** How often another process's events and frozen reports are looked for. */
const LOOK_MS = 5000;
/** Small reports that go into one commit. */
const TOGETHER = 200;
const SMALL = 300;

/** When a report was frozen last, and how long the next one waits. */
interface Pace {
  readonly frozenAt: number;
  readonly waitMs: number;
}

/** A session whose reports are watched. */
interface Watched {
  /** Its book as it was last told of; null once everything is done, as a book is large and may be let go. */
  live: LiveSession | null;
  conference: ConferenceId | null;
  /** The bridges whose reports have a version. */
  frozen: Set<BridgeId>;
  /** What may differ from the last version, or is to get its first. */
  readonly pending: Set<BridgeId>;
  /** What moved beside that: another process may have frozen it since `frozen` was read. */
  readonly moved: Set<BridgeId>;
  readonly pace: Map<BridgeId, Pace>;
}

/**
 * Freezes attendance reports by itself: of a bridge when it closes, of a level when everything below it has closed, and
 * of every bridge that has a version as its next one when anything below it changes. A storm of late uploads makes a few
 * versions of each, and one at its end; nobody at a door waits for it. What was not done before the server stopped is
 * done at its next start: the mark says how far the ledger was held against the reports.
 */
export function freezeAfterChanges(context: Context, operator: Operator): RunningJob {
  const sessions = new Map<SessionId, Watched>();
  const { database, log } = context;
  let lookedAt = -Infinity;
  /** Up to here in the ledger events of other processes were looked for; null before the first time. */
  let lookedUpTo: number | null = null;
  let isStopping = false;

  function watched(session: SessionId): Watched {
    const known = sessions.get(session);
    if (known !== undefined) return known;
    const sets = { frozen: new Set<BridgeId>(), pending: new Set<BridgeId>(), moved: new Set<BridgeId>() };
    const own: Watched = { live: null, conference: null, pace: new Map(), ...sets };
    sessions.set(session, own);
    return own;
  }

  /** On the way of every check-in: no more than what must be kept in mind. */
  function note({ live, moved, news }: Change): void {
    const own = watched(live.session);
    own.live = live;
    for (const bridge of moved) (own.frozen.has(bridge) ? own.pending : own.moved).add(bridge);
    if (news === null) for (const bridge of closedIn(live, moved)) own.pending.add(bridge);
    for (const { recorded } of news ?? []) {
      const { kind, bridge } = recorded.event;
      if (kind !== 'close' && kind !== 'void') continue;
      const path = live.tree.path(bridge).map(({ id }) => id);
      for (const closed of closedIn(live, path)) own.pending.add(closed);
    }
    if (own.pending.size > 0) job.soon(SOON_MS);
  }

  async function round(): Promise<void> {
    const began = performance.now();
    const upTo = began - lookedAt >= LOOK_MS ? await look() : null;
    for (const [session, own] of sessions) await freezeDue(session, own);
    if (upTo === null) return;
    lookedAt = began;
    const isDone = Array.from(sessions.values()).every(({ pending }) => pending.size === 0);
    if (isDone && upTo > (await readMark(database.read))) await writeMark(database.write, upTo);
  }

  /** Takes in what another process wrote or froze. Gives back how far into the ledger it looked. */
  async function look(): Promise<number> {
    const { read } = database;
    const upTo = await lastSequence(read);
    const from = lookedUpTo ?? (await readMark(read));
    for (const { session, conference } of await sessionsWithNews(read, from, upTo)) {
      const scope = await operator.conference(conference);
      const live = scope.ok ? await liveSession(context, scope.value, session) : null;
      // Of a book that was opened only now nobody has told what is in it.
      if (live !== null && lookedUpTo === null)
        note({ live, moved: live.tree.bridges.map(({ id }) => id), news: null });
    }
    lookedUpTo = upTo;
    for (const [session, own] of sessions) {
      if (own.moved.size === 0) continue;
      own.frozen = new Set(await frozenBridges(read, session));
      for (const bridge of own.moved) if (own.frozen.has(bridge)) own.pending.add(bridge);
      own.moved.clear();
    }
    return upTo;
  }

  async function freezeDue(session: SessionId, own: Watched): Promise<void> {
    const { live, pending, pace } = own;
    const now = performance.now();
    const due: BridgeId[] = [];
    let nextIn = Infinity;
    for (const bridge of pending) {
      const last = pace.get(bridge);
      const inMs = last === undefined ? 0 : last.frozenAt + last.waitMs - now;
      if (inMs <= 0) due.push(bridge);
      else nextIn = Math.min(nextIn, inMs);
    }
    if (nextIn < Infinity) job.soon(nextIn);
    if (pending.size === 0) own.live = null;
    if (due.length === 0 || live === null) return;
    own.conference ??= await conferenceOf(database.read, session);
    const scope = await operator.conference(own.conference);
    if (!scope.ok) return;
    for (const some of portions(live, due)) {
      if (isStopping) return;
      // Before it is worked out: what moves from here on is to be looked at again.
      for (const bridge of some) pending.delete(bridge);
      const there = some.filter((bridge) => live.tree.get(bridge) !== undefined);
      try {
        const frozen = await freezeAndEnter(context, scope.value, live, there);
        for (const bridge of there) {
          if (frozen.has(bridge)) own.frozen.add(bridge);
          else pending.add(bridge);
          if (frozen.get(bridge)?.isNew === true) pace.set(bridge, nextPace(live, bridge, pace.get(bridge)));
        }
      } catch (error) {
        for (const bridge of some) pending.add(bridge);
        throw error;
      }
    }
  }

  const job = again(round, LOOK_MS, (error) =>
    log.error({ err: error }, 'attendance reports were not frozen'),
  );
  const stopListening = listen(database, note);
  return {
    stop() {
      isStopping = true;
      stopListening();
      return job.stop();
    },
  };
}

/**
 * The same once, for what was recorded without a server: freezes what is due of the given bridges and of every level
 * above them.
 */
export async function freezeTouched(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  live: LiveSession,
  bridges: Iterable<BridgeId>,
): Promise<void> {
  const touched = new Set<BridgeId>();
  for (const bridge of bridges) for (const { id } of live.tree.path(bridge)) touched.add(id);
  const due = new Set(closedIn(live, [...touched]));
  for (const bridge of await frozenBridges(context.database.read, live.session)) {
    if (touched.has(bridge)) due.add(bridge);
  }
  for (const some of portions(live, [...due])) await freezeReports(context, conference, live, some);
}

/** Freezes some reports, and enters which of them have a new version. */
function freezeAndEnter(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  live: LiveSession,
  bridges: readonly BridgeId[],
): Promise<ReadonlyMap<BridgeId, Frozen>> {
  return enteredWhereDone(trailOf(context.database), context, 'freezeReport', async (own) => {
    const frozen = await freezeReports(own, conference, live, bridges);
    const made = [...frozen].flatMap(([bridge, { isNew }]) => (isNew ? [bridge] : []));
    const on = { conference, session: live.session, bridge: made };
    if (made.length > 0) own.audit.note({ on, after: { versions: made.length } });
    return frozen;
  });
}

/** Those that have closed, or below which everything has. */
function closedIn({ book, tree }: LiveSession, bridges: readonly BridgeId[]): BridgeId[] {
  return bridges.filter((bridge) => {
    if (tree.get(bridge) === undefined) return false;
    const { state, progress } = book.node(bridge);
    return progress.bridges > 0 && (state === 'closed' || progress.closed === progress.bridges);
  });
}

/** How long the next version of a report waits: twice as long while changes go on, and at once after a quiet while. */
function nextPace({ tree }: LiveSession, bridge: BridgeId, last: Pace | undefined): Pace {
  const frozenAt = performance.now();
  const base = SOON_MS + MS_PER_BRIDGE * tree.subtree(bridge).length;
  const isQuiet = last === undefined || frozenAt - last.frozenAt > 3 * last.waitMs;
  const waitMs = isQuiet ? base : Math.min(2 * last.waitMs, MOST_DOUBLED * base, LONGEST_MS);
  return { frozenAt, waitMs };
}

/** The small ones together, the large ones each alone and after them. */
function* portions({ tree }: LiveSession, bridges: readonly BridgeId[]): Generator<readonly BridgeId[]> {
  const small: BridgeId[] = [];
  const large: BridgeId[] = [];
  for (const bridge of bridges) (tree.subtree(bridge).length <= SMALL ? small : large).push(bridge);
  for (let at = 0; at < small.length; at += TOGETHER) yield small.slice(at, at + TOGETHER);
  for (const bridge of large) yield [bridge];
}
