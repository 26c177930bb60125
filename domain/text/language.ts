import { z } from 'zod';

/** The program speaks Vietnamese first, and English completely. */
export const Language = z.enum(['vi', 'en']);
export type Language = z.infer<typeof Language>;

/** A sentence for people in both languages. */
export type Sentence = Readonly<Record<Language, string>>;
