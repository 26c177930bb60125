import { empty } from './draft.ts';
import type { Leaf } from './draft.ts';
import { cells } from './heading.ts';
import { dottedWindow, findTimes, findWindows, minutesBetween } from './moments.ts';
import type { FoundWindow } from './moments.ts';
import { derived, join, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { brackets, withoutHonorific } from './phrases.ts';
import type { Limit } from './plan.ts';

const LIMIT =
  /(?<kind>không quá|không vượt quá|tối đa|nhiều nhất|khoảng|chừng|tầm|dự kiến|trong)?\s*(?:thời gian\s*:?\s*)?(?:(?<kind2>không quá|tối đa|khoảng)\s*)?(?<!\d)(?<minutes>\d{1,3})\s*(?:phút|['’](?!\p{L}))/diu;

export interface FoundLimit {
  readonly minutes: number;
  readonly limit: Limit | null;
  readonly passage: Passage;
  readonly at: number;
}

/** "không quá 20 phút", "khoảng 30 phút", "(15 phút)". Part of an hour ("11 giờ 30 phút") is no length. */
export function findLimits(passage: Passage): FoundLimit[] {
  const found: FoundLimit[] = [];
  const pattern = new RegExp(LIMIT.source, 'dgiu');
  for (const each of passage.text.matchAll(pattern)) {
    const words = matched(passage, each);
    const minutes = Number(each.groups?.['minutes']);
    const before = passage.text.slice(Math.max(0, each.index - 8), each.index + each[0].search(/\d/));
    // "mỗi tham luận 10 phút" is no length of the item.
    const share = /(?:mỗi|từng)[^.;(]{0,40}$/iu.test(
      passage.text.slice(Math.max(0, each.index - 50), each.index),
    );
    if (words === null || share || minutes < 1 || minutes > 1440 || /\d\s*(?:giờ|h|g)\s*$/iu.test(before))
      continue;
    const kind = (each.groups?.['kind'] ?? each.groups?.['kind2'] ?? '').toLowerCase();
    const limit: Limit | null = /quá|tối đa|nhiều nhất/.test(kind)
      ? 'max'
      : /khoảng|chừng|tầm|dự kiến/.test(kind)
        ? 'about'
        : null;
    found.push({ minutes, limit, passage: trim(words), at: each.index });
  }
  return found;
}

/** What an office or a post-holder's title starts with, on the folded key. */
export const OFFICE =
  /^(?:(?:cac )?(?:dong chi|d\/c|ong|ba)\b|lanh dao\b|dai dien\b|van phong\b|vp\b|ban\b|bo\b|so\b|uy ban\b|ubnd\b|hdnd\b|hoi dong\b|mttq\b|mat tran\b|chu tich\b|pho\b|giam doc\b|tong\b|thu tuong\b|thu truong\b|bo truong\b|bi thu\b|truong\b|thuong truc\b|chanh\b|dai\b|cuc\b|vu\b|vien\b|hoc vien\b|trung tam\b|cong an\b|quan\b|dang uy\b|dang doan\b|tinh uy\b|thanh uy\b|huyen uy\b|phong\b|chi cuc\b|to\b|bao cao vien\b|nguoi\b|mc\b|doan\b|hoi\b|lien doan\b|lien hiep\b|tap doan\b|cong ty\b|cac so\b|cac dia phuong\b|cac dai bieu\b|dai bieu\b|dia phuong\b|uy vien\b|chuyen gia\b|gs\b|pgs\b|ts\b|kho bac\b|ngan hang\b|thanh tra\b|vnpt\b|viettel\b|nhom\b|dang bo\b|chu toa\b|chu tri\b|co quan\b|don vi\b|ban to chuc\b)/;

const SPOKEN_BY =
  /^(?:phát biểu|ý kiến|diễn văn|bài phát biểu|báo cáo|tham luận|kết luận|bài)[^.;(]{0,60}?\s(?:của|do)\s+(?<who>(?:đồng chí|đ\/c|ông|bà|lãnh đạo|đại diện|\p{Lu})[^,;(]{2,120})/diu;
const DONE_BY =
  /\sdo\s+(?<who>(?:đồng chí |đ\/c |ông |bà )?[^,;()]{3,120}?)\s+(?:trình bày|thực hiện|báo cáo|điều hành|chủ trì|phát biểu|công bố|hướng dẫn|phụ trách|giới thiệu)(?!\p{L})/diu;
export const SPEAKER_FIRST =
  /^(?<who>(?:(?:đồng chí|đ\/c|ông|bà|lãnh đạo|đại diện)\s|\p{Lu})[^;:()]{2,140}?)\s+(?=(?:phát biểu|trình bày|báo cáo|khai mạc|kết luận|công bố|tuyên bố|giới thiệu|điều hành|quán triệt|bế mạc|đọc|triển khai|hướng dẫn|thông báo|truyền đạt|phổ biến|thông tin (?:thời sự|chuyên đề|nhanh|về|một số))(?!\p{L}))/du;

/** One line of a programme, as far as it is read. */
export interface Draft {
  title: Passage;
  presenter: Leaf<string>;
  minutes: Leaf<number>;
  limit: Leaf<Limit>;
  window: FoundWindow | null;
  start: ReturnType<typeof findTimes>[number] | null;
  /** Words around what was read: "Đồng chí", "thời gian". */
  marks: Passage[];
}

/** Who presents, without "Đồng chí" before the office. */
export function presenterLeaf(passage: Passage, confidence: number): Leaf<string> {
  return leaf(trimEnd(withoutHonorific(passage)), confidence);
}

/** The first hours of a line or a column. */
export function windowIn(passage: Passage): FoundWindow | undefined {
  return dottedWindow(passage) ?? findWindows(passage)[0];
}

/** Reads one line of a programme. Null for a line that is none. */
export function readEntry(entry: Passage): Draft | null {
  const columns = cells(entry);
  const draft: Draft = {
    title: entry,
    presenter: empty(),
    minutes: empty(),
    limit: empty(),
    window: null,
    start: null,
    marks: [],
  };
  let rest = columns;
  if (columns.length > 1) {
    // Columns: number, hours, what, who. A cell that is only digits or hours is not what.
    rest = columns.filter((cell) => {
      const window = windowIn(cell);
      const hour = findTimes(cell)[0];
      if (window !== undefined && window.passage.text.length + 6 >= cell.text.length) draft.window ??= window;
      else if (hour !== undefined && hour.passage.text.length + 4 >= cell.text.length) draft.start ??= hour;
      else if (/^[\d.\s]*$/.test(cell.text)) draft.marks.push(cell);
      else return true;
      return false;
    });
  }
  const [first, ...others] = rest;
  if (first === undefined) return null;
  let title = first;
  const who = others.find(
    (cell) => (OFFICE.test(keyOf(cell.text)) || others.length === 1) && findLimits(cell).length === 0,
  );
  if (who !== undefined) draft.presenter = presenterLeaf(who, 0.88);
  const window = windowIn(title);
  if (window !== undefined && window.at <= 6) {
    draft.window ??= window;
    title = trim(slice(title, window.at + window.passage.text.length), ':-–—.,)');
  } else {
    const hour = findTimes(title)[0];
    if (hour !== undefined && hour.at <= 6) {
      draft.start ??= hour;
      title = trim(slice(title, hour.at + hour.passage.text.length), ':-–—.,)');
    }
  }
  for (const hours of [draft.window, draft.start]) if (hours !== null) draft.marks.push(hours.passage);
  const lengths = [title, ...others].flatMap(findLimits);
  const [length] = lengths;
  if (length !== undefined) {
    draft.minutes = derived(length.minutes, [length.passage], 0.95);
    if (length.limit !== null) draft.limit = derived(length.limit, [length.passage], 0.95);
  } else if (draft.window !== null) {
    const minutes = minutesBetween(draft.window.start, draft.window.end);
    if (minutes > 0) draft.minutes = derived(minutes, [draft.window.passage], 0.9);
  }
  title = withoutBrackets(title, draft);
  title = withoutDash(title, draft);
  if (draft.presenter.value === null) spokenBy(title, draft);
  draft.title = trimEnd(trim(title, '-–—:'));
  return /\p{L}{2}/u.test(draft.title.text) ? draft : null;
}

/** "(Văn phòng Trung ương Đảng)", "(15 phút)": who and how long stand in brackets, and not in the title. */
function withoutBrackets(title: Passage, draft: Draft): Passage {
  const kept: Passage[] = [];
  let from = 0;
  for (const bracket of brackets(title)) {
    const length = findLimits(bracket.inside)[0];
    const last =
      trimEnd(slice(title, bracket.to)).text.length === 0 || findLimits(slice(title, bracket.to)).length > 0;
    const onlyLength = length !== undefined && length.passage.text.length + 12 >= bracket.inside.text.length;
    const isOffice = OFFICE.test(keyOf(bracket.inside.text));
    const hours = findWindows(bracket.inside)[0];
    const onlyHours = hours !== undefined && hours.passage.text.length + 4 >= bracket.inside.text.length;
    if (onlyHours) {
      draft.window ??= hours;
      const minutes = minutesBetween(hours.start, hours.end);
      if (draft.minutes.value === null && minutes > 0) draft.minutes = derived(minutes, [hours.passage], 0.9);
    } else if (onlyLength) {
      // Nothing more to take.
    } else if (isOffice && bracket.inside.text.length <= 300 && (last || draft.presenter.value === null)) {
      const who = length === undefined ? bracket.inside : trim(slice(bracket.inside, 0, length.at), ',;-–:');
      draft.presenter = presenterLeaf(
        trim(slice(who, /^(?:do|người trình bày:?)\s+/iu.exec(who.text)?.[0].length ?? 0)),
        last ? 0.94 : 0.75,
      );
    } else if (
      last &&
      draft.presenter.value === null &&
      bracket.inside.text.length <= 120 &&
      /^\p{Lu}/u.test(bracket.inside.text)
    ) {
      draft.presenter = presenterLeaf(bracket.inside, 0.7);
    } else continue;
    draft.marks.push(bracket.inside);
    kept.push(trim(slice(title, from, bracket.from)));
    from = bracket.to;
  }
  if (from === 0) {
    const bare = findLimits(title).at(-1);
    // "..., không quá 15 phút" at the end.
    if (bare !== undefined && trimEnd(slice(title, bare.at + bare.passage.text.length)).text.length <= 1) {
      return trim(slice(title, 0, bare.at), ',;:-–—');
    }
    return title;
  }
  kept.push(trim(slice(title, from)));
  return join(kept.filter((part) => /[\p{L}\d]/u.test(part.text)));
}

const DASH = /\s[-–—]\s+|:\s+/gu;

/** "Khai mạc hội nghị - Đồng chí Phó Chủ tịch ...": who follows the last dash or colon. */
function withoutDash(title: Passage, draft: Draft): Passage {
  if (draft.presenter.value !== null) return title;
  const found = [...title.text.matchAll(DASH)].at(-1);
  // "Bế mạc - ..." is short; a short word before a colon may be a label.
  if (found === undefined || found.index < (found[0].startsWith(':') ? 6 : 4)) return title;
  const tail = trim(slice(title, found.index + found[0].length));
  const key = keyOf(tail.text);
  const office = OFFICE.test(key) || /^(?:do|nguoi trinh bay) /.test(key);
  if (!office || tail.text.length > 160 || SPEAKER_FIRST.test(tail.text)) return title;
  const named = /^(?:do|người trình bày:?)\s+/iu.exec(tail.text)?.[0].length ?? 0;
  draft.marks.push(tail);
  draft.presenter = presenterLeaf(slice(tail, named), 0.85);
  return trim(slice(title, 0, found.index));
}

function spokenBy(title: Passage, draft: Draft): void {
  for (const [pattern, confidence] of [
    [SPOKEN_BY, 0.8],
    [DONE_BY, 0.85],
    [SPEAKER_FIRST, 0.75],
  ] as const) {
    const found = pattern.exec(title.text);
    const who = found === null ? null : matched(title, found, 'who');
    if (who === null) continue;
    if (pattern === SPEAKER_FIRST && !OFFICE.test(keyOf(who.text))) continue;
    const alone =
      pattern === SPOKEN_BY
        ? slice(who, 0, /\s(?:về|và|tại|trình bày|báo cáo|phát biểu|,)(?=\s|$)/iu.exec(who.text)?.index)
        : who;
    draft.presenter = presenterLeaf(alone, confidence);
    return;
  }
}
