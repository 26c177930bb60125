import { isDeepStrictEqual } from 'node:util';

import type { Deed, Doer, On, Words } from '../../domain/audit/entry.ts';
import { lookName } from '../../domain/audit/looks.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from './context.ts';
import type { Looks } from './looks.ts';
import type { AuditNotes, Noted } from './notes.ts';
import { ProblemError } from './problems.ts';
import { storageTroubleOf } from './storage-trouble.ts';

/** An entry on its way into the audit trail. */
export interface NewEntry {
  readonly at: Instant;
  readonly deed: Deed;
  readonly words: Words;
}

/** Where entries go. The one implementation is `server/audit/trail.ts`. */
export interface Trail {
  /** Resolves after the commit that holds them; whoever comes at the same time shares it. */
  write(entries: readonly NewEntry[]): Promise<void>;
  /** Takes entries that could not be written, to go before the next that are; false where too many wait already. */
  owe(entries: readonly NewEntry[]): boolean;
  /** Of which lists that are read again and again an entry stands already. */
  readonly looks: Looks;
}

/** For work that nothing is written about, and for reading. */
export const NO_NOTES: AuditNotes = { note: () => undefined };

/** What is done, as far as is known before it is. */
export interface Act {
  readonly act: string;
  readonly kind: 'look' | 'change';
  readonly on: readonly On[];
  /** Of which list or part: the query of a look, or the arguments of a command. */
  readonly filter?: Readonly<Record<string, unknown>> | undefined;
  /** A look of which each is entered, however soon it comes after another: what is taken away as a file. */
  readonly isFile?: boolean;
  /** In the place of whoever is signed in. */
  readonly by?: Exclude<Doer, AccountId>;
  /** In the place of their name. */
  readonly who?: string;
  /** The code of an error that is no refusal of a route. */
  readonly reasonOf?: (error: unknown) => string | null;
}

/** More of a value than this is cut: a plan's text has two million letters, and every change of it stands here. */
const MOST_LETTERS = 20_000;
/** What a browser says of itself, or somebody types as a name, may be anything. */
const MOST_OF_AGENT = 300;

/**
 * Does something so that the trail has it: a change leaves one entry before it runs and one with its outcome, a look one
 * before its answer is given, where it continues none that has its entry. What cannot be entered is not done.
 */
export async function audited<Value>(
  trail: Trail,
  context: Context,
  act: Act,
  work: (context: Context) => Promise<Value>,
): Promise<Value> {
  const notes: Noted[] = [];
  const own: Context = { ...context, audit: { note: (noted) => void notes.push(noted) } };
  if (act.kind === 'look') {
    const value = await work(own);
    const entry = entryOf(own, act, { step: 'look' }, notes);
    const name = act.isFile === true ? null : nameOf(entry, own);
    if (name !== null && trail.looks.goesOn(name, entry.at)) return value;
    await trail.write([entry]);
    if (name !== null) trail.looks.began(name, entry.at);
    return value;
  }
  const of = await enterAsked(trail, own, act);
  let value: Value;
  try {
    value = await work(own);
  } catch (error) {
    await enterRefused(trail, own, act, of, error, notes);
    throw error;
  }
  await enterOutcome(trail, own, [entryOf(own, act, { step: 'done', of }, notes)]);
  return value;
}

function nameOf({ deed, words }: NewEntry, { origin }: Context): string {
  const { filter, address, agent } = words;
  return lookName({ ...deed, filter, address, agent, signIn: origin?.signIn });
}

/** Enters a look that was allowed, before its answer goes out. */
export async function enterLook(
  trail: Trail,
  context: Context,
  act: string,
  on: NonNullable<Noted['on']>,
): Promise<void> {
  const look: Act = { act, kind: 'look', on: thingsIn({ on }) };
  await trail.write([entryOf(context, look, { step: 'look' }, [])]);
}

/** What an entry needs to know of where it is made. */
type Where = Pick<Context, 'clock' | 'newId' | 'actor' | 'origin' | 'log'>;

/**
 * Does what the program does by itself, and enters each thing that its work notes: most times that it looks there is nothing to
 * do, and no entry.
 */
export async function enteredWhereDone<Value>(
  trail: Trail,
  context: Context,
  act: string,
  work: (context: Context) => Promise<Value>,
): Promise<Value> {
  const notes: Noted[] = [];
  const value = await work({ ...context, audit: { note: (noted) => void notes.push(noted) } });
  await enterDone(trail, context, { act, kind: 'change', on: [], by: 'program' }, notes);
  return value;
}

/** Enters that something is about to be done. Its id, for the entry of what became of it. */
export async function enterAsked(trail: Trail, where: Where, act: Act): Promise<string> {
  const asked = entryOf(where, act, { step: 'asked' }, []);
  await trail.write([asked]);
  return asked.deed.id;
}

/** Enters that what was asked for was not done, and why. */
export async function enterRefused(
  trail: Trail,
  where: Where,
  act: Act,
  of: string | null,
  error: unknown,
  notes: readonly Noted[] = [],
): Promise<void> {
  const reason = act.reasonOf?.(error) ?? codeOf(error);
  await enterOutcome(trail, where, [entryOf(where, act, { step: 'refused', of, reason }, notes)]);
}

/**
 * Enters what was done already, an entry for each note: it stands whatever becomes of them.
 *
 * @param of the entry of its beginning, where it has one
 */
export async function enterDone(
  trail: Trail,
  where: Where,
  act: Act,
  notes: readonly Noted[],
  of: string | null = null,
): Promise<void> {
  const entries = notes.map((noted) => entryOf(where, act, { step: 'done', of }, [noted]));
  if (entries.length > 0) await enterOutcome(trail, where, entries);
}

/**
 * The address of whoever asks, behind so many proxies of ours: each adds the address that it was asked from, and what comes
 * from further away anybody may have made up.
 */
export function addressBehind(
  forwarded: string | undefined,
  direct: string | undefined,
  proxies: number,
): string | null {
  const way = [...(forwarded ?? '').split(',').map((part) => part.trim()), direct ?? ''].filter(Boolean);
  return way.at(-1 - Math.min(proxies, way.length - 1)) ?? null;
}

/** Enters that somebody was turned away before anything was asked. */
export async function enterTurnedAway(
  trail: Trail,
  context: Context,
  act: Act,
  error: unknown,
): Promise<void> {
  const entry = entryOf(context, act, { step: 'refused', reason: codeOf(error) }, []);
  await enterOutcome(trail, context, [entry]);
}

/**
 * The change has been made or refused: its answer is the truth, whatever becomes of the entry. That it was asked for stands. A
 * disk that fills between the two is written to again later, and so is the outcome; what was only too slow may be written yet,
 * and would stand there twice.
 */
async function enterOutcome(
  trail: Trail,
  { log }: Pick<Context, 'log'>,
  entries: readonly NewEntry[],
): Promise<void> {
  try {
    await trail.write(entries);
  } catch (error) {
    const trouble = storageTroubleOf(error);
    if (trouble !== null && trouble !== 'slow' && trail.owe(entries)) return;
    log.error({ err: error, act: entries[0]?.deed.act }, 'the audit trail lacks the outcome of a change');
  }
}

/** Writes what is owed, before the program ends: nobody comes after to take it along. */
export async function settle(trail: Trail, log: Context['log']): Promise<void> {
  try {
    await trail.write([]);
  } catch (error) {
    log.error({ err: error }, 'the audit trail lacks the outcomes of changes');
  }
}

function codeOf(error: unknown): string {
  return error instanceof ProblemError ? error.code : 'failed';
}

type Outcome = Pick<Deed, 'step'> & Partial<Pick<Deed, 'of' | 'reason'>>;

function entryOf(
  { clock, newId, actor, origin }: Where,
  { act, on, filter, by, who }: Act,
  { step, of = null, reason = null }: Outcome,
  notes: readonly Noted[],
): NewEntry {
  const known = notes.findLast((noted) => noted.by !== undefined)?.by;
  const doer = by ?? actor?.account ?? known?.account ?? 'nobody';
  const deed: Deed = {
    step,
    id: newId(),
    act,
    by: doer,
    on: unique([...on, ...notes.flatMap(thingsIn)]),
    of,
    reason,
  };
  const words: Record<string, string | undefined> = {
    who: who ?? actor?.name ?? known?.name,
    address: origin?.address ?? undefined,
    agent: cut(origin?.agent ?? '', MOST_OF_AGENT) || undefined,
    filter: filter === undefined || Object.keys(filter).length === 0 ? undefined : written(filter),
    username: cutOrNone(notes.findLast(({ username }) => username !== undefined)?.username),
    before: written(notes.findLast((noted) => 'before' in noted)?.before),
    // Of what was refused nothing came to be.
    after: step === 'refused' ? undefined : written(notes.findLast((noted) => 'after' in noted)?.after),
  };
  return { at: clock(), deed, words };
}

/** The fields in which two states of a thing differ, for a note; a thing that was not there, or is gone, has none. */
export function differing<Thing extends object>(
  before: Thing | null | undefined,
  after: Thing | null | undefined,
): { readonly before: Partial<Thing>; readonly after: Partial<Thing> } {
  const [was, is] = [before ?? {}, after ?? {}] as [Partial<Thing>, Partial<Thing>];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof Thing)[];
  const changed = names.filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const of = (thing: Partial<Thing>): Partial<Thing> =>
    Object.fromEntries(
      changed.flatMap((name) => (thing[name] === undefined ? [] : [[name, thing[name]]])),
    ) as Partial<Thing>;
  return { before: of(was), after: of(is) };
}

function thingsIn({ on }: Noted): On[] {
  return Object.entries(on ?? {}).flatMap(([kind, ids]) =>
    (typeof ids === 'string' ? [ids] : (ids ?? [])).map((id) => [kind, id] as const),
  );
}

function unique(on: readonly On[]): On[] {
  return [...new Map(on.map((thing) => [thing.join(' '), thing])).values()];
}

function written(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = JSON.stringify(value) ?? '';
  if (text.length <= MOST_LETTERS) return text;
  return JSON.stringify({ cut: text.length, begins: cut(text, MOST_LETTERS) });
}

function cutOrNone(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cut(text, MOST_OF_AGENT);
}

function cut(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}
