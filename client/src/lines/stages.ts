/** What a test of a line does, one after the other. */
export const STAGES = ['camera', 'sound', 'up', 'down', 'steady'] as const;
export type Stage = (typeof STAGES)[number];

/** How much of the time for the line each of its stages takes. */
export const SHARES = { up: 0.35, down: 0.35, steady: 0.3 } as const;
/** For camera and loudspeaker before it. */
export const BEFORE_S = 10;
/** Two minutes in all. */
export const USUAL_S = 120 - BEFORE_S;
