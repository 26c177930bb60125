import { CivilDate } from '../time.ts';

/** Why the offices are closed on a weekday. */
export interface DayOff {
  readonly vi: string;
  readonly en: string;
}

/** Days off and make-up days of some years, as the decisions of each year give them; loaded, never computed. */
export interface HolidayTable {
  readonly firstYear: number;
  readonly lastYear: number;
  /** Weekdays on which offices are closed. */
  readonly daysOff: ReadonlyMap<CivilDate, DayOff>;
  /** Saturdays on which offices work in exchange for a weekday (ngày làm bù). */
  readonly makeUpDays: ReadonlySet<CivilDate>;
}

const NEW_YEAR = { vi: 'Tết Dương lịch', en: "New Year's Day" };
const TET = { vi: 'Tết Nguyên đán', en: 'Lunar New Year' };
const HUNG_KINGS = { vi: 'Giỗ Tổ Hùng Vương', en: "Hung Kings' Day" };
const VICTORY = { vi: 'Ngày Chiến thắng 30/4', en: 'Victory Day' };
const LABOUR = { vi: 'Ngày Quốc tế Lao động', en: 'Labour Day' };
const NATIONAL = { vi: 'Quốc khánh', en: 'National Day' };
const CULTURE = { vi: 'Ngày Văn hóa Việt Nam', en: 'Vietnamese Culture Day' };
const SWAPPED = { vi: 'nghỉ hoán đổi', en: 'day off in exchange for a Saturday' };

/**
 * Rows without a note: Labour Code 45/2019/QH14, article 112.1 (fixed days) and 111.3 (a holiday on a weekend is made up
 * on the next working day). The notices bind civil servants, whose working week this program follows.
 */
const DAYS_OFF: readonly (readonly [date: string, why: DayOff])[] = [
  ['2024-01-01', NEW_YEAR],
  // Notice 5015/TB-LĐTBXH (November 2023): Tết Giáp Thìn from 8 to 14 February 2024.
  ['2024-02-08', TET],
  ['2024-02-09', TET],
  ['2024-02-12', TET],
  ['2024-02-13', TET],
  ['2024-02-14', TET],
  // 10/3 of the lunar year Giáp Thìn.
  ['2024-04-18', HUNG_KINGS],
  // 2450/VPCP-KGVX of 12 April 2024, notice 1570/TB-LĐTBXH: Monday 29 April in exchange for Saturday 4 May.
  ['2024-04-29', SWAPPED],
  ['2024-04-30', VICTORY],
  ['2024-05-01', LABOUR],
  // Notice 5015/TB-LĐTBXH: National Day from 31 August to 3 September 2024.
  ['2024-09-02', NATIONAL],
  ['2024-09-03', NATIONAL],

  ['2025-01-01', NEW_YEAR],
  // 8726/VPCP-KGVX of 26 November 2024, notice 6150/TB-BLĐTBXH of 3 December 2024: Tết Ất Tỵ, 25 January to 2 February 2025.
  ['2025-01-27', TET],
  ['2025-01-28', TET],
  ['2025-01-29', TET],
  ['2025-01-30', TET],
  ['2025-01-31', TET],
  // 10/3 of the lunar year Ất Tỵ.
  ['2025-04-07', HUNG_KINGS],
  ['2025-04-30', VICTORY],
  ['2025-05-01', LABOUR],
  // The same notice: Friday 2 May in exchange for Saturday 26 April; National Day from 30 August to 2 September.
  ['2025-05-02', SWAPPED],
  ['2025-09-01', NATIONAL],
  ['2025-09-02', NATIONAL],

  ['2026-01-01', NEW_YEAR],
  // 12729/VPCP-KGVX of 25 December 2025: Friday 2 January in exchange for Saturday 10 January.
  ['2026-01-02', SWAPPED],
  // Notice 9441/TB-BNV of October 2025: Tết Bính Ngọ, 14 to 22 February 2026.
  ['2026-02-16', TET],
  ['2026-02-17', TET],
  ['2026-02-18', TET],
  ['2026-02-19', TET],
  ['2026-02-20', TET],
  // 10/3 of the lunar year Bính Ngọ is Sunday 26 April, made up on Monday. 3383/BNV-CVL: no swap around 30 April 2026.
  ['2026-04-27', HUNG_KINGS],
  ['2026-04-30', VICTORY],
  ['2026-05-01', LABOUR],
  // Notice 9441/TB-BNV: Monday 31 August in exchange for Saturday 22 August; National Day on 1 and 2 September.
  ['2026-08-31', SWAPPED],
  ['2026-09-01', NATIONAL],
  ['2026-09-02', NATIONAL],
  // Resolution 28/2026/QH16, article 2, in force from 1 July 2026. A swap of Monday 23 November was proposed, no decision is known.
  ['2026-11-24', CULTURE],
];

const MAKE_UP_DAYS: readonly string[] = ['2024-05-04', '2025-04-26', '2026-01-10', '2026-08-22'];

/** What is known here: the civil service's years 2024 to 2026. */
export const HOLIDAYS: HolidayTable = {
  firstYear: 2024,
  lastYear: 2026,
  daysOff: new Map(DAYS_OFF.map(([date, why]) => [CivilDate.parse(date), why])),
  makeUpDays: new Set(MAKE_UP_DAYS.map((date) => CivilDate.parse(date))),
};
