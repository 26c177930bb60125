import type { Bridge, BridgeTree } from '../../../domain/bridges/bridge.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import type { Grant, Role } from '../../../domain/wire/access.ts';

export const OURS = ConferenceId.parse('hoi-nghi');
export const OTHER = ConferenceId.parse('hoi-nghi-khac');

/** A tree out of `child: parent`; the root has none. */
export function treeOf(parents: Readonly<Record<string, string | null>>): BridgeTree {
  const bridges = Object.entries(parents).map(([id, parent]): Bridge => ({
    id: BridgeId.parse(id),
    class: 'commune' as Bridge['class'],
    name: `Điểm cầu ${id}`,
    unit: null,
    organisation: null,
    parent: parent === null ? null : BridgeId.parse(parent),
    feedParent: null,
    capacity: null,
    chair: null,
    address: null,
    ready: [],
    contacts: { technical: null, organizer: null },
  }));
  const built = bridgeTree(bridges);
  if (!built.ok) throw new Error(built.reason);
  return built.value;
}

/** A role over a bridge of our conference, over the whole of it (`*`), or over everything (`**`). */
export function grant(role: Role, node: string, times: Partial<Pick<Grant, 'from' | 'until'>> = {}): Grant {
  return {
    role,
    conference: node === '**' ? null : OURS,
    bridge: node.startsWith('*') ? null : BridgeId.parse(node),
    from: null,
    until: null,
    ...times,
  };
}
