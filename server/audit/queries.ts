import {
  firstAuditLink,
  readAuditForm,
  type AuditEntry,
  type Deed,
  type On,
  type Words,
} from '../../domain/audit/entry.ts';
import type { Link } from '../../domain/ledger/chain.ts';
import { matches } from '../../domain/text/search.ts';
import { addDays, startOfDay } from '../../domain/time.ts';
import type { AuditFilter } from '../../domain/wire/audit.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import type {
  AuthorizedBridgeId,
  AuthorizedConferenceId,
  AuthorizedInstallation,
} from '../platform/scopes.ts';
import {
  accountNames,
  entriesAfter,
  entriesBefore,
  lastLink,
  namesOf,
  objectName,
  type Wanted,
} from './store.ts';

/** The head of the audit trail as it is now. */
export async function auditHead({ database }: Context): Promise<Link> {
  return (await lastLink(database.read)) ?? firstAuditLink(sha256);
}

/** Whose part of the trail: everything, what is on a conference, or on a bridge and all below it. */
export type Part =
  | { readonly of: 'installation'; readonly scope: AuthorizedInstallation<'audit'> }
  | { readonly of: 'conference'; readonly conference: AuthorizedConferenceId<'audit'> }
  | {
      readonly of: 'bridge';
      readonly conference: AuthorizedConferenceId;
      readonly bridge: AuthorizedBridgeId<'audit' | 'below'>;
    };

/** An entry as it is shown: what its form says, its words, and what the things that it is on are called. */
export interface ShownEntry {
  readonly place: number;
  readonly at: AuditEntry['at'];
  readonly deed: Deed;
  /** Null where they were erased. */
  readonly words: Words | null;
  readonly erased: boolean;
  readonly on: readonly { readonly kind: string; readonly id: string; readonly name: string | null }[];
  /** Name of the account that did it, where its words are gone; null where that is gone too. */
  readonly account: string | null;
}

/** Which entries a part and a filter come to. */
export async function wantedBy(
  context: Context,
  part: Part,
  { who, kind, object, from, until }: AuditFilter,
  paired: boolean,
): Promise<Wanted> {
  return {
    objects: await objectsOf(context, part),
    object: object ?? null,
    doers: who === undefined ? null : await doersNamed(context, who),
    steps: kind === undefined ? null : STEPS[kind],
    from: from === undefined ? null : startOfDay(from),
    until: until === undefined ? null : startOfDay(addDays(until, 1)),
    paired,
  };
}

const STEPS = {
  look: ['look'],
  change: ['asked', 'done', 'refused'],
  refused: ['refused'],
} as const satisfies Record<NonNullable<AuditFilter['kind']>, readonly Deed['step'][]>;

async function objectsOf(context: Context, part: Part): Promise<string[] | null> {
  if (part.of === 'installation') return null;
  if (part.of === 'conference') return [objectName(['conference', part.conference])];
  const tree = await bridgeTreeOf(context, part.conference);
  return (tree?.subtree(part.bridge) ?? []).map(({ id }) => objectName(['bridge', id]));
}

/** Accounts by their id, or by a part of a name; what is written with a star stands for who has no account. */
async function doersNamed({ database }: Context, who: string): Promise<string[]> {
  const accounts = await accountNames(database.read);
  const named = accounts.filter(
    ({ id, username, name }) => id === who || username === who || matches(who, name),
  );
  // Also one that is gone.
  return [who, ...named.map(({ id }) => id)];
}

/** Entries of a part before a place, newest first, at most `limit`. */
export async function listEntries(
  context: Context,
  part: Part,
  filter: AuditFilter,
  before: number,
  limit: number,
): Promise<ShownEntry[]> {
  const wanted = await wantedBy(context, part, filter, true);
  return shown(context, await entriesBefore(context.database.read, wanted, before, limit));
}

/** Entries with what their things are called. */
export async function shown({ database }: Context, entries: readonly AuditEntry[]): Promise<ShownEntry[]> {
  const read = entries.map((entry) => ({ entry, ...readAuditForm(entry.form) }));
  const things = read.flatMap(({ deed }) => [...deed.on, ['account', deed.by] as On]);
  const names = await namesOf(database.read, things);
  const nameOf = (thing: On): string | null => names.get(objectName(thing)) ?? null;
  return read.map(({ entry, deed, digests }) => ({
    place: entry.place,
    at: entry.at,
    deed,
    words: entry.texts?.texts ?? null,
    erased: entry.texts === null && Object.keys(digests).length > 0,
    on: deed.on.map(([kind, id]) => ({ kind, id, name: nameOf([kind, id]) })),
    account: nameOf(['account', deed.by]),
  }));
}

const CHUNK = 2000;

/** The whole trail from a place on, oldest first. */
export async function* everyEntry(
  { database }: Context,
  after: number,
  upTo: number,
): AsyncGenerator<AuditEntry> {
  for (let last = after; last < upTo;) {
    const entries = await entriesAfter(database.read, last, upTo, CHUNK);
    yield* entries;
    const end = entries.at(-1);
    if (end === undefined) return;
    last = end.place;
  }
}
