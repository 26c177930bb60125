import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Remindable } from '../../domain/reports/reminders.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { lettersAbout } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import type { Headcounts } from '../reports/queries.ts';
import * as store from './store.ts';

export type { BridgeReminders, ReachedBridge } from './store.ts';

/** A reminder with what became of it. */
export interface CountedReminder extends store.CountedReminder {
  /** Letters that went out with it. */
  readonly letters: number;
}

/** What has been noted of every bridge beside its report. */
export interface Marks {
  readonly opened: ReadonlySet<BridgeId>;
  readonly reminded: ReadonlyMap<BridgeId, store.BridgeReminders>;
}

export async function marksOf({ database }: Context, conference: ConferenceId): Promise<Marks> {
  const [opened, reminded] = await Promise.all([
    store.readOpened(database.read, conference),
    store.readReminded(database.read, conference),
  ]);
  return { opened, reminded };
}

/** What decides whether a reminder reaches a bridge, of every bridge. */
export function remindableIn(
  { due }: Pick<Headcounts, 'due'>,
  { opened, reminded }: Marks,
): (bridge: BridgeId) => Remindable {
  return (bridge) => ({
    state: due.get(bridge)?.state ?? null,
    opened: opened.has(bridge),
    remindedAt: reminded.get(bridge)?.lastAt ?? null,
  });
}

/** What stands beside reminders: the bridges that they began at, and who asked for them. */
export interface Named {
  readonly nameOf: (bridge: BridgeId) => string;
  readonly names: ReadonlyMap<AccountId, string>;
}

export async function namedFor(
  context: Context,
  conference: AuthorizedConferenceId,
  rows: readonly { readonly by: AccountId }[],
): Promise<Named> {
  const [tree, names] = await Promise.all([
    bridgeTreeOf(context, conference),
    namesOf(
      context,
      rows.map(({ by }) => by),
    ),
  ]);
  return { names, nameOf: (bridge) => tree?.get(bridge)?.name ?? '' };
}

/** What a letter that carries a reminder is about. */
export const REMINDER = 'reminder';

/** Among so many reminders of a conference those of a subtree are looked for; older ones are for the audit trail. */
const MOST_LISTED = 200;
const SHOWN = 20;

/** The latest reminders that were asked for at a bridge or below it, newest first. */
export async function remindersBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'organize' | 'below'>,
): Promise<readonly CountedReminder[]> {
  const tree = await bridgeTreeOf(context, conference);
  const all = await store.listReminders(context.database.read, conference, MOST_LISTED);
  const shown = all
    .filter(({ bridge }) => tree?.path(bridge).some(({ id }) => id === top) === true)
    .slice(0, SHOWN);
  const letters = await lettersAbout(
    context,
    REMINDER,
    shown.map(({ id }) => id),
  );
  return shown.map((reminder) => ({ ...reminder, letters: letters.get(reminder.id) ?? 0 }));
}

/** The reminders that reached a bridge, latest first. */
export function remindersOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId,
): Promise<readonly store.ReachedBridge[]> {
  return store.readRemindersOf(context.database.read, conference, bridge);
}
