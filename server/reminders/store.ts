import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Reminded } from '../../domain/reports/reminders.ts';
import type { Instant } from '../../domain/time.ts';
import type { ReminderId } from '../../domain/wire/reminders.ts';

/** A reminder to all below a bridge, from when it was asked for. */
export interface StoredReminder {
  readonly id: ReminderId;
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly whom: Reminded;
  readonly skipToday: boolean;
  readonly words: string | null;
  readonly by: AccountId;
  readonly askedAt: Instant;
  readonly goesAt: Instant;
  readonly sentAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

type ReminderRow = Pick<StoredReminder, 'id' | 'conference' | 'bridge' | 'whom' | 'words' | 'by'> & {
  readonly skip_today: number;
  readonly asked_at: Instant;
  readonly goes_at: Instant;
  readonly sent_at: Instant | null;
  readonly withdrawn_at: Instant | null;
};

function reminderOf(row: ReminderRow): StoredReminder {
  const { id, conference, bridge, whom, words, by } = row;
  return {
    id,
    conference,
    bridge,
    whom,
    words,
    by,
    skipToday: row.skip_today === 1,
    askedAt: row.asked_at,
    goesAt: row.goes_at,
    sentAt: row.sent_at,
    withdrawnAt: row.withdrawn_at,
  };
}

/** Adds a reminder. A unique violation says that one of this id is there. */
export async function addReminder(db: Knex, reminder: StoredReminder): Promise<void> {
  const { skipToday, askedAt, goesAt, sentAt, withdrawnAt, ...same } = reminder;
  await db('reminder').insert({
    ...same,
    skip_today: skipToday ? 1 : 0,
    asked_at: askedAt,
    goes_at: goesAt,
    sent_at: sentAt,
    withdrawn_at: withdrawnAt,
  });
}

export async function readReminder(db: Knex, id: ReminderId): Promise<StoredReminder | null> {
  const row = await db('reminder').where({ id }).first<ReminderRow | undefined>();
  return row === undefined ? null : reminderOf(row);
}

/** Reminders that wait, the next to go first. */
export async function readWaiting(db: Knex): Promise<StoredReminder[]> {
  const rows = await waiting(db).orderBy('goes_at').select<ReminderRow[]>();
  return rows.map(reminderOf);
}

function waiting(db: Knex): Knex.QueryBuilder {
  return db('reminder').whereNull('sent_at').whereNull('withdrawn_at');
}

/** Takes a reminder that still waits as sent; false where it went out already, or was taken back. */
export async function markSent(db: Knex, id: ReminderId, at: Instant): Promise<boolean> {
  return (await waiting(db).where({ id }).update({ sent_at: at })) > 0;
}

/** Takes back a reminder that still waits; false where it went out, or was taken back already. */
export async function markWithdrawn(db: Knex, id: ReminderId, at: Instant): Promise<boolean> {
  return (await waiting(db).where({ id }).update({ withdrawn_at: at })) > 0;
}

/** Writes down whom a reminder reached. */
export async function addReached(
  db: Knex,
  { id, conference }: Pick<StoredReminder, 'id' | 'conference'>,
  bridges: readonly BridgeId[],
  at: Instant,
): Promise<void> {
  await db.raw(
    `insert into reminder_to (reminder, conference, bridge, at)
     select ?, ?, value, ? from json_each(?)`,
    [id, conference, at, JSON.stringify(bridges)],
  );
}

/** A reminder with how many bridges it reached, and how many of those have seen it. */
export interface CountedReminder extends StoredReminder {
  readonly reached: number;
  readonly seen: number;
}

/** Reminders of a conference, newest first, at most `limit`. */
export async function listReminders(
  db: Knex,
  conference: ConferenceId,
  limit: number,
): Promise<CountedReminder[]> {
  const rows = await db('reminder')
    .where({ conference })
    .orderBy([
      { column: 'asked_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit)
    .select<(ReminderRow & { reached: number; seen: number })[]>(
      '*',
      db.raw('(select count(*) from reminder_to where reminder = reminder.id) as reached'),
      db.raw('(select count(seen_at) from reminder_to where reminder = reminder.id) as seen'),
    );
  return rows.map((row) => ({ ...reminderOf(row), reached: row.reached, seen: row.seen }));
}

/** How often and when a bridge was reminded. */
export interface BridgeReminders {
  readonly times: number;
  readonly lastAt: Instant;
  /** Whether the last one was seen. */
  readonly seen: boolean;
}

/** Every bridge of a conference that was ever reminded. */
export async function readReminded(
  db: Knex,
  conference: ConferenceId,
): Promise<ReadonlyMap<BridgeId, BridgeReminders>> {
  const rows = await db('reminder_to')
    .where({ conference })
    .groupBy('bridge')
    .select<{ bridge: BridgeId; times: number; last: Instant; unseen: number }[]>(
      'bridge',
      db.raw('count(*) as times'),
      db.raw('max(at) as last'),
      // Whoever looks sees all of them: what is unseen came after the last look.
      db.raw('sum(seen_at is null) as unseen'),
    );
  return new Map(
    rows.map((row) => [row.bridge, { times: row.times, lastAt: row.last, seen: row.unseen === 0 }]),
  );
}

/** One reminder as it reached a bridge. */
export interface ReachedBridge {
  readonly at: Instant;
  readonly by: AccountId;
  readonly words: string | null;
  readonly seenAt: Instant | null;
}

/** The reminders that reached a bridge, latest first. */
export async function readRemindersOf(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<ReachedBridge[]> {
  return await db('reminder_to')
    .join('reminder', 'reminder.id', 'reminder_to.reminder')
    .where({ 'reminder_to.conference': conference, 'reminder_to.bridge': bridge })
    .orderBy('reminder_to.rowid', 'desc')
    .select<ReachedBridge[]>({
      at: 'reminder_to.at',
      by: 'reminder.by',
      words: 'reminder.words',
      seenAt: 'reminder_to.seen_at',
    });
}

/** Writes down that the reminders at a bridge were seen; gives how many had not been. */
export async function markSeen(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  at: Instant,
): Promise<number> {
  return await db('reminder_to').where({ conference, bridge }).whereNull('seen_at').update({ seen_at: at });
}

/** Writes down that a form was opened, the first time. */
export async function markOpened(
  db: Knex,
  conference: ConferenceId,
  bridge: BridgeId,
  at: Instant,
): Promise<void> {
  await db('headcount_opening')
    .insert({ conference, bridge, at })
    .onConflict(['conference', 'bridge'])
    .ignore();
}

/** The bridges of a conference whose form was ever opened by whoever works there. */
export async function readOpened(db: Knex, conference: ConferenceId): Promise<ReadonlySet<BridgeId>> {
  const rows = await db('headcount_opening').where({ conference }).select<{ bridge: BridgeId }[]>('bridge');
  return new Set(rows.map(({ bridge }) => bridge));
}
