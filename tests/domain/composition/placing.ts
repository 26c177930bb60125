import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { Person } from '../../../domain/composition/person.ts';
import { place, type PlacementInput } from '../../../domain/composition/place.ts';
import type { Placement, PlacementOutcome } from '../../../domain/composition/placement.ts';
import { DEFAULT_SETTINGS, type PlacementSettings } from '../../../domain/composition/settings.ts';
import { bridge, nationalClauses, treeOf } from './factory.ts';

/** A conference of every level: two communes of one name, and one bridge that is none of a unit. */
export const BRIDGES: readonly Bridge[] = [
  bridge('tw', 'central', { name: 'Điểm cầu Trung ương', capacity: 5 }),
  bridge('bo', 'agency', { organisation: 'Bộ Khoa học và Công nghệ', parent: 'tw', capacity: 3 }),
  bridge('tn', 'province', { organisation: 'Tỉnh Thái Nguyên', parent: 'tw', capacity: 3 }),
  bridge('cb', 'province', { organisation: 'Tỉnh Cao Bằng', parent: 'tw' }),
  bridge('tpcb', 'district', { organisation: 'Thành phố Cao Bằng', parent: 'cb' }),
  bridge('dt', 'district', { organisation: 'Huyện Đại Từ', parent: 'tn' }),
  bridge('dh', 'district', { organisation: 'Huyện Đồng Hỷ', parent: 'tn' }),
  bridge('yl', 'commune', { organisation: 'Xã Yên Lãng', parent: 'dt', capacity: 1 }),
  bridge('tl1', 'commune', { organisation: 'Xã Tân Long', parent: 'dt' }),
  bridge('tl2', 'commune', { organisation: 'Xã Tân Long', parent: 'dh' }),
  bridge('khoi', 'party-bloc', { organisation: 'Đảng ủy Khối tỉnh Thái Nguyên', parent: 'tn' }),
];

export type Given = Omit<Partial<PlacementInput>, 'settings' | 'bridges'> & {
  settings?: Record<string, unknown>;
  bridges?: readonly Bridge[];
};

export function run(people: readonly Person[], given: Given = {}): PlacementOutcome {
  const settings: PlacementSettings = { ...DEFAULT_SETTINGS, ...given.settings };
  return place({
    people,
    clauses: given.clauses ?? nationalClauses(),
    bridges: treeOf(given.bridges ?? BRIDGES),
    units: given.units ?? null,
    settings,
  });
}

export function of(outcome: PlacementOutcome, id: string): Placement {
  const found = outcome.placements.find((placement) => placement.person === id);
  if (found === undefined) throw new Error(`no placement of ${id}`);
  return found;
}

export function chaired(chairs: Record<string, string>): Bridge[] {
  return BRIDGES.map((one) => ({ ...one, chair: chairs[one.id] ?? null }) as unknown as Bridge);
}
