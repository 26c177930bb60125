import { NO_CONTACTS } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import {
  reachedBelow,
  reminderState,
  REMINDER_WAIT_MS,
  type ReminderChoice,
} from '../../domain/reports/reminders.ts';
import { ok, type Result } from '../../domain/result.ts';
import { tidy } from '../../domain/text/normalize.ts';
import type { ReminderId } from '../../domain/wire/reminders.ts';
import { worksAt } from '../access/queries.ts';
import { queueLetters, type LetterToQueue } from '../mail/commands.ts';
import { lettersWait } from '../mail/live.ts';
import { mailLineIn } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { OPERATOR } from '../reports/commands.ts';
import { reportsChanged } from '../reports/live.ts';
import { headcountsOf, type Headcounts } from '../reports/queries.ts';
import { remindersWait } from './live.ts';
import { marksOf, REMINDER, remindableIn } from './queries.ts';
import { formAddress, reminderLetter } from './sentences.ts';
import * as store from './store.ts';

export interface ReminderAsked extends ReminderChoice {
  readonly words: string | null;
}

export type RemindFailure = { readonly reason: 'other reminder' };
type Top = AuthorizedBridgeId<'organize' | 'below'>;

/**
 * Asks for a reminder to all below a bridge that have not answered by the time that it goes out. The id is made by whoever
 * asks: the same once more is the same reminder.
 */
export async function askToRemind(
  context: Context,
  conference: AuthorizedConferenceId,
  top: Top,
  id: ReminderId,
  { whom, skipToday, words }: ReminderAsked,
): Promise<Result<store.StoredReminder, RemindFailure>> {
  const askedAt = context.clock();
  const by = context.actor?.account ?? OPERATOR;
  const reminder: store.StoredReminder = {
    id,
    conference,
    bridge: top,
    whom,
    skipToday,
    by,
    askedAt,
    words: words === null ? null : tidy(words) || null,
    goesAt: (askedAt + REMINDER_WAIT_MS) as typeof askedAt,
    sentAt: null,
    withdrawnAt: null,
  };
  try {
    await transaction(context.database, (db) => store.addReminder(db, reminder));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const there = await store.readReminder(context.database.read, id);
    if (there === null || there.conference !== conference || there.bridge !== top || there.by !== by)
      return { ok: false, reason: 'other reminder' };
    return ok(there);
  }
  context.audit.note({ after: { whom, skipToday, words: reminder.words } });
  remindersWait(context.database);
  return ok(reminder);
}

export type WithdrawFailure = { readonly reason: 'no such reminder' | 'already sent' };

/** Takes a reminder back, as long as it waits. Once more changes nothing. */
export async function withdrawReminder(
  context: Context,
  conference: AuthorizedConferenceId,
  top: Top,
  id: ReminderId,
): Promise<Result<store.StoredReminder, WithdrawFailure>> {
  return await transaction(context.database, async (db) => {
    const there = await store.readReminder(db, id);
    if (there === null || there.conference !== conference || there.bridge !== top)
      return { ok: false, reason: 'no such reminder' };
    await store.markWithdrawn(db, id, context.clock());
    const now = (await store.readReminder(db, id)) ?? there;
    if (reminderState(now) === 'sent') return { ok: false, reason: 'already sent' };
    return ok(now);
  });
}

/** So many bridges go into one note of whom a reminder reached. */
const NOTED_TOGETHER = 200;

/**
 * Sends a reminder that waits: who has not answered is decided in the transaction that writes down whom it reaches, so that
 * nobody who has answered by then is reminded. Null where it went out already, or was taken back.
 *
 * Here the reminder leaves: it stands on the unit's own pages from the commit on (`reportsChanged` tells those that are
 * open), and its letters are queued by the same commit, so that none is lost and none goes twice. Whatever else is to carry it
 * begins after that commit, with the bridges that this gives back.
 */
export async function sendReminder(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  { id, bridge: top, whom, skipToday, words }: store.StoredReminder,
): Promise<readonly BridgeId[] | null> {
  // Worked out before, so that what is done while everybody else's commits wait is only what has changed since.
  await headcountsOf(context, conference, 'now');
  const reached = await transaction(context.database, async (db) => {
    const now = context.clock();
    if (!(await store.markSent(db, id, now))) return null;
    const [headcounts, marks] = await Promise.all([
      headcountsOf(context, conference, 'now'),
      marksOf(context, conference),
    ]);
    if (headcounts === null) return [];
    const standing = remindableIn(headcounts, marks);
    const bridges = reachedBelow(headcounts.tree, top, { whom, skipToday }, now, standing);
    await store.addReached(db, { id, conference }, bridges, now);
    await queueLettersOf(context, db, conference, { id, words }, headcounts, bridges);
    return bridges;
  });
  if (reached === null) return null;
  for (let from = 0; from < reached.length; from += NOTED_TOGETHER) {
    const bridge = reached.slice(from, from + NOTED_TOGETHER);
    context.audit.note({
      on: { conference, bridge, reminder: id },
      after: { bridges: bridge.length, words },
    });
  }
  reportsChanged(context.database);
  lettersWait(context.database);
  return reached;
}

/**
 * Queues a letter for each address that the reminded bridges have: whoever organizes several of them reads one letter with a link
 * to each form. Where mail is not set up no letter is queued, as it would go out long after.
 */
async function queueLettersOf(
  context: Context,
  db: Connection,
  conference: ConferenceId,
  { id, words }: Pick<store.StoredReminder, 'id' | 'words'>,
  { tree, due }: Pick<Headcounts, 'tree' | 'due'>,
  reached: readonly BridgeId[],
): Promise<void> {
  const line = await mailLineIn(db);
  if (line.kind === 'none') return;
  const reminded = reached.flatMap((bridge) => {
    const { name, contacts } = tree.get(bridge) ?? { name: '', contacts: NO_CONTACTS };
    const { organizer } = contacts;
    const dueBefore = due.get(bridge)?.deadline?.dueBefore ?? null;
    const link = line.publicUrl === null ? null : formAddress(line.publicUrl, conference, bridge);
    if (organizer?.email === undefined) return [];
    return [{ email: organizer.email, contact: organizer.name, bridge: { name, dueBefore, link } }];
  });
  const letters = [...Map.groupBy(reminded, ({ email }) => email.toLowerCase())].map(
    ([address, all]): LetterToQueue => ({
      conference,
      about: { kind: REMINDER, id },
      to: { name: all[0]?.contact ?? null, address: all[0]?.email ?? address },
      // Units are Vietnamese, whatever the organizer's page speaks.
      ...reminderLetter(
        all.map(({ bridge }) => bridge),
        words,
      ),
      isAutomatic: true,
      language: 'vi',
    }),
  );
  await queueLetters(db, context, letters);
}

/** Whoever works at a bridge has its form before them: what it was reminded of is seen. Gives how many reminders were new. */
export async function seeHeadcount(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'host'>,
): Promise<number> {
  // An organizer who looks in from above is not the unit.
  if (context.actor === null || !(await worksAt(context, conference, bridge))) return 0;
  const now = context.clock();
  return await transaction(context.database, async (db) => {
    await store.markOpened(db, conference, bridge, now);
    return store.markSeen(db, conference, bridge, now);
  });
}
