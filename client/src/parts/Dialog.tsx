import { later } from './later.tsx';

/** A question that waits for an answer; Esc and the cross leave everything as it was. No first screen is one. */
export const Dialog = later(async () => (await import('./openDialog.tsx')).OpenDialog);

/** What stands beside on a wide screen, from below on a phone. */
export const Sheet = later(async () => (await import('./openDialog.tsx')).OpenSheet);
