import type { AccountId, BridgeId, SessionId } from '../../domain/ids.ts';
import {
  EMPTY_FLOOR,
  stepFloor,
  type FloorFailure,
  type FloorState,
  type FloorStep,
} from '../../domain/media/floor.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { Context } from '../platform/context.ts';
import { transaction, type Database } from '../platform/database.ts';
import { groupCommit } from '../platform/group-commit.ts';
import { insertFloorSteps, readFloorSteps, type FloorStepRecord } from './floor-store.ts';

type Stepped = Result<FloorState, FloorFailure>;
interface Said {
  readonly step: FloorStep['step'];
  readonly bridge: BridgeId;
  readonly at: Instant;
  readonly by: AccountId | null;
}

/** The floor of one session: as its steps left it, one step at a time. */
export interface Floor {
  readonly state: FloorState;
  /** Resolves once the step is kept. One that is refused, or changes nothing, is not. */
  step(context: Context, step: FloorStep['step'], bridge: BridgeId): Promise<Stepped>;
}

/**
 * Opens the floor of a session as its steps have left it.
 *
 * @param changed told after each commit, before those who asked for its steps
 */
export async function openFloor(
  database: Database,
  session: SessionId,
  changed: (state: FloorState) => void,
): Promise<Floor> {
  const kept = await readFloorSteps(database.read, session);
  let state = kept.reduce(after, EMPTY_FLOOR);
  let last: Pick<FloorStepRecord, 'place' | 'at'> = kept.at(-1) ?? { place: 0, at: 0 as Instant };

  // A hall full of people who ask at once is one commit.
  const commit = groupCommit<Said, Stepped>(async (said) => {
    let next = state;
    const taken: FloorStepRecord[] = [];
    const outcomes = said.map(({ step, bridge, at: now, by }): Stepped => {
      const { place, at: before } = taken.at(-1) ?? last;
      // A clock that was set back does not put this step before what has happened.
      const at = Math.max(now, before) as Instant;
      const stepped = stepFloor(next, { step, bridge, at });
      if (!stepped.ok || stepped.value === next) return stepped;
      next = stepped.value;
      taken.push({ session, place: place + 1, step, bridge, at, by });
      return stepped;
    });
    if (taken.length === 0) return outcomes;
    await transaction(database, (connection) => insertFloorSteps(connection, taken));
    state = next;
    last = taken.at(-1) ?? last;
    changed(state);
    return outcomes;
  });

  return {
    get state() {
      return state;
    },
    async step({ clock, actor }, step, bridge) {
      const [stepped] = await commit([{ step, bridge, at: clock(), by: actor?.account ?? null }]);
      return stepped ?? ok(state);
    },
  };
}

function after(state: FloorState, step: FloorStep): FloorState {
  const stepped = stepFloor(state, step);
  return stepped.ok ? stepped.value : state;
}
