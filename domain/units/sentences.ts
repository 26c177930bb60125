import { assertNever } from '../result.ts';
import { formatDate } from '../text/dates.ts';
import { formatNumber } from '../text/numbers.ts';
import type { Language } from '../text/language.ts';
import { noRows, rowPlace, tooLong } from '../text/rows.ts';
import type { UnitProblem } from './check.ts';
import type { UnitDifference } from './difference.ts';
import type { UnitRowError } from './import.ts';
import type { PinWarning } from './pin.ts';
import type { UnitTreeFailure } from './tree.ts';

const COLUMNS = {
  code: { vi: 'Mã', en: 'Mã (code)' },
  name: { vi: 'Tên', en: 'Tên (name)' },
  type: { vi: 'Loại', en: 'Loại (type)' },
  'valid from': { vi: 'Hiệu lực từ', en: 'Hiệu lực từ (valid from)' },
} as const;

/** Where a faulty row stands in the file and what is wrong with it. */
export function sayUnitRowError(
  error: UnitRowError,
  language: Language,
): { readonly at: string; readonly message: string } {
  const vi = language === 'vi';
  if (!('row' in error)) {
    if (error.reason === 'no rows') {
      return noRows(language);
    }
    return { at: vi ? 'dòng tiêu đề' : 'header row', message: sayMissingColumn(error.field, language) };
  }
  return { at: rowPlace(error.row, error.column, language), message: sayRow(error, vi) };
}

function sayMissingColumn(field: keyof typeof COLUMNS, language: Language): string {
  const column = COLUMNS[field][language];
  if (field === 'valid from') {
    return language === 'vi'
      ? `Không thấy cột "${column}". Thêm cột này hoặc cho biết danh sách có hiệu lực từ ngày nào.`
      : `There is no column "${column}". Add it, or say from which day the list is valid.`;
  }
  return language === 'vi' ? `Không thấy cột "${column}".` : `There is no column "${column}".`;
}

function sayRow(error: Extract<UnitRowError, { row: number }>, vi: boolean): string {
  switch (error.reason) {
    case 'no code':
      return vi ? 'Thiếu mã đơn vị.' : 'The code is missing.';
    case 'no name':
      return vi ? 'Thiếu tên đơn vị.' : 'The name is missing.';
    case 'no type':
      return vi
        ? 'Thiếu loại đơn vị (tỉnh, huyện, xã, phường...).'
        : 'The type (tỉnh, huyện, xã, phường, ...) is missing.';
    case 'no valid from':
      return vi ? 'Thiếu ngày bắt đầu hiệu lực.' : 'The first day of validity is missing.';
    case 'bad code':
      return vi ? `"${error.text}" không phải là mã đơn vị.` : `"${error.text}" is not the code of a unit.`;
    case 'unknown type':
      return vi
        ? `Không có loại đơn vị "${error.text}" ở cấp này.`
        : `"${error.text}" is not a type of unit at this place.`;
    case 'not a date':
      return vi ? `"${error.text}" không phải là ngày.` : `"${error.text}" is not a date.`;
    case 'too long':
      return tooLong(error.most, vi ? 'vi' : 'en');
    case 'two names':
      return vi
        ? `Mã ${error.code} ở dòng trên là ${error.before}.`
        : `Code ${error.code} is ${error.before} in a row above.`;
    case 'ends before it starts':
      return vi ? 'Ngày hết hiệu lực trước ngày bắt đầu.' : 'The last day is before the first.';
    case 'duplicate code':
      return vi ? `Trùng mã với dòng ${error.firstRow}.` : `The same code as row ${error.firstRow}.`;
    case 'overlapping validity':
      return vi
        ? `Trùng mã và thời gian hiệu lực với dòng ${error.firstRow}.`
        : `Overlaps in time with row ${error.firstRow}, which has the same code.`;
    case 'missing parent':
      return vi
        ? `Không có đơn vị cấp trên mang mã ${error.parent} vào ngày ${formatDate(error.on)}.`
        : `There is no unit with the code ${error.parent} above it on ${formatDate(error.on)}.`;
    case 'parent not above':
      return vi
        ? `${error.parent} không ở cấp trên của đơn vị này.`
        : `${error.parent} is not of a level above this unit.`;
    case 'cycle':
      return vi
        ? `Vòng lặp: ${chain(error.codes)}. Đơn vị không thể thuộc chính mình.`
        : `A circle: ${chain(error.codes)}. A unit cannot lie below itself.`;
    default:
      return assertNever(error);
  }
}

function chain(codes: readonly string[]): string {
  const shown = codes.length > 6 ? [...codes.slice(0, 5), '...'] : codes;
  return [...shown, codes[0] ?? ''].join(' → ');
}

/** What keeps a unit out of the tree, for a list that is already imported. */
export function sayUnitProblem(problem: UnitProblem, language: Language): string {
  const vi = language === 'vi';
  const name = `${problem.unit.fullName} (${problem.unit.code})`;
  switch (problem.reason) {
    case 'missing parent':
      return vi
        ? `${name}: không có đơn vị cấp trên mang mã ${problem.unit.parent} vào ngày ${formatDate(problem.on)}.`
        : `${name}: there is no unit ${problem.unit.parent} above it on ${formatDate(problem.on)}.`;
    case 'cycle':
      return vi ? `${name}: vòng lặp ${chain(problem.codes)}.` : `${name}: a circle ${chain(problem.codes)}.`;
    case 'duplicate code':
      return vi ? `${name}: có hai đơn vị cùng mã.` : `${name}: two units have this code.`;
    case 'overlapping validity':
      return vi
        ? `${name}: thời gian hiệu lực trùng với ${problem.other.fullName}.`
        : `${name}: overlaps in time with ${problem.other.fullName}.`;
    case 'unknown type':
      return vi
        ? `${name}: không có loại đơn vị "${problem.unit.type}" ở cấp này.`
        : `${name}: "${problem.unit.type}" is not a type of this level.`;
    case 'parent not above':
      return vi
        ? `${name}: ${problem.parent.fullName} không ở cấp trên.`
        : `${name}: ${problem.parent.fullName} is not of a level above.`;
    case 'ends before it starts':
      return vi
        ? `${name}: ngày hết hiệu lực trước ngày bắt đầu.`
        : `${name}: the last day is before the first.`;
    default:
      return assertNever(problem);
  }
}

/** Why a date has no tree, and what to do. */
export function sayUnitTreeFailure(failure: UnitTreeFailure, language: Language): string {
  const vi = language === 'vi';
  const date = formatDate(failure.asOf);
  if (failure.reason === 'broken') {
    const count = failure.problems.length;
    const [first] = failure.problems;
    const example = first === undefined ? '' : ` ${sayUnitProblem(first, language)}`;
    return vi
      ? `Danh mục đơn vị ngày ${date} có ${formatNumber(count)} lỗi.${example}`
      : `The list of units of ${date} has ${count === 1 ? 'one fault' : `${formatNumber(count, 'en')} faults`}.${example}`;
  }
  if (failure.nearest === null) {
    return vi ? 'Chưa có danh mục đơn vị hành chính.' : 'There is no list of administrative units yet.';
  }
  return vi
    ? `Chưa có danh mục đơn vị của ngày ${date}. Gần nhất là danh mục ngày ${formatDate(failure.nearest)}.`
    : `There is no list of units for ${date}. The nearest is that of ${formatDate(failure.nearest)}.`;
}

/** Said wherever a conference uses the tree of another date. */
export function sayPinWarning(warning: PinWarning, language: Language): string {
  const pinned = formatDate(warning.pinned);
  const conference = formatDate(warning.conference);
  return language === 'vi'
    ? `Hội nghị ngày ${conference} dùng danh mục đơn vị ngày ${pinned}. Đơn vị có thay đổi giữa hai ngày thì cần kiểm tra lại.`
    : `The conference of ${conference} uses the list of units of ${pinned}. Check the units that changed between the two days.`;
}

/** What a list changes of one unit: `Xã Yên Lãng (05773): nay là Phường Yên Lãng`. */
export function sayUnitDifference(
  { kind, code, before, after }: UnitDifference,
  nameOf: (code: string | null) => string | null,
  language: Language,
): string {
  const vi = language === 'vi';
  const name = `${before?.fullName ?? after?.fullName ?? ''} (${code})`;
  const place = (unit: typeof before): string =>
    nameOf(unit?.parent ?? null) ?? (vi ? 'Trung ương' : 'the centre');
  switch (kind) {
    case 'new':
      return vi ? `${name}, thuộc ${place(after)}` : `${name}, in ${place(after)}`;
    case 'gone':
      return vi ? `${name}, trước thuộc ${place(before)}` : `${name}, before in ${place(before)}`;
    case 'renamed':
      return vi ? `${name}: nay là ${after?.fullName ?? ''}` : `${name}: now ${after?.fullName ?? ''}`;
    case 'moved':
      return vi
        ? `${name}: từ ${place(before)} sang ${place(after)}`
        : `${name}: from ${place(before)} to ${place(after)}`;
    default:
      return assertNever(kind);
  }
}

/** A unit outside a list that would stand without what is above it. */
export function sayLeftAlone(
  problem: UnitProblem,
  language: Language,
): { readonly at: string; readonly message: string } {
  const at = `${problem.unit.fullName} (${problem.unit.code})`;
  return language === 'vi'
    ? {
        at,
        message:
          'Đơn vị này nằm ngoài danh sách nhưng không còn khớp với cây sau khi nhập. Hãy nhập danh sách có cả đơn vị này.',
      }
    : {
        at,
        message:
          'This unit is not in the list and would not fit the tree after it. Import a list that has it too.',
      };
}
