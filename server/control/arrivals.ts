import { setImmediate } from 'node:timers/promises';

import { timeOf } from '../../domain/attendance/order.ts';
import { countedHeads } from '../../domain/attendance/ratios.ts';
import type { Tally } from '../../domain/attendance/presence.ts';
import { openArrivals, type Arrivals, type CurveAxis } from '../../domain/control/curve.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { bookOf, type LiveSession, type News } from '../attendance/live.ts';
import { countsOf, type CountEvent } from '../attendance/queries.ts';
import type { Context } from '../platform/context.ts';

/** So many bridges are read at a time, and check-ins in between. */
const BRIDGES_AT_A_TIME = 100;

/** Who came when, out of the open book and the counts of the ledger. */
export async function readArrivals(context: Context, live: LiveSession, axis: CurveAxis): Promise<Arrivals> {
  const arrivals = openArrivals(axis);
  const counts = await countsOf(context, live.session);
  for (const { bridge, at, heads } of headsOverTime(counts)) arrivals.counted(bridge, at, heads);
  for (const [index, { id }] of live.tree.bridges.entries()) {
    if (index % BRIDGES_AT_A_TIME === BRIDGES_AT_A_TIME - 1) await setImmediate();
    const own = (bookOf(context, live.session) ?? live).book.node(id).own;
    followTally(arrivals, live, id, own, [], context.clock());
  }
  return arrivals;
}

/** What each count added to, or took from, what was counted at its point before. */
function headsOverTime(counts: readonly CountEvent[]) {
  const before = new Map<string, number>();
  return counts
    .toSorted((a, b) => timeOf(a) - timeOf(b))
    .map((event) => {
      const key = `${event.bridge} ${event.point}`;
      const total = Object.values(event.counts).reduce((sum, heads) => sum + heads, 0);
      const heads = total - (before.get(key) ?? 0);
      before.set(key, total);
      return { bridge: event.bridge, at: timeOf(event), heads };
    });
}

/**
 * Brings a bridge's arrivals in step with its figures. Usually what came in since explains the difference; where it does not
 * (an undo, somebody who moved on, a second scan) the bridge is read again out of the book.
 *
 * @param news what has come in at the bridge since
 */
export function followTally(
  arrivals: Arrivals,
  live: LiveSession,
  bridge: BridgeId,
  own: Tally,
  news: readonly News[],
  now: Instant,
): void {
  const { named, heads } = arrivals.totals(bridge);
  if (own.attended !== named) {
    const came = news.flatMap(({ recorded: { event } }) =>
      event.kind === 'arrive' || event.kind === 'walk-in' ? [timeOf(event)] : [],
    );
    if (came.length === own.attended - named) for (const at of came) arrivals.came(bridge, at);
    else arrivals.replace(bridge, arrivalsAt(live, bridge));
  }
  const counted = countedHeads(own);
  if (counted !== heads) {
    const last = news.findLast(({ recorded }) => recorded.event.kind === 'count');
    arrivals.counted(bridge, last === undefined ? now : timeOf(last.recorded.event), counted - heads);
  }
}

/** When everybody came who counts as having been at a bridge. */
function* arrivalsAt(live: LiveSession, bridge: BridgeId): Generator<Instant> {
  const { book, visitors, walkIns } = live;
  const people = new Set<PersonId>(book.expectedAt(bridge));
  for (const visitor of visitors.get(bridge) ?? []) people.add(visitor);
  for (const walkIn of walkIns.get(bridge)?.keys() ?? []) people.add(walkIn);
  for (const person of people) {
    const presence = book.presence(person);
    if (presence?.state !== 'present' && presence?.state !== 'left') continue;
    if (presence.at === bridge && book.standing(person) !== 'unknown') yield presence.since;
  }
}
