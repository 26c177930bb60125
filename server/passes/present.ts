import { postOf } from '../../domain/composition/person.ts';
import type { PassRow } from '../../domain/wire/passes.ts';
import type { Bearer } from './queries.ts';

/** A pass with what is printed beside its QR code. */
export function presentPass(bearer: Bearer, code: string): PassRow {
  const { person, bridge, bridgeName, as, seatNumber, serial } = bearer;
  return {
    person: person.id,
    name: person.name,
    ...postOf(person),
    bridge,
    bridgeName,
    as,
    seatNumber,
    serial,
    code,
  };
}
