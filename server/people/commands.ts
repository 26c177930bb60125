import { differencesOf, joined } from '../../domain/composition/merge.ts';
import { personNamed, type Person } from '../../domain/composition/person.ts';
import type { SubstituteWords } from '../../domain/invitations/step.ts';
import type { ConferenceId, PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { givenName } from '../../domain/text/names.ts';
import { nfc } from '../../domain/text/normalize.ts';
import { fold } from '../../domain/text/search.ts';
import type { PersonDraft } from '../../domain/wire/people.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { wasDeleted } from '../retention/queries.ts';
import { insertRosterChange, markRosterUndone, readBefore, type RosterChange } from './change-store.ts';
import { packed, unpacked } from './import-content.ts';
import { deletePeople, findInUse, readNamesakes, readPeople, writePeople, type InUse } from './store.ts';

export type Organizing = AuthorizedConferenceId<'organize'>;

export type PersonFailure =
  | { readonly reason: 'no such person' }
  | { readonly reason: 'names deleted' }
  /** Somebody else has changed them since. */
  | { readonly reason: 'changed meanwhile' }
  | { readonly reason: 'the same person' }
  | { readonly reason: 'in use'; readonly by: InUse['by'] };

/** Adds one person. */
export async function addPerson(
  context: Context,
  conference: Organizing,
  draft: PersonDraft,
): Promise<Result<Person, PersonFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const person = personFrom(context.newId() as PersonId, draft);
  await transaction(context.database, async (connection) => {
    await writePeople(connection, conference, [person]);
    const { id, name } = person;
    await keep(context, connection, conference, {
      kind: 'added',
      what: name,
      people: 1,
      added: [id],
      before: [],
    });
  });
  context.audit.note({ on: { person: person.id }, after: person });
  return ok(person);
}

/**
 * The person of the roster whom words are about, in the caller's transaction: the one of this name with the same address, telephone
 * or post; else a new one. Of two who fit neither is taken, as nobody can tell.
 */
export async function personOfWords(
  context: Context,
  connection: Connection,
  conference: ConferenceId,
  { name, position, unit, phone, email }: SubstituteWords,
): Promise<Person> {
  const namesakes = await readNamesakes(connection, conference, nfc(name));
  const [found, another] = namesakes.filter(
    (one) =>
      isSame(one.email, email) ||
      isSame(one.phone, phone) ||
      (position !== '' && one.positions.some(({ text }) => isSame(text, position))),
  );
  if (found !== undefined && another === undefined) return found;
  const positions = position === '' ? [] : [{ text: position, unit: null, organisation: unit }];
  const person = personFrom(context.newId() as PersonId, { ...personNamed(name), positions, phone, email });
  await writePeople(connection, conference, [person]);
  const change = { kind: 'added', what: person.name, people: 1, added: [person.id], before: [] } as const;
  await keep(context, connection, conference, change);
  return person;
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && fold(one) === fold(other);
}

/** Changes one person, if they still are as they were read. */
export async function changePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  { was, now }: { readonly was: PersonDraft; readonly now: PersonDraft },
): Promise<Result<Person, PersonFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  return await transaction(context.database, async (connection) => {
    const [known] = await readPeople(connection, conference, [id]);
    if (known === undefined) return { ok: false, reason: 'no such person' };
    if (differencesOf(known, { ...was, id }).length > 0) return { ok: false, reason: 'changed meanwhile' };
    const person = personFrom(id, now);
    await writePeople(connection, conference, [person]);
    const change = { kind: 'changed', what: person.name, people: 1, added: [], before: [known] } as const;
    await keep(context, connection, conference, change);
    context.audit.note({ on: { person: id }, ...differing(known, person) });
    return ok(person);
  });
}

/**
 * Makes one person out of two entries: the first keeps their id and takes what the second has besides. Of two of whom one chairs
 * a bridge or has been checked in, that one's id stays, whoever was named first.
 */
export async function mergePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  otherId: PersonId,
): Promise<Result<Person, PersonFailure>> {
  if (id === otherId) return { ok: false, reason: 'the same person' };
  return await transaction(context.database, async (connection) => {
    const both = await readPeople(connection, conference, [id, otherId]);
    const named = both.find((person) => person.id === id);
    const other = both.find((person) => person.id === otherId);
    if (named === undefined || other === undefined) return { ok: false, reason: 'no such person' };
    const [otherUse] = await findInUse(connection, conference, [otherId]);
    const [ownUse] = otherUse === undefined ? [] : await findInUse(connection, conference, [id]);
    if (otherUse !== undefined && ownUse !== undefined)
      return { ok: false, reason: 'in use', by: otherUse.by };
    const gone = otherUse === undefined ? other : named;
    const person = { ...joined(named, other), id: otherUse === undefined ? id : otherId };
    await writePeople(connection, conference, [person]);
    await deletePeople(connection, conference, [gone.id]);
    await keep(context, connection, conference, {
      kind: 'merged',
      what: person.name,
      people: 2,
      added: [],
      before: [named, other],
    });
    context.audit.note({ on: { person: [id, otherId] }, before: { named, other }, after: person });
    return ok(person);
  });
}

/** Takes somebody out of the roster, with the reason in the audit trail. Who chairs or has been checked in stays. */
export async function removePerson(
  context: Context,
  conference: Organizing,
  id: PersonId,
  reason: string,
): Promise<Result<null, PersonFailure>> {
  return await transaction(context.database, async (connection) => {
    const [known] = await readPeople(connection, conference, [id]);
    if (known === undefined) return { ok: false, reason: 'no such person' };
    const [use] = await findInUse(connection, conference, [id]);
    if (use !== undefined) return { ok: false, reason: 'in use', by: use.by };
    await deletePeople(connection, conference, [id]);
    const change = { kind: 'removed', what: known.name, people: 1, added: [], before: [known] } as const;
    await keep(context, connection, conference, change);
    context.audit.note({ on: { person: id }, before: known, after: { reason } });
    return ok(null);
  });
}

export type UndoFailure =
  | { readonly reason: 'nothing to undo' }
  | { readonly reason: 'names deleted' }
  | { readonly reason: 'in use'; readonly by: InUse['by'] };

/** Takes back the last change of the roster, if it still is the one that was looked at. Seats are to be given anew. */
export async function undoRoster(
  context: Context,
  conference: Organizing,
  place: number,
): Promise<Result<{ readonly removed: number; readonly restored: number }, UndoFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  const kept = await readBefore(context.database.read, conference, place);
  if (kept === null) return { ok: false, reason: 'nothing to undo' };
  const { added, before } = await unpacked<Before>(kept);
  return await transaction(context.database, async (connection) => {
    if ((await readBefore(connection, conference, place)) === null)
      return { ok: false, reason: 'nothing to undo' };
    const [use] = await findInUse(connection, conference, added);
    if (use !== undefined) return { ok: false, reason: 'in use', by: use.by };
    await deletePeople(connection, conference, added);
    await writePeople(connection, conference, before);
    await markRosterUndone(connection, conference, place);
    const undone = { removed: added.length, restored: before.length };
    context.audit.note({ after: undone });
    return ok(undone);
  });
}

function personFrom(id: PersonId, draft: PersonDraft): Person {
  const name = nfc(draft.name.trim());
  return {
    ...draft,
    id,
    name,
    sortGiven: nfc(draft.sortGiven.trim()) || givenName(name),
    identity: textOrNone(draft.identity),
    phone: textOrNone(draft.phone),
    email: textOrNone(draft.email),
    positions: draft.positions.map((position) => ({
      ...position,
      text: nfc(position.text.trim()),
      organisation: textOrNone(position.organisation),
    })),
  };
}

function textOrNone(value: string | null): string | null {
  return value === null ? null : nfc(value.trim()) || null;
}

/** What it takes to take a change back: who is to go, and who is to be as they were. */
interface Before {
  readonly added: readonly PersonId[];
  readonly before: readonly Person[];
}

/** Keeps a change of the roster so that it can be taken back. */
export async function keep(
  context: Context,
  connection: Connection,
  conference: ConferenceId,
  change: Pick<RosterChange, 'kind' | 'what' | 'people'> & Before,
): Promise<void> {
  const { kind, what, people, added, before } = change;
  const undo: Before = { added, before };
  await insertRosterChange(connection, conference, {
    at: context.clock(),
    by: context.actor?.name ?? '',
    kind,
    what,
    people,
    before: await packed(undo),
  });
}
