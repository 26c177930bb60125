import type { Request } from 'express';
import { z } from 'zod';

import { readCode, shownCode } from '../../domain/devices/pairing-code.ts';
import { DeviceId, type BridgeId, type ConferenceId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import { deviceContracts, type DeviceRow } from '../../domain/wire/devices.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { ProblemError, valueOrProblem, type Refusals } from '../platform/problems.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { nameDevice, restoreDevice, revokeDevice, type DeviceFailure } from './commands.ts';
import { newPairingCode, pairDevice, type NewCode, type PairFailure } from './pairing.ts';
import { presentDevice } from './present.ts';
import { signerOf, type SignatureFailure, type Signer } from './proof.ts';
import { devicesBelow, machinesAt, namesAt, revocationOf, type KnownDevice } from './queries.ts';
import {
  EXPIRED_CODE,
  NO_CODE,
  NOT_REVOKED,
  numberedName,
  OTHER_TIME,
  REVOKED_BEFORE,
  REVOKED_KEY,
  revokedSentence,
  TOO_MANY_CODES,
  UNKNOWN_DEVICE,
  USED_CODE,
  WRONG_CODE,
  WRONG_SIGNATURE,
} from './sentences.ts';
import { isPaired } from './trust.ts';

const REFUSALS: Refusals<DeviceFailure> = {
  'unknown device': () => new ProblemError('not-found', UNKNOWN_DEVICE),
  'revoked before': () => new ProblemError('wrong-state', REVOKED_BEFORE),
  'not revoked': () => new ProblemError('wrong-state', NOT_REVOKED),
};

const PAIR_REFUSALS: Refusals<PairFailure> = {
  'wrong code': () => new ProblemError('not-found', WRONG_CODE),
  'code used': () => new ProblemError('link-used', USED_CODE),
  'code expired': () => new ProblemError('link-used', EXPIRED_CODE),
  'key revoked': () => new ProblemError('device-revoked', REVOKED_KEY),
  'too many tries': ({ seconds }) =>
    new ProblemError('too-many-requests', TOO_MANY_CODES, undefined, seconds),
};

const SIGNATURE_REFUSALS: Refusals<SignatureFailure> = {
  'not signed': () => new ProblemError('device-unproven', WRONG_SIGNATURE),
  'other time': () => new ProblemError('device-unproven', OTHER_TIME),
};

/** Who signed a request; null where nobody did. Throws where the signature does not fit. */
export async function signerOrProblem(context: Context, request: Request): Promise<Signer | null> {
  return valueOrProblem(await signerOf(context, request), SIGNATURE_REFUSALS);
}

/**
 * Throws unless a machine may have the data of a bridge: it has shown that it is itself (`proven`), it is paired there, and
 * it is not revoked.
 */
export async function admitMachine(
  context: Context,
  conference: ConferenceId,
  bridge: BridgeId,
  device: DeviceId,
  proven: DeviceId | null,
): Promise<void> {
  const revocation = await revocationOf(context, bridge, device);
  if (revocation !== null) throw new ProblemError('device-revoked', revokedSentence(revocation.reason));
  if (proven !== device) throw new ProblemError('device-unproven');
  if (!(await isPaired(context, conference, bridge, device))) throw new ProblemError('device-unpaired');
}

/** The check-in machines of a subtree: pairing, who has contact, what waits, naming, revoking and restoring. */
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

    implement(deviceContracts.newPairingCode, async ({ scope, conference, context }) =>
      presentCode(context, conference, scope, await newPairingCode(context, conference, scope)),
    ),

    implement(deviceContracts.showPairingCode, async ({ scope, conference, context, request }) => {
      const signer = await signerOrProblem(context, request);
      if (signer === null) throw new ProblemError('device-unproven');
      await admitMachine(context, conference, scope, signer.device, signer.device);
      return presentCode(context, conference, scope, await newPairingCode(context, conference, scope));
    }),

    implement(deviceContracts.pairDevice, async ({ scope, conference, body, context, request }) => {
      const signer = await signerOrProblem(context, request);
      if (signer === null) throw new ProblemError('device-unproven');
      const code = readCode(body.code);
      if (code === null) throw new ProblemError('malformed', NO_CODE);
      const { device, publicKey } = signer;
      const pairing = { device, publicKey, code, name: body.name ?? null, replaces: body.replaces ?? null };
      valueOrProblem(await pairDevice(context, conference, scope, pairing), PAIR_REFUSALS);
      const machine = (await machinesAt(context, scope)).find((one) => one.device === device);
      const name = machine?.name ?? numberedName(machine?.number ?? 0, context.language);
      return { device, name, bridgeName: await bridgeName(context, conference, scope) };
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

/** A code as it is shown, with the bridge that it is for. */
async function presentCode(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
  { code, expiresAt }: NewCode,
) {
  return {
    bridge,
    bridgeName: await bridgeName(context, conference, bridge),
    code: shownCode(code),
    expiresAt,
  };
}

async function bridgeName(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: BridgeId,
): Promise<string> {
  return (await bridgeTreeOf(context, conference))?.get(bridge)?.name ?? '';
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
