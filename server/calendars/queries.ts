import type {
  CalendarConference,
  CalendarDeadline,
  CalendarSession,
  FeedContent,
} from '../../domain/calendar/content.ts';
import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { ownDeadline } from '../../domain/reports/due.ts';
import { isFor } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { AuthorizedAccountId, Gate } from '../platform/scopes.ts';
import { conferencesOf } from '../plans/queries.ts';
import { headcountRules } from '../reports/queries.ts';
import { deadlinesInTime, sessionsInTime, type SeenConference, type Stretch } from '../schedule/overview.ts';
import type { SessionRecord } from '../schedule/queries.ts';
import { hashOfToken } from '../sign-in/tokens.ts';
import { feedByHash, readFeeds, type FeedRow } from './store.ts';
import { readTold } from './inviting-store.ts';

const DAY_MS = 86_400_000;
/** A calendar has what was within a quarter, and what will be within two years. */
const BEFORE_MS = 92 * DAY_MS;
const AFTER_MS = 731 * DAY_MS;
/** So many conferences, the newest first. */
const MOST_CONFERENCES = 500;

/** Calendars of an account with the names of their bridges, the newest first; one whose bridge is not seen any more has none. */
export async function calendarsOf(
  context: Context,
  gate: Gate,
  account: AuthorizedAccountId,
): Promise<{ readonly feed: FeedRow; readonly bridgeName: string | null }[]> {
  const feeds = await readFeeds(context.database.read, account);
  return await Promise.all(
    feeds.map(async (feed) => ({
      feed,
      bridgeName: (await bridgeOf(context, gate, feed))?.name ?? null,
    })),
  );
}

/** A calendar by its key, with whoever it belongs to; null where it is none, or none any more. */
export async function calendarBy(
  context: Context,
  key: string,
): Promise<{ readonly feed: FeedRow; readonly owner: Actor } | null> {
  const feed = await feedByHash(context.database.read, hashOfToken(key));
  if (feed === undefined) return null;
  const name = (await namesOf(context, [feed.account])).get(feed.account);
  return name === undefined ? null : { feed, owner: { account: feed.account, name } };
}

/**
 * What stands in a calendar as of now, by what its owner may see now. Null where they may not see its bridge any more.
 * @param context one in which the calendar's owner asks
 */
export async function contentOf(
  context: Context,
  gate: Gate,
  account: AuthorizedAccountId,
  feed: FeedRow,
): Promise<{ readonly content: FeedContent; readonly bridgeName: string | null } | null> {
  const now = context.clock();
  const stretch = { from: (now - BEFORE_MS) as Instant, to: (now + AFTER_MS) as Instant };
  const all = await conferencesOf(context, account, null, MOST_CONFERENCES);
  const seen = await Promise.all(all.map((one) => seenConference(context, gate, one)));
  const conferences = seen.filter((one) => one !== null);
  const own = await bridgeOf(context, gate, feed);
  if (own === null && feed.bridge !== null) return null;
  const inTime = await sessionsInTime(context, conferences, stretch);
  const parts = conferences.map(async (one): Promise<FeedContent> => {
    const sessions = inTime.flatMap(({ session }) => (session.conference === one.id ? session : []));
    return own === null
      ? await contentOfAll(context, one, sessions, stretch)
      : await contentOfBridge(context, one, own, sessions, stretch);
  });
  const contents = await Promise.all(parts);
  return {
    content: {
      sessions: contents.flatMap(({ sessions }) => sessions),
      deadlines: contents.flatMap(({ deadlines }) => deadlines),
    },
    bridgeName: own?.name ?? null,
  };
}

/** The bridge of a calendar, where whoever asks may see it; null of one that is of no bridge. */
export async function bridgeOf(
  context: Context,
  gate: Gate,
  { conference, bridge }: FeedRow,
): Promise<Bridge | null> {
  if (conference === null || bridge === null) return null;
  const [of, at] = [
    await gate.conference(context, conference, 'belong'),
    await gate.bridge(context, conference, bridge, 'read'),
  ];
  if (!of.ok || !at.ok) return null;
  return (await bridgeTreeOf(context, of.value))?.get(at.value) ?? null;
}

type Seen = SeenConference & { readonly tree: BridgeTree | null };

async function seenConference(
  context: Context,
  gate: Gate,
  { id, title, number }: CalendarConference,
): Promise<Seen | null> {
  const belongs = await gate.conference(context, id, 'belong');
  if (!belongs.ok) return null;
  const [sight, tree] = [
    await gate.sight(context, belongs.value),
    await bridgeTreeOf(context, belongs.value),
  ];
  // No names of people stand in a calendar.
  return { id: belongs.value, title, number, sight, tree, people: null, organize: null };
}

/** Everything of a conference in which a bridge takes part that is seen. */
async function contentOfAll(
  context: Context,
  seen: Seen,
  sessions: readonly SessionRecord[],
  stretch: Stretch,
): Promise<FeedContent> {
  const deadlines = await deadlinesInTime(context, seen, stretch);
  return {
    sessions: thoseOf(sessions, seen, (id) => seen.sight.sees(id)),
    deadlines: deadlines.map(({ of, dueBefore, text, owner, bridge, isHeadcount }): CalendarDeadline => ({
      key: of.kind === 'plan' ? `duty-${of.duty}` : `below-${of.bridge}`,
      conference: seen,
      dueBefore,
      text: isHeadcount ? null : text,
      owner,
      bridgeName: bridge?.name ?? null,
    })),
  };
}

/** What concerns one bridge; in another conference, the bridges of the same unit. */
async function contentOfBridge(
  context: Context,
  seen: Seen,
  bridge: Bridge,
  sessions: readonly SessionRecord[],
  stretch: Stretch,
): Promise<FeedContent> {
  const { tree, sight } = seen;
  const isOwn = (one: Bridge): boolean =>
    one.id === bridge.id ||
    (one.unit !== null && one.unit === bridge.unit && tree?.get(bridge.id) === undefined);
  const own = tree?.bridges.filter((one) => isOwn(one) && sight.sees(one.id)) ?? [];
  if (tree === null || own.length === 0) return { sessions: [], deadlines: [] };
  const ids = new Set(own.map(({ id }) => id));
  const rules = await headcountRules(context, seen.id);
  const deadlines = own.flatMap(({ id, name }): CalendarDeadline[] => {
    const due = rules === null ? null : ownDeadline(tree, rules.plan, rules.inner, id);
    if (due === null || due.dueBefore <= stretch.from || due.dueBefore > stretch.to) return [];
    return [
      {
        key: `of-${id}`,
        conference: seen,
        dueBefore: due.dueBefore,
        text: null,
        owner: null,
        bridgeName: name,
      },
    ];
  });
  return { sessions: thoseOf(sessions, seen, (id) => ids.has(id)), deadlines };
}

/** The sessions of a conference that one of some bridges takes part in. */
function thoseOf(
  sessions: readonly SessionRecord[],
  seen: Seen,
  isOurs: (bridge: BridgeId) => boolean,
): CalendarSession[] {
  return sessions
    .filter(({ bridges }) => isFor(bridges, seen.tree, isOurs))
    .map((session) => ({ ...session, conference: seen }));
}

/** By which number the calendar of whoever an invitation is for knows its entry; 0 where it was told of none. */
export async function toldSequence(
  { database }: Pick<Context, 'database'>,
  invitation: string,
): Promise<number> {
  return (await readTold(database.read, invitation))?.sequence ?? 0;
}
