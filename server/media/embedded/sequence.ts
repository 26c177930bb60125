const TURN = 65_536;

/**
 * The number without its wrap-around that is nearest to the highest seen so far: RTP counts in 16 bits. Negative for what came before
 * the first turn.
 */
export function unwrapped(sequence: number, highest: number): number {
  const turn = Math.floor(highest / TURN) * TURN;
  const near = turn + sequence;
  if (near - highest > TURN / 2) return near - TURN;
  if (highest - near > TURN / 2) return near + TURN;
  return near;
}

/** How often a number has wrapped around (roll-over counter of SRTP). */
export function turnsOf(unwrappedNumber: number): number {
  return Math.floor(unwrappedNumber / TURN);
}
