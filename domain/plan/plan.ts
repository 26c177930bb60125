import { z } from 'zod';

import { BridgeClass } from '../bridges/bridge.ts';
import { ClauseId } from '../ids.ts';
import { CivilDate } from '../time.ts';

/** How a session is held (hình thức): a list, not a switch "online". */
export const Format = z.enum([
  'in person',
  'online',
  'hybrid',
  'cell meeting',
  'thematic meeting',
  'self-study',
]);
export type Format = z.infer<typeof Format>;

/**
 * On what ground a clause brings people in.
 * - `summoned` (triệu tập): who stays away is absent.
 * - `invited` (mời): who stays away is not absent.
 * - `discretionary` ("do cấp tỉnh triệu tập"): only whom that level named by a recorded decision; from then on summoned.
 * - `conditional` ("nếu điều kiện phòng họp bảo đảm"): only at bridges where it was switched on, while there is room.
 */
export const Basis = z.enum(['summoned', 'invited', 'discretionary', 'conditional']);
export type Basis = z.infer<typeof Basis>;

/** `max` is "không quá", `about` is "khoảng". */
export const Limit = z.enum(['max', 'about']);
export type Limit = z.infer<typeof Limit>;

export const Recurrence = z.enum(['monthly', 'quarterly', 'yearly']);
export type Recurrence = z.infer<typeof Recurrence>;

/** A bare date, or a date and hour with offset, where the document states the hour. */
export const DateOrTime = z.union([CivilDate, z.iso.datetime({ offset: true })]);

const sentence = z.string().min(1).max(4000);
const short = z.string().min(1).max(500);

/** One entry of the composition (thành phần) of a bridge class. */
export const Clause = z.object({
  id: ClauseId,
  bridgeClass: BridgeClass,
  text: sentence,
  basis: Basis,
  /** "trừ ...", each in the plan's words. */
  exclusions: z.array(short),
  /** "nếu ...", in the plan's words. */
  condition: short.nullable(),
  /**
   * "đại diện": open seats per bridge that the unit fills with its own people; null where the clause is no quota, 0 for one
   * whose number the plan does not state.
   */
  quota: z.int().min(0).nullable(),
});
export type Clause = z.infer<typeof Clause>;

export const AgendaItem = z.object({
  title: sentence,
  presenter: short.nullable(),
  minutes: z.int().min(1).max(1440).nullable(),
  limit: Limit.nullable(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const Deadline = z.object({
  phrase: short,
  /** The first instant that is too late, ISO with offset; null where the document gives no date. */
  dueBefore: z.iso.datetime({ offset: true }).nullable(),
  recurs: Recurrence.nullable(),
});
export type Deadline = z.infer<typeof Deadline>;

/** One duty of the section on organisation (tổ chức thực hiện). */
export const Duty = z.object({
  owner: short,
  text: sentence,
  addressee: short.nullable(),
  /** The office through which it goes ("qua Vụ Tổng hợp"), not the addressee. */
  via: short.nullable(),
  deadline: Deadline.nullable(),
});
export type Duty = z.infer<typeof Duty>;

export const Recipient = z.object({ name: short, purpose: short.nullable() });
export type Recipient = z.infer<typeof Recipient>;

/** The plan of a conference (kế hoạch tổ chức hội nghị), as an organizer has confirmed it. */
export const Plan = z.object({
  number: short.nullable(),
  issuer: short.nullable(),
  issuedOn: CivilDate.nullable(),
  title: sentence,
  /** The words on the banner (tiêu đề hội nghị). */
  banner: sentence.nullable(),
  startsAt: DateOrTime.nullable(),
  endsAt: DateOrTime.nullable(),
  venue: short.nullable(),
  format: Format.nullable(),
  broadcast: short.nullable(),
  /** "Kế hoạch này thay cho văn bản thông báo triệu tập": issuing it is what summons. */
  replacesNotice: z.boolean(),
  bridgeClasses: z.array(BridgeClass),
  clauses: z.array(Clause),
  /** Each rule of who chairs, in the plan's words. */
  chairing: z.array(sentence),
  agenda: z.array(AgendaItem),
  documents: z.array(sentence),
  duties: z.array(Duty),
  recipients: z.array(Recipient),
});
export type Plan = z.infer<typeof Plan>;
