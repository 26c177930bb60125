import type { PersonId, UnitCode } from '../ids.ts';
import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { rowPlace } from '../text/rows.ts';
import type { SheetRow } from '../units/columns.ts';
import { parseDate } from '../text/dates.ts';
import { givenName, stripHonorific } from '../text/names.ts';
import { tidy } from '../text/normalize.ts';
import { fold } from '../text/search.ts';
import type { Person, Position } from './person.ts';

const FIELDS = {
  name: ['ho va ten', 'ho ten', 'ten dai bieu', 'full name', 'name'],
  /** Where the name stands in two columns; the other is then the given name alone. */
  familyName: ['ho', 'ho dem', 'ho va dem', 'ho ten dem', 'ho va ten dem', 'family name'],
  position: ['chuc vu', 'chuc danh', 'position', 'positions', 'title'],
  organisation: ['don vi', 'co quan', 'co quan, don vi', 'don vi cong tac', 'organisation', 'organization'],
  unit: ['ma don vi', 'ma don vi hanh chinh', 'unit', 'unit code'],
  identity: ['so the', 'so the dang', 'ma can bo', 'ma so', 'so hieu', 'identity'],
  citizenNumber: ['cccd', 'so cccd', 'can cuoc', 'so can cuoc', 'citizen number'],
  birthDate: ['ngay sinh', 'ngay thang nam sinh', 'birth date'],
  precedence: ['thu bac', 'thu tu uu tien', 'precedence'],
  sortGiven: ['ten goi', 'ten de xep', 'given name'],
  partyMember: ['dang vien', 'party member'],
  collectiveLeadership: ['tap the lanh dao', 'collective leadership'],
  namedInPlan: ['neu ten trong ke hoach', 'named in plan'],
  phone: ['dien thoai', 'so dien thoai', 'sdt', 'phone'],
  email: ['thu dien tu', 'email', 'e-mail'],
} as const satisfies Record<string, readonly string[]>;
export type RosterField = keyof typeof FIELDS;
export const ROSTER_FIELDS = Object.keys(FIELDS) as readonly RosterField[];

/** A column of a file and what the program reads it as; null is not read. */
export interface RosterColumn {
  readonly header: string;
  readonly field: RosterField | null;
}

/** Names of fewer letters stand in headers of other things ("ho" in "ho khau"). */
const SHORTEST_PART = 5;

/**
 * How each column of a file is understood by its header: first those that are called as a field is, then those that have its
 * name in theirs ("Họ và tên đại biểu", "Chức vụ, nơi công tác").
 */
export function readColumns(headers: readonly string[]): RosterColumn[] {
  const taken = new Set<RosterField>();
  const keys = headers.map((header) => tidy(fold(header).replace(/\(.*?\)/g, ' ')));
  const names = Object.entries(FIELDS) as [RosterField, readonly string[]][];
  const choose = (fits: (names: readonly string[]) => boolean): RosterField | null => {
    const field = names.find(([name, all]) => !taken.has(name) && fits(all))?.[0] ?? null;
    if (field !== null) taken.add(field);
    return field;
  };
  const isKnown = keys.map((key) => names.some(([, all]) => all.includes(key)));
  const exact = keys.map((key) => choose((all) => all.includes(key)));
  if (taken.has('familyName') && !taken.has('name')) {
    // "Họ và tên đệm" and "Tên" beside each other.
    const given = keys.indexOf('ten');
    if (given !== -1) exact[given] = 'name';
    taken.add('name');
  }
  return headers.map((header, at) => {
    const key = ` ${tidy((keys[at] ?? '').replaceAll(/[^\p{L}\p{N}]+/gu, ' '))} `;
    // A second column of the same name is not read over the first, nor as something else.
    if (exact[at] !== null || isKnown[at] === true) return { header, field: exact[at] ?? null };
    const field = choose((all) =>
      all.some((name) => name.length >= SHORTEST_PART && key.includes(` ${name} `)),
    );
    return { header, field };
  });
}

export type RosterFault =
  | { readonly kind: 'no-name-column' }
  | { readonly kind: 'no-name'; readonly row: number; readonly header: string }
  | { readonly kind: 'too-long'; readonly row: number; readonly header: string; readonly most: number }
  | { readonly kind: 'not-a-date'; readonly row: number; readonly header: string; readonly text: string }
  | { readonly kind: 'not-a-number'; readonly row: number; readonly header: string; readonly text: string }
  | { readonly kind: 'not-yes-or-no'; readonly row: number; readonly header: string; readonly text: string }
  | {
      readonly kind: 'too-many-positions';
      readonly row: number;
      readonly header: string;
      readonly most: number;
    }
  /** No fault of the file: the person can be imported, and will sit nowhere until they have a position. */
  | { readonly kind: 'no-position'; readonly row: number };

/** What the roster needs from outside: ids for new people, and a one-way hash that keeps a citizen's number out of the data. */
export interface RosterTools {
  readonly newId: () => string;
  readonly hashCitizenNumber: (digits: string) => string;
}

const LONGEST: Readonly<
  Record<
    'name' | 'familyName' | 'position' | 'organisation' | 'identity' | 'sortGiven' | 'phone' | 'email',
    number
  >
> = {
  name: 200,
  familyName: 100,
  position: 300,
  organisation: 300,
  identity: 128,
  sortGiven: 100,
  phone: 40,
  email: 200,
};
const MOST_POSITIONS = 20;

const YES = new Set(['co', 'x', 'yes', 'y', 'true', '1', 'dung']);
const NO = new Set(['', 'khong', 'no', 'n', 'false', '0', 'sai']);

/** Reads one row. A person with faults is not returned; notes (`no-position`) come beside a person. */
export function readRosterRow(
  columns: readonly RosterColumn[],
  { row, cells }: SheetRow,
  tools: RosterTools,
): { readonly person: Person | null; readonly faults: readonly RosterFault[] } {
  const faults: RosterFault[] = [];
  const headerOf = (field: RosterField): string =>
    columns.find((column) => column.field === field)?.header ?? '';
  const cell = (field: RosterField): string => {
    const header = headerOf(field);
    return header === '' ? '' : (cells[header] ?? '');
  };
  const short = (field: keyof typeof LONGEST): string => {
    const raw = cell(field);
    const most = LONGEST[field];
    // A cell of megabytes is not worth tidying.
    const text = raw.length > most * 4 ? raw : tidy(raw);
    if (text.length <= most) return text;
    faults.push({ kind: 'too-long', row, header: headerOf(field), most });
    return '';
  };
  const yes = (field: RosterField): boolean => {
    const text = fold(tidy(cell(field).slice(0, 20)));
    if (!YES.has(text) && !NO.has(text)) {
      faults.push({ kind: 'not-yes-or-no', row, header: headerOf(field), text: cell(field).slice(0, 20) });
    }
    return YES.has(text);
  };

  const name = stripHonorific(tidy(`${short('familyName')} ${short('name')}`));
  if (name.length > LONGEST.name)
    faults.push({ kind: 'too-long', row, header: headerOf('name'), most: LONGEST.name });
  if (name === '' && faults.length === 0) faults.push({ kind: 'no-name', row, header: headerOf('name') });

  const birthText = tidy(cell('birthDate').slice(0, 40));
  const birthDate = birthText === '' ? null : parseDate(birthText);
  if (birthText !== '' && birthDate === null) {
    faults.push({ kind: 'not-a-date', row, header: headerOf('birthDate'), text: birthText });
  }
  const precedenceText = tidy(cell('precedence').slice(0, 20));
  const precedence = precedenceText === '' ? null : Number(precedenceText);
  if (precedence !== null && !(Number.isSafeInteger(precedence) && precedence >= 0)) {
    faults.push({ kind: 'not-a-number', row, header: headerOf('precedence'), text: precedenceText });
  }
  const partyText = cell('partyMember');
  const partyMember = partyText === '' ? null : yes('partyMember');
  const positions = readPositions(cell, short, row, headerOf('position'), faults);
  const citizen = cell('citizenNumber').replace(/\D/g, '');
  const identity = short('identity') || (citizen === '' ? '' : tools.hashCitizenNumber(citizen));
  const collectiveLeadership = yes('collectiveLeadership');
  const namedInPlan = yes('namedInPlan');
  const sortGiven = short('sortGiven') || givenName(name).slice(0, LONGEST.sortGiven).toWellFormed();
  const phone = short('phone') || null;
  const email = short('email') || null;
  if (faults.length > 0) return { person: null, faults };
  const person: Person = {
    id: tools.newId() as PersonId,
    name,
    sortGiven,
    identity: identity || null,
    birthDate,
    positions,
    precedence,
    collectiveLeadership,
    namedInPlan,
    partyMember,
    phone,
    email,
  };
  return { person, faults: positions.length === 0 ? [{ kind: 'no-position', row }] : [] };
}

/** Several posts of one person stand in one cell, parted by semicolons or line breaks; commas belong to a post. */
function readPositions(
  cell: (field: RosterField) => string,
  short: (field: 'organisation') => string,
  row: number,
  header: string,
  faults: RosterFault[],
): Position[] {
  const organisation = short('organisation') || null;
  const unit = (tidy(cell('unit').slice(0, 64)) || null) as UnitCode | null;
  const text = cell('position');
  if (text.length > LONGEST.position * MOST_POSITIONS) {
    faults.push({ kind: 'too-long', row, header, most: LONGEST.position });
    return [];
  }
  const posts = text
    .split(/[;\n]/)
    .map((post) => tidy(post))
    .filter((post) => post !== '');
  if (posts.length > MOST_POSITIONS) {
    faults.push({ kind: 'too-many-positions', row, header, most: MOST_POSITIONS });
  }
  if (posts.some((post) => post.length > LONGEST.position)) {
    faults.push({ kind: 'too-long', row, header, most: LONGEST.position });
  }
  return posts.map((post) => ({ text: post, unit, organisation }));
}

/** Where a fault stands, and what it is, for a person. */
export function sayRosterFault(
  fault: RosterFault,
  language: Language,
): { readonly at: string; readonly message: string } {
  const vi = language === 'vi';
  switch (fault.kind) {
    case 'no-name-column':
      return {
        at: vi ? 'dòng tiêu đề' : 'header row',
        message: vi ? 'Không thấy cột "Họ và tên".' : 'There is no column "Họ và tên" (full name).',
      };
    case 'no-name':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi ? 'Thiếu họ và tên.' : 'The name is missing.',
      };
    case 'too-long':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi ? `Dài quá ${fault.most} ký tự.` : `Longer than ${fault.most} characters.`,
      };
    case 'not-a-date':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi ? `"${fault.text}" không phải là ngày.` : `"${fault.text}" is not a date.`,
      };
    case 'not-a-number':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi
          ? `"${fault.text}" không phải là số nguyên từ 0 trở lên.`
          : `"${fault.text}" is not a whole number from 0 up.`,
      };
    case 'not-yes-or-no':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi
          ? `"${fault.text}": ghi "có" hoặc "không".`
          : `"${fault.text}": write "có" (yes) or "không" (no).`,
      };
    case 'too-many-positions':
      return {
        at: rowPlace(fault.row, fault.header, language),
        message: vi ? `Nhiều hơn ${fault.most} chức vụ.` : `More than ${fault.most} positions.`,
      };
    case 'no-position':
      return {
        at: rowPlace(fault.row, null, language),
        message: vi
          ? 'Chưa có chức vụ: nhập được, nhưng chưa xếp được chỗ.'
          : 'No position: can be imported, but not seated yet.',
      };
    default:
      return assertNever(fault);
  }
}
