import { media } from './en/media.ts';
import type { SameKeys } from './translation.ts';
import type { viMedia } from './viMedia.ts';

export const enMedia: SameKeys<typeof viMedia> = { ...media };
