import { setImmediate as breathe } from 'node:timers/promises';

import type { BridgeId, SessionId } from '../../domain/ids.ts';
import {
  differencesBetween,
  nextVersion,
  type FigureDifference,
  type FrozenReport,
} from '../../domain/reports/attendance-report.ts';
import { figuresInWork } from '../../domain/reports/figures.ts';
import { ok, type Result } from '../../domain/result.ts';
import { whyNotIn } from '../attendance/expected.ts';
import { listen, liveSession, type LiveSession } from '../attendance/live.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { sessionOf } from '../schedule/queries.ts';
import { addReports, lastReports, packReports, ROWS_AT_A_TIME, type NewVersion } from './store.ts';

export type FreezeFailure =
  | { readonly reason: 'no such session' }
  | { readonly reason: 'no bridges' | 'takes no part' }
  | { readonly reason: 'changed meanwhile' };

export interface Frozen {
  readonly report: FrozenReport;
  /** False where no figure differs from the last version, which is then given back. */
  readonly isNew: boolean;
}

/** More often in a row nobody else freezes the same report in between: then something is wrong. */
const MOST_ATTEMPTS = 5;

/**
 * Freezes the attendance report of a bridge and everything below it as its next version, with the differences to the
 * one before. Where nothing differs nothing is written, so that it may be asked for as often as one likes.
 */
export async function freezeReport(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
  session: SessionId,
): Promise<Result<Frozen, FreezeFailure>> {
  if ((await sessionOf(context, conference, session)) === null)
    return { ok: false, reason: 'no such session' };
  const live = await liveSession(context, conference, session);
  const why = whyNotIn(live, bridge);
  if (live === null || why !== null) return { ok: false, reason: why ?? 'no bridges' };
  const frozen = (await freeze(context, conference, live, [bridge])).get(bridge);
  if (frozen === undefined) return { ok: false, reason: 'changed meanwhile' };
  context.audit.note({ after: { version: frozen.report.version, isNew: frozen.isNew } });
  return ok(frozen);
}

/**
 * The same for some bridges of a session, all in one commit; at most some hundred small ones or a single large one at a
 * time. What another process froze meanwhile is looked at once more.
 */
export async function freezeReports(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  live: LiveSession,
  bridges: readonly BridgeId[],
): Promise<ReadonlyMap<BridgeId, Frozen>> {
  return freeze(context, conference, live, bridges);
}

async function freeze(
  context: Context,
  conference: AuthorizedConferenceId,
  live: LiveSession,
  bridges: readonly BridgeId[],
): Promise<ReadonlyMap<BridgeId, Frozen>> {
  const { session } = live;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const last = await lastReports(context.database.read, session, bridges);
    const frozen = new Map<BridgeId, Frozen>();
    const news: NewVersion[] = [];
    for (const [bridge, now] of await figuresOf(context, live, bridges)) {
      const before = last.get(bridge) ?? null;
      // The book may have been opened anew since, and somebody have frozen what this one does not know.
      const isOlder = before !== null && before.sequence > now.sequence;
      const report = isOlder ? before : nextVersion(before, now, await differences(before, now.figures));
      const isNew = report !== before;
      frozen.set(bridge, { report, isNew });
      if (isNew) news.push({ bridge, report });
    }
    if (news.length === 0) return frozen;
    const rows = await packReports(conference, session, news);
    try {
      await transaction(context.database, (db) => addReports(db, rows));
      return frozen;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  return new Map();
}

type Now = Pick<FrozenReport, 'sequence' | 'at' | 'figures'>;

/** More bridges than this are worked out with pauses, in which people are checked in. */
const AT_ONCE = 300;

/** The figures of some bridges, each with everything below it, all of one moment. */
async function figuresOf(
  context: Context,
  live: LiveSession,
  bridges: readonly BridgeId[],
): Promise<ReadonlyMap<BridgeId, Now>> {
  const { tree, book } = live;
  const works = bridges.map((bridge) => ({ bridge, work: figuresInWork(tree, book, bridge) }));
  const moved = new Set<BridgeId>();
  const stop = listen(context.database, (change) => {
    if (change.live === live) for (const bridge of change.moved) moved.add(bridge);
  });
  try {
    for (const { work } of works) {
      for (let at = 0; at < work.order.length; at += ROWS_AT_A_TIME) {
        work.take(work.order.slice(at, at + ROWS_AT_A_TIME));
        if (work.order.length > AT_ONCE) await breathe();
      }
    }
  } finally {
    stop();
  }
  // In one go with what is read below: whatever moved while the others were worked out.
  for (const { work } of works) if (moved.size > 0) work.take(moved);
  const [sequence, at] = [live.sequence, context.clock()];
  return new Map(works.map(({ bridge, work }) => [bridge, { sequence, at, figures: work.values() }]));
}

async function differences(
  before: FrozenReport | null,
  figures: FrozenReport['figures'],
): Promise<readonly FigureDifference[]> {
  if (before === null) return [];
  const found: FigureDifference[] = [];
  let compared = 0;
  for (const own of differencesBetween(before.figures, figures)) {
    found.push(...own);
    compared += 1;
    if (compared % ROWS_AT_A_TIME === 0) await breathe();
  }
  return found;
}
