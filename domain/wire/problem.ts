import { z } from 'zod';

/** Stable codes of what the API refuses, each with the HTTP status that goes with it. Texts may change, codes never. */
export const PROBLEMS = {
  malformed: 400,
  'unreadable-file': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  forbidden: 403,
  'not-proven': 403,
  'device-revoked': 403,
  'device-unpaired': 403,
  'device-unproven': 403,
  'not-found': 404,
  conflict: 409,
  'out-of-date': 409,
  'wrong-state': 409,
  'link-used': 410,
  'too-large': 413,
  'has-errors': 422,
  'too-many-requests': 429,
  failed: 500,
} as const satisfies Record<string, number>;
export type ProblemCode = keyof typeof PROBLEMS;

/** One fault of an input, at the field, row or line that has it. */
export const Fault = z.object({
  /** `plan.clauses.3.text`, `row 17, column Họ và tên`: where a person finds it. */
  at: z.string(),
  message: z.string(),
});
export type Fault = z.infer<typeof Fault>;

/** RFC 9457 problem document, the body of every answer that is not a success. */
export const Problem = z
  .object({
    /** `/problems/<code>` */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]),
    /** What happened, what was kept, what to do, in the language of the request. */
    detail: z.string(),
    faults: z.array(Fault).optional(),
    /** Number under which the log knows the request. */
    instance: z.string().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
