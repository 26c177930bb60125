import { z } from 'zod';

import { PersonId } from '../ids.ts';
import { SeatLayout } from '../seating/layout.ts';
import { SeatNumber } from '../seating/number.ts';
import { Language } from '../text/language.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';
import { Fault } from './problem.ts';

/** Tells one state of a bridge's people and seat numbers from another: a digest, which says nothing by itself. */
export const SeatsRevision = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .brand<'SeatsRevision'>();
export type SeatsRevision = z.infer<typeof SeatsRevision>;

/** Somebody who is expected at a bridge, with their seat number. */
export const SeatRow = z.object({
  person: PersonId,
  name: z.string(),
  position: z.string(),
  /** Short name of the unit or organisation; null where none is known. */
  unit: z.string().nullable(),
  isChair: z.boolean(),
  number: SeatNumber.nullable(),
});
export type SeatRow = z.infer<typeof SeatRow>;

/** A deed that can be taken back. */
export const SeatChange = z.object({
  id: z.string(),
  at: Instant,
  byName: z.string().nullable(),
  message: z.string(),
});
export type SeatChange = z.infer<typeof SeatChange>;

/** How many numbers a deed changed, and under which name it can be taken back; null where all were so already. */
const SeatDeedDone = z.object({ changed: z.int(), change: z.string().nullable() });

/** One person whose number a file changes. */
const SeatDifference = z.object({
  person: PersonId,
  name: z.string(),
  before: SeatNumber.nullable(),
  after: SeatNumber.nullable(),
});

export const seatingContracts = {
  seatNumbers: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/seats',
    summary: 'Everybody expected at a bridge in official order, with their seat numbers',
    scope: { at: 'bridge', right: 'people' },
    answer: z.object({
      items: z.array(SeatRow),
      revision: SeatsRevision,
      /** The last deed that stands; null where there is none. */
      change: SeatChange.nullable(),
    }),
    audit: 'look',
  }),
  setSeatNumber: contract({
    method: 'put',
    path: '/conferences/{conference}/bridges/{bridge}/seats/{person}',
    summary: 'Give somebody a seat number, or take it away; nobody else at the bridge may have it',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({
      /** What stood there when it was typed: whatever somebody else has put there since is not written over. */
      was: SeatNumber.nullable(),
      /** As it was typed; empty takes the number away. */
      number: z.string().max(40),
    }),
    answer: z.object({ number: SeatNumber.nullable() }),
  }),
  numberSeats: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/seats/number',
    summary:
      'Number the seats of a bridge by rows, as one deed: as the rules have shown it for the state that is named',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ layout: SeatLayout, revision: SeatsRevision }),
    answer: SeatDeedDone,
  }),
  clearSeats: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/seats/clear',
    summary: 'Take all seat numbers of a bridge away, as one deed',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ revision: SeatsRevision }),
    answer: SeatDeedDone,
  }),
  undoSeats: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/seats/changes/{change}/undo',
    summary: 'Take a deed back, as far as nobody has changed the same seat numbers since',
    scope: { at: 'bridge', right: 'organize' },
    answer: z.object({ changed: z.int(), left: z.int() }),
  }),
  exportSeats: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/seats-file',
    summary: 'Everybody expected at a bridge with their seat numbers as a file, to be filled in and imported',
    scope: { at: 'bridge', right: 'people' },
    query: z.object({ format: z.enum(['xlsx', 'csv']), language: Language.default('vi') }),
    answer: 'stream',
    streams: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv'],
    audit: 'look',
  }),
  importSeats: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/seats/imports',
    summary:
      'Take seat numbers out of a file (CSV or XLSX); with dryRun it only reports, and any fault imports nothing',
    scope: { at: 'bridge', right: 'organize' },
    query: z.object({
      dryRun: z.stringbool().default(true),
      /** Of the report that somebody looked at. */
      revision: SeatsRevision.optional(),
    }),
    body: 'file',
    answer: z.object({
      rows: z.int(),
      differences: z.array(SeatDifference),
      faults: z.array(Fault),
      revision: SeatsRevision,
      imported: z.boolean(),
      /** Under which name it can be taken back; null where nothing was changed. */
      change: z.string().nullable(),
    }),
  }),
};
