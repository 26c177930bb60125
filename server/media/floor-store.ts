import type { Knex } from 'knex';

import type { AccountId, SessionId } from '../../domain/ids.ts';
import type { FloorStep } from '../../domain/media/floor.ts';

/** A step of the floor as it is kept. */
export interface FloorStepRecord extends FloorStep {
  readonly session: SessionId;
  /** From 1 in each session. */
  readonly place: number;
  /** Null for what befell a bridge. */
  readonly by: AccountId | null;
}

const ROWS_PER_INSERT = 100;

/** All steps of a session, in order. */
export function readFloorSteps(connection: Knex, session: SessionId): Promise<FloorStepRecord[]> {
  return connection<FloorStepRecord>('floor_step').where({ session }).orderBy('place');
}

export async function insertFloorSteps(connection: Knex, steps: readonly FloorStepRecord[]): Promise<void> {
  for (let from = 0; from < steps.length; from += ROWS_PER_INSERT)
    await connection<FloorStepRecord>('floor_step').insert(steps.slice(from, from + ROWS_PER_INSERT));
}
