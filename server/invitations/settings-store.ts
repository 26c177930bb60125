import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/** How a conference freezes names and reminds. */
export interface InvitationSettings {
  /** Days before the start; null where names never freeze. */
  readonly freezeDays: number | null;
  readonly reminderDays: readonly number[];
  readonly isStopped: boolean;
  /** Since when the schedule is as it is; null where nobody has set it. */
  readonly at: Instant | null;
}

/** What holds where nobody has set anything: names freeze, and nobody is reminded. */
const DEFAULTS: InvitationSettings = { freezeDays: 3, reminderDays: [], isStopped: false, at: null };

interface SettingsRow {
  readonly conference: ConferenceId;
  readonly freeze_days: number | null;
  readonly reminder_days: string;
  readonly reminders_stopped: number;
  readonly at: Instant;
}

function settingsOf(row: SettingsRow): InvitationSettings {
  return {
    freezeDays: row.freeze_days,
    reminderDays: JSON.parse(row.reminder_days) as number[],
    isStopped: row.reminders_stopped === 1,
    at: row.at,
  };
}

export async function readSettings(db: Knex, conference: ConferenceId): Promise<InvitationSettings> {
  const row = await db('invitation_settings').where({ conference }).first<SettingsRow | undefined>();
  return row === undefined ? DEFAULTS : settingsOf(row);
}

export async function writeSettings(
  db: Knex,
  conference: ConferenceId,
  { freezeDays, reminderDays, isStopped }: Omit<InvitationSettings, 'at'>,
  at: Instant,
): Promise<void> {
  await db('invitation_settings')
    .insert({
      conference,
      freeze_days: freezeDays,
      reminder_days: JSON.stringify(reminderDays),
      reminders_stopped: isStopped ? 1 : 0,
      at,
    })
    .onConflict('conference')
    .merge();
}

/** Conferences that remind at all. */
export async function readReminding(
  db: Knex,
): Promise<{ readonly conference: ConferenceId; readonly settings: InvitationSettings }[]> {
  const rows = await db('invitation_settings')
    .where({ reminders_stopped: 0 })
    .whereNot({ reminder_days: '[]' })
    .select<SettingsRow[]>();
  return rows.map((row) => ({ conference: row.conference, settings: settingsOf(row) }));
}

/** A round of reminders that was begun. */
export interface Round {
  readonly days: number;
  readonly sentAt: Instant | null;
  readonly reminded: number;
}

export async function readRounds(db: Knex, conference: ConferenceId): Promise<Round[]> {
  const rows = await db('invitation_round')
    .where({ conference })
    .select<{ days: number; sent_at: Instant | null; reminded: number }[]>();
  return rows.map(({ days, sent_at: sentAt, reminded }) => ({ days, sentAt, reminded }));
}

/** Counts so many more who were reminded in a round; `isOver` says that there is nobody else. */
export async function writeRound(
  db: Knex,
  conference: ConferenceId,
  days: number,
  reminded: number,
  isOver: boolean,
  at: Instant,
): Promise<void> {
  await db.raw(
    `insert into invitation_round (conference, days, begun_at, sent_at, reminded) values (?, ?, ?, ?, ?)
     on conflict (conference, days) do update
     set reminded = reminded + excluded.reminded, sent_at = excluded.sent_at`,
    [conference, days, at, isOver ? at : null, reminded],
  );
}
