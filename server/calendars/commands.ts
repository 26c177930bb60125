import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedAccountId, AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { hashOfToken, newToken } from '../sign-in/tokens.ts';
import { addFeed, noteRead, readFeeds, removeFeed, type FeedRow } from './store.ts';

/** More calendars than one person has programs. */
const MOST_FEEDS = 30;

/** The bridge whose calendar somebody asks for. */
export interface FeedBridge {
  readonly conference: AuthorizedConferenceId;
  readonly bridge: AuthorizedBridgeId;
}

export type AddFailure = { readonly reason: 'too many' };

/** Makes a calendar that can be subscribed to, of a bridge or of all that the account sees. Its key is told once. */
export async function addCalendar(
  context: Context,
  account: AuthorizedAccountId,
  of: FeedBridge | null,
  language: Language,
): Promise<Result<{ readonly feed: FeedRow; readonly key: string }, AddFailure>> {
  const key = newToken();
  const feed: FeedRow = {
    id: context.newId(),
    account,
    conference: of?.conference ?? null,
    bridge: of?.bridge ?? null,
    language,
    hash: hashOfToken(key),
    created_at: context.clock(),
    read_at: null,
  };
  return await transaction(context.database, async (db) => {
    if ((await readFeeds(db, account)).length >= MOST_FEEDS) return { ok: false, reason: 'too many' };
    await addFeed(db, feed);
    context.audit.note({ after: { feed: feed.id, ...namesOf(feed) } });
    return ok({ feed, key });
  });
}

function namesOf({
  conference,
  bridge,
}: FeedRow): Readonly<{ conference?: ConferenceId; bridge?: BridgeId }> {
  return { ...(conference !== null && { conference }), ...(bridge !== null && { bridge }) };
}

export type RemoveFailure = { readonly reason: 'no such calendar' };

/** Ends a calendar: its address shows nothing from now on. */
export async function removeCalendar(
  context: Context,
  account: AuthorizedAccountId,
  id: string,
): Promise<Result<null, RemoveFailure>> {
  const removed = await removeFeed(context.database.write, account, id);
  return removed ? ok(null) : { ok: false, reason: 'no such calendar' };
}

/** That a calendar is in use is noted this often, not each time that a program asks: each note is a commit. */
const NOTE_EVERY_MS = 3_600_000;

/** Notes that a calendar program has asked for a calendar. */
export async function noteAsked(context: Context, feed: FeedRow): Promise<void> {
  const now = context.clock();
  if (feed.read_at === null || now - feed.read_at >= NOTE_EVERY_MS)
    await noteRead(context.database.write, feed.id, now);
}
