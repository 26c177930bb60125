/** How many a second somebody may send: one number, the time at which all that came will have been earned (generic cell rate algorithm). */
export class Allowance {
  readonly #costMs: number;
  readonly #burstMs: number;
  #earnedAt = -Infinity;
  constructor(perSecond: number, burst: number) {
    this.#costMs = 1_000 / perSecond;
    this.#burstMs = burst * this.#costMs;
  }
  /** Whether one more is allowed now; what is not counts for nothing. */
  take(now: number): boolean {
    const earned = Math.max(this.#earnedAt, now) + this.#costMs;
    if (earned - now > this.#burstMs) return false;
    this.#earnedAt = earned;
    return true;
  }
}
