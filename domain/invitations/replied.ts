import type { CalendarReply } from '../calendar/reply.ts';
import type { Answer } from './step.ts';

/** Calendar programs ask for no reason: whoever decides has to see that there is none. */
const NO_REASON = 'Trả lời bằng lịch, không ghi lý do';

/** What somebody answers to their invitation by the answer of their calendar; null where they send somebody and do not say whom. */
export function answerIn({ said, delegate, comment }: CalendarReply): Answer | null {
  const reason = comment ?? NO_REASON;
  if (said === 'coming') return { answer: 'coming' };
  if (said === 'not coming') return { answer: 'not-coming', reason };
  if (delegate === null) return null;
  const { name, address } = delegate;
  const substitute = { name: name ?? address, position: '', unit: null, phone: null, email: address };
  return { answer: 'substitute', substitute, reason };
}
