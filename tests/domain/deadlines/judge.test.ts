import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { judge } from '../../../domain/deadlines/judge.ts';
import {
  describeDeadline,
  describeFailure,
  describeGrace,
  describeJudgement,
  describeWarning,
} from '../../../domain/deadlines/sentences.ts';
import { readDeadline } from '../../../domain/deadlines/phrase.ts';
import { deadlineWarning } from '../../../domain/deadlines/workdays.ts';
import type { Language } from '../../../domain/text/language.ts';
import { CivilDate, Instant, startOfDay } from '../../../domain/time.ts';

const due = startOfDay(CivilDate.parse('2025-01-10'));
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (offset: number) => Instant.parse(due + offset);

describe('on time or late', () => {
  test('the last millisecond before is on time, the instant itself is late', () => {
    expect(judge(due, at(-1))).toEqual({ late: false, byMs: 0, withinGrace: false });
    expect(judge(due, due)).toEqual({ late: true, byMs: 0, withinGrace: false });
    expect(judge(due, at(HOUR))).toEqual({ late: true, byMs: HOUR, withinGrace: false });
  });

  test('within the grace it is late all the same', () => {
    expect(judge(due, due, DAY)).toEqual({ late: true, byMs: 0, withinGrace: true });
    expect(judge(due, at(DAY - 1), DAY)).toEqual({ late: true, byMs: DAY - 1, withinGrace: true });
    expect(judge(due, at(DAY), DAY)).toEqual({ late: true, byMs: DAY, withinGrace: false });
  });

  test('what arrives later is never judged better', () => {
    const offset = fc.integer({ min: -10 * DAY, max: 10 * DAY });
    fc.assert(
      fc.property(offset, fc.nat({ max: 5 * DAY }), fc.nat({ max: 3 * DAY }), (first, later, grace) => {
        const rank = (offsetMs: number) => {
          const { late, withinGrace } = judge(due, at(offsetMs), grace);
          if (!late) return 0;
          return withinGrace ? 1 : 2;
        };
        expect(rank(first + later)).toBeGreaterThanOrEqual(rank(first));
        expect(judge(due, at(first + later), grace).byMs).toBeGreaterThanOrEqual(
          judge(due, at(first), grace).byMs,
        );
      }),
    );
  });

  test('grace never turns late into on time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -DAY, max: DAY }), fc.nat({ max: DAY }), (offset, grace) => {
        expect(judge(due, at(offset), grace).late).toBe(judge(due, at(offset)).late);
      }),
    );
  });
});

const say = (phrase: string, language: Language, issuedOn: string | null = '2024-12-29') => {
  const reading = readDeadline(phrase, issuedOn === null ? null : CivilDate.parse(issuedOn));
  return reading.ok ? describeDeadline(reading.value, language) : describeFailure(reading, language);
};

const warn = (date: string, language: Language) => {
  const warning = deadlineWarning(CivilDate.parse(date));
  return warning === null ? null : describeWarning(warning, language);
};

describe('sentences', () => {
  test('a deadline says its last moment', () => {
    expect(say('trước ngày 10/01/2025', 'vi')).toBe('Chậm nhất hết ngày 09/01/2025');
    expect(say('trước ngày 10/01/2025', 'en')).toBe('By the end of 09/01/2025');
    expect(say('trước 16 giờ 30 ngày 09/01/2025', 'vi')).toBe('Trước 16:30 thứ Năm, 09/01/2025');
    expect(say('trước 16 giờ 30 ngày 09/01/2025', 'en')).toBe('Before 16:30 Thursday, 09/01/2025');
    expect(say('định kỳ hằng quý', 'vi')).toBe('Định kỳ hằng quý, kỳ này chậm nhất hết ngày 31/12/2024');
    expect(say('định kỳ hằng quý', 'en', null)).toBe('Every quarter');
    expect(say('định kỳ hằng quý', 'vi', null)).toBe('Định kỳ hằng quý');
    expect(say('theo quy định', 'vi')).toBe('Theo quy định, không ghi ngày');
    expect(say('trước ngày 31/02/2025', 'vi')).toBe('Lịch không có ngày này.');
    expect(say('trước Tết', 'en')).toBe('This deadline is not understood; somebody has to look at it.');
  });

  test('a judgement says by how long', () => {
    expect(describeJudgement(judge(due, at(-1)), 'vi')).toBe('Đúng hạn');
    expect(describeJudgement(judge(due, due), 'vi')).toBe('Trễ dưới 1 phút');
    expect(describeJudgement(judge(due, at(DAY + 3 * HOUR)), 'vi')).toBe('Trễ 1 ngày 3 giờ');
    expect(describeJudgement(judge(due, at(DAY + 3 * HOUR)), 'en')).toBe('Late by 1 day 3 hours');
    expect(describeJudgement(judge(due, at(HOUR), DAY), 'vi')).toBe('Trễ 1 giờ, còn trong mức cho phép');
  });

  test('grace shows both dates', () => {
    expect(describeGrace(due, DAY, 'vi')).toBe(
      'Chậm nhất hết ngày 09/01/2025. Cho phép trễ: chậm nhất hết ngày 10/01/2025, vẫn ghi là trễ.',
    );
    expect(describeGrace(due, 0, 'vi')).toBeNull();
  });

  test('warnings name the working day before', () => {
    expect(warn('2025-03-09', 'vi')).toBe(
      'Ngày cuối 09/03/2025 là Chủ nhật. Ngày làm việc cuối cùng trước đó: thứ Sáu, 07/03/2025.',
    );
    expect(warn('2025-01-30', 'en')).toBe(
      'The last day 30/01/2025 is a day off (Lunar New Year). The last working day before it: Friday, 24/01/2025.',
    );
    expect(warn('2027-03-09', 'vi')).toBe(
      'Chưa có lịch nghỉ lễ năm 2027, nên chưa biết 09/03/2027 có phải ngày làm việc không.',
    );
  });
});
