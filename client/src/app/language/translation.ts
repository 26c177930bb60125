import type { vi } from './vi.ts';
import type { viDoor } from './viDoor.ts';
import type { viFirst } from './viFirst.ts';
import type { viMedia } from './viMedia.ts';

/** Every word of the pages. */
export type Vietnamese = typeof viFirst & typeof viDoor & typeof viMedia & typeof vi;

/** What another language must have: the same keys, texts of its own; plurals may stand beside them. */
export type SameKeys<Said> = {
  [Key in keyof Said]: Said[Key] extends string ? string : SameKeys<Said[Key]> & Record<string, unknown>;
};
export type Translation = SameKeys<Vietnamese>;
