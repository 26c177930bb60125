import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { CodeBatch, HostRow } from '../../domain/wire/activation.ts';
import type { Batches, Hosts } from './queries.ts';

/** Names shown of one bridge: a host or two is usual. */
const NAMES_SHOWN = 5;

export function presentHost(hosts: Hosts, bridge: Bridge, names: readonly string[]): HostRow {
  const standing = hosts.standing(bridge.id);
  return {
    bridge: bridge.id,
    name: bridge.name,
    upper: bridge.parent === null ? null : (hosts.tree.get(bridge.parent)?.name ?? null),
    standing,
    hosts: names.slice(0, NAMES_SHOWN),
    moreHosts: Math.max(0, names.length - NAMES_SHOWN),
    expiresAt: hosts.open.get(bridge.id) ?? null,
  };
}

export function presentBatch(
  hosts: Hosts,
  names: Batches['names'],
  batch: Batches['rows'][number],
): CodeBatch {
  return {
    id: batch.id,
    bridge: batch.bridge,
    bridgeName: hosts.tree.get(batch.bridge)?.name ?? batch.bridge,
    at: batch.at,
    by: batch.by === null ? null : (names.get(batch.by) ?? null),
    expiresAt: batch.expires_at,
    codes: batch.codes,
    used: batch.used,
    open: batch.open,
  };
}
