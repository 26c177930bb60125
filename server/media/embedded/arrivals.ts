import { unwrapped } from './sequence.ts';
import { tellArrivals } from './rtcp.ts';

/** Sooner than a full report: what is held back longer than this makes the sender's estimate late. */
const MOST_HELD = 200;

/** Notes when the packets of one transport arrive, and tells its sender, who finds out from it how much the line carries. */
export class Arrivals {
  #held: (readonly [number: number, ms: number])[] = [];
  #highest: number | null = null;
  #media = 0;
  #told = 0;

  /** True once it is time to tell. */
  note(sequence: number, media: number, now: number): boolean {
    const number = this.#highest === null ? sequence : unwrapped(sequence, this.#highest);
    this.#highest = Math.max(this.#highest ?? number, number);
    this.#media = media;
    // Farther back than a report reaches: a peer that jumps about is told nothing of it.
    if (this.#highest - number < MOST_HELD) this.#held.push([number, now]);
    return this.#held.length >= MOST_HELD;
  }

  /** What is held, as a packet; null where nothing is. A jump ahead starts a report of its own. */
  report(from: number): Buffer | null {
    const inOrder = this.#held.toSorted(([a], [b]) => a - b);
    this.#held = [];
    const last = inOrder.at(-1);
    if (last === undefined) return null;
    const near = inOrder.filter(([number]) => last[0] - number < 4 * MOST_HELD);
    return tellArrivals(from, this.#media, this.#told++, near);
  }
}
