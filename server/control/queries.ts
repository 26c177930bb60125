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

/** About these whoever looks after machine and line is called first. */
const TECHNICAL: ReadonlySet<AlertKind> = new Set([
  'never-connected',
  'line-lost',
  'feed-lost',
  'feed-poor',
  'line-unfit',
  'line-untested',
  'uploads-waiting',
]);

/**
 * Whom to call: the bridge's own contacts, then who chairs it; where no telephone number is known there, those of the one above, and so
 * on up. A name without a number is better than nobody.
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
  return questions.map(({ bridge, kind }) => {
    const known = tree.path(bridge).flatMap((each, level) => {
      const contacts = [...ownContacts(each, kind), ...chairOf(each, people)];
      return level === 0 ? contacts : contacts.map((contact) => ({ ...contact, as: 'above' as const }));
    });
    return known.find(({ phone }) => phone !== null) ?? known[0] ?? null;
  });
}

function ownContacts({ contacts }: Bridge, kind: AlertKind): CallContact[] {
  const order = TECHNICAL.has(kind)
    ? (['technical', 'organizer'] as const)
    : (['organizer', 'technical'] as const);
  return order.flatMap((as) => {
    const contact = contacts[as];
    return contact === null ? [] : [{ as, ...contact }];
  });
}

function chairOf({ chair }: Bridge, people: ReadonlyMap<string, Person>): CallContact[] {
  const person = chair === null ? undefined : people.get(chair);
  return person === undefined ? [] : [{ as: 'chair', name: person.name, phone: person.phone }];
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
