import { allowance, FRESH_PACE, lineRest, nextTry, spent } from '../../domain/mail/retry.ts';
import { assertNever } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import { transaction } from '../platform/database.ts';
import { again, type StartJob } from '../platform/jobs.ts';
import { tellLetters } from '../platform/measures.ts';
import type { MailSettings } from '../platform/mail-server.ts';
import { composed } from './composing.ts';
import { readLine, writeLine, writeTrouble, type LineSettings, type StoredTrouble } from './line-store.ts';
import { openLine, type Answer, type Line } from './line.ts';
import { lettersChanged, onLettersWait } from './live.ts';
import * as store from './store.ts';

/** How often it is looked for letters that another process has queued, or has something to tell of. */
const LOOK_MS = 1000;
/** How long a stop waits for what is on the line: what is given up then goes at the next start, perhaps once more. */
const STOP_MS = 5000;
/** So many letters are on the line at a time: those that go twice when the machine dies are of one pack. */
export const PACK = 20;

/**
 * Sends letters as they fall due, at the pace that is set. Who starts in the place of one that was killed sends those once more of
 * which it is not known whether they went; they have the same Message-ID.
 */
export function sendMail(settings: MailSettings | null, publicUrl: string | null): StartJob {
  return function mail(context) {
    const { database, clock, log } = context;
    const line = settings?.server == null ? null : openLine(settings.server);
    let [isBegun, isStopping, failures] = [false, false, 0];
    let pace = FRESH_PACE;
    let trouble: StoredTrouble | null = null;

    async function begin(): Promise<void> {
      await transaction(database, async (db) => {
        await writeLine(db, lineSettings(settings, publicUrl));
        await store.takeBack(db);
        // Since when it troubles stays; whoever starts a server anew wants it tried at once.
        trouble = (await readLine(db)).trouble;
      });
      if (trouble !== null) trouble = { ...trouble, againAt: clock() };
      isBegun = true;
    }

    async function look(): Promise<number> {
      if (!isBegun) await begin();
      await lettersChanged(database);
      if (settings === null || isStopping) return LOOK_MS;
      const now = clock();
      if (trouble !== null && trouble.againAt > now) return Math.min(LOOK_MS, trouble.againAt - now);
      const { count, inMs, pace: paceNow } = allowance(pace, settings.perMinute, now);
      pace = paceNow;
      if (count === 0) return inMs;
      // A line that was away is tried with one letter.
      const most = trouble === null ? Math.min(count, PACK) : 1;
      const pack = await transaction(database, (db) => store.takeDue(db, now, most));
      if (pack.length === 0) {
        const due = await store.nextDue(database.read);
        return due === null ? LOOK_MS : Math.min(LOOK_MS, Math.max(1, due - now));
      }
      pace = spent(pace, settings.perMinute, pack.length);
      await send(pack, settings, line);
      return 0;
    }

    async function send(
      pack: readonly store.WholeLetter[],
      { from }: MailSettings,
      to: Line | null,
    ): Promise<void> {
      const answers = await Promise.all(
        pack.map(async (letter) => {
          if (to !== null) return await to.send(letter, from);
          await composed(letter, from);
          return KEPT;
        }),
      );
      const now = clock();
      const lost = lineLostIn(answers);
      failures = lost === null ? 0 : failures + 1;
      const before = trouble;
      trouble =
        lost === null
          ? null
          : {
              trouble: lost.trouble,
              said: lost.said,
              since: before?.since ?? now,
              againAt: lineRest(failures, now),
            };
      const outcomes = pack.map((letter, at) => outcomeOf(letter, answers[at] ?? KEPT, lost, trouble, now));
      await transaction(database, async (db) => {
        await store.settle(db, outcomes, now);
        if (trouble !== null || before !== null) await writeTrouble(db, trouble);
      });
      tellOutcomes(outcomes);
      await lettersChanged(database);
      if (trouble !== null && before === null)
        log.warn({ trouble: trouble.trouble }, 'the mail server takes no letters');
    }

    const job = again(look, LOOK_MS, (error) => log.error({ err: error }, 'letters were not sent'));
    const stop = onLettersWait(database, () => job.soon(0));
    return {
      async stop() {
        isStopping = true;
        stop();
        const patience = setTimeout(() => line?.giveUp(), STOP_MS);
        await job.stop();
        clearTimeout(patience);
        line?.close();
      },
    };
  };
}

/** For whoever watches how the queue goes. */
function tellOutcomes(outcomes: readonly store.LetterOutcome[]): void {
  const byOutcome = Map.groupBy(outcomes, ({ step }) => step ?? 'no line');
  for (const [outcome, those] of byOutcome) tellLetters({ outcome, count: those.length });
}

function lineSettings(settings: MailSettings | null, publicUrl: string | null): LineSettings {
  if (settings === null) return { kind: 'none', publicUrl };
  const { from, perMinute, server } = settings;
  const own = { from, perMinute, publicUrl };
  return server === null ? { kind: 'test', host: null, ...own } : { kind: 'smtp', host: server.host, ...own };
}

const KEPT = { is: 'kept' } as const;
type Came = Answer | typeof KEPT;
type Lost = Extract<Answer, { is: 'no line' }>;

/**
 * Whether the line carries nothing: somebody was told so before a letter was looked at, or all of a pack were. Where others of the
 * same pack got an answer, one that broke off is a matter of its letter: it must not keep all others waiting for ever.
 */
function lineLostIn(answers: readonly Came[]): Lost | null {
  const lost = answers.filter((answer) => answer.is === 'no line');
  const [first] = lost;
  if (first === undefined) return null;
  return lost.find(({ isCertain }) => isCertain) ?? (lost.length === answers.length ? first : null);
}

function outcomeOf(
  { id, tries, firstTriedAt }: store.WholeLetter,
  answer: Came,
  lost: Lost | null,
  trouble: StoredTrouble | null,
  now: Instant,
): store.LetterOutcome {
  const same = { id, dueAt: now, said: 'said' in answer ? answer.said : null };
  switch (answer.is) {
    case 'taken':
      return { ...same, state: 'sent', step: 'sent' };
    case 'kept':
      return { ...same, state: 'kept', step: 'kept' };
    case 'given up':
      return { ...same, state: 'waiting', step: null };
    case 'refused':
      return { ...same, state: 'failed', step: 'failed' };
    case 'no line':
    case 'not now': {
      const isLine = answer.is === 'no line' && lost !== null;
      const dueAt = nextTry(tries, firstTriedAt ?? now, now);
      if (dueAt === null) return { ...same, state: 'failed', step: 'failed' };
      // A letter waits for the line, and not for its own next time; those that were not tried go before it.
      return isLine
        ? { ...same, state: 'waiting', step: null, dueAt: trouble?.againAt ?? now }
        : { ...same, state: 'waiting', step: 'postponed', dueAt };
    }
    default:
      return assertNever(answer);
  }
}
