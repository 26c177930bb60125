import { z } from 'zod';

import { DeviceId, type BridgeId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { deviceContracts, type DeviceRow } from '../../domain/wire/devices.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import { nameDevice, restoreDevice, revokeDevice, type DeviceFailure } from './commands.ts';
import { presentDevice } from './present.ts';
import { devicesBelow, namesAt, revocationOf, type KnownDevice } from './queries.ts';
import { NOT_REVOKED, REVOKED_BEFORE, revokedSentence, UNKNOWN_DEVICE } from './sentences.ts';

const REFUSALS: Refusals<DeviceFailure> = {
  'unknown device': () => new ProblemError('not-found', UNKNOWN_DEVICE),
  'revoked before': () => new ProblemError('wrong-state', REVOKED_BEFORE),
  'not revoked': () => new ProblemError('wrong-state', NOT_REVOKED),
};

/** Throws the refusal of a machine that was revoked at a bridge: it gets no new data. */
export async function admitDevice(context: Context, bridge: BridgeId, device: DeviceId): Promise<void> {
  const revocation = await revocationOf(context, bridge, device);
  if (revocation !== null) throw new ProblemError('device-revoked', revokedSentence(revocation.reason));
}

/** The check-in machines of a subtree: who has contact, what waits, naming, revoking and restoring. */
export function deviceRoutes(): Route[] {
  return [
    implement(deviceContracts.devices, async ({ scope, conference, query, context }) => {
      const devices = await devicesBelow(context, conference, scope);
      const from = readCursor(z.int().min(0), query.cursor) ?? 0;
      const shown = pageOf(
        devices.slice(from, from + query.limit + 1),
        query.limit,
        (device) => device,
        () => from + query.limit,
      );
      return {
        items: await presentAll(context, shown.items),
        next: shown.next,
        summary: summaryOf(devices),
        asOf: context.clock(),
      };
    }),

    implement(deviceContracts.nameDevice, async ({ scope, conference, params, body, context }) => {
      const device = DeviceId.parse(params.device);
      valueOrProblem(await nameDevice(context, conference, scope, device, body.name), REFUSALS);
      const devices = await devicesBelow(context, conference, scope);
      const named = devices.find((one) => one.device === device && one.bridge.id === scope);
      const [row] = named === undefined ? [] : await presentAll(context, [named]);
      if (row === undefined) throw new ProblemError('not-found', UNKNOWN_DEVICE);
      return row;
    }),

    implement(deviceContracts.revokeDevice, async ({ scope, conference, params, body, context }) => {
      const device = DeviceId.parse(params.device);
      const revoked = await revokeDevice(context, conference, scope, device, body.reason);
      return { bridges: [...valueOrProblem(revoked, REFUSALS)] };
    }),

    implement(deviceContracts.restoreDevice, async ({ scope, conference, params, body, context }) => {
      const device = DeviceId.parse(params.device);
      const restored = await restoreDevice(context, conference, scope, device, body.reason);
      return { bridges: [...valueOrProblem(restored, REFUSALS)] };
    }),
  ];
}

async function presentAll(
  context: Context,
  devices: readonly KnownDevice[],
  language: Language = context.language,
): Promise<DeviceRow[]> {
  const names = await namesAt(context, devices);
  return devices.map((device) => presentDevice(device, names, language));
}

/** The whole list in numbers. */
export function summaryOf(devices: readonly KnownDevice[]) {
  const summary = { machines: 0, connected: 0, revoked: 0, withWaiting: 0, waiting: 0, held: 0 };
  for (const { state, waiting, held } of devices) {
    summary.machines += 1;
    if (state === 'connected') summary.connected += 1;
    if (state === 'revoked') summary.revoked += 1;
    if (waiting > 0) summary.withWaiting += 1;
    summary.waiting += waiting;
    summary.held += held;
  }
  return summary;
}
