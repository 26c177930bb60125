import type { Bridge, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { AlertKind } from '../../domain/control/alerts.ts';
import type { CallContact } from '../../domain/control/sentences.ts';
import type { AccountId, BridgeId, SessionId } from '../../domain/ids.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { readAcknowledgements, readLog, type Acknowledgement, type AlertRecord } from './store.ts';

/** Whom to call at a bridge about one kind of alert, and at which bridge. */
export interface CallQuestion {
  readonly bridge: BridgeId;
  readonly kind: AlertKind;
}

/**
 * Whom to call: who chairs the bridge; where no telephone number is known there, who chairs the one above, and so on up. A name without a
 * number is better than nobody.
 */
export async function callContacts(
  context: Context,
  conference: AuthorizedConferenceId,
  tree: BridgeTree,
  questions: readonly CallQuestion[],
): Promise<(CallContact | null)[]> {
  const bridges = new Map<BridgeId, Bridge>();
  for (const { bridge } of questions) for (const each of tree.path(bridge)) bridges.set(each.id, each);
  const chairs = [...bridges.values()].flatMap(({ chair }) => chair ?? []);
  const people = new Map(
    (await peopleByIds(context, conference, [...new Set(chairs)])).map((person) => [person.id, person]),
  );
  return questions.map((question) => contactFor(tree, question, (bridge) => chairOf(bridge, people)));
}

function contactFor(
  tree: BridgeTree,
  { bridge }: CallQuestion,
  chair: (bridge: Bridge) => CallContact | null,
): CallContact | null {
  const [own, ...above] = tree.path(bridge).map(chair);
  const known = [own ?? null, ...above.map((contact) => contact && { ...contact, as: 'above' as const })];
  return known.find((contact) => contact?.phone != null) ?? known.find((contact) => contact !== null) ?? null;
}

function chairOf({ chair }: Bridge, people: ReadonlyMap<string, Person>): CallContact | null {
  const person = chair === null ? undefined : people.get(chair);
  return person === undefined ? null : { as: 'chair', name: person.name, phone: person.phone };
}

/** An alert of the log, with where it was and who took it on. */
export interface LoggedAlert {
  readonly record: AlertRecord;
  readonly bridgeName: string;
  readonly acknowledgements: readonly (Acknowledgement & { readonly name: string })[];
}

/** The alerts of a subtree that were raised, the newest first, at most `limit` after one of them; null where that one is not there. */
export async function alertLogOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'control'>,
  session: SessionId,
  after: string | null,
  limit: number,
): Promise<LoggedAlert[] | null> {
  const { read } = context.database;
  const tree = await bridgeTreeOf(context, conference);
  const inside = new Map(tree?.subtree(bridge).map((each) => [each.id, each.name]));
  const records = (await readLog(read, session)).filter((record) => inside.has(record.bridge));
  const from = after === null ? 0 : records.findIndex(({ id }) => id === after) + 1;
  if (after !== null && from === 0) return null;
  const shown = records.slice(from, from + limit);
  const taken = await readAcknowledgements(
    read,
    shown.map(({ id }) => id),
  );
  const names: ReadonlyMap<AccountId, string> = await namesOf(
    context,
    taken.flatMap(({ by }) => by ?? []),
  );
  const byAlert = Map.groupBy(taken, ({ alert }) => alert);
  return shown.map((record) => ({
    record,
    bridgeName: inside.get(record.bridge) ?? '',
    acknowledgements: (byAlert.get(record.id) ?? []).map((each) => ({
      ...each,
      name: each.by === null ? '' : (names.get(each.by) ?? ''),
    })),
  }));
}
