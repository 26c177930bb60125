import { readForm } from '../../domain/ledger/form.ts';
import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { personIn } from '../../domain/attendance/person.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { AccountId, DeviceId, PersonId } from '../../domain/ids.ts';
import { namesOf } from '../access/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { deviceNames, type CalledDevice } from '../devices/queries.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { isErased } from './commands.ts';
import { listHeld, type HeldRecord } from './store.ts';

/** An event in quarantine with everything that says what it is. */
export interface HeldEvent {
  readonly record: HeldRecord;
  readonly event: AttendanceEvent;
  readonly bridge: Bridge;
  readonly device: CalledDevice | null;
  /** Of whom it speaks; null where it speaks of nobody, or of an id that no roster knows. */
  readonly person: string | null;
  readonly decidedBy: string | null;
  readonly erased: boolean;
}

export interface HeldSearch {
  readonly device: DeviceId | null;
  readonly state: 'open' | 'decided' | 'all';
}

/** Events in quarantine of a bridge and of all below it, after a row, one further than `limit`. */
export async function heldBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'people' | 'below'>,
  search: HeldSearch,
  after: number,
  limit: number,
): Promise<HeldEvent[]> {
  const tree = await bridgeTreeOf(context, conference);
  if (tree === null) return [];
  const inside = new Map(tree.subtree(bridge).map((one) => [one.id, one]));
  const open = search.state === 'all' ? null : search.state === 'open';
  const filter = { bridges: [...inside.keys()], device: search.device, open };
  const records = await listHeld(context.database.read, conference, filter, after, limit + 1);
  const events = records.map(({ form, texts }) => readForm(form, texts));
  const [people, deciders, devices] = await Promise.all([
    namesIn(context, conference, events),
    namesOf(
      context,
      records.flatMap(({ decidedBy }) => (decidedBy === null ? [] : [decidedBy])),
    ),
    deviceNames(context, conference),
  ]);
  return records.flatMap((record, at): HeldEvent[] => {
    const event = events[at];
    const place = inside.get(record.bridge);
    if (event === undefined || place === undefined) return [];
    const person = personIn(event);
    return [
      {
        record,
        event,
        bridge: place,
        device: devices.get(`${record.bridge} ${record.device}`) ?? null,
        person: person === null ? null : (people.get(person) ?? null),
        decidedBy: nameOf(deciders, record.decidedBy),
        erased: isErased(record),
      },
    ];
  });
}

function nameOf(names: ReadonlyMap<AccountId, string>, account: AccountId | null): string | null {
  return account === null ? null : (names.get(account) ?? null);
}

async function namesIn(
  context: Context,
  conference: AuthorizedConferenceId,
  events: readonly AttendanceEvent[],
): Promise<Map<PersonId, string>> {
  const ids = new Set(events.map(personIn).filter((person) => person !== null));
  const people = await peopleByIds(context, conference, [...ids]);
  return new Map(people.map(({ id, name }) => [id, name]));
}
