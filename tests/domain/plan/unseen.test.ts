import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readPlan } from '../../../domain/plan/reader.ts';
import { fixture, strayed, uncovered, valuesOf } from './facts.ts';
import { ENTERPRISE, MINISTRY, PROVINCE, TWO_COLUMNS, WITHOUT_NUMBERS } from './others.ts';

describe('a province after the end of the districts', () => {
  const { plan } = readPlan(fixture('three-level.txt'));

  it('reads a number of the State, hours before the date, the main bridge by whose it is', () => {
    expect(plan.number.value).toBe('212/KH-UBND');
    expect(plan.issuer.value).toBe('ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH');
    expect([plan.startsAt.value, plan.endsAt.value]).toEqual([
      '2025-08-15T14:00:00+07:00',
      '2025-08-15T17:00:00+07:00',
    ]);
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual(['province', 'commune', 'village']);
    expect(plan.venue.value).toBe('Hội trường UBND tỉnh, số 01 đường Nguyễn Văn Cừ');
  });

  it('takes lengths from the hours of an item, and a limit where one is stated', () => {
    expect(plan.agenda.map((item) => item.minutes.value)).toEqual([10, 10, 30, 30, 80, 20]);
    expect(plan.agenda.map((item) => item.limit.value)).toEqual([null, null, null, 'max', null, null]);
    expect(plan.agenda.map((item) => item.presenter.value)).toEqual([
      'Văn phòng UBND tỉnh',
      'Chủ tịch UBND tỉnh',
      'Sở Nội vụ',
      'Sở Khoa học và Công nghệ',
      null,
      'Chủ tịch UBND tỉnh',
    ]);
  });

  it('counts the seats of representatives where the plan does', () => {
    expect(plan.clauses.map((clause) => clause.quota.value).filter((quota) => quota !== null)).toEqual([2]);
  });
});

describe('a ministry with a table for its programme', () => {
  const { plan } = readPlan(MINISTRY);

  it('reads the columns', () => {
    expect(plan.agenda.map((item) => [item.title.value, item.presenter.value, item.minutes.value])).toEqual([
      ['Đón tiếp đại biểu', 'Văn phòng Bộ', 30],
      ['Khai mạc', 'Lãnh đạo Bộ', 15],
      ['Báo cáo tổng quan', 'Cục Khoa học công nghệ và Đào tạo', 45],
      ['Thảo luận', 'Các đại biểu', 90],
      ['Phát biểu kết luận', 'Thứ trưởng Bộ Y tế', 30],
    ]);
  });

  it('knows its own bridge as the main one, and a deadline with an hour', () => {
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual(['central', 'province']);
    expect(plan.clauses.find((clause) => clause.basis.value === 'invited')?.text.value).toContain(
      'chuyên gia',
    );
    expect(plan.clauses.flatMap((clause) => clause.exclusions.map((each) => each.value))).toEqual([
      'ngoại trừ các đồng chí đã dự tại Bộ Y tế',
    ]);
    expect(plan.duties.at(-1)?.deadline.dueBefore.value).toBe('2025-09-12T16:30:00+07:00');
    expect(plan.duties.map((duty) => duty.owner.value)).toContain('Sở Y tế các tỉnh, thành phố');
  });
});

describe('a plan without any numbers and headings', () => {
  const { plan } = readPlan(WITHOUT_NUMBERS);

  it('is read by its labels', () => {
    expect(plan.startsAt.value).toBe('2025-10-21T08:00:00+07:00');
    expect(plan.format.value).toBe('hybrid');
    expect(plan.clauses.map((clause) => clause.bridgeClass.value)).toEqual([
      'province',
      'province',
      'commune',
      'commune',
    ]);
    expect(plan.agenda.map((item) => [item.minutes.value, item.limit.value])).toEqual([
      [10, null],
      [60, 'max'],
      [null, null],
      [null, null],
    ]);
    expect(plan.duties.map((duty) => duty.owner.value)).toEqual([
      'Văn phòng Tỉnh ủy',
      'Các đảng ủy xã, phường',
    ]);
  });

  it('leaves empty what is not in the text', () => {
    for (const leaf of [
      plan.number,
      plan.issuer,
      plan.issuedOn,
      plan.title,
      plan.banner,
      plan.endsAt,
      plan.broadcast,
    ]) {
      expect(leaf).toEqual({ value: null, source: [], confidence: 0 });
    }
  });
});

describe('a page turned to text with its two columns and cut lines', () => {
  const { plan } = readPlan(TWO_COLUMNS);

  it('keeps the columns apart and joins the lines', () => {
    expect(plan.number.value).toBe('118-KH/HU');
    expect(plan.issuedOn.value).toBe('2025-03-05');
    expect(plan.startsAt.value).toBe('2025-03-20T13:30:00+07:00');
    expect(plan.replacesNotice.value).toBe(true);
    expect(plan.clauses.map((clause) => clause.bridgeClass.value)).toEqual([
      ...Array(3).fill('district'),
      ...Array(3).fill('commune'),
    ]);
    expect(plan.clauses.at(-1)?.basis.value).toBe('conditional');
    expect(plan.agenda.map((item) => [item.minutes.value, item.limit.value])).toEqual([
      [120, 'about'],
      [30, 'max'],
    ]);
    expect(plan.recipients).toHaveLength(3);
  });

  it('takes the year of a deadline from the date of the plan', () => {
    expect(
      plan.duties.find((duty) => duty.via.value === 'Văn phòng Huyện ủy')?.deadline.dueBefore.value,
    ).toBe('2025-03-18T00:00:00+07:00');
    expect(plan.duties.find((duty) => duty.deadline.recurs.value === 'monthly')?.owner.value).toBe(
      'Ban Tuyên giáo Huyện ủy',
    );
  });
});

describe('a provincial committee with invited and summoned people apart', () => {
  const { plan } = readPlan(PROVINCE);

  it('takes the ground from the label above', () => {
    expect(plan.clauses.slice(0, 4).map((clause) => clause.basis.value)).toEqual([
      'invited',
      'invited',
      'summoned',
      'summoned',
    ]);
    expect(plan.clauses.at(-1)?.condition.value).toBe('tùy điều kiện hội trường');
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual([
      'province',
      'armed-forces',
      'commune',
      'agency',
    ]);
  });

  it('keeps who chairs out of the programme, and hours in brackets out of the titles', () => {
    expect(plan.chairing.map((each) => each.value)).toEqual(['Đồng chí Bí thư Tỉnh ủy chủ trì Hội nghị']);
    expect(plan.agenda.map((item) => [item.title.value, item.minutes.value, item.limit.value])).toEqual([
      ['Chào cờ, giới thiệu đại biểu', 10, null],
      ['Phát biểu khai mạc', 10, null],
      ['Quán triệt Nghị quyết', 90, 'max'],
      ['Kết luận', null, null],
    ]);
    expect(plan.broadcast.value).toBe('TN1');
  });
});

describe('an enterprise in Markdown', () => {
  const reading = readPlan(ENTERPRISE);

  it('reads two days, and shows a date that no calendar has', () => {
    expect([reading.plan.startsAt.value, reading.plan.endsAt.value]).toEqual([
      '2025-12-25T08:00:00+07:00',
      '2025-12-26T11:30:00+07:00',
    ]);
    expect(
      reading.leftovers.filter((each) => each.reason === 'date-unclear').map((each) => each.text),
    ).toEqual(['trước ngày 31/11/2025']);
    expect(reading.plan.duties.at(-1)?.deadline.dueBefore.value).toBeNull();
    expect(reading.plan.agenda[1]?.presenter.value).toBe('Phó Tổng Giám đốc');
  });
});

describe('how a text came', () => {
  const clean = fixture('national-clean.md');
  const values = valuesOf(readPlan(clean).plan);

  it('does not change what is read: NFD, other line ends, non-breaking blanks', () => {
    expect(valuesOf(readPlan(clean.normalize('NFD')).plan)).toEqual(values);
    expect(valuesOf(readPlan(clean.replaceAll('\n', '\r\n')).plan)).toEqual(values);
    expect(valuesOf(readPlan(`\uFEFF${clean.replaceAll(' ', '\u00A0')}`).plan)).toEqual(values);
  });

  it('does not change what is read when all tone marks moved to the older place', () => {
    const read = readPlan(clean.replaceAll('ủy', 'uỷ').replaceAll('Ủy', 'Uỷ')).plan;
    expect(read.clauses.map((clause) => clause.basis.value)).toEqual(
      readPlan(clean).plan.clauses.map((clause) => clause.basis.value),
    );
  });

  it('reads a document that lost every number and mark of its headings and lists', () => {
    const { plan } = readPlan(clean.replaceAll(/^(?:## )?(?:- |\d\.(?:\d\.)? |[IVX]+- )/gmu, ''));
    const whole = readPlan(clean).plan;
    const owners = (each: typeof plan): (string | null)[] => each.duties.map((duty) => duty.owner.value);
    expect(plan.clauses.map((clause) => [clause.bridgeClass.value, clause.basis.value])).toEqual(
      whole.clauses.map((clause) => [clause.bridgeClass.value, clause.basis.value]),
    );
    expect(plan.agenda.map((item) => item.minutes.value)).toEqual(
      whole.agenda.map((item) => item.minutes.value),
    );
    expect(owners(plan)).toEqual(owners(whole));
    expect(plan.recipients).toHaveLength(12);
  });

  it('reads a document that lost all its line ends', () => {
    const { plan } = readPlan(clean.replaceAll(/\s*\n\s*/g, ' '));
    expect(plan.startsAt.value).toBe('2025-01-13T08:00:00+07:00');
    expect(plan.clauses.length).toBeGreaterThan(12);
  });
});

describe('bad input', () => {
  it('reads nothing out of nothing', () => {
    for (const text of ['', ' \n\t\n', '***\n---\n###', '1', 'Kính gửi']) {
      const { plan } = readPlan(text);
      expect(plan.clauses).toEqual([]);
      expect(plan.title.value).toBeNull();
    }
  });

  it('reads headings without text as no plan', () => {
    const { plan } = readPlan(
      'KẾ HOẠCH\n\nI- MỤC ĐÍCH\n\nII- THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN\n\n1. Thời gian\n\n2. Thành phần\n\nIII- TỔ CHỨC THỰC HIỆN',
    );
    expect(plan.clauses).toEqual([]);
    expect(plan.duties).toEqual([]);
    expect(plan.startsAt.value).toBeNull();
  });

  it('takes ten million letters on one line, and says that it left them', () => {
    const reading = readPlan('điểm cầu '.repeat(1_120_000));
    expect(reading.leftovers.length).toBeGreaterThan(0);
    expect(reading.plan.title.value).toBeNull();
  }, 60_000);

  it('takes the bytes of any file, quotes only what is there and loses no word', () => {
    const pieces = fc.constantFrom(
      'KẾ HOẠCH\n',
      '1. Thời gian: ',
      'ngày 31/02/2025',
      '8 giờ',
      '(trừ ',
      ')',
      '- ',
      '\n\n',
      'điểm cầu cấp xã: ',
      '; ',
      'III. TỔ CHỨC THỰC HIỆN\n',
      'Nơi nhận:\n',
      '}',
      '|',
      '\u0000',
      '\uFFFD',
      'a\u0300\u0301',
      'không quá 20 phút',
      'Sở Y tế chủ trì',
      '*',
      '# ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 60 }),
        (parts) => {
          const reading = readPlan(parts.join(''));
          expect(strayed(reading)).toEqual([]);
          for (const { source, text } of reading.leftovers) expect(reading.text.slice(...source)).toBe(text);
          for (const words of uncovered(reading)) expect(words.length).toBeLessThan(300);
        },
      ),
      { numRuns: 200 },
    );
  });
});
