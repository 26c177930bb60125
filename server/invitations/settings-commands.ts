import { InvitationId } from '../../domain/invitations/step.ts';
import { remindsAt, roundDue } from '../../domain/invitations/reminding.ts';
import type { Instant } from '../../domain/time.ts';
import { lettersWait } from '../mail/live.ts';
import { mailLineIn } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { stepped } from './commands.ts';
import { queueInvitationLetters } from './letters.ts';
import { readToRemind } from './mail-store.ts';
import { callingOf, invitationViews, type Calling } from './queries.ts';
import {
  readRounds,
  readSettings,
  writeRound,
  writeSettings,
  type InvitationSettings,
  type Round,
} from './settings-store.ts';
import { enterSteps, readInvitations } from './store.ts';

/** What is set of freezing names and reminding. */
export interface SettingsGiven {
  readonly freezeDays: number | null;
  readonly reminders: { readonly days: readonly number[]; readonly isStopped: boolean };
}

/** Sets when names freeze and when people are reminded. A round that has gone does not go again, whatever is set. */
export async function setSettings(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  { freezeDays, reminders }: SettingsGiven,
): Promise<void> {
  const reminderDays = [...new Set(reminders.days)].toSorted((a, b) => b - a);
  const now = { freezeDays, reminderDays, isStopped: reminders.isStopped };
  await transaction(context.database, async (db) => {
    const { at: _, ...before } = await readSettings(db, conference);
    await writeSettings(db, conference, now, context.clock());
    context.audit.note({ before, after: now });
  });
}

/** The rounds of a schedule, the first to go first, with those that went. */
export function roundsOf(
  { reminderDays }: InvitationSettings,
  gone: readonly Round[],
  { startsAt }: Pick<Calling, 'startsAt'>,
) {
  if (startsAt === null) return [];
  const known = new Map(gone.map((round) => [round.days, round]));
  const days = [...new Set([...reminderDays, ...known.keys()])].toSorted((a, b) => b - a);
  return days.map((each) => ({
    days: each,
    goesAt: remindsAt(each, startsAt),
    sentAt: known.get(each)?.sentAt ?? null,
    reminded: known.get(each)?.reminded ?? 0,
  }));
}

/** So many are reminded in one transaction. */
const TOGETHER = 500;

/**
 * Reminds those who have not answered, where a round of the schedule is due: each once in a round, however often the server is stopped
 * in the middle. Gives how many; null where none is due.
 */
export async function remindWhoHaveNotAnswered(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<{ readonly days: number; readonly reminded: number } | null> {
  const calling = await callingOf(context, conference);
  if (calling?.startsAt == null) return null;
  const { startsAt } = calling;
  let after: InvitationId | '' = '';
  let [round, reminded]: [number | null, number] = [null, 0];
  for (;;) {
    const batch = await transaction(context.database, async (db) => {
      // Looked at anew for each batch: whoever stops reminding in the middle stops it.
      const settings = await readSettings(db, conference);
      const days = dueNow(settings, startsAt, context.clock());
      if (days === null || (await mailLineIn(db)).kind === 'none') return null;
      const isOver = (await readRounds(db, conference)).some(
        (one) => one.days === days && one.sentAt !== null,
      );
      if (isOver) return null;
      const ids = await readToRemind(db, conference, days, remindsAt(days, startsAt), after, TOGETHER);
      const views = await invitationViews(db, calling, ids);
      const { queued } = await queueInvitationLetters(context, db, conference, calling, views, {
        kind: 'reminder',
        round: days,
      });
      const step = {
        at: context.clock(),
        by: null,
        exception: null,
        via: 'program',
        what: { step: 'reminded' },
      } as const;
      const reminding = await readInvitations(db, conference, [...queued]);
      await enterSteps(
        db,
        reminding.flatMap((invitation) => stepped(invitation, step) ?? []),
      );
      await writeRound(db, conference, days, queued.size, ids.length < TOGETHER, context.clock());
      return { days, count: queued.size, last: ids.length < TOGETHER ? null : (ids.at(-1) ?? null) };
    });
    if (batch === null) break;
    round = batch.days;
    reminded += batch.count;
    if (batch.last === null) break;
    after = batch.last;
  }
  if (round === null) return null;
  lettersWait(context.database);
  context.audit.note({ on: { conference }, after: { days: round, reminded } });
  return { days: round, reminded };
}

function dueNow(
  { reminderDays, isStopped, at }: InvitationSettings,
  startsAt: Instant,
  now: Instant,
): number | null {
  if (isStopped || at === null) return null;
  return roundDue({ days: reminderDays, since: at }, startsAt, now);
}
