import type { Line } from './line.ts';
import type { Door, Nation } from './nation.ts';

/** To which server a line goes: the program, or the bare one beside it. */
export type To = 'program' | 'bare';

/** What one process of the load holds. */
export interface Held {
  readonly country: Nation;
  /** Its own doors, and the place of the first of them among all. */
  readonly doors: readonly Door[];
  readonly firstDoor: number;
  /** A line for each door, as far as they are open. */
  readonly lines: Record<To, Line[]>;
  /** How many check-ins each door has sent. */
  readonly sent: Uint32Array;
  /** For doors that stand on a screen: when its first, second, ... check-in was acknowledged, by `moment`. */
  readonly acknowledged: Map<number, number[]>;
  /** Programs that stations were told of since it was asked last: how many, and when the last one came, by `moment`. */
  readonly programs: { count: number; lastAt: number };
}
