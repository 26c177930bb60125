import { z } from 'zod';

import type { BridgeTree } from '../bridges/bridge.ts';
import { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** `session` (buổi họp), `rehearsal` (tổng duyệt), `line-test` (thử đường truyền), `follow-up` (buổi học bù). */
export const SessionKind = z.enum(['session', 'rehearsal', 'line-test', 'follow-up']);
export type SessionKind = z.infer<typeof SessionKind>;

/** One item of an agenda, within its session. */
export const AgendaEntryId = z.string().min(1).max(64).brand<'AgendaEntryId'>();
export type AgendaEntryId = z.infer<typeof AgendaEntryId>;

/** Bridges that are named, each with everything below it where `below` says so. */
const NamedBridges = z.object({ tops: z.array(BridgeId).min(1).max(200), below: z.boolean() });

/** The bridges that take part in a session; `all` is every bridge of the conference, also one added later. */
export const SessionBridges = z.union([z.literal('all'), NamedBridges]);
export type SessionBridges = z.infer<typeof SessionBridges>;

/** Each of them once, as the tree stands; bridges that have gone are left out. */
export function bridgesTaking(
  bridges: SessionBridges,
  tree: Pick<BridgeTree, 'get' | 'subtree'> | null,
): readonly BridgeId[] | 'all' {
  if (bridges === 'all') return 'all';
  const there = bridges.tops.filter((id) => tree?.get(id) !== undefined);
  if (!bridges.below || tree === null) return there;
  return Array.from(new Set(there.flatMap((id) => tree.subtree(id).map((bridge) => bridge.id))));
}

/** Whether a bridge takes part in a session. */
export type Taking = ReadonlySet<BridgeId> | 'all';

export function takesPart(taking: Taking, bridge: BridgeId): boolean {
  return taking === 'all' || taking.has(bridge);
}

/** The same of one bridge, without a list of all of them. */
export function takesPartOf(
  bridges: SessionBridges,
  tree: Pick<BridgeTree, 'path'> | null,
  bridge: BridgeId,
): boolean {
  if (bridges === 'all') return true;
  const { tops, below } = bridges;
  if (!below || tree === null) return tops.includes(bridge);
  return tree.path(bridge).some(({ id }) => tops.includes(id));
}

/** Whether one of some bridges takes part. */
export function isFor(
  bridges: SessionBridges,
  tree: Pick<BridgeTree, 'get' | 'subtree'> | null,
  isOurs: (bridge: BridgeId) => boolean,
): boolean {
  const taking = bridgesTaking(bridges, tree);
  return taking === 'all' || taking.some(isOurs);
}

/** When a session is: its doors open (đón tiếp, mở cửa), it starts, and the first instant after it. */
export interface SessionTimes {
  /** Null where nobody has said when the doors open. */
  readonly doorsAt: Instant | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

const DAY_MS = 86_400_000;
/** A session of several days goes on no longer than this: an hour of the wrong month is a slip. */
const LONGEST_MS = 31 * DAY_MS;

export type TimesFailure =
  | { readonly reason: 'ends before it starts' }
  | { readonly reason: 'too long' }
  /** Doors open before the start, and on the day before it at the earliest. */
  | { readonly reason: 'doors' };

/** What is wrong with the times of a session; null where nothing is. */
export function checkTimes({ doorsAt, startsAt, endsAt }: SessionTimes): TimesFailure | null {
  if (endsAt <= startsAt) return { reason: 'ends before it starts' };
  if (endsAt - startsAt > LONGEST_MS) return { reason: 'too long' };
  if (doorsAt !== null && (doorsAt > startsAt || startsAt - doorsAt > DAY_MS)) return { reason: 'doors' };
  return null;
}

/** The same session at another start: its doors and its end go with it. */
export function movedTo(times: SessionTimes, startsAt: Instant): SessionTimes {
  const by = startsAt - times.startsAt;
  const later = (instant: Instant): Instant => (instant + by) as Instant;
  return {
    doorsAt: times.doorsAt === null ? null : later(times.doorsAt),
    startsAt,
    endsAt: later(times.endsAt),
  };
}
