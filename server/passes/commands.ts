import type { PersonId } from '../../domain/ids.ts';
import { LAST_SERIAL, passStatement, writePass } from '../../domain/passes/pass.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { CivilDate } from '../../domain/time.ts';
import { enterReissue } from '../attendance/live.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { type Bearer, validUntil } from './queries.ts';
import { insertReissue, readSeat, readSerial, readSerials } from './store.ts';

/** The text of somebody's pass. The same pass is the same text however often it is issued: nothing is kept of it. */
export function issuePass(
  { keys }: Pick<Context, 'keys'>,
  conference: AuthorizedConferenceId,
  { person, serial }: { readonly person: { readonly id: PersonId }; readonly serial: number },
  until: CivilDate,
): string {
  const pass = { conference, person: person.id, serial, until };
  return writePass(pass, Buffer.from(keys.passes.sign(passStatement(pass)), 'base64url'));
}

/** The codes of the passes of people as they stand in a transaction or outside of one; null where none can be issued yet. */
export async function passCodes(
  context: Pick<Context, 'keys'>,
  db: Connection,
  conference: AuthorizedConferenceId,
  until: CivilDate | null,
): Promise<(person: PersonId) => string | null> {
  const serials = await readSerials(db, conference);
  return (id) =>
    until === null
      ? null
      : issuePass(context, conference, { person: { id }, serial: serials.get(id) ?? 1 }, until);
}

export type ReissueFailure = {
  /** `nobody`: nobody of this id is seated at the bridge or below it. */
  readonly reason: 'nobody' | 'no session' | 'too often';
};

type Reissued = Result<{ readonly bearer: Bearer; readonly until: CivilDate }, ReissueFailure>;

/**
 * Issues a person a new pass: doors that know of it refuse the earlier ones. A door without a line goes on taking them
 * until it is heard of again.
 */
export async function reissuePass(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  person: PersonId,
  reason: string,
): Promise<Reissued> {
  const [tree, until] = await Promise.all([
    bridgeTreeOf(context, conference),
    validUntil(context, conference),
  ]);
  if (until === null) return { ok: false, reason: 'no session' };
  const reissued = await transaction(context.database, async (connection): Promise<Reissued> => {
    const seat = await readSeat(connection, conference, person);
    const at = seat === null ? undefined : tree?.get(seat.bridge);
    if (seat === null || at === undefined || tree?.path(at.id).every(({ id }) => id !== bridge)) {
      return { ok: false, reason: 'nobody' };
    }
    const serial = (await readSerial(connection, conference, person)) + 1;
    if (serial > LAST_SERIAL) return { ok: false, reason: 'too often' };
    const by = context.actor?.name ?? null;
    context.audit.note({ before: { serial: serial - 1 }, after: { serial, reason } });
    await insertReissue(connection, conference, { person, serial, at: context.clock(), by, reason });
    return ok({ bearer: { ...seat, bridgeName: at.name, serial }, until });
  });
  if (reissued.ok) enterReissue(context, conference, person, reissued.value.bearer.serial);
  return reissued;
}

/**
 * Makes the passes of somebody who does not come any more void, in the caller's transaction. Gives the serial to tell open doors of
 * after the commit (`enterReissue`); null where no higher one is left.
 */
export async function voidPasses(
  { actor, clock }: Context,
  connection: Connection,
  conference: AuthorizedConferenceId,
  person: PersonId,
  reason: string,
): Promise<number | null> {
  const serial = (await readSerial(connection, conference, person)) + 1;
  if (serial > LAST_SERIAL) return null;
  await insertReissue(connection, conference, {
    person,
    serial,
    at: clock(),
    by: actor?.name ?? null,
    reason,
  });
  return serial;
}
