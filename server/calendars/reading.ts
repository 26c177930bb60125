import {
  readReply,
  type CalendarReply,
  type RawCalendar,
  type ReplyFault,
} from '../../domain/calendar/reply.ts';
import type { Result } from '../../domain/result.ts';
import { inThread, type ThreadFailure } from '../documents/thread.ts';

const PROGRAM = new URL('./reply-worker.ts', import.meta.url);
const BOUNDS = { longestMs: 10_000, largestMB: 128 };

/** Reads an answer of somebody's calendar program, in a thread of its own: anybody may have sent it. */
export async function readReplyText(
  text: string,
): Promise<Result<CalendarReply, ReplyFault | ThreadFailure>> {
  const read = await inThread<RawCalendar>(PROGRAM, text, BOUNDS);
  return read.ok ? readReply(read.value) : read;
}
