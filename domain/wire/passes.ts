import { z } from 'zod';

import { BridgeId, PersonId } from '../ids.ts';
import { SeatNumber } from '../seating/number.ts';
import { Language } from '../text/language.ts';
import { CivilDate } from '../time.ts';
import { contract, page, PageBody } from './contract.ts';

/** The pass of one person who has a seat. */
export const PassRow = z.object({
  person: PersonId,
  name: z.string(),
  position: z.string(),
  /** Short name of the unit or organisation; null where none is known. */
  unit: z.string().nullable(),
  bridge: BridgeId,
  bridgeName: z.string(),
  as: z.enum(['chair', 'delegate']),
  /** Where they sit (số ghế); null without a number. */
  seatNumber: SeatNumber.nullable(),
  /** Which of this person's passes it is. */
  serial: z.int(),
  /** What the QR code holds. Whoever has it can be checked in as this person. */
  code: z.string(),
});
export type PassRow = z.infer<typeof PassRow>;

export const passContracts = {
  passes: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/passes/search',
    summary: 'Passes of everybody seated at a bridge and below it, in tree order and official order',
    scope: { at: 'bridge', right: 'organize' },
    body: PageBody.extend({ q: z.string().max(100).optional() }),
    answer: page(PassRow).extend({
      /** The last day on which they are good. */
      until: CivilDate,
      people: z.int(),
    }),
    audit: 'look',
  }),
  exportPasses: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/passes-file',
    summary: 'The same as a CSV file, for whoever prints badges',
    scope: { at: 'bridge', right: 'organize' },
    query: z.object({ language: Language.default('vi') }),
    answer: 'stream',
    streams: ['text/csv'],
    audit: 'look',
  }),
  reissuePass: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/passes/{person}/reissue',
    summary: 'Issue a person a new pass; doors that know of it refuse the earlier ones',
    scope: { at: 'bridge', right: 'organize' },
    body: z.object({ reason: z.string().trim().min(1).max(300) }),
    answer: PassRow,
  }),
};
