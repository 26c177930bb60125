import { z } from 'zod';

import { Person } from '../composition/person.ts';
import { PersonId } from '../ids.ts';
import { contract, page, PageBody } from './contract.ts';
import { Fault } from './problem.ts';

/** Two entries that may be one person. The program proposes and never merges by name alone. */
export const Duplicate = z.object({
  row: z.int(),
  name: z.string(),
  /** Who it may be: somebody of the roster, or an earlier row of the same file. */
  other: z.union([z.object({ person: PersonId, name: z.string() }), z.object({ row: z.int() })]),
  /** Same card or number is `same`; same name with the same unit or birth date is `likely`; same name alone `perhaps`. */
  certainty: z.enum(['same', 'likely', 'perhaps']),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** What an import would do. Nothing is written until it is confirmed as a whole. */
export const ImportPreview = z.object({
  id: z.string(),
  rows: z.int(),
  people: z.int(),
  /** How each column of the file was understood; null was not. */
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
  sample: z.array(Person).max(20),
  errors: z.array(Fault),
  /** Errors in all, where `errors` shows only the first thousand. */
  errorCount: z.int(),
  /** What is worth a look and no reason to refuse: a person without a position. */
  notes: z.array(Fault),
  duplicates: z.array(Duplicate),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const peopleContracts = {
  previewPeople: contract({
    method: 'post',
    path: '/conferences/{conference}/people/imports',
    summary: 'Read a roster (XLSX or CSV) and show what importing it would do',
    scope: { at: 'conference', right: 'organize' },
    body: 'file',
    answer: ImportPreview,
  }),
  confirmPeople: contract({
    method: 'post',
    path: '/conferences/{conference}/people/imports/{import}/confirm',
    summary: 'Write the whole of a previewed import; one with errors is refused',
    scope: { at: 'conference', right: 'organize' },
    body: z.object({
      /** Rows that a person has confirmed to be the one proposed; all others become people of their own. */
      merge: z.array(z.int()).max(100_000).default([]),
    }),
    answer: z.object({ added: z.int(), merged: z.int(), total: z.int() }),
  }),
  people: contract({
    method: 'post',
    path: '/conferences/{conference}/people/search',
    summary: 'The roster in official order, searched without diacritics',
    scope: { at: 'conference', right: 'people' },
    body: PageBody.extend({ q: z.string().max(100).optional() }),
    answer: page(Person),
    audit: 'look',
  }),
};
