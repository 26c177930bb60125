import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import { assertNever, ok, type Result } from '../result.ts';
import { Instant } from '../time.ts';

/** A bridge that asks to speak (xin phát biểu), in the order of asking. */
export const FloorRequest = z.object({ bridge: BridgeId, at: Instant });
export type FloorRequest = z.infer<typeof FloorRequest>;

/** Who is on program (đang phát), who has the floor, and who asks for it. */
export const FloorState = z.object({
  /** The bridge that everybody sees; null before the director chose one. */
  program: BridgeId.nullable(),
  /** Who was granted the floor, and what was on program before; at most one at a time. */
  holder: z.object({ bridge: BridgeId, since: Instant, before: BridgeId.nullable() }).nullable(),
  /** First come, first listed. Whoever has the floor is not among them. */
  asking: z.array(FloorRequest),
});
export type FloorState = z.infer<typeof FloorState>;

/** Before anybody is on program. */
export const EMPTY_FLOOR: FloorState = { program: null, holder: null, asking: [] };

/**
 * What a director (`put`, `grant`, `take`) or a bridge (`ask`, `withdraw`, `give back`) does, and what befalls one (`lost`: its
 * line is gone).
 */
export const FloorStep = z.object({
  step: z.enum(['put', 'ask', 'withdraw', 'grant', 'give back', 'take', 'lost']),
  bridge: BridgeId,
  at: Instant,
});
export type FloorStep = z.infer<typeof FloorStep>;

export type FloorFailure =
  /** Granted to a bridge that does not ask, or no longer. */
  | { readonly reason: 'not asking' }
  /** Given back by, or taken from, a bridge that does not have the floor. */
  | { readonly reason: 'not holding' };

/**
 * The floor after one step; the very same state where it changes nothing. Asking twice keeps the first place; granting moves the floor on from whoever had it; a floor that ends
 * brings back what was on program before it, unless the director has put something else on since.
 */
export function stepFloor(
  state: FloorState,
  { step, bridge, at }: FloorStep,
): Result<FloorState, FloorFailure> {
  const holds = state.holder?.bridge === bridge;
  switch (step) {
    case 'put':
      return ok(state.program === bridge ? state : { ...state, program: bridge });
    case 'ask': {
      if (holds || isAsking(state, bridge)) return ok(state);
      return ok({ ...state, asking: [...state.asking, { bridge, at }] });
    }
    case 'withdraw':
      return ok(isAsking(state, bridge) ? { ...state, asking: without(state.asking, bridge) } : state);
    case 'grant': {
      if (holds) return ok(state);
      if (!isAsking(state, bridge)) return { ok: false, reason: 'not asking' };
      const before = afterFloor(state);
      return ok({
        program: bridge,
        holder: { bridge, since: at, before },
        asking: without(state.asking, bridge),
      });
    }
    case 'give back':
    case 'take':
      return holds ? ok(floorEnded(state)) : { ok: false, reason: 'not holding' };
    case 'lost':
      // A bridge that comes back finds its place among those who ask.
      return ok(holds ? floorEnded(state) : state);
    default:
      return assertNever(step);
  }
}

/** From when to when a bridge had the floor, or was on program; to null while it lasts. */
export interface Turn {
  readonly bridge: BridgeId;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** Who had the floor and who was on program over the steps of a session, in order. A step that was refused counts for nothing. */
export function turnsOf(steps: readonly FloorStep[]): {
  readonly floor: readonly Turn[];
  readonly program: readonly Turn[];
} {
  const turns = { floor: [] as Turn[], program: [] as Turn[] };
  let state = EMPTY_FLOOR;
  for (const step of steps) {
    const stepped = stepFloor(state, step);
    if (!stepped.ok) continue;
    const next = stepped.value;
    turnTo(turns.floor, state.holder?.bridge ?? null, next.holder?.bridge ?? null, step.at);
    turnTo(turns.program, state.program, next.program, step.at);
    state = next;
  }
  return turns;
}

function turnTo(turns: Turn[], before: BridgeId | null, next: BridgeId | null, at: Instant): void {
  if (before === next) return;
  const last = turns.at(-1);
  if (before !== null && last !== undefined) turns[turns.length - 1] = { ...last, to: at };
  if (next !== null) turns.push({ bridge: next, from: at, to: null });
}

/** Whose sound goes out: what is on program, and whoever has the floor, should the director look elsewhere meanwhile. */
export function audible({ program, holder }: FloorState): readonly BridgeId[] {
  return [...new Set([program, holder?.bridge ?? null])].filter((bridge) => bridge !== null);
}

function isAsking({ asking }: FloorState, bridge: BridgeId): boolean {
  return asking.some((request) => request.bridge === bridge);
}

function without(asking: readonly FloorRequest[], bridge: BridgeId): FloorRequest[] {
  return asking.filter((request) => request.bridge !== bridge);
}

/** What is on program once the present holder is done. */
function afterFloor({ program, holder }: FloorState): BridgeId | null {
  return holder !== null && program === holder.bridge ? holder.before : program;
}

function floorEnded(state: FloorState): FloorState {
  return { ...state, program: afterFloor(state), holder: null };
}
