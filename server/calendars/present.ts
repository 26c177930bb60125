import type { CalendarFeedRow } from '../../domain/wire/calendars.ts';
import type { FeedRow } from './store.ts';

/** A calendar among those of its owner; of a bridge that they may not see any more no name is told. */
export function presentFeed(feed: FeedRow, bridgeName: string | null): CalendarFeedRow {
  const { id, conference, bridge, created_at: createdAt, read_at: readAt } = feed;
  const own = conference === null || bridge === null ? null : { conference, id: bridge, name: bridgeName };
  return { id, bridge: own, createdAt, readAt };
}
