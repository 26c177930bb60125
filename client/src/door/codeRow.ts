import type { DoorRow } from '../../../domain/wire/attendance.ts';

/** Whether a row is an id that no list knows: it stands for its own name. */
export function isCode(row: DoorRow | undefined): boolean {
  return row !== undefined && row.name === row.person && row.position === '';
}
