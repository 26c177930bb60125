import type { ConferenceId } from '../../domain/ids.ts';
import { oneLine, readAddress, type AddressFault, type MailAddress } from '../../domain/mail/address.ts';
import { LetterId, mayGoAgain, type About, type LetterState } from '../../domain/mail/letter.ts';
import { ok, type Result } from '../../domain/result.ts';
import { shorten } from '../../domain/text/normalize.ts';
import { fold } from '../../domain/text/search.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { readLine } from './line-store.ts';
import { lettersChanged, lettersWait } from './live.ts';
import { TEST_LETTER } from './sentences.ts';
import * as store from './store.ts';

/** A letter that somebody wants to go. Names and the subject may be any text; they come to stand in one line each. */
export interface LetterToQueue {
  readonly conference: ConferenceId;
  readonly about: About;
  readonly to: { readonly name: string | null; readonly address: string };
  readonly replyTo?: MailAddress;
  readonly subject: string;
  readonly text: string;
  /** The same as a page, whole, with every text in it escaped; it is read by other programs. */
  readonly html?: string;
  readonly calendar?: store.CalendarPart;
  /** What the QR code says that goes along as a picture, to which the page refers as `PASS_PICTURE`. */
  readonly qrCode?: string | null;
  readonly isAutomatic: boolean;
  readonly language: Language;
}

/** A letter that was not queued, by its place among those that were given. */
export interface Refused {
  readonly at: number;
  readonly address: string;
  readonly reason: AddressFault;
}

export interface Queued {
  /** Of those that were queued, in the order in which they were given. */
  readonly letters: readonly LetterId[];
  readonly refused: readonly Refused[];
}

/** Longer names and subjects are cut: mail servers refuse headers of any length. */
const MOST_OF_NAME = 200;
const MOST_OF_SUBJECT = 300;
/** A Message-ID has to be of some domain; this one belongs to nobody (RFC 2606). */
const NO_DOMAIN = 'nhipcau.invalid';

/**
 * Queues letters in the caller's transaction: they go, and go once, if it is committed. After the commit the caller says so by
 * `lettersWait`. An address that can be none is refused and named, the others are queued.
 */
export async function queueLetters(
  db: Connection,
  { clock, newId }: Pick<Context, 'clock' | 'newId'>,
  given: readonly LetterToQueue[],
): Promise<Queued> {
  const line = await readLine(db);
  const domain = line.kind === 'none' ? NO_DOMAIN : (line.from.address.split('@')[1] ?? NO_DOMAIN);
  const queuedAt = clock();
  const refused: Refused[] = [];
  const letters: Parameters<typeof store.addLetters>[1][number][] = [];
  for (const [at, letter] of given.entries()) {
    const address = readAddress(letter.to.address);
    if (!address.ok) {
      refused.push({ at, address: letter.to.address, reason: address.reason });
      continue;
    }
    const id = LetterId.parse(newId());
    const name = shorten(oneLine(letter.to.name ?? ''), MOST_OF_NAME) || null;
    const subject = shorten(oneLine(letter.subject), MOST_OF_SUBJECT);
    const { conference, about, text, html = null, calendar = null, replyTo = null, qrCode = null } = letter;
    letters.push({
      id,
      conference,
      about,
      subject,
      text,
      html,
      calendar,
      qrCode,
      replyTo,
      queuedAt,
      isAutomatic: letter.isAutomatic,
      language: letter.language,
      messageId: `<${id}@${domain}>`,
      to: { name, address: address.value },
      searchKey: searchKeyOf(name, address.value, subject),
    });
  }
  await store.addLetters(db, letters);
  return { letters: letters.map(({ id }) => id), refused };
}

/** Everything by which a letter is found, folded: the address whole, on both sides of its sign, and in its words. */
function searchKeyOf(name: string | null, address: MailAddress, subject: string): string {
  const parts = [address.replace('@', ' '), address.replaceAll(/[^a-z\d]+/gi, ' ')];
  return fold([name ?? '', address, ...parts, subject].join(' '));
}

/**
 * Takes back what was queued about something and has not gone, in the caller's transaction; after the commit the caller calls
 * `lettersChanged`. What is on the line stays on it. Gives the letters that were taken back.
 */
export async function withdrawWaiting(
  db: Connection,
  { clock }: Pick<Context, 'clock'>,
  about: About,
): Promise<LetterId[]> {
  return await store.withdrawAbout(db, about, clock());
}

export type WithdrawFailure = { readonly reason: 'no such letter' | 'on its way' };

/** Takes a letter back, as long as it waits. Once more changes nothing. */
export async function withdrawLetter(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: LetterId,
): Promise<Result<store.WholeLetter, WithdrawFailure>> {
  const done = await change(context, { conference, id }, ['waiting'], 'withdrawn', 'withdrawn');
  if (done === null) return { ok: false, reason: 'no such letter' };
  return done.state === 'withdrawn' ? ok(done) : { ok: false, reason: 'on its way' };
}

export type AgainFailure = {
  /** `followed`: a later letter about the same thing took its place. */
  readonly reason: 'no such letter' | 'nothing to try' | 'followed';
};

/** Has a letter go once more that failed, came back, or was only kept. One that waits already goes on waiting. */
export async function tryAgain(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: LetterId,
): Promise<Result<store.WholeLetter, AgainFailure>> {
  const done = await change(context, { conference, id }, ['failed', 'bounced', 'kept'], 'waiting', 'again');
  if (done === null) return { ok: false, reason: 'no such letter' };
  if (done.state !== 'waiting') {
    const isFollowed = mayGoAgain(done.state) && (await store.isFollowed(context.database.read, id));
    return { ok: false, reason: isFollowed ? 'followed' : 'nothing to try' };
  }
  lettersWait(context.database);
  return ok(done);
}

/** Letters that are changed in one transaction: check-ins wait for as many and no more. */
const TOGETHER = 500;

/** The states out of which letters can go once more, all of them together. */
export type AgainState = 'failed' | 'bounced' | 'kept';

/** Has all letters of a state go once more, but for those whose place a later one has taken. Gives how many wait again. */
export async function tryAllAgain(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  state: AgainState,
): Promise<number> {
  const at = context.clock();
  let all = 0;
  for (let some = TOGETHER; some === TOGETHER; all += some) {
    some = await transaction(context.database, (db) => store.changeAll(db, conference, state, at, TOGETHER));
    await lettersChanged(context.database);
    lettersWait(context.database);
  }
  context.audit.note({ before: { state }, after: { waiting: all } });
  return all;
}

/** The letter as it is then, whether it was changed or not; null where there is none. */
async function change(
  context: Context,
  letter: Pick<store.StoredLetter, 'id' | 'conference'>,
  from: readonly LetterState[],
  to: LetterState,
  step: 'withdrawn' | 'again',
): Promise<store.WholeLetter | null> {
  const now = await transaction(context.database, async (db) => {
    const before = await store.readLetter(db, letter.id);
    if (before === null || before.conference !== letter.conference) return null;
    if (!(await store.changeState(db, letter, from, to, { step, at: context.clock() }))) return before;
    context.audit.note({
      before: { state: before.state },
      after: { state: to, to: before.to },
    });
    return await store.readLetter(db, letter.id);
  });
  if (now !== null) await lettersChanged(context.database);
  return now;
}

export type TestFailure =
  | { readonly reason: 'no line' }
  | { readonly reason: 'no address'; readonly fault: AddressFault };

/** Queues one letter that says that mail works, to whoever asks for it. */
export async function queueTestLetter(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  address: string,
): Promise<Result<store.WholeLetter, TestFailure>> {
  const { database, language, actor } = context;
  if ((await readLine(database.read)).kind === 'none') return { ok: false, reason: 'no line' };
  const { subject, text } = TEST_LETTER[language];
  const letter: LetterToQueue = {
    conference,
    subject,
    text,
    language,
    about: { kind: 'test', id: conference },
    to: { name: actor?.name ?? null, address },
    isAutomatic: true,
  };
  const { refused, letters } = await transaction(database, (db) => queueLetters(db, context, [letter]));
  const [fault] = refused;
  if (fault !== undefined) return { ok: false, reason: 'no address', fault: fault.reason };
  lettersWait(database);
  const [id] = letters;
  const queued = id === undefined ? null : await store.readLetter(database.read, id);
  if (queued === null) throw new Error('a letter that was just queued is gone');
  context.audit.note({ on: { letter: queued.id }, after: { to: queued.to } });
  return ok(queued);
}
