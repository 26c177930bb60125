import { z } from 'zod';

import { PAPER_TYPES } from '../papers/kind.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';

/** A paper (tài liệu) of a conference: what those who are invited read beforehand. */
export const Paper = z.object({
  id: z.string(),
  /** With its ending. */
  name: z.string(),
  /** In bytes. */
  size: z.int(),
  addedAt: Instant,
});
export type Paper = z.infer<typeof Paper>;

export const paperContracts = {
  papers: contract({
    method: 'get',
    path: '/conferences/{conference}/papers',
    summary: 'Papers of a conference in the order in which they are read',
    scope: { at: 'conference', right: 'belong' },
    answer: z.object({ items: z.array(Paper) }),
  }),
  addPaper: contract({
    method: 'post',
    path: '/conferences/{conference}/papers',
    summary:
      'Add a paper: PDF, Word, Excel and PowerPoint without macros, JPEG or PNG, of 20 MB at most. It is shown to everybody invited',
    scope: { at: 'conference', right: 'organize' },
    body: 'file',
    answer: Paper,
  }),
  removePaper: contract({
    method: 'delete',
    path: '/conferences/{conference}/papers/{paper}',
    summary: 'Take a paper away: nobody is shown it any more',
    scope: { at: 'conference', right: 'organize' },
    answer: null,
  }),
  paperFile: contract({
    method: 'get',
    path: '/conferences/{conference}/papers/{paper}/file',
    summary: 'A paper as it was added',
    scope: { at: 'conference', right: 'belong' },
    answer: 'stream',
    streams: Object.values(PAPER_TYPES),
  }),
};
