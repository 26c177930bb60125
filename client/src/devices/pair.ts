import { deviceContracts } from '../../../domain/wire/devices.ts';
import { DeviceId } from '../../../domain/ids.ts';
import { call, Refused } from '../api/call.ts';
import { noteRestored } from '../door/roster.ts';
import { notePaired } from './contact.ts';
import { asMachine } from './introduce.ts';
import { machineKey, replaceKey } from './machineKey.ts';

/** One bridge of a conference. */
export interface AtBridge {
  readonly conference: string;
  readonly bridge: string;
}

/** What a machine is called where it was paired. */
export interface Paired {
  readonly name: string;
  readonly bridgeName: string;
}

/**
 * Pairs this machine with a bridge. One that was revoked makes itself a new key and comes as a new machine. Throws as `call`
 * does.
 */
export async function pairHere({ conference, bridge }: AtBridge, code: string): Promise<Paired> {
  const key = await machineKey();
  const params = { conference, bridge };
  const send = (replaces: string | null) =>
    call(
      deviceContracts.pairDevice,
      { params, body: { code, ...(replaces !== null && { replaces: DeviceId.parse(replaces) }) } },
      undefined,
      asMachine,
    );
  let paired: Paired;
  try {
    paired = await send(key?.replaces ?? null);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'device-revoked') throw error;
    const fresh = await replaceKey();
    paired = await send(fresh?.replaces ?? null);
  }
  await noteRestored(bridge);
  notePaired(bridge);
  return paired;
}

const atDesk = new Set<string>();

/** Pairs this machine with a bridge whose machines the account looks after: it makes the code itself. */
export async function pairAtDesk({ conference, bridge }: AtBridge): Promise<Paired | null> {
  if (atDesk.has(bridge)) return null;
  const { code } = await call(deviceContracts.newPairingCode, { params: { conference, bridge } });
  const paired = await pairHere({ conference, bridge }, code);
  atDesk.add(bridge);
  return paired;
}
