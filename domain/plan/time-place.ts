import { parseDate } from '../text/dates.ts';
import type { CivilDate } from '../time.ts';
import { mentionedClasses } from './classes.ts';
import type { MainBridge } from './classes.ts';
import { empty } from './draft.ts';
import type { Leaf } from './draft.ts';
import { findDates, findTimes, findWindows, isoAt } from './moments.ts';
import type { ClockTime, FoundDate, FoundWindow } from './moments.ts';
import { derived, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { brackets, sentences } from './phrases.ts';
import type { Format } from './plan.ts';
import type { Item, Topic } from './sections.ts';

export interface When {
  readonly startsAt: Leaf<string>;
  readonly endsAt: Leaf<string>;
  /** Dates that do not exist, or lack a part. */
  readonly unclear: readonly Passage[];
}

const ABOUT: readonly Topic[] = ['time', 'place', 'format', 'content'];

function speaksOf(item: Item, topics: readonly Topic[]): boolean {
  return (
    item.zone === 'body' &&
    item.topics.some((topic) => topics.includes(topic)) &&
    !item.topics.includes('duties')
  );
}

/** Until when something is to be done is no time of a session. */
const DUE =
  /\bhoan thanh\b|\btruoc ngay\b|\bcham nhat\b|\bden het ngay\b|\bbao cao ket qua\b|\bgui (?:ve|bao cao)\b/;
const MEETS = /\bhoi nghi\b|\bphien hop\b|\bcuoc hop\b|\bhop\b/;
const END = /\b(?:ket thuc|be mac|ket thuc luc|be mac luc|den)\s+(?:vao |luc |hoi |khoang )*$/;

/** Days written short before the last of a row: "ngày 15 và 16/8/2025", "từ ngày 15 đến ngày 16/8/2025". */
const DAYS =
  /(?<![\d/.-])(?<first>\d{1,2})(?:\s?\/\s?(?<month>\d{1,2}))?\s*(?:,\s*\d{1,2}\s*)?(?:và|-|–|đến|đến hết)\s*(?:ngày\s+)?(?<last>\d{1,2}\s?\/\s?(?<sameMonth>\d{1,2})\s?\/\s?(?<year>\d{4}))/diu;

interface Days {
  readonly first: CivilDate;
  readonly last: CivilDate;
  readonly passage: Passage;
}

function findDays(passage: Passage): Days | null {
  const found = DAYS.exec(passage.text);
  const whole = found === null ? null : matched(passage, found);
  if (found?.groups === undefined || whole === null) return null;
  const { first, month, last, sameMonth, year } = found.groups;
  const from = parseDate(`${first}/${month ?? sameMonth}/${year}`);
  const to = parseDate(last ?? '');
  return from !== null && to !== null && from < to ? { first: from, last: to, passage: whole } : null;
}

/** The start and end of the session, from what the sections on time, place and form say, and from the programme's hours. */
export function readWhen(items: readonly Item[], programme: FoundWindow | null): When {
  const unclear: Passage[] = [];
  const timeItems = items.filter((item) => speaksOf(item, ['time']) && item.content !== null);
  const others = items.filter(
    (item) => speaksOf(item, ABOUT) && !item.topics.includes('time') && item.content !== null,
  );
  for (const item of [...timeItems, ...others]) {
    const { content } = item;
    if (content === null) continue;
    const onlyTime = item.topics.length === 1 && item.topics[0] === 'time';
    // "Thời gian" on a line of its own, and what it says on the next.
    const above = item.parents.at(-1);
    const labelled = onlyTime && (item.opens || (above?.opens === true && above.content === null));
    const said = sentences(content);
    for (const [index, sentence] of said.entries()) {
      const key = keyOf(sentence.text);
      if (
        DUE.test(key) ||
        (!labelled && !item.topics.includes('time') && !MEETS.test(key)) ||
        (!labelled && !MEETS.test(key) && item.rank === 20)
      )
        continue;
      const dates = findDates(sentence).filter((date) => !date.cites);
      const date = dates.find((each) => each.date !== null);
      for (const wrong of dates.filter((each) => each.date === null)) unclear.push(wrong.passage);
      if (date?.date === undefined || date.date === null) continue;
      const before = labelled ? said.slice(0, index) : [];
      const after = labelled ? said.slice(index + 1) : [];
      const sure = labelled ? 0.97 : MEETS.test(key) ? 0.65 : 0.6;
      const planned = /\bdu kien\b/.test(key) ? 0.75 : 1;
      // Two sessions of others in one sentence: the first is taken, and shown to be in doubt.
      const alone = new Set(dates.map((each) => each.date)).size > 1 && !labelled ? 0.7 : 1;
      return {
        ...timesOf([...before, sentence, ...after], sentence, date, programme, sure * planned * alone),
        unclear,
      };
    }
  }
  return { startsAt: empty(), endsAt: empty(), unclear };
}

function timesOf(
  said: readonly Passage[],
  main: Passage,
  found: FoundDate,
  programme: FoundWindow | null,
  sure: number,
): Omit<When, 'unclear'> {
  const days = findDays(main);
  const date = days?.first ?? (found.date as CivilDate);
  const until = days === null ? dateUntil(main, found) : null;
  const lastDate = days?.last ?? until?.date ?? date;
  const datePassage = days?.passage ?? found.passage;
  const lastPassage = until === null ? datePassage : until.passage;
  const windows = said.flatMap(findWindows);
  const times = said.flatMap((each) =>
    findTimes(each).map((time) => ({ ...time, ends: END.test(keyOf(each.text.slice(0, time.at))) })),
  );
  const first = windows[0]?.start ?? times.find((time) => !time.ends);
  const last = windows.at(-1)?.end ?? times.find((time) => time.ends);
  const at = (day: CivilDate, time: ClockTime, passage: Passage, confidence: number): Leaf<string> =>
    derived(isoAt(day, time), ordered([passage, day === date ? datePassage : lastPassage]), confidence);
  const startsAt =
    first !== undefined
      ? phrase(main, first.passage, datePassage, isoAt(date, first), sure)
      : programme !== null
        ? at(date, programme.start, programme.start.passage, sure * 0.85)
        : derived<string>(date, [datePassage], sure);
  const endsAt =
    last !== undefined
      ? at(lastDate, last, last.passage, sure * 0.97)
      : programme !== null && lastDate === date
        ? at(date, programme.end, programme.end.passage, sure * 0.93)
        : lastDate === date
          ? empty<string>()
          : derived<string>(lastDate, [lastPassage], sure * 0.95);
  return { startsAt, endsAt };
}

/** "từ ngày 15/8/2025 đến ngày 16/8/2025": the second date. */
function dateUntil(main: Passage, first: FoundDate): (FoundDate & { date: CivilDate }) | null {
  for (const next of findDates(main)) {
    if (next.at <= first.at || next.date === null || first.date === null || next.date <= first.date) continue;
    const between = main.text.slice(first.at + first.passage.text.length, next.at);
    if (
      /^[^.;]{0,30}(?:đến(?: hết)?|tới|-|–)\s*(?:\d{1,2}\s?(?:giờ|h|:)\s?(?:\d{2})?(?:\s?phút)?,?\s*)?$/u.test(
        between,
      )
    )
      return { ...next, date: next.date };
  }
  return null;
}

function ordered(passages: readonly Passage[]): Passage[] {
  return passages.toSorted((a, b) => (a.at[0] ?? 0) - (b.at[0] ?? 0));
}

/** An hour and a date of one sentence: the words from the one to the other, with the weekday between. */
function phrase(
  main: Passage,
  time: Passage,
  date: Passage,
  value: string,
  confidence: number,
): Leaf<string> {
  const from = main.at.indexOf(Math.min(time.at[0] ?? -1, date.at[0] ?? -1));
  const to = main.at.indexOf(Math.max(time.at.at(-1) ?? -1, date.at.at(-1) ?? -1));
  if (from >= 0 && to > from && to - from < 120)
    return derived(value, [slice(main, from, to + 1)], confidence);
  return derived(value, ordered([time, date]), confidence);
}

const VENUE_START =
  '(?:Phòng|Hội trường|Trung tâm|Tòa nhà|Toà nhà|Nhà|Trụ sở|Cung|Khách sạn|Trường|Học viện|Văn phòng|Tầng|Sân vận động|Thư viện|Khu)';
const VENUES: readonly RegExp[] = [
  // "trực tiếp (tại Phòng họp ...)"
  new RegExp(String.raw`\(\s*tại\s+(?<venue>${VENUE_START}\s[^()]{3,300})\)`, 'du'),
  new RegExp(
    String.raw`điểm\s+cầu\s+(?:trực tuyến\s+)?(?:chính|trung tâm|trung ương)[^.;:()]{0,60}(?::|,|tại|đặt tại|\()\s*(?:tại\s+|đặt tại\s+)?(?<venue>${VENUE_START}\s[^.;()]{3,300})`,
    'diu',
  ),
  new RegExp(String.raw`(?:^|\s)(?:[Tt]ại|[Ởở])\s+(?<venue>${VENUE_START}\s[^.;()]{3,300})`, 'du'),
  new RegExp(String.raw`^(?<venue>${VENUE_START}\s[^.;()]{3,300})`, 'du'),
];
const VENUE_END =
  /,?\s+(?:(?:và\s+)?(?:được\s+)?(?:kết hợp|kết nối)|(?:và|với|đến|tới) (?:các )?điểm cầu|(?:và\s+)?(?:họp\s+)?trực tuyến|theo hình thức|bằng hình thức|vào|lúc|từ \d)(?=\s|$)/iu;

/** "Điểm cầu chính", "Điểm cầu cấp tỉnh" of a conference that the province holds. */
function isMainLabel(label: Passage | null, main: MainBridge | null): boolean {
  if (label === null) return false;
  if (/\b(?:chinh|trung tam|trung uong)\b/.test(keyOf(label.text))) return true;
  const classes = mentionedClasses(label, main).map((each) => each.class);
  return main !== null && classes.length > 0 && classes.every((each) => each === main.class);
}

/** The one place where people sit around the chair: not the rooms of the other bridges. */
export function readVenue(items: readonly Item[], main: MainBridge | null): Leaf<string> {
  const about = items.filter(
    (item) =>
      speaksOf(item, ['place', 'format']) &&
      item.content !== null &&
      (!item.topics.includes('composition') || (!item.opens && isMainLabel(item.label, main))),
  );
  for (const [rank, pattern] of VENUES.entries()) {
    for (const item of about) {
      // "Điểm cầu chính: Hội trường ..." of an entry of its own.
      const label = item.label === null ? '' : keyOf(item.label.text);
      const passage =
        rank === 1 && /\bdiem cau (?:truc tuyen )?(?:chinh|trung tam|trung uong)\b/.test(label)
          ? item.body
          : item.content;
      if (passage === null) continue;
      if (rank > 1 && /\bdiem cau\b/.test(label) && !isMainLabel(item.label, main)) continue;
      const found = pattern.exec(passage.text);
      const venue = found === null ? null : matched(passage, found, 'venue');
      if (venue === null) continue;
      const end = VENUE_END.exec(venue.text)?.index;
      return leaf(
        trimEnd(end === undefined ? venue : slice(venue, 0, end)),
        rank <= 1 ? 0.95 : item.topics.includes('place') ? 0.85 : 0.65,
      );
    }
  }
  // "Địa điểm: Số 1 đường ..." names no kind of room.
  const plain = about.find(
    (item) =>
      item.opens &&
      item.topics.includes('place') &&
      !item.topics.includes('format') &&
      item.topics.length === 1,
  );
  const first =
    plain?.content === null || plain?.content === undefined ? undefined : sentences(plain.content)[0];
  if (first === undefined || /điểm cầu|trực tuyến/iu.test(first.text) || first.text.length > 300)
    return empty();
  const at = /^tại\s+/iu.exec(first.text)?.[0].length ?? 0;
  return leaf(trimEnd(slice(first, at)), 0.6);
}

// "truyền hình trực tiếp" is a broadcast, "trực tiếp là báo cáo viên" an adverb.
const IN_PERSON =
  /(?<!truyền hình |phát sóng |phát |tường thuật |cấp trên )(?:hình thức (?:họp )?trực tiếp|họp trực tiếp|trực tiếp(?=\s*(?:\(|kết hợp|,\s*kết hợp|và trực tuyến|với trực tuyến|tại))|tập trung trực tiếp|hình thức tập trung|vừa trực tiếp|(?<!đang |phải |cần )tập trung\s+tại)/diu;
const SAID_IN_PERSON = /^(?:họp\s+|tổ chức\s+)?(?:tập trung|trực tiếp)(?!\p{L})/diu;
const ONLINE = /trực tuyến/diu;
const OTHERS: readonly (readonly [Format, RegExp])[] = [
  ['cell meeting', /hình thức[^.;]{0,40}sinh hoạt chi bộ/diu],
  ['thematic meeting', /hình thức[^.;]{0,40}sinh hoạt chuyên đề/diu],
  ['self-study', /hình thức[^.;]{0,40}tự (?:học|nghiên cứu)/diu],
  ['in person', /hình thức (?:học )?truyền thống/diu],
];

export function readFormat(items: readonly Item[], title: Passage | null): Leaf<Format> {
  const about = items.filter(
    (item) => speaksOf(item, ['format', 'place', 'time', 'content']) && item.content !== null,
  );
  for (const item of about) {
    for (const sentence of sentences(item.content ?? item.body)) {
      // "Hình thức: tập trung."
      const said = item.opens && item.topics.includes('format') ? part(sentence, SAID_IN_PERSON) : null;
      const inPerson = said ?? part(sentence, IN_PERSON);
      const online = part(sentence, ONLINE);
      const sure = item.topics.includes('format')
        ? /hình thức/iu.test(sentence.text + (item.label?.text ?? ''))
          ? 0.95
          : 0.7
        : 0.65;
      if (inPerson !== null && online !== null)
        return derived<Format>('hybrid', ordered([inPerson, online]), sure);
      if (online !== null) return derived<Format>('online', [online], sure);
      if (inPerson !== null) return derived<Format>('in person', [inPerson], sure);
      for (const [format, pattern] of OTHERS) {
        const found = part(sentence, pattern);
        if (found !== null) return derived(format, [found], 0.7);
      }
    }
  }
  const named = title === null ? null : part(title, /(?:hội nghị|họp)[^.;]{0,40}(?:trực tuyến)/diu);
  return named === null ? empty() : derived<Format>('online', [named], 0.65);
}

function part(passage: Passage, pattern: RegExp): Passage | null {
  const found = pattern.exec(passage.text);
  return found === null ? null : matched(passage, found);
}

const BROADCAST =
  /(?:truyền hình|phát sóng|phát|tường thuật|livestream|truyền)(?:\s+trực tiếp)?[^.;]{0,80}?\s(?:trên|qua)\s+(?:các\s+)?(?:sóng|kênh|hệ thống|nền tảng)\s+(?:truyền hình\s+|sóng\s+|kênh\s+)?(?<channel>[^.;()]{2,160})/diu;
const CHANNEL_END = /\s+(?:theo|để|từ|vào|nhằm|phục vụ|cho|tới|đến)(?=\s)/iu;

/** The channel of the live broadcast. */
export function readBroadcast(items: readonly Item[]): Leaf<string> {
  const body = items.filter((item) => item.zone === 'body' && !item.topics.includes('purpose'));
  const first = body.filter((item) => !item.topics.includes('duties'));
  for (const item of [...first, ...body]) {
    for (const sentence of sentences(item.content ?? item.body)) {
      const found = BROADCAST.exec(sentence.text);
      const channel = found === null ? null : matched(sentence, found, 'channel');
      if (found === null || channel === null || !/trực tiếp|livestream/iu.test(found[0])) continue;
      const end = CHANNEL_END.exec(channel.text)?.index;
      return leaf(trimEnd(end === undefined ? channel : slice(channel, 0, end)), 0.92);
    }
  }
  return empty();
}

const REPLACES =
  /kế hoạch này\s+(?:được\s+)?thay\s+(?:thế\s+)?(?:cho\s+)?[^.;()]{0,60}(?:triệu tập|giấy mời|thông báo)|thay\s+(?:thế\s+)?(?:cho\s+)?(?:giấy mời|giấy triệu tập|thông báo triệu tập|công văn triệu tập)/diu;

/** "Kế hoạch này thay cho văn bản thông báo triệu tập Hội nghị". */
export function readReplacesNotice(items: readonly Item[]): Leaf<boolean> {
  for (const item of items) {
    if (item.zone === 'annex') continue;
    const found = REPLACES.exec(item.body.text);
    if (found === null) continue;
    const inside = brackets(item.body).find(
      (each) => each.from <= found.index && found.index < each.to,
    )?.inside;
    const passage = inside ?? matched(item.body, found);
    if (passage !== null) return derived(true, [trim(passage)], 0.95);
  }
  return empty();
}
