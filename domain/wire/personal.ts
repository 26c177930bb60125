import { z } from 'zod';

import { contract } from './contract.ts';

export const personalContracts = {
  renewPersonalLink: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/invitations/{invitation}/link',
    summary:
      'Give somebody who is invited a new link to their page, to be told to them; the ones before are void',
    scope: { at: 'bridge', right: 'organize' },
    answer: z.object({
      /** Whoever has it reads the page and may answer for them. */
      address: z.string(),
    }),
  }),
};
