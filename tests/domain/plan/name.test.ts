import { describe, expect, test } from 'vitest';

import { conferenceName } from '../../../domain/plan/name.ts';

describe('the name of a conference', () => {
  test.each([
    ['Mở Hội nghị toàn quốc quán triệt chủ trương mới', 'Hội nghị toàn quốc quán triệt chủ trương mới'],
    ['Tổ chức hội nghị trực tuyến toàn tỉnh', 'Hội nghị trực tuyến toàn tỉnh'],
    ['Về việc tổ chức Hội nghị sơ kết', 'Hội nghị sơ kết'],
    ['V/v triệu tập phiên họp thứ hai', 'Phiên họp thứ hai'],
    ['TỔ CHỨC HỘI NGHỊ TOÀN QUỐC', 'HỘI NGHỊ TOÀN QUỐC'],
  ])('is the title of the plan without the verb of holding it: %s', (title, name) =>
    expect(conferenceName(title)).toBe(name),
  );

  test('leaves out the line of place and date that a banner ends with, and joins the others', () => {
    expect(conferenceName('HỘI NGHỊ TOÀN QUỐC\nVỀ CHUYỂN ĐỔI SỐ\nHà Nội, ngày 13 tháng 01 năm 2025')).toBe(
      'HỘI NGHỊ TOÀN QUỐC VỀ CHUYỂN ĐỔI SỐ',
    );
  });

  test.each([
    'Tổ chức học tập, quán triệt Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị',
    'Quán triệt và triển khai Nghị quyết',
    'Mở hộinghị',
    'Hội nghị tổng kết Nghị quyết ngày 22/12/2024',
  ])('is the whole title where it is no such sentence: %s', (title) =>
    expect(conferenceName(title)).toBe(title),
  );

  test('is its own name', () => {
    const name = conferenceName('Mở Hội nghị toàn quốc');
    expect(conferenceName(name)).toBe(name);
  });
});
