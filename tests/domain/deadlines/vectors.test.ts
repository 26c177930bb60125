import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { judge } from '../../../domain/deadlines/judge.ts';
import { findDeadlines, readDeadline } from '../../../domain/deadlines/phrase.ts';
import { deadlineWarning } from '../../../domain/deadlines/workdays.ts';
import { CivilDate, instantOf } from '../../../domain/time.ts';
import type { Instant } from '../../../domain/time.ts';
import vectors from '../../vectors/deadlines.json' with { type: 'json' };

const phrases = z
  .array(
    z.object({
      text: z.string(),
      issuedOn: CivilDate,
      dueBefore: z.string().nullable().optional(),
      lastDay: CivilDate.optional(),
      recurs: z.string().optional(),
      warning: z.string().optional(),
      error: z.string().optional(),
      leftOver: z.boolean().optional(),
    }),
  )
  .parse(vectors.phrases);

function instant(iso: string): Instant {
  const read = instantOf(iso);
  if (read === null) throw new Error(`no instant: ${iso}`);
  return read;
}

/** The words of the worked examples for a warning. */
function warningText(lastDay: CivilDate): string | undefined {
  const warning = deadlineWarning(lastDay);
  if (warning?.kind !== 'not-a-working-day') return undefined;
  const day = warning.day === 'saturday' ? 'Saturday' : 'Sunday';
  return `last day is a ${day}; last working day ${warning.lastWorkingDay}`;
}

describe('the worked examples of deadlines', () => {
  test.each(phrases.filter((row) => row.error === undefined && row.leftOver === undefined))(
    '$text, issued on $issuedOn',
    ({ text, issuedOn, dueBefore, lastDay, recurs, warning }) => {
      const reading = readDeadline(text, issuedOn);
      if (!reading.ok) throw new Error(reading.reason);
      const { value } = reading;
      expect(value.dueBefore).toBe(typeof dueBefore === 'string' ? instant(dueBefore) : null);
      expect(value.recurs).toBe(recurs ?? null);
      expect(lastDay ?? value.lastDay).toBe(value.lastDay);
      const said = value.lastDay === null ? undefined : warningText(value.lastDay);
      expect(lastDay === undefined ? undefined : said).toBe(warning);
    },
  );

  test.each(phrases.filter((row) => row.error !== undefined))(
    '$text is $error',
    ({ text, issuedOn, error }) => {
      expect(readDeadline(text, issuedOn)).toEqual({ ok: false, reason: error });
    },
  );

  test.each(phrases.filter((row) => row.leftOver === true))(
    '$text is left over, not lost',
    ({ text, issuedOn }) => {
      expect(readDeadline(text, issuedOn)).toEqual({ ok: false, reason: 'not understood' });
      expect(findDeadlines(`Gửi báo cáo ${text}.`).map((found) => found.phrase)).toEqual([text]);
    },
  );

  test.each(vectors.judgements)('due before $dueBefore, received at $receivedAt: late is $late', (row) => {
    expect(judge(instant(row.dueBefore), instant(row.receivedAt)).late).toBe(row.late);
  });
});
