import { z } from 'zod';

import { BridgeClass } from '../bridges/bridge.ts';
import { ClauseId } from '../ids.ts';
import type * as draft from '../plan/draft.ts';
import { Basis, Format, Limit, Recurrence } from '../plan/plan.ts';

const Span = z.tuple([z.int(), z.int()]).readonly();

function leaf<Value extends z.ZodType>(value: Value) {
  return z.object({
    value: value.nullable(),
    source: z.array(Span),
    confidence: z.number(),
    accepted: z.literal(true).optional(),
  });
}
const text = leaf(z.string());

export const DraftPlan = z.object({
  number: text,
  issuer: text,
  issuedOn: text,
  title: text,
  banner: text,
  startsAt: text,
  endsAt: text,
  venue: text,
  format: leaf(Format),
  broadcast: text,
  replacesNotice: leaf(z.boolean()),
  bridgeClasses: z.array(leaf(BridgeClass)),
  clauses: z.array(
    z.object({
      id: ClauseId.optional(),
      bridgeClass: leaf(BridgeClass),
      text,
      basis: leaf(Basis),
      exclusions: z.array(text),
      condition: text,
      quota: leaf(z.number()),
    }),
  ),
  chairing: z.array(text),
  agenda: z.array(z.object({ title: text, presenter: text, minutes: leaf(z.number()), limit: leaf(Limit) })),
  documents: z.array(text),
  duties: z.array(
    z.object({
      owner: text,
      text,
      addressee: text,
      via: text,
      deadline: z.object({ phrase: text, dueBefore: text, recurs: leaf(Recurrence) }),
    }),
  ),
  recipients: z.array(z.object({ name: text, purpose: text })),
}) satisfies z.ZodType<draft.DraftPlan>;

export const Leftover = z.object({
  text: z.string(),
  source: Span,
  reason: z.enum(['stamp', 'noise', 'date-unclear', 'purpose', 'annex', 'unplaced']),
});

/** What the plan reader understood of a document: every value with the passages it came from. */
export const Reading = z
  .object({
    text: z.string(),
    plan: DraftPlan,
    leftovers: z.array(Leftover),
  })
  .meta({ id: 'Reading' }) satisfies z.ZodType<draft.Reading>;
export type Reading = z.infer<typeof Reading>;
