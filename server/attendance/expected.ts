import type { Expected } from '../../domain/attendance/presence.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { partOfTree } from '../../domain/bridges/tree.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { followUpExpected, type SessionPresence } from '../../domain/reports/conference.ts';
import { bridgesTaking, type Taking } from '../../domain/schedule/session.ts';
import type { Instant } from '../../domain/time.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { expectedOf, seatsRevision } from '../composition/queries.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import type { SessionRecord } from '../schedule/queries.ts';

/** The open books of the sessions that a follow-up session makes up for. */
export type Heard = readonly { readonly book: SessionPresence & { readonly size: number } }[];

/** So often it is looked whether others were there after all: late uploads come in crowds, and each look opens a book anew. */
const HEAR_AGAIN_MS = 30_000;

/** Which bridges a session is of, and what its expected people were worked out from. */
export interface Asked {
  /** Changes whenever seats, roster, bridges or those that take part do, and when who was there before does. */
  readonly revision: string;
  /** Of a follow-up session: events of the sessions before that its audience was worked out from. */
  readonly heard: { readonly events: number; readonly at: Instant } | null;
}

/**
 * What a session asks for, as it stands now.
 *
 * @param before as it stood when its book was opened; null where none is open
 * @param heardNow opens the books of the sessions that a follow-up session makes up for
 */
export async function askedNow(
  context: Context,
  conference: AuthorizedConferenceId,
  { bridges, kind }: SessionRecord,
  before: Asked | null,
  heardNow: () => Promise<Heard>,
): Promise<Asked> {
  const seats = await seatsRevision(context, conference);
  const which = bridges === 'all' ? '' : `:${sha256(JSON.stringify(bridges)).slice(0, 16)}`;
  if (kind !== 'follow-up') return { revision: `${seats}${which}`, heard: null };
  const now = context.clock();
  const known = before?.heard ?? null;
  const isFresh = known !== null && Math.abs(now - known.at) < HEAR_AGAIN_MS;
  const heard = isFresh ? known : { events: eventsIn(await heardNow()), at: now };
  return { revision: `${seats}${which}:follow-up:${heard.events}`, heard };
}

function eventsIn(heard: Heard): number {
  return heard.reduce((sum, { book }) => sum + book.size, 0);
}

/** The bridges of a session, and who is expected there. */
export interface Audience {
  /** All bridges of the conference. */
  readonly whole: BridgeTree;
  readonly taking: Taking;
  readonly expected: Iterable<Expected>;
}

/** Null before the conference has bridges. */
export async function audienceOf(
  context: Context,
  conference: AuthorizedConferenceId,
  { bridges, kind }: SessionRecord,
  heardNow: () => Promise<Heard>,
): Promise<Audience | null> {
  const whole = await bridgeTreeOf(context, conference);
  if (whole === null) return null;
  const taking = takingIn(bridges, whole);
  const seats = await expectedOf(context, conference);
  if (kind !== 'follow-up') return { whole, taking, expected: seats };
  const books = (await heardNow()).map(({ book }) => book);
  return { whole, taking, expected: followUpExpected(seats, books) };
}

/** The bridges that take part, ready to be asked one by one. */
export function takingIn(bridges: SessionRecord['bridges'], tree: BridgeTree): Taking {
  const taking = bridgesTaking(bridges, tree);
  return taking === 'all' ? 'all' : new Set(taking);
}

/** Why a bridge has no place in what a session comes to; null where it has one. */
export function whyNotIn(
  live: { readonly whole: BridgeTree; readonly tree: BridgeTree } | null,
  bridge: BridgeId,
): 'no bridges' | 'takes no part' | null {
  if (live?.whole.get(bridge) === undefined) return 'no bridges';
  return live.tree.get(bridge) === undefined ? 'takes no part' : null;
}

/** What stands in a session: the bridges that take part and those that recorded all the same, with the levels above them. */
export function standingTree(whole: BridgeTree, taking: Taking, recorded: Iterable<BridgeId>): BridgeTree {
  return taking === 'all' ? whole : partOfTree(whole, [...taking, ...recorded]);
}
