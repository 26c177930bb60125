/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32): a run that failed can be run again. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `FAULTS_SEED=123` repeats a run; the seed is told where a test fails. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
