import { z } from 'zod';

import { GuestAnswer, GuestDraft, GuestList, MOST_GUESTS } from '../guests/guest.ts';
import { LetterState } from '../mail/letter.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';
import { Fault } from './problem.ts';

/** Somebody of a list of the press or of scientists. */
export const Guest = GuestDraft.extend({
  id: z.string(),
  list: GuestList,
  /** As an organizer entered it. */
  answer: GuestAnswer.nullable(),
  /** When somebody entered that they had come. */
  arrivedAt: Instant.nullable(),
  /** Where their last letter stands, and since when; null where none was queued. */
  letter: z.object({ state: LetterState, at: Instant }).nullable(),
});
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
  inviteGuests: contract({
    method: 'post',
    path: '/conferences/{conference}/guests/letters',
    summary:
      'Send guests of a list their invitation by mail: those that are named, also once more, or everybody who has had none',
    scope,
    body: z.object({ list: GuestList, guests: z.array(z.string()).min(1).max(MOST_GUESTS).nullable() }),
    answer: z.object({
      /** Letters that wait for the mail server. */
      queued: z.int(),
      /** Guests without an address. */
      withoutAddress: z.int(),
    }),
  }),
  setGuestStanding: contract({
    method: 'put',
    path: '/conferences/{conference}/guests/{guest}/standing',
    summary: 'Enter what a guest answered, and whether they have come',
    scope,
    body: z.object({ answer: GuestAnswer.nullable(), arrived: z.boolean() }),
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
