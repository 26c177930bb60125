import { media } from './vi/media.ts';

/** What the pages of pictures and sound say: those of hosts and of the control room have these words in common. */
export const viMedia = { ...media };
