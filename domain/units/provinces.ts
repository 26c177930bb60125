import { Unit } from './unit.ts';

/** Code and name of each province-level unit; `TP` marks the centrally-run cities. */
const SIXTY_THREE =
  '01 TP Hà Nội; 02 Hà Giang; 04 Cao Bằng; 06 Bắc Kạn; 08 Tuyên Quang; 10 Lào Cai; 11 Điện Biên; ' +
  '12 Lai Châu; 14 Sơn La; 15 Yên Bái; 17 Hòa Bình; 19 Thái Nguyên; 20 Lạng Sơn; 22 Quảng Ninh; ' +
  '24 Bắc Giang; 25 Phú Thọ; 26 Vĩnh Phúc; 27 Bắc Ninh; 30 Hải Dương; 31 TP Hải Phòng; 33 Hưng Yên; ' +
  '34 Thái Bình; 35 Hà Nam; 36 Nam Định; 37 Ninh Bình; 38 Thanh Hóa; 40 Nghệ An; 42 Hà Tĩnh; ' +
  '44 Quảng Bình; 45 Quảng Trị; 46 TP Huế; 48 TP Đà Nẵng; 49 Quảng Nam; 51 Quảng Ngãi; 52 Bình Định; ' +
  '54 Phú Yên; 56 Khánh Hòa; 58 Ninh Thuận; 60 Bình Thuận; 62 Kon Tum; 64 Gia Lai; 66 Đắk Lắk; ' +
  '67 Đắk Nông; 68 Lâm Đồng; 70 Bình Phước; 72 Tây Ninh; 74 Bình Dương; 75 Đồng Nai; ' +
  '77 Bà Rịa - Vũng Tàu; 79 TP Hồ Chí Minh; 80 Long An; 82 Tiền Giang; 83 Bến Tre; 84 Trà Vinh; ' +
  '86 Vĩnh Long; 87 Đồng Tháp; 89 An Giang; 91 Kiên Giang; 92 TP Cần Thơ; 93 Hậu Giang; 94 Sóc Trăng; ' +
  '95 Bạc Liêu; 96 Cà Mau';

/** Without Đồng Nai, which changed its type in the meantime. */
const THIRTY_THREE =
  '01 TP Hà Nội; 04 Cao Bằng; 08 Tuyên Quang; 11 Điện Biên; 12 Lai Châu; 14 Sơn La; 15 Lào Cai; ' +
  '19 Thái Nguyên; 20 Lạng Sơn; 22 Quảng Ninh; 24 Bắc Ninh; 25 Phú Thọ; 31 TP Hải Phòng; 33 Hưng Yên; ' +
  '37 Ninh Bình; 38 Thanh Hóa; 40 Nghệ An; 42 Hà Tĩnh; 44 Quảng Trị; 46 TP Huế; 48 TP Đà Nẵng; ' +
  '51 Quảng Ngãi; 52 Gia Lai; 56 Khánh Hòa; 66 Đắk Lắk; 68 Lâm Đồng; 79 TP Hồ Chí Minh; ' +
  '80 Tây Ninh; 82 Đồng Tháp; 86 Vĩnh Long; 91 An Giang; 92 TP Cần Thơ; 96 Cà Mau';

function provinces(list: string, validFrom: string, validTo: string | null): Unit[] {
  return list.split('; ').map((entry) => {
    const isCity = entry.startsWith('TP ', 3);
    const name = entry.slice(isCity ? 6 : 3);
    return Unit.parse({
      code: entry.slice(0, 2),
      level: 'province',
      type: isCity ? 'Thành phố trực thuộc Trung ương' : 'Tỉnh',
      name,
      fullName: `${isCity ? 'Thành phố' : 'Tỉnh'} ${name}`,
      parent: null,
      validFrom,
      validTo,
    });
  });
}

/**
 * The province-level units that the program knows without any import: 63 until 30/06/2025 (from the day on which Huế
 * became a centrally-run city), 34 from 01/07/2025; Đồng Nai is a city from 30/04/2026. The lists below the provinces
 * are imported.
 */
export const PROVINCES: readonly Unit[] = [
  ...provinces(SIXTY_THREE, '2025-01-01', '2025-06-30'),
  ...provinces(THIRTY_THREE, '2025-07-01', null),
  ...provinces('75 Đồng Nai', '2025-07-01', '2026-04-29'),
  ...provinces('75 TP Đồng Nai', '2026-04-30', null),
];
