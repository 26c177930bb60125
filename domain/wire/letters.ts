import { z } from 'zod';

import {
  LetterTemplate,
  PART_PLACEHOLDERS,
  TEMPLATE_KINDS,
  TEXT_PLACEHOLDERS,
  TemplateKind,
} from '../letters/template.ts';
import { Instant } from '../time.ts';
import { contract } from './contract.ts';
import { Fault } from './problem.ts';

const Placeholder = z.enum([...TEXT_PLACEHOLDERS, ...PART_PLACEHOLDERS]);

/** The words of one kind of letter (mẫu thư), as they stand. */
export const StandingTemplate = LetterTemplate.extend({
  kind: z.enum(TEMPLATE_KINDS),
  /** To be given back with a change; 0 where nobody has written any. */
  version: z.int(),
  /** Whether an office has written it; else they are the program's own words. */
  isOwn: z.boolean(),
  changed: z.object({ at: Instant, by: z.string().nullable() }).nullable(),
  /** What can be put in, in braces. */
  offered: z.array(Placeholder),
});
export type StandingTemplate = z.infer<typeof StandingTemplate>;

const scope = { at: 'conference', right: 'organize' } as const;

export const letterContracts = {
  letterTemplates: contract({
    method: 'get',
    path: '/conferences/{conference}/letter-templates',
    summary: 'The words of every kind of letter to those who are invited, and what can be put in',
    scope,
    answer: z.object({ items: z.array(StandingTemplate) }),
  }),
  setLetterTemplate: contract({
    method: 'put',
    path: '/conferences/{conference}/letter-templates',
    summary:
      "Write the words of a kind of letter, or go back to the program's own; letters that wait already stay as they are",
    scope,
    body: z.object({ kind: TemplateKind, version: z.int().min(0), template: LetterTemplate.nullable() }),
    answer: StandingTemplate,
  }),
  previewLetter: contract({
    method: 'post',
    path: '/conferences/{conference}/letter-templates/preview',
    summary:
      'A letter of these words as somebody who is invited would get it, with what is wrong in them; nothing is kept',
    scope,
    body: LetterTemplate.extend({ kind: TemplateKind }),
    answer: z.object({
      /** Whose letter it would be; null where nobody is invited yet and it is to an invented person. */
      name: z.string().nullable(),
      subject: z.string(),
      text: z.string(),
      /** To be shown in a frame without scripts or network. */
      html: z.string(),
      faults: z.array(Fault),
    }),
    audit: 'look',
  }),
};
