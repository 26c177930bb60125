import type { DeviceId } from '../../../domain/ids.ts';
import { Instant } from '../../../domain/time.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { hostAt, newId, signIn, socket, type SignedInClient, type TestSocket } from '../harness.ts';
import { machineNamed } from '../paired.ts';
import type { Sample } from '../sample.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36';

/** A machine at a bridge with its page open. */
export interface Machine extends TestSocket {
  readonly device: DeviceId;
  readonly host: SignedInClient;
  hello(own?: { waiting?: number; waitingSince?: number | null; name?: string }): Promise<unknown>;
}

/** Opens a check-in page at a bridge, as its host would. */
export async function machineAt(
  { server, conference }: Pick<Sample, 'server' | 'conference'>,
  bridge: Pick<BridgeRow, 'id'>,
  { device = newId(), host }: { device?: string; host?: SignedInClient } = {},
): Promise<Machine> {
  const own = host ?? (await signIn(server, [hostAt(conference, bridge.id)]));
  const opened = await socket(server, own.cookie, { 'user-agent': CHROME, 'accept-language': 'vi' });
  const { device: id } = machineNamed(device);
  const said = { conference, bridge: bridge.id, device: id };
  return {
    ...opened,
    device: id,
    host: own,
    hello: ({ waiting = 0, waitingSince = null, name } = {}) =>
      opened.ask('device:hello', {
        ...said,
        waiting,
        waitingSince: waitingSince === null ? null : Instant.parse(waitingSince),
        ...(name !== undefined && { name }),
      }),
  };
}
