import { describe, expect, it } from 'vitest';

import type { DraftPlan } from '../../../domain/plan/draft.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { agendaOf, clausesOf, deadlinesOf, whenOf } from './facts.ts';
import { ARMY } from './state-plans.ts';

describe('one line of a plan', () => {
  const head =
    'UBND TỈNH AN HẢI\nSố: 5/KH-UBND\nAn Hải, ngày 01 tháng 8 năm 2025\n\nKẾ HOẠCH\nTổ chức Hội nghị thử\n\nUBND tỉnh ban hành Kế hoạch như sau:\n\n';
  const given = (lines: string): DraftPlan =>
    readPlan(`${head}I. NỘI DUNG\n${lines}\n3. Kinh phí: ngân sách.\n`).plan;

  it.each([
    ["Từ 7h30' đến 11h30', ngày 15/8/2025", '2025-08-15T07:30:00+07:00', '2025-08-15T11:30:00+07:00'],
    ['8h-11h30, thứ Sáu, ngày 15/8/2025', '2025-08-15T08:00:00+07:00', '2025-08-15T11:30:00+07:00'],
    [
      'Buổi sáng, ngày 15 tháng 8 năm 2025 (thứ Sáu), bắt đầu từ 07 giờ 45',
      '2025-08-15T07:45:00+07:00',
      null,
    ],
    ['trong 02 ngày 14-15/8/2025', '2025-08-14', '2025-08-15'],
    ['2 giờ chiều 15/8/2025', '2025-08-15T14:00:00+07:00', null],
    [
      '1,5 ngày, từ 8h00 ngày 14/8/2025 đến 11h30 ngày 15/8/2025',
      '2025-08-14T08:00:00+07:00',
      '2025-08-15T11:30:00+07:00',
    ],
    ['Ngày 31/9/2025', null, null],
    ['dự kiến tuần 2 tháng 8/2025', null, null],
  ])('says when: %s', (text, startsAt, endsAt) => {
    const plan = given(`1. Thời gian: ${text}.`);
    expect([plan.startsAt.value, plan.endsAt.value]).toEqual([startsAt, endsAt]);
  });

  it.each([
    ['Hình thức: Tập trung.', null, 'in person'],
    ['Hình thức: Trực tuyến.', null, 'online'],
    [
      'Địa điểm: Tại Hội trường lớn Tỉnh ủy (số 1 đường X) và các điểm cầu cấp xã.',
      'Hội trường lớn Tỉnh ủy',
      null,
    ],
    [
      'Địa điểm: tập trung tại Nhà Văn hóa tỉnh và trực tuyến đến điểm cầu cấp xã.',
      'Nhà Văn hóa tỉnh',
      'hybrid',
    ],
  ])('says where and how: %s', (text, venue, format) => {
    const plan = given(`1. Thời gian: 8h ngày 15/8/2025.\n2. ${text}`);
    expect([plan.venue.value, plan.format.value]).toEqual([venue, format]);
  });

  it('invites whom it names after the word, and not those before it', () => {
    expect(
      clausesOf(
        given(
          '2. Thành phần: Chủ tịch UBND tỉnh, Giám đốc các sở (trừ Sở Y tế), trân trọng kính mời Ban Nội chính.',
        ),
      ),
    ).toEqual([
      'province | summoned | - | Chủ tịch UBND tỉnh, Giám đốc các sở | trừ Sở Y tế',
      'province | invited | - | trân trọng kính mời Ban Nội chính',
    ]);
  });

  it('takes half-days for parts of the programme, and their hours for its hours', () => {
    const plan = given(
      '1. Thời gian: ngày 15/8/2025.\n2. Chương trình\nBuổi sáng (8h00 - 11h30)\n- Khai mạc\n- Báo cáo\nBuổi chiều (13h30 - 17h00)\n- Thảo luận\n- Bế mạc',
    );
    expect(plan.agenda.map((item) => item.title.value)).toEqual([
      'Khai mạc',
      'Báo cáo',
      'Thảo luận',
      'Bế mạc',
    ]);
    expect(whenOf(plan).slice(0, 2)).toEqual(['2025-08-15T08:00:00+07:00', '2025-08-15T17:00:00+07:00']);
  });

  it('reads hours after "Từ" as those of an item', () => {
    const plan = given(
      '2. Chương trình\nTừ 7h30 - 8h00: Đón tiếp\nTừ 8h00 - 8h10: Khai mạc - Chủ tịch UBND tỉnh',
    );
    expect(agendaOf(plan)).toEqual(['Đón tiếp | - | 30 | -', 'Khai mạc | Chủ tịch UBND tỉnh | 10 | -']);
  });
});

describe('a table of duties', () => {
  it('says in its columns who is to do what by when', () => {
    const { plan } = readPlan(
      ARMY.replace(
        /1\. Phòng Tham mưu:[^]*?(?=\n\nNơi nhận)/u,
        'STT | Nội dung công việc | Đơn vị thực hiện | Thời hạn\n1 | Gửi giấy mời | Văn phòng | Trước ngày 20/3/2025\n2 | Chuẩn bị báo cáo | Phòng Tham mưu | Chậm nhất 22/3/2025',
      ),
    );
    expect(plan.duties.map((duty) => duty.text.value)).toEqual(['Gửi giấy mời', 'Chuẩn bị báo cáo']);
    expect(deadlinesOf(plan)).toEqual([
      'Văn phòng | - | - | 2025-03-20T00:00:00+07:00',
      'Phòng Tham mưu | - | - | 2025-03-23T00:00:00+07:00',
    ]);
  });
});
