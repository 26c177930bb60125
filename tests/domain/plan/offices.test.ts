import { describe, expect, it } from 'vitest';

import { acceptDraft } from '../../../domain/plan/accept.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { agendaOf, clausesOf, deadlinesOf, strayed, uncovered, whenOf } from './facts.ts';
import * as party from './party-plans.ts';
import * as state from './state-plans.ts';

describe('every plan of these offices', () => {
  it.each(Object.entries({ ...state, ...party }))(
    '%s quotes what it read and leaves nothing over in silence',
    (_, text) => {
      const reading = readPlan(text);
      expect(strayed(reading)).toEqual([]);
      for (const words of uncovered(reading)) expect(words.length).toBeLessThan(120);
      expect(uncovered(reading).join(' ').length).toBeLessThan(text.length * 0.3);
      expect(reading.plan.number.value).not.toBeNull();
      expect(reading.plan.issuer.value).not.toBeNull();
      expect(reading.plan.issuedOn.value).not.toBeNull();
      expect(acceptDraft(reading.plan).ok).toBe(true);
    },
  );
});

describe('a programme by the clock, without marks or full stops', () => {
  const { plan } = readPlan(state.CLOCK);

  it('begins a new item with each line that begins with hours', () => {
    expect(agendaOf(plan)).toEqual([
      'Ổn định tổ chức, giới thiệu đại biểu | Văn phòng UBND tỉnh | 5 | -',
      'Báo cáo tình hình chuyển đổi số | Sở Khoa học và Công nghệ | 30 | max',
      'Thảo luận | - | 115 | -',
      'Kết luận của đồng chí Chủ tịch UBND tỉnh | Chủ tịch UBND tỉnh | 30 | -',
    ]);
  });

  it('takes the press for invited, in doubt: nobody counts it absent', () => {
    const press = plan.clauses.find((clause) => clause.text.value?.startsWith('Phóng viên') === true);
    expect(press?.basis.value).toBe('invited');
    expect(press?.basis.confidence).toBeLessThan(0.7);
  });
});

describe('a training of two days', () => {
  const { plan } = readPlan(state.TRAINING);

  it('starts on the morning of the first and ends on the afternoon of the second', () => {
    expect(whenOf(plan)).toEqual([
      '2025-08-14T07:30:00+07:00',
      '2025-08-15T17:00:00+07:00',
      'hybrid',
      'Hội trường A, số 5 phố Hồ Sen, thành phố Hà Nội',
    ]);
  });

  it('keeps the half-days out of the programme', () => {
    expect(agendaOf(plan)).toEqual([
      'Đón tiếp đại biểu | - | 30 | -',
      'Khai mạc | Lãnh đạo Bộ | 15 | -',
      'Chuyên đề 1: Lập hồ sơ điện tử | Cục Lưu trữ | 195 | -',
      'Chuyên đề 2: Chỉnh lý tài liệu số | Viện Nghiên cứu Tư liệu | 210 | -',
      'Thực hành theo nhóm | - | 240 | -',
      'Trao đổi, giải đáp vướng mắc | - | 180 | -',
      'Tổng kết, bế mạc | Cục trưởng Cục Lưu trữ | 30 | -',
    ]);
  });

  it('seats guests at the main bridge, in doubt, and gives each bridge its two delegates', () => {
    expect(plan.clauses[0]?.bridgeClass.confidence).toBe(0.6);
    expect(clausesOf(plan)).toEqual([
      'central | invited | 0 | Đại diện lãnh đạo Bộ Nội vụ',
      'central | invited | 0 | Đại diện lãnh đạo Văn phòng Chính phủ',
      'central | summoned | - | Lãnh đạo các cục, vụ, văn phòng thuộc Bộ',
      'central | summoned | - | Công chức Cục Lưu trữ',
      'agency | summoned | 2 | Mỗi đơn vị cử 02 đại biểu',
      'province | summoned | - | Lãnh đạo Sở Nội vụ phụ trách lưu trữ',
      'province | summoned | - | Công chức làm công tác lưu trữ | không kể người đã được cấp chứng chỉ năm 2024',
    ]);
  });

  it('reads the recipients on one line without the signature beside them', () => {
    expect(plan.recipients.map((each) => [each.name.value, each.purpose.value])).toEqual([
      ['Như trên', null],
      ['Bộ trưởng', 'để b/c'],
      ['Lưu: VT, CLT', null],
    ]);
    expect(deadlinesOf(plan)).toEqual([
      'Cục Lưu trữ | - | - | 2025-08-08T00:00:00+07:00',
      'Các bộ, ngành, UBND các tỉnh, thành phố | Bộ Tư liệu | Cục Lưu trữ | 2025-08-12T17:00:00+07:00',
    ]);
  });
});

describe('a letter that convenes', () => {
  const { plan } = readPlan(state.LETTER);

  it('has its title after "V/v", and its own bridge by the kind of its office', () => {
    expect(plan.title.value).toBe('tổ chức Hội nghị trực tuyến tổng kết năm học 2024 - 2025');
    expect(whenOf(plan)).toEqual([
      '2025-08-15T07:30:00+07:00',
      null,
      'online',
      'Phòng họp tầng 2, Sở Giáo dục và Đào tạo, số 17 đường Lê Lai',
    ]);
    expect(clausesOf(plan)).toEqual([
      'province | summoned | - | Ban Giám đốc Sở',
      'province | summoned | - | trưởng các phòng thuộc Sở',
      'province | invited | - | mời đại diện lãnh đạo Ban Văn hóa - Xã hội HĐND tỉnh',
      'commune | summoned | - | đồng chí Phó Chủ tịch UBND phụ trách văn hóa - xã hội (chủ trì)',
      'commune | summoned | - | hiệu trưởng các trường trên địa bàn',
      'commune | summoned | 2 | mỗi trường cử 02 đại biểu giáo viên',
    ]);
  });

  it('is in doubt of seats that are counted for bodies below a bridge', () => {
    expect(plan.clauses.at(-1)?.quota.confidence).toBeLessThan(0.7);
  });

  it('asks without a section of duties', () => {
    expect(deadlinesOf(plan)).toEqual([
      'UBND các xã, phường, đặc khu | Sở Giáo dục và Đào tạo | - | 2025-08-11T00:00:00+07:00',
    ]);
    expect(plan.duties).toHaveLength(1);
  });
});

describe('a command', () => {
  const { plan } = readPlan(state.ARMY);

  it('tells its bridges apart by their level', () => {
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual(['province', 'district']);
    expect(plan.clauses.map((clause) => clause.bridgeClass.value)).toEqual([
      'province',
      'province',
      'province',
      'district',
      'district',
    ]);
  });

  it('reads hours with a full stop in a table, and an office with a dash', () => {
    expect(agendaOf(plan)).toEqual([
      'Ổn định tổ chức | Tham mưu | 15 | -',
      'Khai mạc | Chỉ huy trưởng | 15 | -',
      'Báo cáo kết quả quý I | Phó Chỉ huy trưởng - Tham mưu trưởng | 90 | -',
      'Giải lao | - | 15 | -',
      'Kết luận | Chỉ huy trưởng | 75 | -',
    ]);
    expect(plan.duties.map((duty) => duty.owner.value)).toEqual([
      'Phòng Tham mưu',
      'Phòng Chính trị',
      'Phòng Hậu cần - Kỹ thuật',
      'Ban Chỉ huy quân sự các huyện, thị xã, thành phố',
    ]);
    expect(plan.recipients.map((each) => each.name.value)).not.toContain('CHỈ HUY TRƯỞNG');
    expect(whenOf(plan).slice(0, 2)).toEqual(['2025-03-27T07:45:00+07:00', '2025-03-27T11:00:00+07:00']);
  });
});

describe('a plan cut at seventy columns', () => {
  const { plan } = readPlan(state.WRAPPED);

  it('gives each bridge in running text its own clauses', () => {
    expect(clausesOf(plan)).toEqual([
      'province | summoned | - | Chủ tịch UBND thành phố chủ trì',
      'province | summoned | - | giám đốc các sở, ngành',
      'province | invited | - | mời đại diện Hiệp hội Doanh nghiệp thành phố',
      'province | summoned | 0 | đại diện 20 doanh nghiệp tiêu biểu',
      'commune | summoned | - | Chủ tịch UBND xã, phường',
      'commune | summoned | 1 | đại diện các hợp tác xã trên địa bàn (mỗi hợp tác xã 01 người)',
    ]);
    expect(plan.chairing.map((each) => each.value)).toEqual(['Chủ tịch UBND thành phố chủ trì']);
  });

  it('does not cut a sentence where the width of the page brought an hour to the start of a line', () => {
    const cut = readPlan(
      state.WRAPPED.replace(
        'từ 8h-11h30 ngày 05 tháng 11 năm 2025 (thứ Tư).',
        'Hội nghị diễn ra trong một buổi sáng, bắt đầu từ\n8h00 đến 11h30 ngày 05 tháng 11 năm 2025 (thứ Tư).',
      ).replace(
        'hợp tác xã\ntham dự, gửi Sở Tài chính trước 17h00',
        'hợp tác xã tham dự, gửi Sở Tài chính trước\n17h00',
      ),
    ).plan;
    expect(whenOf(cut)).toEqual(whenOf(plan));
    expect(deadlinesOf(cut)).toEqual(deadlinesOf(plan));
  });

  it('joins its lines', () => {
    expect(plan.title.value).toMatch(/hợp tác xã trên địa bàn thành phố năm 2025$/u);
    expect(whenOf(plan)).toEqual([
      '2025-11-05T08:00:00+07:00',
      '2025-11-05T11:30:00+07:00',
      'hybrid',
      'Hội trường lớn, Trung tâm Hành chính thành phố, số 1 đường Nguyễn Huệ, phường Trung Tâm',
    ]);
    expect(agendaOf(plan)[1]).toBe(
      'Báo cáo tình hình hỗ trợ doanh nghiệp, hợp tác xã | Sở Tài chính | 30 | -',
    );
    expect(deadlinesOf(plan)).toEqual([
      'Sở Tài chính | - | - | 2025-10-28T00:00:00+07:00',
      'UBND các xã, phường | Sở Tài chính | - | 2025-10-25T17:00:00+07:00',
    ]);
  });
});

describe('bridges in running text with "gồm"', () => {
  const { plan } = readPlan(state.RUNNING);

  it('are told apart, and a colon inside a list heads nothing', () => {
    expect(clausesOf(plan)).toEqual([
      'central | summoned | - | Bộ trưởng chủ trì',
      'central | summoned | - | lãnh đạo các cục, vụ',
      'central | summoned | 0 | đại diện các Bộ: Quốc phòng, Công an',
      'central | invited | 0 | đại diện cơ quan báo chí',
      'province | summoned | - | Phó Chủ tịch UBND tỉnh, thành phố',
      'province | summoned | - | Giám đốc Sở Nông Lâm',
      'province | discretionary | - | các đại biểu khác do địa phương mời',
    ]);
    expect(plan.agenda.map((item) => item.minutes.value)).toEqual([15, 45, 150, 150, 30]);
    expect(whenOf(plan).slice(0, 2)).toEqual(['2025-06-27T08:00:00+07:00', '2025-06-27T16:30:00+07:00']);
  });
});

describe('three levels', () => {
  const { plan } = readPlan(party.THREE_LEVELS);

  it('reads people below "Địa điểm và thành phần", and where the main bridge is', () => {
    expect(plan.clauses.map((clause) => clause.bridgeClass.value)).toEqual([
      ...Array<string>(5).fill('province'),
      ...Array<string>(3).fill('commune'),
      ...Array<string>(3).fill('village'),
    ]);
    expect(plan.venue.value).toBe('Hội trường 2/9, Trụ sở Tỉnh ủy');
    expect(plan.clauses.at(-1)?.condition.value).toBe('nếu điều kiện phòng họp bảo đảm');
    expect(plan.replacesNotice.value).toBe(true);
  });
});

describe('a district of 2024', () => {
  const { plan } = readPlan(party.DISTRICT_2024);

  it('lets an item last until the next begins, and the last one end nobody knows when', () => {
    expect(agendaOf(plan)).toEqual([
      'Chào cờ, giới thiệu đại biểu | - | 10 | -',
      'Báo cáo viên Tỉnh ủy thông tin thời sự | Báo cáo viên Tỉnh ủy | 160 | -',
      'Đồng chí Phó Bí thư Thường trực Huyện ủy phát biểu kết luận | Phó Bí thư Thường trực Huyện ủy | 10 | -',
      'Bế mạc | - | - | -',
    ]);
    expect(whenOf(plan)).toEqual([
      '2024-06-14T13:30:00+07:00',
      null,
      'hybrid',
      'Hội trường Trung tâm Chính trị huyện',
    ]);
    expect(plan.bridgeClasses.map((each) => each.value)).toEqual(['district', 'commune']);
  });
});

describe('a bloc of enterprises', () => {
  const { plan } = readPlan(party.ENTERPRISES);

  it('knows a programme by who speaks', () => {
    expect(agendaOf(plan)).toEqual([
      'Phó Bí thư Thường trực Đảng ủy Khối khai mạc | Phó Bí thư Thường trực Đảng ủy Khối | - | -',
      'Ban Tổ chức Đảng ủy Khối báo cáo sơ kết | Ban Tổ chức Đảng ủy Khối | 20 | -',
      'Tham luận của 05 đơn vị (mỗi tham luận không quá 07 phút) | - | - | -',
      'Bí thư Đảng ủy Khối kết luận | Bí thư Đảng ủy Khối | - | -',
    ]);
    expect(whenOf(plan).slice(0, 3)).toEqual([
      '2025-03-06T08:00:00+07:00',
      '2025-03-06T11:00:00+07:00',
      'hybrid',
    ]);
  });
});

describe('a corporation without numbers', () => {
  const { plan } = readPlan(party.CORPORATION);

  it('is read by headings that stand alone on their lines', () => {
    expect(whenOf(plan).slice(0, 2)).toEqual(['2025-12-19T08:00:00+07:00', '2025-12-19T16:30:00+07:00']);
    expect(plan.agenda.map((item) => item.minutes.value)).toEqual([30, 45, 135, 90, 90]);
    expect(plan.agenda[3]?.presenter.value).toBe('Chủ tịch Công đoàn Tập đoàn');
    expect(plan.clauses.map((clause) => clause.basis.value)).toEqual([
      ...Array<string>(6).fill('summoned'),
      ...Array<string>(2).fill('invited'),
    ]);
  });

  it('is in doubt of its own bridge, which has the class of those below it', () => {
    expect(plan.clauses[0]?.bridgeClass.confidence).toBeLessThan(0.6);
    expect(plan.clauses[3]?.bridgeClass.confidence).toBeGreaterThan(0.9);
    // Guests listed after the bridges are of none of them.
    expect(plan.clauses.at(-1)?.bridgeClass.confidence).toBeLessThan(0.6);
  });
});

describe('a commune', () => {
  const { plan } = readPlan(party.COMMUNE);

  it('reads a table of which every cell became a line', () => {
    expect(agendaOf(plan)).toEqual([
      'Chào cờ, giới thiệu đại biểu | Văn phòng Đảng ủy | 10 | -',
      'Quán triệt Chỉ thị số 50-CT/TU | Ban Xây dựng Đảng | 80 | -',
      'Phát biểu kết luận | Bí thư Đảng ủy | 30 | -',
    ]);
    expect(whenOf(plan)).toEqual([
      '2025-11-20T14:00:00+07:00',
      '2025-11-20T16:00:00+07:00',
      'in person',
      'Hội trường UBND xã',
    ]);
  });

  it('does not take the bridge that an exclusion names for that of the clause', () => {
    expect(clausesOf(plan)[1]).toBe(
      'commune | summoned | - | bí thư, phó bí thư các chi bộ trực thuộc | không kể các đồng chí dự tại điểm cầu thôn',
    );
    expect(deadlinesOf(plan)).toEqual([
      'Văn phòng Đảng ủy | - | - | 2025-11-19T00:00:00+07:00',
      'Các chi bộ | Đảng ủy | Văn phòng Đảng ủy | 2025-11-18T17:00:00+07:00',
    ]);
  });
});
