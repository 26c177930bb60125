import { z } from 'zod';

import { GuestDraft, GuestList } from '../guests/guest.ts';
import { contract } from './contract.ts';
import { Fault } from './problem.ts';

/** Somebody of a list of the press or of scientists. */
export const Guest = GuestDraft.extend({ id: z.string(), list: GuestList });
export type Guest = z.infer<typeof Guest>;

const scope = { at: 'conference', right: 'organize' } as const;

export const guestContracts = {
  guests: contract({
    method: 'get',
    path: '/conferences/{conference}/guests',
    summary:
      'The lists of the press and of scientists, in the order of their organisations and names, with whose duty each is',
    scope,
    answer: z.object({
      items: z.array(Guest),
      /** Who makes each list, in the words of the plan; null where it gives the duty to nobody. */
      owners: z.object({ press: z.string().nullable(), scientists: z.string().nullable() }),
    }),
    audit: 'look',
  }),
  addGuest: contract({
    method: 'post',
    path: '/conferences/{conference}/guests',
    summary: 'Add somebody to a list; they are of no roster, and in no total of delegates',
    scope,
    body: z.object({ list: GuestList, guest: GuestDraft }),
    answer: Guest,
  }),
  changeGuest: contract({
    method: 'put',
    path: '/conferences/{conference}/guests/{guest}',
    summary: 'Change what is written of a guest',
    scope,
    body: GuestDraft,
    answer: Guest,
  }),
  removeGuest: contract({
    method: 'delete',
    path: '/conferences/{conference}/guests/{guest}',
    summary: 'Take somebody off their list',
    scope,
    answer: null,
  }),
  importGuests: contract({
    method: 'post',
    path: '/conferences/{conference}/guests/imports',
    summary:
      'Add the guests of a file (CSV or XLSX) to a list; those that it has already stay as they are. With dryRun it only reports, and any fault imports nothing',
    scope,
    query: z.object({ list: GuestList, dryRun: z.stringbool().default(true) }),
    body: 'file',
    answer: z.object({
      rows: z.int(),
      /** Those that were added, or would be. */
      added: z.int(),
      /** Those that the list has already. */
      known: z.int(),
      faults: z.array(Fault),
      imported: z.boolean(),
    }),
  }),
};
