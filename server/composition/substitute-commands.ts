import { applyChange } from '../../domain/composition/change.ts';
import { DEFAULT_SETTINGS, PlacementSettings } from '../../domain/composition/settings.ts';
import type { PersonId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { insertChange } from './change-store.ts';
import { readSeatOf, readSettings, writePlacements, writeSettings } from './store.ts';

export type SubstituteFailure =
  /** Whoever is to be replaced has no seat at the bridge. */
  | { readonly reason: 'no seat' }
  /** They chair the bridge: who does is for the page of bridges to say. */
  | { readonly reason: 'chairs' }
  /** Whoever is to come has a seat already. */
  | { readonly reason: 'seated already' };

/**
 * Gives one person's seat at a bridge to another, in the caller's transaction. Nobody else is placed by it: the seat is theirs by hand
 * from then on, as a guest's where it was a guest's, and the other is kept out.
 */
export async function giveSeat(
  context: Context,
  connection: Connection,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  { from, to, note }: { readonly from: PersonId; readonly to: PersonId; readonly note: string },
): Promise<Result<null, SubstituteFailure>> {
  const seat = await readSeatOf(connection, conference, from);
  if (seat?.bridge !== bridge) return { ok: false, reason: 'no seat' };
  if (seat.as === 'chair') return { ok: false, reason: 'chairs' };
  if ((await readSeatOf(connection, conference, to)) !== null) return { ok: false, reason: 'seated already' };
  const basis = seat.basis === 'invited' ? 'invited' : 'summoned';
  const none = { clause: null, others: [] };
  const at = context.clock();
  await writePlacements(
    connection,
    conference,
    [
      { ...none, person: from, bridge: null, as: null, basis: null, reason: { kind: 'kept-out', note } },
      { ...none, person: to, bridge, as: 'delegate', basis, reason: { kind: 'pinned', note } },
    ],
    at,
  );
  const before = PlacementSettings.parse(
    Object.assign({}, DEFAULT_SETTINGS, await readSettings(connection, conference)),
  );
  const change = { kind: 'substitute', person: to, instead: from, bridge, basis, note } as const;
  await writeSettings(connection, conference, applyChange(before, change));
  await insertChange(connection, conference, { at, by: context.actor?.name ?? '', change, before });
  return ok(null);
}
