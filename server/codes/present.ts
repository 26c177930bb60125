import type { Person } from '../../domain/composition/person.ts';
import type { UnknownCodeRow } from '../../domain/wire/codes.ts';
import type { UnknownCode } from './queries.ts';

export function presentCode(
  { code, bridge, arrivals }: UnknownCode,
  proposed: Person | undefined,
): UnknownCodeRow {
  return {
    code,
    bridge: bridge.id,
    bridgeName: bridge.name,
    arrivals: arrivals.map(({ event, device, time, mode }) => ({ event, device, time, mode })),
    proposed:
      proposed === undefined
        ? null
        : { person: proposed.id, name: proposed.name, position: proposed.positions[0]?.text ?? '' },
  };
}
