import { allPresent } from '../../domain/attendance/ratios.ts';
import { alertsOf } from '../../domain/control/alerts.ts';
import { curveAxis, type Arrivals, type Curve } from '../../domain/control/curve.ts';
import { openSituation, type Situation } from '../../domain/control/situation.ts';
import { NO_LINE, type BridgeLine, type Moment } from '../../domain/control/standing.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { listen, liveSession, type Change, type LiveSession, type News } from '../attendance/live.ts';
import { linesOf, machinesOnLine } from '../devices/queries.ts';
import { feedsOf } from '../lines/live.ts';
import { testedLines } from '../lines/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { agendaRunOf, runOf, sessionsOf, type Running, type SessionRecord } from '../schedule/queries.ts';
import { openRaised, type Raised } from './alerts.ts';
import { followTally, readArrivals } from './arrivals.ts';

/** Lines of machines are read from the disk so often; in between the machines on line are looked at in memory. */
const READ_LINES_MS = 30_000;
/** Rules are asked, and the agenda is looked at, so often. */
const JUDGE_MS = 1000;

/** The last rehearsal before a session, on its own clock. */
export interface Rehearsal {
  readonly session: SessionRecord;
  readonly arrivals: Arrivals;
}

/** The control room of one session: what screens show, in memory while anybody looks. All of it is made of the book, the contacts and the steps. */
export interface ControlRoom {
  readonly conference: AuthorizedConferenceId;
  readonly session: SessionRecord;
  readonly live: LiveSession;
  readonly situation: Situation;
  readonly arrivals: Arrivals;
  readonly rehearsal: Rehearsal | null;
  readonly raised: Raised;
  /** When something was last recorded in the subtree of a bridge. */
  readonly changedAt: ReadonlyMap<BridgeId, Instant>;
  /** Brings it up to now. */
  look(context: Context): Promise<void>;
  close(): void;
}

const opened = new WeakMap<Database, Set<ControlRoom>>();

/** After the commit: every control room of the session asks again who took what on. */
export function alertAcknowledged(database: Database, session: SessionId): void {
  for (const room of opened.get(database) ?? []) if (room.session.id === session) room.raised.acknowledged();
}

/** Opens the control room of a session; null where the conference has no such session, or no bridges yet. */
export async function openControlRoom(
  context: Context,
  conference: AuthorizedConferenceId,
  session: SessionId,
): Promise<ControlRoom | null> {
  const sessions = await sessionsOf(context, conference);
  const record = sessions.find(({ id }) => id === session);
  const first = await liveSession(context, conference, session);
  if (record === undefined || first === null) return null;
  const { startsAt, endsAt } = record;
  const axis = curveAxis(startsAt, endsAt);
  const raised = openRaised(conference, session);

  let live = first;
  let situation = openSituation(live.tree);
  let arrivals: Arrivals | null = null;
  let running: Running | null = null;
  /** Bridges whose figures moved since the last look, and what moved them. */
  let moved = new Set<BridgeId>();
  let news: News[] = [];
  let isAnew = true;
  const changedAt = new Map<BridgeId, Instant>();
  const lines = followLines();
  const pictures = followPictures(session);
  let judgedAt = -Infinity;

  const stopListening = listen(context.database, (change: Change) => {
    if (change.live.session !== session) return;
    live = change.live;
    if (change.news === null) isAnew = true;
    else {
      for (const id of change.moved) moved.add(id);
      for (const each of change.news) news.push(each);
    }
  });

  async function takeMoved(own: Context): Promise<void> {
    if (isAnew) {
      isAnew = false;
      moved = new Set();
      news = [];
      situation = openSituation(live.tree);
      lines.again();
      pictures.again();
      arrivals = await readArrivals(own, live, axis);
      for (const { id } of live.tree.bridges) takeFigures(id);
    }
    if (arrivals === null || moved.size === 0) return;
    const [ids, came] = [moved, Map.groupBy(news, ({ recorded }) => recorded.event.bridge)];
    moved = new Set();
    news = [];
    const now = own.clock();
    for (const id of ids) {
      const tally = takeFigures(id);
      if (tally !== null) followTally(arrivals, live, id, tally, came.get(id) ?? [], now);
      changedAt.set(id, now);
    }
  }

  function takeFigures(id: BridgeId) {
    if (live.tree.get(id) === undefined) return null;
    const { takesPart, state, own } = live.book.node(id);
    situation.takeFigures(id, {
      takesPart,
      state,
      present: allPresent(own),
      came: own.ofExpected,
      summoned: own.summoned,
    });
    return own;
  }

  async function judge(own: Context, moment: Moment): Promise<void> {
    const found = await agendaRunOf(own, conference, session);
    if (found.ok) running = found.value;
    const run = running === null ? null : runOf(running.session, running.steps, moment.now);
    const lateMs = run === null || run.startedAt === null || run.endedAt !== null ? 0 : run.lateMs;
    await raised.follow(own, alertsOf(live.tree, situation.standings, moment, lateMs));
  }

  async function lookNow(own: Context): Promise<void> {
    await liveSession(own, conference, session);
    await takeMoved(own);
    await lines.take(own, conference, situation);
    await pictures.take(own, conference, situation);
    const moment = { startsAt, endsAt, now: own.clock() };
    situation.count(moment);
    if (performance.now() - judgedAt < JUDGE_MS) return;
    judgedAt = performance.now();
    await judge(own, moment);
  }

  let looking = Promise.resolve();
  const room: ControlRoom = {
    conference,
    session: record,
    get live() {
      return live;
    },
    get situation() {
      return situation;
    },
    get arrivals() {
      if (arrivals === null) throw new Error('a control room that was not looked at yet');
      return arrivals;
    },
    rehearsal: await rehearsalBefore(context, conference, record, sessions),
    raised,
    changedAt,
    look(own) {
      // One after the other; a look that failed keeps nobody from the next one.
      looking = looking.catch(() => undefined).then(() => lookNow(own));
      return looking;
    },
    close() {
      stopListening();
      opened.get(context.database)?.delete(room);
    },
  };
  opened.set(context.database, (opened.get(context.database) ?? new Set()).add(room));
  await room.look(context);
  return room;
}

/** Follows how the machines of all bridges are connected: read from the disk now and then, looked at in memory each time. */
function followLines() {
  let known = new Map<BridgeId, BridgeLine>();
  let online = new Set<BridgeId>();
  let readAt = -Infinity;

  async function take(
    context: Context,
    conference: AuthorizedConferenceId,
    situation: Situation,
  ): Promise<void> {
    const now = context.clock();
    if (performance.now() - readAt >= READ_LINES_MS) {
      readAt = performance.now();
      known = await linesOf(context, conference);
      for (const [bridge, line] of known) situation.takeLine(bridge, line);
    }
    const present = new Map<BridgeId, { connected: number; waiting: number; since: Instant | null }>();
    for (const { bridge, waiting, since } of machinesOnLine(context, conference)) {
      const here = present.get(bridge);
      if (here === undefined) present.set(bridge, { connected: 1, waiting, since });
      else {
        here.connected++;
        here.waiting += waiting;
        here.since = here.since === null || (since !== null && since < here.since) ? since : here.since;
      }
    }
    for (const [bridge, { connected, waiting, since }] of present) {
      const before = known.get(bridge) ?? NO_LINE;
      const line: BridgeLine = {
        machines: Math.max(before.machines, connected),
        connected,
        lastContact: now,
        waiting,
        waitingSince: since,
      };
      known.set(bridge, line);
      situation.takeLine(bridge, line);
    }
    for (const bridge of online) {
      if (present.has(bridge)) continue;
      // Gone since the last look: that was the last contact, and what waited then still does.
      const line = { ...(known.get(bridge) ?? NO_LINE), connected: 0 };
      known.set(bridge, line);
      situation.takeLine(bridge, line);
    }
    online = new Set(present.keys());
  }

  return {
    take,
    again() {
      readAt = -Infinity;
    },
  };
}

/** Follows how the program arrives, in memory; tests of lines are read from the disk now and then. */
function followPictures(session: SessionId) {
  let known = new Set<BridgeId>();
  let readAt = -Infinity;
  return {
    async take(context: Context, conference: AuthorizedConferenceId, situation: Situation): Promise<void> {
      const feeds = new Map(feedsOf(context, session));
      for (const bridge of known) if (!feeds.has(bridge)) situation.takeFeed(bridge, null);
      for (const [bridge, feed] of feeds) situation.takeFeed(bridge, feed);
      known = new Set(feeds.keys());
      if (performance.now() - readAt < READ_LINES_MS) return;
      readAt = performance.now();
      const lineOf = await testedLines(context, conference);
      for (const { bridge } of situation.standings)
        situation.takeLineTest(bridge.id, lineOf?.(bridge.id) ?? null);
    },
    again() {
      readAt = -Infinity;
    },
  };
}

async function rehearsalBefore(
  context: Context,
  conference: AuthorizedConferenceId,
  { startsAt }: SessionRecord,
  sessions: readonly SessionRecord[],
): Promise<Rehearsal | null> {
  const session = sessions.findLast((each) => each.kind === 'rehearsal' && each.startsAt < startsAt);
  if (session === undefined) return null;
  const live = await liveSession(context, conference, session.id);
  if (live === null || live.book.size === 0) return null;
  const axis = curveAxis(session.startsAt, session.endsAt);
  return { session, arrivals: await readArrivals(context, live, axis) };
}

/** The arrival curve of a bridge with everything below it, up to a moment. */
export function curveOf({ live }: ControlRoom, arrivals: Arrivals, bridge: BridgeId, until: Instant): Curve {
  return arrivals.curve(
    (function* () {
      for (const { id } of live.tree.subtree(bridge)) yield id;
    })(),
    until,
  );
}
