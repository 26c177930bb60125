import type { vi } from './vi.ts';

/** What another language must have: the same keys, texts of its own; plurals may stand beside them. */
type SameKeys<Words> = {
  [Key in keyof Words]: Words[Key] extends string ? string : SameKeys<Words[Key]> & Record<string, unknown>;
};
export type Translation = SameKeys<typeof vi>;
