import { findLimits, OFFICE, presenterLeaf, readEntry, SPEAKER_FIRST, windowIn } from './agenda-entry.ts';
import type { Draft } from './agenda-entry.ts';
import type { DraftAgendaItem } from './draft.ts';
import { findTimes, findWindows, minutesBetween } from './moments.ts';
import type { FoundWindow } from './moments.ts';
import { derived, join, keyOf, leaf, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { brackets, entries } from './phrases.ts';
import { childrenOf } from './sections.ts';
import type { Item, Topic } from './sections.ts';

export interface Agenda {
  readonly items: readonly DraftAgendaItem[];
  /** The hours of the whole programme, where its heading or first line gives them. */
  readonly programme: FoundWindow | null;
  /** The hours from the first item to the last, where each has its own. */
  readonly hours: FoundWindow | null;
  readonly marks: readonly Passage[];
}

const VERB =
  /^(?:chao co|van nghe|don tiep|on dinh|tuyen bo|gioi thieu|khai mac|phat bieu|bao cao|trinh bay|trinh chieu|chieu|quan triet|cong bo|tham luan|thao luan|y kien|giai lao|nghi|tong ket|ket luan|be mac|dap tu|ky ket|trao|khen thuong|xem|chup anh|trien khai|hoi dap|giai dap|pho bien|thong qua|dien van|dong chi|lanh dao)/;

/** Whether the entries below a heading "Nội dung" are a programme, and not what is to be studied. */
function isProgramme(entriesBelow: readonly Item[]): boolean {
  const fit = entriesBelow.filter((item) => {
    const key = keyOf(item.body.text);
    const speaks = OFFICE.test(key) && SPEAKER_FIRST.test(item.body.text);
    return VERB.test(key) || speaks || findTimes(item.body).some((time) => time.at <= 6);
  });
  return entriesBelow.length >= 2 && fit.length * 2 >= entriesBelow.length;
}

/** "Đồng chí Bí thư Tỉnh ủy chủ trì Hội nghị." */
export const CHAIR_SENTENCE = /^[^.;:]{4,200}\schủ (?:trì|tọa) (?:hội nghị|phiên họp)[^.;:]{0,60}\.?$/iu;

/** "Buổi sáng", "Chiều 14/8:", "Ngày thứ nhất (14/8/2025)": a part of the programme. */
const HALF_DAY =
  /^(?:(?:(?:buoi|phien) )?(?:sang|chieu|toi)|ngay (?:thu )?(?:nhat|hai|ba|\d))(?:[\s,:;.()\d/–-]|\b(?:ngay|thu|nhat|hai|ba|tu|nam|sau|bay|thang|den|h|gio|phut)\b|(?<=\d)(?:h|gio|g))*$/;
/** What may follow the hours of the whole programme. */
const DAY_WORDS = /(?:ngày|thứ|hai|ba|tư|năm|sáu|bảy|tháng|chủ nhật)(?!\p{L})/giu;

const MAIN: readonly Topic[] = ['agenda', 'content', 'time'];

/** Reads the programme (nội dung, chương trình) of the conference. */
export function readAgenda(items: readonly Item[]): Agenda {
  const section = items.filter(
    (item) =>
      item.topics.length > 0 &&
      item.topics.every((topic) => MAIN.includes(topic)) &&
      item.topics.some((topic) => topic !== 'time'),
  );
  const named = section.filter((item) => item.topics.includes('agenda'));
  const within = named.length > 0 ? named : section.filter((item) => item.topics.includes('content'));
  const entriesBelow = within.filter((item) => !item.opens);
  const below = childrenOf(within);
  if (
    named.length === 0 &&
    !isProgramme(entriesBelow) &&
    !within.some((item) => item.opens && item.content !== null && findLimits(item.content).length >= 2)
  )
    return { items: [], programme: null, hours: null, marks: [] };
  const drafts: Draft[] = [];
  const marks: Passage[] = [];
  let programme: FoundWindow | null = null;
  /** Hours that stand alone on a line, as where each column of a table became a line: what and who follow. */
  let held: FoundWindow | null = null;
  let inColumns = false;
  for (const item of within) {
    if (item.opens) {
      const window = findWindows(item.body)[0];
      // "Chương trình (từ 8 giờ đến 11 giờ 30 phút)" gives the hours of all.
      if (window !== undefined) programme ??= window;
      if (item.label !== null) marks.push(item.label);
      if (
        item.content === null ||
        /^\W*\p{L}*\s*(?:có|theo)\s[^.;]*(?:kèm theo|đính kèm|phụ lục)/iu.test(item.content.text)
      )
        continue;
      const list = listIn(item.content);
      if (list.length >= 2) for (const entry of list) push(drafts, entry);
      continue;
    }
    // Who chairs is a rule, and no part of the programme.
    if (item.paragraph.marker === null && CHAIR_SENTENCE.test(item.body.text)) continue;
    const whole = findWindows(item.body)[0];
    if (
      drafts.length === 0 &&
      whole !== undefined &&
      !/\p{L}{2}/u.test(item.body.text.slice(whole.at + whole.passage.text.length).replace(DAY_WORDS, '')) &&
      /^(?:\(?\s*)?(?:thời gian|từ)\s/iu.test(item.body.text) &&
      item.body.text.length < 80
    ) {
      programme ??= whole;
      continue;
    }
    // A part of the programme ("Buổi sáng:", "* Phần khai mạc") has its items below it.
    const hasBelow = below.has(item);
    if (hasBelow && item.label !== null && item.content === item.body) {
      marks.push(item.label);
      continue;
    }
    if (/kèm theo|đính kèm/iu.test(item.body.text) && item.body.text.length < 120) continue;
    if (/^(?:\|?\s*)?(?:stt|tt|thời gian|nội dung)\s*\|/iu.test(item.body.text)) {
      marks.push(item.body);
      continue;
    }
    if (item.body.text.length <= 80 && HALF_DAY.test(keyOf(item.body.text))) {
      // "Buổi sáng (8h00 - 11h30)" has its items below it; the first such hour and the last are those of the programme.
      marks.push(item.body);
      if (whole !== undefined)
        programme = programme === null ? whole : { ...whole, start: programme.start, end: whole.end };
      continue;
    }
    const alone = windowIn(item.body);
    if (alone !== undefined && trimEnd(trim(item.body, '()')).text.length <= alone.passage.text.length) {
      held = alone;
      inColumns = true;
      continue;
    }
    const before = drafts.at(-1);
    if (inColumns && held === null && before !== undefined && isPresenter(item)) {
      if (before.presenter.value === null) before.presenter = presenterLeaf(item.body, 0.7);
      continue;
    }
    push(drafts, item.body);
    const draft = drafts.at(-1);
    if (held !== null && draft !== undefined && draft !== before) giveHours(draft, held);
    held = null;
  }
  spanToNext(drafts);
  return {
    items: drafts.map(finish),
    programme,
    hours: hoursOf(drafts),
    marks: [...marks, ...drafts.flatMap((draft) => draft.marks)],
  };
}

/** Items in running text: between semicolons, or each with its length in brackets. */
function listIn(content: Passage): Passage[] {
  const list = entries(content);
  if (list.length > 1 || findLimits(content).length < 2) return list;
  const cuts = brackets(content)
    .filter((bracket) => findLimits(bracket.inside).length > 0)
    .map((bracket) => bracket.to);
  return [0, ...cuts]
    .map((from, index) => trim(slice(content, from, cuts[index]), ',.;'))
    .filter((part) => part.text.length > 2);
}

/** An office alone on its line, below what it presents. */
function isPresenter(item: Item): boolean {
  const key = keyOf(item.body.text);
  return (
    item.paragraph.marker === null &&
    key.length <= 120 &&
    OFFICE.test(key) &&
    !SPEAKER_FIRST.test(item.body.text)
  );
}

function giveHours(draft: Draft, hours: FoundWindow): void {
  draft.window ??= hours;
  draft.marks.push(hours.passage);
  const minutes = minutesBetween(hours.start, hours.end);
  if (draft.minutes.value === null && minutes > 0) draft.minutes = derived(minutes, [hours.passage], 0.85);
}

/** No item is longer; between two starts that lie further apart stands a pause. */
const LONGEST_ITEM = 240;

/** "13h30: ...", "13h40: ...": where only starts are given, an item lasts until the next. */
function spanToNext(drafts: readonly Draft[]): void {
  for (const [at, draft] of drafts.entries()) {
    const next = drafts[at + 1];
    if (draft.start === null || draft.window !== null || draft.minutes.value !== null) continue;
    if (next === undefined || next.start === null) continue;
    const minutes = minutesBetween(draft.start, next.start);
    // Over noon nobody can say when the morning ended.
    const overNoon = draft.start.hour < 12 && next.start.hour >= 13;
    if (minutes > 0 && minutes <= LONGEST_ITEM && !overNoon)
      draft.minutes = derived(minutes, [draft.start.passage, next.start.passage], 0.7);
  }
}

function push(drafts: Draft[], entry: Passage): void {
  const draft = readEntry(entry);
  if (draft !== null) drafts.push(draft);
}

function finish(draft: Draft): DraftAgendaItem {
  return {
    title: leaf(draft.title, 0.92),
    presenter: draft.presenter,
    minutes: draft.minutes,
    limit: draft.limit,
  };
}

function hoursOf(drafts: readonly Draft[]): FoundWindow | null {
  const first = drafts[0]?.window?.start ?? drafts[0]?.start ?? null;
  const last = drafts.at(-1)?.window?.end ?? null;
  if (first === null || last === null || minutesBetween(first, last) <= 0) return null;
  return { passage: join([first.passage, last.passage]), at: 0, start: first, end: last };
}
