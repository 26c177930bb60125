import { setImmediate as breathe } from 'node:timers/promises';

import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import {
  beginLine,
  endLine,
  followSample,
  levelOf,
  hearOf,
  lookForDrop,
  resumeLine,
  type Feed,
  type LineCourse,
  type QualityIncident,
  type QualityLevel,
  type QualitySample,
} from '../../domain/media/quality.ts';
import type { Instant } from '../../domain/time.ts';
import type { Operator } from '../access/gate.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { again, type RunningJob } from '../platform/jobs.ts';
import { watchedHours, type Hours } from './queries.ts';
import {
  addSums,
  readIncidents,
  readSums,
  writeIncidents,
  type BridgeIncident,
  type LinePlace,
  type QualitySums,
} from './quality-store.ts';

type Mutable<Thing> = { -readonly [Field in keyof Thing]: Thing[Field] };

/** One bridge as its samples show it. */
interface Sampled {
  readonly course: LineCourse;
  level: QualityLevel;
  /** Of the last sample. */
  seenAt: number;
  /** Those of its pages that are there. */
  pages: number;
  /** What has not been added to its sums yet; null where nothing has come since. */
  sums: Mutable<QualitySums> | null;
}

/** A session in which bridges sample. */
interface SampledSession {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly bridges: Map<BridgeId, Sampled>;
  /** Incidents that began or ended since they were written last. */
  readonly news: Map<string, BridgeIncident>;
  /** When incidents count; null until it was looked up, which the first samples do not wait for. */
  hours: Hours | null;
  /** Nobody is missed before: a server that has just come up lets its bridges come back. */
  readonly missedFrom: Instant;
  writtenAt: number;
}

const LOOK_EVERY_MS = 5000;
/** Sums are written so often, spread over the bridges. */
const WRITE_EVERY_MS = 60_000;
/** As many as are written without a check-in having to wait noticeably. */
const TOGETHER = 500;
const COME_BACK_MS = 60_000;
/** A sample says how it is for so long. */
const SHOWN_MS = 15_000;
/** A line that breaks without a word is noticed after less than this. */
const NOTICED_LATE_MS = 60_000;
/** A session of which nothing comes any more is forgotten. */
const FORGET_AFTER_MS = 10 * 60_000;

const shelves = new WeakMap<Database, Map<SessionId, SampledSession>>();

function shelfOf(database: Database): Map<SessionId, SampledSession> {
  const shelf = shelves.get(database) ?? new Map<SessionId, SampledSession>();
  shelves.set(database, shelf);
  return shelf;
}

/**
 * Takes in how the program arrives at a bridge: no more than arithmetic in memory, as a nation's bridges say so every five seconds. What
 * comes before the session begins or after it has ended shows on screens and is no incident.
 */
export function noteSample(
  context: Context,
  place: LinePlace,
  said: Omit<QualitySample, 'at'>,
): QualityLevel {
  const now = context.clock();
  const own = openSession(context, place, now);
  const sample: QualitySample = { ...said, at: now };
  const level = levelOf(sample);
  const line = lineAt(own, place.bridge);
  line.level = level;
  line.seenAt = now;
  if (!isOn(own, now)) return level;
  note(own, place.bridge, followSample(line.course, sample));
  line.sums ??= emptySums(place.bridge, now);
  addTo(line.sums, sample, level);
  return level;
}

/** A bridge's page has come, perhaps back. */
export function noteCame(context: Context, place: LinePlace): void {
  const now = context.clock();
  const own = openSession(context, place, now);
  const line = lineAt(own, place.bridge);
  line.pages += 1;
  if (!isOn(own, now)) return;
  if (line.pages === 1) note(own, place.bridge, lookForDrop(line.course, now));
  note(own, place.bridge, hearOf(line.course, now));
}

/**
 * A bridge's page has gone. One that left by itself has not dropped. Of one that sampled until lately it is known when the line broke; else it
 * broke when that was noticed.
 */
export function noteGone(
  { database, clock }: Context,
  { session, bridge }: LinePlace,
  isByItself: boolean,
): void {
  const now = clock();
  const own = shelfOf(database).get(session);
  const line = own?.bridges.get(bridge);
  if (own === undefined || line === undefined) return;
  line.pages = Math.max(0, line.pages - 1);
  if (line.pages > 0) return;
  if (isByItself) note(own, bridge, endLine(line.course, now));
  else if (isOn(own, now) && now - line.seenAt > NOTICED_LATE_MS) note(own, bridge, hearOf(line.course, now));
}

/** How the program arrives at each bridge that samples in a session; null where nothing has come for a while that nobody waits for. */
export function* feedsOf(
  { database, clock }: Context,
  session: SessionId,
): Iterable<[BridgeId, Feed | null]> {
  const now = clock();
  for (const [bridge, { course, level, seenAt }] of shelfOf(database).get(session)?.bridges ?? []) {
    if (course.isDropped) yield [bridge, { state: 'dropped', since: course.last }];
    else if (now - seenAt > SHOWN_MS) yield [bridge, null];
    else yield [bridge, { state: level, since: course.poorFrom }];
  }
}

function lineAt({ bridges }: SampledSession, bridge: BridgeId): Sampled {
  const known = bridges.get(bridge);
  if (known !== undefined) return known;
  const line: Sampled = { course: beginLine(), level: 'good', seenAt: 0, pages: 0, sums: null };
  bridges.set(bridge, line);
  return line;
}

function openSession(context: Context, { conference, session }: LinePlace, now: Instant): SampledSession {
  const shelf = shelfOf(context.database);
  const known = shelf.get(session);
  if (known !== undefined) return known;
  const own: SampledSession = {
    conference,
    session,
    bridges: new Map(),
    news: new Map(),
    hours: null,
    missedFrom: (now + COME_BACK_MS) as Instant,
    writtenAt: performance.now(),
  };
  shelf.set(session, own);
  return own;
}

function isOn({ hours }: SampledSession, now: Instant): boolean {
  return hours !== null && now >= hours.from && now < hours.until;
}

function note({ news }: SampledSession, bridge: BridgeId, incidents: readonly QualityIncident[]): void {
  for (const incident of incidents)
    news.set(`${bridge} ${incident.kind} ${incident.from}`, { ...incident, bridge });
}

function emptySums(bridge: BridgeId, now: Instant): Mutable<QualitySums> {
  const worst = { worstLoss: 0, worstJitterMs: 0, worstDelayMs: 0 };
  return { bridge, firstAt: now, lastAt: now, good: 0, fair: 0, poor: 0, ...worst };
}

function addTo(sums: Mutable<QualitySums>, sample: QualitySample, level: QualityLevel): void {
  sums[level] += 1;
  sums.lastAt = sample.at;
  sums.worstLoss = Math.max(sums.worstLoss, sample.loss);
  sums.worstJitterMs = Math.max(sums.worstJitterMs, sample.jitterMs);
  sums.worstDelayMs = Math.max(sums.worstDelayMs, sample.delayMs);
}

/** Looks for bridges whose pages are gone, and writes what samples came to: what `keepQuality` does again and again. */
export async function lookAtLines(context: Context, operator: Operator): Promise<void> {
  const { database, clock } = context;
  const shelf = shelfOf(database);
  for (const own of shelf.values()) {
    const scope = await operator.conference(own.conference);
    const hours = scope.ok ? await watchedHours(context, scope.value, own.session) : null;
    if (hours === null) {
      shelf.delete(own.session);
      continue;
    }
    if (own.hours === null) await resume(database, own, clock());
    own.hours = hours;
    judge(own, clock());
    const isOver = clock() >= hours.until && clock() - lastSeen(own) > FORGET_AFTER_MS;
    await write(database, own, isOver || performance.now() - own.writtenAt >= WRITE_EVERY_MS);
    if (isOver) shelf.delete(own.session);
  }
}

/** Follows the lines while the server runs, and writes the rest when it stops. */
export function keepQuality(context: Context, operator: Operator): RunningJob {
  const { database, log } = context;
  const job = again(
    () => lookAtLines(context, operator),
    LOOK_EVERY_MS,
    (error) => log.error({ err: error }, 'quality of lines was not kept'),
  );
  return {
    async stop() {
      await job.stop();
      for (const own of shelfOf(database).values()) await write(database, own, true);
    },
  };
}

function lastSeen({ bridges }: SampledSession): number {
  let last = 0;
  for (const { seenAt } of bridges.values()) last = Math.max(last, seenAt);
  return last;
}

/** What an earlier run of the server knew: bridges that sampled until it stopped, and incidents that had not ended. */
async function resume(database: Database, own: SampledSession, now: Instant): Promise<void> {
  const [open, recent] = await Promise.all([
    readIncidents(database.read, own.session, { isLasting: true }),
    readSums(database.read, own.session, { since: (now - FORGET_AFTER_MS) as Instant }),
  ]);
  const incidents = new Map(open.map((incident) => [incident.bridge, incident]));
  for (const bridge of new Set([...incidents.keys(), ...recent.map((one) => one.bridge)])) {
    const { course, pages } = lineAt(own, bridge);
    Object.assign(course, resumeLine(now, incidents.get(bridge) ?? null));
    if (pages > 0) note(own, bridge, hearOf(course, now));
  }
}

function judge(own: SampledSession, now: Instant): void {
  const { hours, bridges, missedFrom } = own;
  if (hours === null || now < hours.from) return;
  for (const [bridge, { course, pages }] of bridges) {
    if (now >= hours.until) note(own, bridge, endLine(course, hours.until));
    else if (pages > 0) course.last ??= now;
    else if (now >= missedFrom) note(own, bridge, lookForDrop(course, now));
  }
}

async function write(database: Database, own: SampledSession, withSums: boolean): Promise<void> {
  for (const some of portions([...own.news])) {
    await writeIncidents(
      database.write,
      own,
      some.map(([, incident]) => incident),
    );
    // What has ended while its beginning was written is written the next time.
    for (const [key, incident] of some) if (own.news.get(key) === incident) own.news.delete(key);
    await breathe();
  }
  if (!withSums) return;
  own.writtenAt = performance.now();
  for (const some of portions([...own.bridges.values()].filter(({ sums }) => sums !== null))) {
    const sums = some.flatMap((line) => line.sums ?? []);
    for (const line of some) line.sums = null;
    await addSums(database.write, own, sums);
    await breathe();
  }
}

function* portions<Item>(items: readonly Item[]): Iterable<readonly Item[]> {
  for (let at = 0; at < items.length; at += TOGETHER) yield items.slice(at, at + TOGETHER);
}
