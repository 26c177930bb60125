import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findDeadlines, readDeadline } from '../../../domain/deadlines/phrase.ts';
import { CivilDate, isoOf } from '../../../domain/time.ts';
import { shared } from '../../shared.ts';

const issuedOn = CivilDate.parse('2024-12-29');

function read(text: string, issued: CivilDate | null = issuedOn): string {
  const reading = readDeadline(text, issued);
  if (!reading.ok) return reading.reason;
  const { dueBefore, recurs } = reading.value;
  const due = dueBefore === null ? 'no date' : isoOf(dueBefore).replace('T00:00:00+07:00', '');
  return recurs === null ? due : `${due} ${recurs}`;
}

function lastDay(text: string): string | null {
  const reading = readDeadline(text, issuedOn);
  return reading.ok ? reading.value.lastDay : reading.reason;
}

const phrases = (text: string) => findDeadlines(text).map((found) => found.phrase);

describe('the side of the date', () => {
  test.each([
    ['trước ngày 10/01/2025', '2025-01-10'],
    ['TRƯỚC 10/01/2025', '2025-01-10'],
    ['chậm nhất là ngày 10/01/2025', '2025-01-11'],
    ['Chậm nhất vào ngày 10/01/2025', '2025-01-11'],
    ['muộn nhất đến hết ngày 10/01/2025', '2025-01-11'],
    ['đến hết ngày 10/01/2025', '2025-01-11'],
    ['hết ngày 10/01/2025', '2025-01-11'],
    ['không muộn hơn ngày 10/01/2025', '2025-01-11'],
    ['hạn 10/01/2025', '2025-01-11'],
    ['Hạn chót: 10/01/2025', '2025-01-11'],
    ['thời hạn hoàn thành: ngày 10/01/2025', '2025-01-11'],
    ['hạn cuối là ngày 10/01/2025', '2025-01-11'],
    ['hoàn thành trong ngày 10/01/2025', '2025-01-11'],
    ['thời gian hoàn thành: quý I/2025', '2025-04-01'],
    ['thời hạn: trước ngày 10/01/2025', '2025-01-10'],
    ['trước tháng 3/2025', '2025-03-01'],
    ['trước quý II/2025', '2025-04-01'],
    ['trước năm 2026', '2026-01-01'],
    ['đến hết tháng 3/2025', '2025-04-01'],
    ['chậm nhất trong tháng 3/2025', '2025-04-01'],
    ['chậm nhất quý I năm 2025', '2025-04-01'],
    ['đến hết năm 2025', '2026-01-01'],
  ])('%s: %s is too late', (text, due) => {
    expect(read(text)).toBe(due);
  });
});

describe('spellings of the date', () => {
  test.each([
    ['trước ngày 10 tháng 01 năm 2025', '2025-01-10'],
    ['trước ngày 10 tháng 01', '2025-01-10'],
    ['trước ngày 10.01.2025', '2025-01-10'],
    ['trước ngày 10-01-2025', '2025-01-10'],
    ['trước 7/1/25', '2025-01-07'],
    ['trước ngày 10/01 năm 2025', '2025-01-10'],
    ['trước thứ Sáu, ngày 10/01/2025', '2025-01-10'],
    ['trước ngày **10/01/2025**', '2025-01-10'],
    ['trước 16h30 ngày 09/01/2025', '2025-01-09T16:30:00+07:00'],
    ['trước 16 giờ 30 phút, thứ Năm, ngày 09/01/2025', '2025-01-09T16:30:00+07:00'],
    ['trước 16:30 ngày 9/1', '2025-01-09T16:30:00+07:00'],
    ['trước 4 giờ chiều ngày 09/01/2025', '2025-01-09T16:00:00+07:00'],
    ['chậm nhất vào lúc 16h00 ngày 09/01/2025', '2025-01-09T16:00:00+07:00'],
    ['trước ngày 09/01/2025 lúc 17h00', '2025-01-09T17:00:00+07:00'],
    ['chậm nhất 17 giờ ngày 09/01/2025', '2025-01-09T17:00:00+07:00'],
    ['trước 24 giờ ngày 09/01/2025', '2025-01-10'],
    ['trong tháng 03 năm 2025', '2025-04-01'],
    ['trong tháng 12/2025', '2026-01-01'],
    ['trong Quý 1/2025', '2025-04-01'],
    ['trong quý IV/2025', '2026-01-01'],
    ['trong quý I năm 2025', '2025-04-01'],
    ['trong quí II/2025', '2025-07-01'],
    // A scanner's l for I.
    ['trong quý l/2025', '2025-04-01'],
    ['trong qúy I/2025', '2025-04-01'],
    ['hòan thành trứơc ngày 10/01/2025', '2025-01-10'],
  ])('%s: %s is too late', (text, due) => {
    expect(read(text)).toBe(due);
  });
});

describe('no year', () => {
  test('a day is the first such day after the issue date', () => {
    expect(read('trước ngày 30/12')).toBe('2024-12-30');
    expect(read('trước ngày 29/12')).toBe('2025-12-29');
    expect(read('trước ngày 01/02')).toBe('2025-02-01');
  });

  test('a month or quarter is the first that is not over', () => {
    expect(read('trong tháng 12')).toBe('2025-01-01');
    expect(read('trong tháng 3')).toBe('2025-04-01');
    expect(read('ngay trong quý IV')).toBe('2025-01-01');
    expect(read('ngay trong quý I')).toBe('2025-04-01');
  });

  test('without an issue date the year stays unknown', () => {
    expect(read('trước ngày 10/01', null)).toBe('year unknown');
    expect(read('trong quý I', null)).toBe('year unknown');
    expect(read('trước ngày 10/01/2025', null)).toBe('2025-01-10');
  });

  test('29 February without a year belongs to a year that has one', () => {
    expect(read('trước ngày 29/02', CivilDate.parse('2023-12-01'))).toBe('2024-02-29');
    expect(read('trước ngày 29/02')).toBe('impossible date');
  });
});

describe('recurring reports', () => {
  test.each([
    ['định kỳ hằng tháng', '2025-01-01 monthly'],
    ['định kỳ hàng quý', '2025-01-01 quarterly'],
    ['hằng năm', '2025-01-01 yearly'],
    ['báo cáo định kì hằng quý', '2025-01-01 quarterly'],
    ['trước ngày 25 hằng tháng', '2025-01-25 monthly'],
    ['trước ngày 31 hằng tháng', '2024-12-31 monthly'],
    ['chậm nhất ngày 05 hàng tháng', '2025-01-06 monthly'],
    ['định kỳ hằng tháng, trước ngày 25', '2025-01-25 monthly'],
    ['trước ngày 15/12 hằng năm', '2025-12-15 yearly'],
    ['trước ngày 30/02 hằng năm', 'impossible date'],
    ['trước ngày 15 hằng quý', 'not understood'],
    ['định kỳ hằng tháng, hằng quý', 'not understood'],
    ['định kỳ hằng tuần', 'not understood'],
    ['định kỳ 6 tháng', 'not understood'],
  ])('%s is %s', (text, due) => {
    expect(read(text)).toBe(due);
  });

  test('without an issue date the period is known, its end is not', () => {
    expect(read('định kỳ hằng quý', null)).toBe('no date quarterly');
    expect(read('trước ngày 25 hằng tháng', null)).toBe('no date monthly');
  });
});

describe('a period in days', () => {
  test('starts on the day after the event and ends with its last day', () => {
    expect(read('trong 10 ngày kể từ ngày 06/01/2025')).toBe('2025-01-17');
  });

  test('ends on the next working day when its last day is a day off, as no fixed date does', () => {
    // 18/01/2025 is a Saturday; 30/01/2025 lies within Tết, which ends on Sunday 02/02.
    expect(read('trong thời hạn 10 ngày, kể từ ngày 08/01/2025')).toBe('2025-01-21');
    expect(read('trong vòng 10 ngày kể từ ngày 20/01/2025')).toBe('2025-02-04');
    expect(read('chậm nhất ngày 18/01/2025')).toBe('2025-01-19');
  });

  test('counts working days where it says so', () => {
    expect(read('trong 05 ngày làm việc kể từ ngày 23/01/2025')).toBe('2025-02-07');
  });

  test('counts from the date of the document where it says so', () => {
    expect(read('trong 05 ngày làm việc kể từ ngày ký')).toBe('2025-01-07');
    expect(read('trong 10 ngày kể từ ngày ban hành', null)).toBe('year unknown');
  });

  test('is not read past the years of the holiday table, nor without its event', () => {
    expect(read('trong 10 ngày kể từ ngày 06/01/2031')).toBe('not understood');
    expect(read('trong 10 ngày làm việc')).toBe('not understood');
  });
});

describe('what cannot be read is said, never guessed', () => {
  test.each([
    ['trước ngày 31/02/2025', 'impossible date'],
    ['trước ngày 31/02', 'impossible date'],
    ['trước ngày 10/13/2025', 'impossible date'],
    ['trước 25 giờ ngày 10/01/2025', 'impossible date'],
    ['trước 16 giờ 75 ngày 10/01/2025', 'impossible date'],
    ['trong tháng 13/2025', 'impossible date'],
    ['trong quý V/2025', 'impossible date'],
    ['trong quý 5/2025', 'impossible date'],
    ['trước ngày 10/01/0205', 'impossible date'],
    ['trước ngày 10', 'not understood'],
    ['trước ngày 10-12/01/2025', 'not understood'],
    ['trước ngày 10/3 âm lịch', 'not understood'],
    ['trước ngày khai mạc', 'not understood'],
    ['trong tháng 3 và tháng 4/2025', 'not understood'],
    ['trong tháng 3, 4/2025', 'not understood'],
    ['trong quý I và II/2025', 'not understood'],
    ['trong tháng 3 - tháng 4 năm 2025', 'not understood'],
    ['trong năm 2024-2025', 'not understood'],
    ['trước ngày 10/01/2025 hoặc trước ngày 15/01/2025', 'not understood'],
    ['ngày 13/01/2025', 'not understood'],
    ['10/01/2025', 'not understood'],
    ['', 'not understood'],
  ])('%s: %s', (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  test('the same date twice is one deadline, and a reference beside a date adds nothing', () => {
    expect(read('trước ngày 10/01/2025 (trước 10/01)')).toBe('2025-01-10');
    expect(read('báo cáo theo quy định trước ngày 10/01/2025')).toBe('2025-01-10');
  });

  test('the last day is told beside the instant', () => {
    expect(lastDay('trước ngày 10/01/2025')).toBe('2025-01-09');
    expect(lastDay('trong quý I/2025')).toBe('2025-03-31');
    expect(lastDay('trước 16 giờ ngày 09/01/2025')).toBe('2025-01-09');
    expect(lastDay('theo quy định')).toBeNull();
  });
});

describe('deadlines in a running text', () => {
  test('are found with their offsets, line breaks and bold marks included', () => {
    const text =
      'Gửi về Văn phòng **trước\n ngày  10/01/2025**, hoàn thành trong\n\nQuý I/2025. Họp ngày 13/01/2025.';
    const found = findDeadlines(text);
    expect(found.map((deadline) => deadline.phrase)).toEqual([
      'trước\n ngày  10/01/2025',
      'hoàn thành trong\n\nQuý I/2025',
    ]);
    for (const { phrase, start, end } of found) expect(text.slice(start, end)).toBe(phrase);
    expect(found.map(({ phrase }) => read(phrase))).toEqual(['2025-01-10', '2025-04-01']);
  });

  test.each([
    'Hội nghị khai mạc ngày 13/01/2025 tại Hà Nội.',
    'Hội nghị tổ chức trong ngày 13/01/2025.',
    'Tuyên truyền trước, trong và sau Hội nghị.',
    'Kiểm tra đường truyền trước khi khai mạc.',
    'Trước hết, ngày 13/01/2025 cần chuẩn bị phòng họp.',
    'Đi trước một bước, đứng trước cơ hội lớn.',
    'Chức năng, nhiệm vụ, quyền hạn; những hạn chế còn lại.',
    'Chi ngân sách hằng năm cho chuyển đổi số.',
    'Thành phần theo quy định của Điều lệ.',
    'Hồ sơ không báo cáo, không theo quy định.',
    'Định kỳ tổ chức kiểm tra, giám sát.',
    'Tính đến hết ngày 31/12/2024, có 193 điểm cầu.',
    'Báo cáo không quá 20 phút.',
    'Từ ngày 10/01/2025 đến ngày 13/01/2025.',
    'Trong 5 năm qua, trong tháng thanh niên, trong năm học mới.',
  ])('%s has none', (text) => {
    expect(phrases(text)).toEqual([]);
  });

  test('those that no rule understands are found too', () => {
    expect(phrases('Nộp hồ sơ trước Tết Nguyên đán; gửi trước kỳ họp thứ 9.')).toEqual([
      'trước Tết Nguyên đán',
      'trước kỳ họp thứ 9',
    ]);
    expect(phrases('Gửi tài liệu trước Hội nghị 02 ngày.')).toEqual(['trước Hội nghị 02 ngày']);
    expect(phrases('Trả lời chậm nhất là cuối tháng 3.')).toEqual(['chậm nhất là cuối tháng 3']);
    expect(phrases('Báo cáo trước 05 ngày, hạn chót do Văn phòng ấn định.')).toEqual([
      'trước 05 ngày',
      'hạn chót do Văn phòng ấn định',
    ]);
  });

  test.each([
    ['Nộp trong quý I, quý II/2025.', 'trong quý I, quý II/2025'],
    ['Nộp trong tháng 3, 4/2025.', 'trong tháng 3, 4/2025'],
    ['Nộp trước ngày 10/3 (âm lịch).', 'trước ngày 10/3 (âm lịch)'],
    ['Nộp trước ngày 10/01 - 12/01/2025; họp sau.', 'trước ngày 10/01 - 12/01/2025'],
  ])('what the following words make unreadable keeps them: %s', (text, phrase) => {
    expect(phrases(text)).toEqual([phrase]);
    expect(read(phrase)).toBe('not understood');
  });

  test('a day before which something may not happen is no deadline', () => {
    expect(phrases('Không công bố, không trước ngày 10/01/2025.')).toEqual([]);
  });

  test('"theo quy định" counts where something is owed', () => {
    expect(phrases('Tổng hợp, báo cáo Ban Thường vụ theo quy định.')).toEqual(['theo quy định']);
    expect(phrases('Mặc trang phục theo quy định.')).toEqual([]);
  });

  test('a bullet of the next line is not taken for the rest of a date', () => {
    expect(phrases('- Gửi trước ngày 10/01\n- 2 bản giấy\n- Ngày 13/01 họp')).toEqual(['trước ngày 10/01']);
  });

  test('a long text of blanks and keywords does not stall the search', () => {
    const text = `trước${' '.repeat(50_000)}ngày ${'trước ngày '.repeat(20_000)}`;
    const start = performance.now();
    findDeadlines(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

const source = (name: string) => shared(`domain/sources/${name}`);

describe('the source documents', () => {
  const plans: readonly (readonly [name: string, issued: string, expected: readonly string[]])[] = [
    ['000_ca6d9dc7822bc781.txt', '2024-12-29', ['2025-01-10']],
    ['001_1db5682af892a15d.txt', '2025-02-07', ['2025-04-01', '2025-04-05', 'no date']],
    [
      '002_ff17b86074b466a9.txt',
      '2025-01-22',
      ['2026-01-01', '2025-04-01', '2026-01-01', '2026-01-01', '2025-07-01'],
    ],
    ['004_248d6b34aa5ff351.txt', '2025-02-20', ['2025-04-01', '2025-03-10', 'no date', '2025-03-28']],
  ];

  test.skipIf(source('') === null)('have these deadlines and no others', () => {
    for (const [name, issued, expected] of plans) {
      const text = readFileSync(source(name) ?? '', 'utf8');
      expect(phrases(text).map((phrase) => read(phrase, CivilDate.parse(issued)))).toEqual(expected);
    }
  });

  test.skipIf(source('') === null)('every deadline of the second conclusions is read', () => {
    const found = phrases(readFileSync(source('003_a85c016c4889cc41.txt') ?? '', 'utf8'));
    expect(found).toHaveLength(26);
    expect(found.filter((phrase) => read(phrase) === 'not understood')).toEqual([]);
  });
});

describe('the form of the text does not matter', () => {
  const samples = fc.constantFrom(
    'trước ngày 10/01/2025',
    'trước 16 giờ 30 phút ngày 09 tháng 01 năm 2025',
    'Hoàn thành trong Quý I/2025',
    'chậm nhất là ngày 05/4',
    'định kỳ hằng quý báo cáo',
    'trước ngày 25 hằng tháng',
    'trong 05 ngày làm việc kể từ ngày ký',
    'theo quy định',
    'trước Tết Nguyên đán',
    'trước ngày 31/02/2025',
  );
  const blanks = fc
    .array(fc.constantFrom(' ', '\n', '\t', '\u00A0'), { minLength: 1, maxLength: 8 })
    .map((b) => b.join(''));

  test('NFD, capitals and extra blanks give the same reading', () => {
    fc.assert(
      fc.property(
        samples,
        fc.array(blanks, { minLength: 12, maxLength: 12 }),
        fc.boolean(),
        (text, gaps, capitals) => {
          let next = 0;
          const spread = text.replace(/ /g, () => gaps[next++ % gaps.length] ?? ' ');
          const changed = (capitals ? spread.toLocaleUpperCase('vi') : spread).normalize('NFD');
          expect(readDeadline(` ${changed} `, issuedOn)).toEqual(readDeadline(text, issuedOn));
        },
      ),
    );
  });

  test('what is found in a text reads as the phrase alone', () => {
    fc.assert(
      fc.property(samples, blanks, (text, gap) => {
        const found = findDeadlines(
          `Đơn vị gửi báo cáo${gap}${text};${gap}Văn phòng tổng hợp.`.normalize('NFD'),
        );
        expect(found.map(({ phrase }) => readDeadline(phrase, issuedOn))).toEqual([
          readDeadline(text, issuedOn),
        ]);
      }),
    );
  });
});
