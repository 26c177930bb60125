import { LETTER_STATES, type LetterId, type LetterState } from '../../domain/mail/letter.ts';
import type { Instant } from '../../domain/time.ts';
import { searchWords } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { Connection, Database } from '../platform/database.ts';
import type { Check } from '../platform/health.ts';
import type { AuthorizedConferenceId, AuthorizedInstallation } from '../platform/scopes.ts';
import { readLine, readNotUnderstood, type ReceivedMessage, type StoredLine } from './line-store.ts';
import {
  countAbout,
  countAll,
  countLetters,
  listLetters,
  readLastAbout,
  readWaiting,
  type LetterStanding,
} from './list-store.ts';
import * as store from './store.ts';

export type { StoredLine } from './line-store.ts';
export type { LetterStanding } from './list-store.ts';
export type { LetterHead, StoredStep, WholeLetter } from './store.ts';

/** How the server that runs sends mail, and whether its line carries anything. */
export async function mailLine({ database }: Pick<Context, 'database'>): Promise<StoredLine> {
  return await readLine(database.read);
}

/** The same, as it stands in a transaction. */
export async function mailLineIn(db: Connection): Promise<StoredLine> {
  return await readLine(db);
}

export type LetterCounts = Readonly<Record<LetterState, number>>;

export interface FoundLetters {
  /** One further than asked for, where there is one. */
  readonly letters: readonly store.LetterHead[];
  /** Of all that the words find, whatever their state. */
  readonly counts: LetterCounts;
}

/** Letters of a conference that words find, newest first, before a place. */
export async function findLetters(
  { database }: Context,
  conference: AuthorizedConferenceId<'organize'>,
  { q, state }: { readonly q: string; readonly state: LetterState | null },
  before: number | null,
  limit: number,
): Promise<FoundLetters> {
  const words = searchWords(q);
  const [letters, counts] = await Promise.all([
    listLetters(database.read, conference, { words, state }, before, limit + 1),
    countLetters(database.read, conference, words),
  ]);
  return { letters, counts: whole(counts) };
}

/** How many letters of all conferences are in each state. */
export async function queueNow({ database }: Context): Promise<LetterCounts> {
  return whole(await countAll(database.read));
}

function whole(counts: Partial<Record<LetterState, number>>): LetterCounts {
  return Object.fromEntries(LETTER_STATES.map((state) => [state, counts[state] ?? 0])) as Record<
    LetterState,
    number
  >;
}

const MOST_STEPS = 100;

/** One letter with what happened to it; null where the conference has none of this id. */
export async function letterOf(
  { database }: Context,
  conference: AuthorizedConferenceId<'organize'>,
  id: LetterId,
): Promise<{ readonly letter: store.WholeLetter; readonly steps: readonly store.StoredStep[] } | null> {
  const letter = await store.readLetter(database.read, id);
  if (letter === null || letter.conference !== conference) return null;
  return { letter, steps: await store.readSteps(database.read, id, MOST_STEPS) };
}

/** How many letters were queued about each of some things of a kind. */
export async function lettersAbout(
  { database }: Context,
  kind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return await countAbout(database.read, kind, ids);
}

/** Where the last letter about each of some things of a kind stands, in a transaction or outside of one. */
export async function lastLettersAbout(
  db: Connection,
  kind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LetterStanding>> {
  return await readLastAbout(db, kind, ids);
}

/** What happened to letters after a place, for whoever follows them over a restart. */
export async function changesAfter(
  { database }: Context,
  place: number,
  limit: number,
): Promise<store.LetterChange[]> {
  return await store.readChanges(database.read, place, limit);
}

const NOT_UNDERSTOOD_SHOWN = 100;

/** The latest messages that came in and that nobody could make anything of. */
export async function notUnderstood(
  { database }: Context,
  _scope: AuthorizedInstallation,
): Promise<ReceivedMessage[]> {
  return await readNotUnderstood(database.read, NOT_UNDERSTOOD_SHOWN);
}

/** How long the queue is. A mail server that is away keeps nobody from working here. */
export function queueCheck(database: Database, clock: () => Instant): Check {
  return {
    name: 'mail',
    async look() {
      const { waiting, firstDue } = await readWaiting(database.read);
      const dueSeconds = firstDue === null ? 0 : Math.max(0, Math.round((clock() - firstDue) / 1000));
      return { ok: true, waiting, dueSeconds };
    },
  };
}
