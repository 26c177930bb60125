import { z } from 'zod';

import { parseFields } from '../composition/columns.ts';
import { Person } from '../composition/person.ts';
import { PERSON_PARTS } from '../composition/merge.ts';
import { PersonId } from '../ids.ts';
import { Instant } from '../time.ts';
import { contract, page, PageBody, PageQuery } from './contract.ts';
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

/**
 * What becomes of a row. `changed` and `untouched` have the card of somebody who is known; `likely` and `perhaps` may be
 * somebody who is known; `faulty` cannot be imported as they are.
 */
export const ImportKind = z.enum(['added', 'changed', 'untouched', 'likely', 'perhaps', 'faulty']);
export type ImportKind = z.infer<typeof ImportKind>;

/** What an import would do. Nothing is written until it is confirmed as a whole. */
export const ImportPreview = z.object({
  id: z.string(),
  rows: z.int(),
  people: z.int(),
  /** How each column of the file was understood, and by what; null was not. */
  columns: z.array(
    z.object({
      header: z.string(),
      field: z.string().nullable(),
      ground: z.enum(['given', 'remembered', 'header', 'content']).nullable(),
    }),
  ),
  /** The first rows as they stand in the file, cells in the order of the columns. */
  head: z.array(z.array(z.string())).max(5),
  counts: z.object({
    added: z.int(),
    changed: z.int(),
    untouched: z.int(),
    likely: z.int(),
    perhaps: z.int(),
    faulty: z.int(),
  }),
  sample: z.array(Person).max(20),
  errors: z.array(Fault),
  /** Errors in all, where `errors` shows only the first thousand. */
  errorCount: z.int(),
  /** What is worth a look and no reason to refuse: a person without a position. */
  notes: z.array(Fault),
  /** The first two thousand; the rows of the import have them all. */
  duplicates: z.array(Duplicate),
  duplicateCount: z.int(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** One row of a previewed import. */
export const ImportRow = z.object({
  row: z.int(),
  /** Null where the row is faulty. */
  person: Person.nullable(),
  /** With whom they may be one, and the row that they stand in where that is of the same file. */
  other: z.object({ row: z.int().nullable(), person: Person }).nullable(),
  /** In what the two differ. */
  differs: z.array(z.enum(PERSON_PARTS)),
  /** Of a faulty row. */
  cells: z.array(z.string()),
  faults: z.array(Fault),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** What somebody writes of a person; the id is the program's. */
export const PersonDraft = Person.omit({ id: true }).extend({
  name: z.string().trim().min(1).max(200),
  sortGiven: z.string().trim().max(100),
});
export type PersonDraft = z.infer<typeof PersonDraft>;

export const RosterDeed = z.object({
  place: z.int(),
  at: Instant,
  by: z.string(),
  kind: z.enum(['import', 'added', 'changed', 'merged', 'removed']),
  /** The file, or the person. */
  what: z.string(),
  people: z.int(),
  undone: z.boolean(),
  /** Only the last change that stands can be taken back. */
  canUndo: z.boolean(),
});
export type RosterDeed = z.infer<typeof RosterDeed>;

const scope = { at: 'conference', right: 'organize' } as const;
const reason = z.string().trim().min(1).max(500);
/** Made by the page before it sends a file, to ask how far its reading is. */
export const ReadingId = z.uuid().brand<'ReadingId'>();

export const peopleContracts = {
  previewPeople: contract({
    method: 'post',
    path: '/conferences/{conference}/people/imports',
    summary:
      'Read a roster (XLSX or CSV) and show what importing it would do; ends where the caller goes away',
    scope,
    query: z.object({
      /** The field of each column, in order, parted by commas; nothing for one that is not to be read. */
      columns: z
        .string()
        .max(3000)
        .regex(/^[A-Za-z,]*$/)
        .refine((text) => parseFields(text) !== null)
        .brand<'Fields'>()
        .optional(),
      /** Made by the caller: under it the progress is told. */
      reading: ReadingId.optional(),
    }),
    body: 'file',
    answer: ImportPreview,
  }),
  readingProgress: contract({
    method: 'get',
    path: '/conferences/{conference}/people/readings/{reading}',
    summary: 'How many rows of a file that is being read are done',
    scope,
    answer: z.object({ rows: z.int() }),
    audit: { none: 'a number of rows, and nothing of what stands in them' },
  }),
  importRows: contract({
    method: 'get',
    path: '/conferences/{conference}/people/imports/{import}/rows',
    summary: 'Rows of a previewed import of one kind, in pages of up to 200',
    scope,
    query: PageQuery.pick({ cursor: true }).extend({ kind: ImportKind }),
    answer: page(ImportRow),
    audit: 'look',
  }),
  faultyRows: contract({
    method: 'get',
    path: '/conferences/{conference}/people/imports/{import}/faulty',
    summary: 'The faulty rows as a workbook, each with what is wrong, to be mended and imported',
    scope,
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    audit: 'look',
  }),
  confirmPeople: contract({
    method: 'post',
    path: '/conferences/{conference}/people/imports/{import}/confirm',
    summary:
      'Write the whole of a previewed import; one with errors is refused, unless its faulty rows are left out',
    scope,
    body: z.object({
      /** Rows that a person has confirmed to be the one proposed; all others become people of their own. */
      merge: z.array(z.int()).max(100_000).default([]),
      /** All rows that have the card of the one proposed, but for those in `apart`. */
      mergeSame: z.boolean().default(false),
      apart: z.array(z.int()).max(100_000).default([]),
      leaveFaulty: z.boolean().default(false),
    }),
    answer: z.object({ added: z.int(), merged: z.int(), total: z.int() }),
  }),
  people: contract({
    method: 'post',
    path: '/conferences/{conference}/people/search',
    summary: 'The roster in official order, searched by name, post and unit without diacritics',
    scope: { at: 'conference', right: 'people' },
    body: PageBody.extend({
      q: z.string().max(100).optional(),
      show: z.enum(['without-seat', 'without-position', 'without-contact', 'without-card']).optional(),
    }),
    answer: page(Person),
    audit: 'look',
  }),
  person: contract({
    method: 'get',
    path: '/conferences/{conference}/people/{person}',
    summary: 'One person of the roster',
    scope: { at: 'conference', right: 'people' },
    answer: Person,
    audit: 'look',
  }),
  addPerson: contract({
    method: 'post',
    path: '/conferences/{conference}/people',
    summary: 'Add one person to the roster',
    scope,
    body: PersonDraft,
    answer: Person,
  }),
  changePerson: contract({
    method: 'put',
    path: '/conferences/{conference}/people/{person}',
    summary: 'Change a person, if they still are as they were read',
    scope,
    body: z.object({ was: PersonDraft, now: PersonDraft }),
    answer: Person,
  }),
  mergePerson: contract({
    method: 'post',
    path: '/conferences/{conference}/people/{person}/merge',
    summary: 'Make one person out of two entries; the other one goes',
    scope,
    body: z.object({ other: PersonId }),
    answer: Person,
  }),
  removePerson: contract({
    method: 'post',
    path: '/conferences/{conference}/people/{person}/remove',
    summary: 'Take a person out of the roster, with the reason',
    scope,
    body: z.object({ reason }),
    answer: null,
  }),
  rosterChanges: contract({
    method: 'get',
    path: '/conferences/{conference}/people-changes',
    summary: 'The last changes of the roster, newest first',
    scope: { at: 'conference', right: 'people' },
    answer: z.object({ items: z.array(RosterDeed) }),
    audit: 'look',
  }),
  undoRoster: contract({
    method: 'post',
    path: '/conferences/{conference}/people-changes/undo',
    summary: 'Take back the last change of the roster: an import, or a change by hand',
    scope,
    body: z.object({ place: z.int() }),
    answer: z.object({ removed: z.int(), restored: z.int() }),
  }),
};
