import { z } from 'zod';

/** The program speaks Vietnamese first, and English completely. */
export const Language = z.enum(['vi', 'en']);
export type Language = z.infer<typeof Language>;
