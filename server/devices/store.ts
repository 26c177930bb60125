import type { Knex } from 'knex';

import type { BridgeId, DeviceId } from '../../domain/ids.ts';

/** A machine that was revoked at a bridge, at present or before. */
export interface WatchedDevice {
  readonly bridge: BridgeId;
  readonly device: DeviceId;
  readonly revoked: boolean;
}

/** Every machine that was ever revoked: a handful, out of an index of their own. */
export async function readWatched(connection: Knex): Promise<WatchedDevice[]> {
  const rows = await connection<{ bridge: BridgeId; device: DeviceId; revoked_at: number | null }>('device')
    .where('watched', 1)
    .select('bridge', 'device', 'revoked_at');
  return rows.map(({ bridge, device, revoked_at }) => ({ bridge, device, revoked: revoked_at !== null }));
}
