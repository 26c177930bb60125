import type { AccountId, BridgeId, DeviceId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { nameChanged, writeEveryContact } from './live.ts';
import { standingsChanged } from './standing.ts';
import {
  deviceAt,
  placesOf,
  setName,
  setRestored,
  setRevoked,
  type DeviceRecord,
  type StepRow,
} from './store.ts';

export type DeviceFailure = { readonly reason: 'unknown device' | 'revoked before' | 'not revoked' };

/** Names a machine at one bridge; null gives it back its number. */
export async function nameDevice(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
  device: DeviceId,
  name: string | null,
): Promise<Result<null, DeviceFailure>> {
  await writeEveryContact(context);
  const step = { ...stepOf(context, conference, bridge, device), step: 'name', text: name } as const;
  const before = await deviceAt(context.database.read, bridge, device);
  context.audit.note({ before: { name: before?.name ?? null }, after: { name } });
  const named = await transaction(context.database, (connection) => setName(connection, step));
  if (!named) return { ok: false, reason: 'unknown device' };
  await nameChanged(context, bridge, device, name);
  return ok(null);
}

/**
 * Revokes a machine at a bridge and at every one below it where it is known: one that is lost is lost everywhere. From
 * the commit on it gets no new data, and what it sends goes to quarantine. Gives the bridges where it was revoked now.
 */
export async function revokeDevice(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
  device: DeviceId,
  reason: string,
): Promise<Result<readonly BridgeId[], DeviceFailure>> {
  context.audit.note({ before: { revoked: false }, after: { revoked: true, reason } });
  return onEach(context, conference, bridge, device, 'revoked before', (connection, step) =>
    setRevoked(connection, { ...step, step: 'revoke', text: reason }),
  );
}

/** Lets a revoked machine work again, at a bridge and at every one below it. What it sent meanwhile still waits. */
export async function restoreDevice(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
  device: DeviceId,
  reason: string,
): Promise<Result<readonly BridgeId[], DeviceFailure>> {
  context.audit.note({ before: { revoked: true }, after: { revoked: false, reason } });
  return onEach(context, conference, bridge, device, 'not revoked', (connection, step) =>
    setRestored(connection, { ...step, step: 'restore', text: reason }),
  );
}

type Connection = Parameters<typeof setName>[0];
type Step = Omit<StepRow, 'step' | 'text'>;

async function onEach(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
  device: DeviceId,
  otherwise: 'revoked before' | 'not revoked',
  deed: (connection: Connection, step: Step) => Promise<boolean>,
): Promise<Result<readonly BridgeId[], DeviceFailure>> {
  // A machine that came a moment ago is known in memory only.
  await writeEveryContact(context);
  const places = await placesBelow(context, conference, bridge, device);
  if (places.length === 0) return { ok: false, reason: 'unknown device' };
  const done = await transaction(context.database, async (connection) => {
    const changed: BridgeId[] = [];
    for (const place of places) {
      const step = stepOf(context, conference, place.bridge, device);
      if (await deed(connection, step)) changed.push(place.bridge);
    }
    return changed;
  });
  if (done.length === 0) return { ok: false, reason: otherwise };
  context.audit.note({ on: { device, bridge: done } });
  await standingsChanged(context);
  return ok(done);
}

async function placesBelow(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'devices'>,
  device: DeviceId,
): Promise<DeviceRecord[]> {
  const tree = await bridgeTreeOf(context, conference);
  const places = await placesOf(context.database.read, conference, device);
  return places.filter((place) => tree?.path(place.bridge).some(({ id }) => id === bridge));
}

function stepOf(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
  device: DeviceId,
): Step {
  const by: AccountId | null = context.actor?.account ?? null;
  return { id: context.newId(), conference, bridge, device, at: context.clock(), by };
}
