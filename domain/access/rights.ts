import type { Role } from '../wire/access.ts';
import { RIGHTS, type Right } from '../wire/contract.ts';

/** What each role may do at its node. */
export const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  organizer: RIGHTS,
  // Whoever runs a subtree is not the one who looks over their own shoulder.
  'unit-organizer': ['read', 'people', 'host', 'devices', 'control', 'organize'],
  host: ['read', 'people', 'host'],
  'control-room': ['read', 'control'],
  auditor: ['read', 'people', 'audit'],
  technician: ['read', 'devices'],
};

/** Over what a role can be given: everything (`standing`), a whole conference, one bridge. */
export type Level = 'standing' | 'conference' | 'bridge';
export const LEVELS_OF: Readonly<Record<Role, readonly Level[]>> = {
  organizer: ['standing', 'conference'],
  'unit-organizer': ['bridge'],
  host: ['bridge'],
  'control-room': ['standing', 'conference', 'bridge'],
  auditor: ['standing', 'conference', 'bridge'],
  technician: ['standing', 'conference', 'bridge'],
};

/** Whether a role over a bridge holds for everything below it: a host sees one bridge. */
export function reachesBelow(role: Role): boolean {
  return role !== 'host';
}

/**
 * What goes with a right in every role that has it: whoever was found to have the one may be taken to have the others.
 * `below` is the right over everything below the node, `above` the right at the level above it, `belong` any role in the
 * conference.
 */
export const IMPLIED = {
  belong: ['belong'],
  below: ['below'],
  above: ['above'],
  read: ['belong', 'read'],
  people: ['belong', 'read', 'people'],
  host: ['belong', 'read', 'people', 'host'],
  devices: ['belong', 'read', 'devices', 'below'],
  control: ['belong', 'read', 'control', 'below'],
  audit: ['belong', 'read', 'people', 'audit', 'below'],
  organize: ['belong', 'read', 'people', 'host', 'devices', 'control', 'organize', 'below'],
} as const satisfies Record<
  Right | 'belong' | 'below' | 'above',
  readonly (Right | 'belong' | 'below' | 'above')[]
>;

const BITS = new Map(RIGHTS.map((right, at) => [right, 1 << at]));
const HAS: Readonly<Record<Role, number>> = mapped((rights) =>
  rights.reduce((bits, right) => bits | (BITS.get(right) ?? 0), 0),
);

/** Whether a role has a right. Asked with every check-in: no list is walked. */
export function hasRight(role: Role, right: Right): boolean {
  return (HAS[role] & (BITS.get(right) ?? 0)) !== 0;
}

function mapped<Value>(of: (rights: readonly Right[]) => Value): Record<Role, Value> {
  return Object.fromEntries(Object.entries(RIGHTS_OF).map(([role, rights]) => [role, of(rights)])) as Record<
    Role,
    Value
  >;
}
