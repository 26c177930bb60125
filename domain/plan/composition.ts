import type { BridgeClass } from '../bridges/bridge.ts';
import { classify, mentionedClasses } from './classes.ts';
import type { MainBridge } from './classes.ts';
import { empty } from './draft.ts';
import type { DraftClause, Leaf } from './draft.ts';
import {
  CHAIRS,
  clauseOf,
  EXCLUSION,
  HELPS_TO_CHAIR,
  MOST_INVITATIONS,
  withoutExclusions,
} from './clause.ts';
import type { Place, Setting } from './clause.ts';
import { cells } from './heading.ts';
import { derived, join, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { brackets, entries, sentences } from './phrases.ts';
import type { Basis } from './plan.ts';
import { childrenOf, labelEnd } from './sections.ts';
import type { Item } from './sections.ts';

export interface Composition {
  readonly clauses: readonly DraftClause[];
  /** Sentences of the composition that say who chairs. */
  readonly chairing: readonly Leaf<string>[];
  /** Labels and words that only lead to what was read. */
  readonly marks: readonly Passage[];
}

const POINT = /\bdiem cau\b/;
const AT =
  /^(?:-\s*)?(?:doi voi |thanh phan (?:tham )?(?:du|gia) |dai bieu (?:tham )?(?:du )?|thanh phan )?(?:tai|o|cap)\b/;

/** The class of a label such as "Tại điểm cầu Trung ương", "Cấp xã", "Ở các xã, phường". */
function placeOf(label: Passage, main: MainBridge | null): Place | null {
  const key = keyOf(label.text);
  const point = POINT.exec(key);
  if (point === null && (!AT.test(key) || label.text.length > 90)) return null;
  const after = point === null ? 0 : point.index + point[0].length;
  const rest = slice(label, after);
  // "Điểm cầu chính (Hội trường UBND tỉnh)": the brackets help where the issuer does not.
  const found = classify(rest.text.trimStart(), main);
  if (found === null) return null;
  const lead = rest.text.length - rest.text.trimStart().length;
  const passage = slice(label, point?.index ?? 0, after + lead + found.at + found.length);
  return {
    class: found.class,
    passage: trim(passage),
    confidence: found.confidence * (point === null ? 0.85 : 1),
  };
}

/** What only the name of a place starts with; "Văn phòng", "Trung tâm" also name who comes. */
const ROOM =
  /^(?:(?:đặt\s+)?tại\s+)?(?:phòng họp|phòng giao ban|hội trường|tòa nhà|toà nhà|nhà văn hóa|nhà khách|trụ sở|cung|khách sạn|tầng)\s[^;]{3,200}$/iu;

const GENERIC = /^(?:cac )?(?:thanh phan|doi tuong|dai bieu|khach moi|gom|bao gom|cu the|trieu tap|moi)\b/;
const COLLECTIVE =
  /^(?:tap the|lanh dao|dai dien|thuong truc|thanh vien|can bo|moi|chu tri|chu toa|dieu hanh|dong chu tri)\b/;
const INVITING = /\bkhach moi\b|\bdai bieu (?:duoc )?moi\b|\bmoi (?:du|tham du)\b|^moi\b/;
/** Labels about other things than people. */
const ASIDE = /^(?:trang phuc|so luong|tong so|ghi chu|luu y|du kien|thoi gian|dia diem|hinh thuc|luu)\b/;

const GUESTS = /,\s+(?=(?:trân trọng\s+)?(?:kính\s+)?mời\s)/giu;

/** "Giám đốc các sở, mời đại diện ...": who stands before the word is not invited by it. */
function guestsApart(entry: Passage): Passage[] {
  const inside = brackets(entry);
  const cuts = [...entry.text.matchAll(GUESTS)]
    .map((found) => found.index)
    .filter((at) => !inside.some((bracket) => bracket.from < at && at < bracket.to));
  return [0, ...cuts].map((from, index) => trim(slice(entry, from, cuts[index]), ','));
}

/** Cuts what a bridge's paragraph says into clauses: at sentences and semicolons, but a list under one name stays one. */
function clausesIn(content: Passage): Passage[] {
  return sentences(content).flatMap((sentence) => {
    const end = labelEnd(sentence.text);
    // After a semicolon a colon leads to a part of a list.
    const colon = sentence.text.slice(0, Math.max(0, end)).includes(';') ? -1 : end;
    const label = colon >= 0 ? keyOf(sentence.text.slice(0, colon)) : '';
    if (colon >= 0 && !GENERIC.test(label)) return [sentence];
    if (
      colon >= 0 &&
      INVITING.test(label) &&
      label.length > 12 &&
      !/^(?:dai bieu|thanh phan|khach)/.test(label)
    )
      return [sentence];
    const body = colon >= 0 && !/^moi\b.{12}/.test(label) ? trim(slice(sentence, colon + 1)) : sentence;
    const merged: Passage[] = [];
    for (const entry of entries(body).flatMap(guestsApart)) {
      const before = merged.at(-1);
      // "chủ trì Hội nghị; các đồng chí ... tham gia điều hành": one sentence on who runs the bridge.
      const joined =
        before !== undefined &&
        CHAIRS.test(withoutExclusions(before).text.text) &&
        HELPS_TO_CHAIR.test(entry.text);
      if (joined) merged[merged.length - 1] = reunite(body, before, entry);
      else merged.push(entry);
    }
    return merged;
  });
}

/** "Tại điểm cầu tỉnh: ...; tại điểm cầu cấp xã gồm ...": each bridge in running text, with the word that ends its label. */
const PLACED =
  /(?<=^|[.;]\s+)(?<label>(?:tại\s+|ở\s+)?(?:các\s+)?điểm\s+cầu\s[^.;:()]{2,120}?)(?<end>\s?:|\s(?:bao\s+)?gồm\s?:?)(?=\s)/dgiu;

interface Placed {
  readonly place: Place | null;
  readonly label: Passage | null;
  readonly content: Passage;
}

/** Running text cut before each bridge that it comes to speak of. */
function placedParts(content: Passage, main: MainBridge | null): Placed[] {
  const found = [...content.text.matchAll(PLACED)].flatMap((each) => {
    const label = matched(content, each, 'label');
    const place = label === null ? null : placeOf(label, main);
    return label === null || place === null
      ? []
      : [{ from: each.index, to: each.index + each[0].length, place }];
  });
  const first = trim(slice(content, 0, found[0]?.from));
  return [
    ...(first.text.length === 0 ? [] : [{ place: null, label: null, content: first }]),
    ...found.map(({ from, to, place }, at) => ({
      place,
      label: slice(content, from, to),
      content: trim(slice(content, to, found[at + 1]?.from)),
    })),
  ];
}

/** Two neighbours of one passage with what stood between them. */
function reunite(whole: Passage, first: Passage, second: Passage): Passage {
  const from = first.at.byteOffset - whole.at.byteOffset;
  const to = second.at.byteOffset - whole.at.byteOffset;
  const unit = whole.at.BYTES_PER_ELEMENT;
  return slice(whole, from / unit, to / unit + second.text.length);
}

/** Reads the section on composition (thành phần): for each class of bridges its clauses. */
export function readComposition(
  items: readonly Item[],
  main: MainBridge | null,
  invitingDuties: readonly Passage[],
): Composition {
  const invitations = invitingDuties
    .slice(0, MOST_INVITATIONS)
    .map((passage) => ({ passage, key: keyOf(passage.text) }));
  const clauses: DraftClause[] = [];
  const chairing: Leaf<string>[] = [];
  const marks: Passage[] = [];
  const places = new Map<Item, Place>();
  const inviting = new Map<Item, Passage>();
  const collected = new Set<Item>();
  const order = new Map(items.map((item, at) => [item, at]));
  const section = items.filter(
    (item) =>
      item.topics.includes('composition') &&
      (item.topics.every((topic) => topic === 'composition' || topic === 'chair') ||
        // "Địa điểm và thành phần": what its bridges list are people.
        (!item.opens && item.topics.every((topic) => topic === 'composition' || topic === 'place'))),
  );
  const children = childrenOf(section);
  const add = (passage: Passage, setting: Setting): void => {
    const clause = clauseOf(passage, setting);
    if (clause === null) return;
    clauses.push(clause);
    const { text } = withoutExclusions(passage);
    if (CHAIRS.test(text.text)) chairing.push(leaf(trimEnd(text), 0.92));
  };
  const addAll = (item: Item, content: Passage, setting: Setting): void => {
    for (const part of placedParts(content, main)) {
      if (part.label !== null) marks.push(part.label);
      // "Điểm cầu cấp tỉnh: Hội trường Tỉnh ủy" says where, not who.
      if (item.topics.includes('place') && ROOM.test(part.content.text)) continue;
      const place = part.place ?? setting.place;
      for (const entry of clausesIn(part.content)) add(entry, { ...setting, place });
    }
  };
  for (const item of section) {
    if (collected.has(item)) continue;
    const above = item.parents.findLast((parent) => places.has(parent));
    let place = above === undefined ? null : (places.get(above) ?? null);
    const [cell, ...columns] = cells(item.body);
    if (columns.length > 0 && cell !== undefined) {
      const own = placeOf(cell, main) ?? place;
      if (own !== null && columns.some((column) => column.text.length > 12)) {
        marks.push(cell);
        for (const column of columns)
          for (const entry of clausesIn(column)) add(entry, { place: own, invited: null, invitations });
        continue;
      }
    }
    const labelPlace = item.label === null ? null : placeOf(item.label, main);
    if (labelPlace !== null && item.label !== null) {
      place = labelPlace;
      places.set(item, labelPlace);
      marks.push(item.label);
    } else if (place === null)
      place = mentionedBefore(items, order.get(item) ?? 0, main, places) ?? atMain(item, main);
    const context = item.parents.findLast((parent) => inviting.has(parent));
    const setting: Setting = {
      place,
      invited: context === undefined ? null : (inviting.get(context) ?? null),
      invitations,
    };
    const key = item.label === null ? '' : keyOf(item.label.text);
    if (item.label !== null && ASIDE.test(key)) continue;
    const generic = item.opens || labelPlace !== null || GENERIC.test(key);
    if (
      item.content === null ||
      (item.label === item.body && (item.opens || labelPlace !== null || item.body.text.length < 60))
    ) {
      if (item.label === null) continue;
      if (INVITING.test(key)) inviting.set(item, item.label);
      // "Điểm cầu tại các địa phương:" only gathers the bridges below it.
      if (labelPlace === null && POINT.test(key) && children.has(item)) {
        marks.push(item.label);
        continue;
      }
      if (!item.opens && labelPlace === null && COLLECTIVE.test(key)) {
        // "Tập thể lãnh đạo:" and its list below: one clause.
        const below = children.get(item) ?? [];
        if (/^(?:tap the|chu tri|chu toa)/.test(key) && below.length > 0) {
          for (const each of below) collected.add(each);
          add(join([item.body, ...below.map((each) => each.body)]), setting);
        } else if (below.length === 0) add(item.body, setting);
        else marks.push(item.label);
      } else if (item.content === null || labelPlace !== null || item.opens || GENERIC.test(key))
        marks.push(item.label);
      else add(item.body, setting);
      continue;
    }
    if (
      generic &&
      item.label !== null &&
      !(INVITING.test(key) && !item.opens && labelPlace === null && key.length > 20)
    ) {
      marks.push(item.label);
      const invited = INVITING.test(key) && labelPlace === null ? item.label : setting.invited;
      addAll(item, item.content, { ...setting, invited });
    } else addAll(item, item.body, setting);
  }
  return { clauses: [...clauses, ...followUp(items, main)], chairing, marks };
}

/** Whom a plan places nowhere sits where those sit who hold the conference; shown to be in doubt. */
function atMain(item: Item, main: MainBridge | null): Place | null {
  if (main === null) return null;
  const confidence = main.class === 'enterprise' ? 0.5 : 0.6;
  return { class: main.class, passage: trimEnd(item.label ?? item.body), confidence };
}

/** A composition that names no bridge is that of the bridge which its paragraph, or its section, spoke of before. */
function mentionedBefore(
  items: readonly Item[],
  at: number,
  main: MainBridge | null,
  places: ReadonlyMap<Item, Place>,
): Place | null {
  for (let back = at; back >= Math.max(0, at - 12); back--) {
    const each = items[back];
    if (each === undefined || each.zone !== 'body' || each.topics.includes('purpose')) continue;
    // Guests listed after the last bridge are not of that bridge.
    if (back < at && places.has(each)) return null;
    const words = back === at ? withoutExclusions(each.body).text : each.body;
    const mentioned = mentionedClasses(words, main);
    // Where several are named, the main bridge is meant or nobody can say which.
    const classes = new Set(mentioned.map((other) => other.class));
    const several = back < at && (classes.size > 1 || (main !== null && classes.size === 1));
    const found = several ? mentioned.find((other) => other.class === main?.class) : mentioned[0];
    if (several && found === undefined) return null;
    if (found !== undefined) return { class: found.class, passage: found.phrase, confidence: 0.65 };
  }
  return null;
}

const FOLLOW_UP =
  /(?:tổ chức|mở)\s[^.;]{0,60}(?:hội nghị|lớp|đợt|buổi)[^.;]{0,220}?(?:tới|đến|cho|dành cho|đối với)\s+(?<who>(?:toàn thể|toàn bộ|tất cả|các|những|số|cán bộ|đảng viên)[^.;(]{3,160}?)(?=\s+(?:theo|bằng|tại|trong|với) |\s*\()/diu;

/** A session for those who were not there: its people are named in the sentence that orders it, with whom it leaves out. */
function followUp(items: readonly Item[], main: MainBridge | null): DraftClause[] {
  return items.flatMap((item) => {
    if (
      item.zone !== 'body' ||
      item.topics.includes('composition') ||
      item.topics.includes('duties') ||
      item.topics.includes('purpose')
    )
      return [];
    return sentences(item.content ?? item.body).flatMap((sentence) => {
      const left = brackets(sentence).filter((bracket) => EXCLUSION.test(bracket.inside.text));
      const found = left.length === 0 ? null : FOLLOW_UP.exec(sentence.text);
      const who = found === null ? null : matched(sentence, found, 'who');
      if (found === null || who === null) return [];
      const subject = slice(sentence, 0, found.index);
      const place = classify(subject.text, main);
      return [
        {
          bridgeClass:
            place === null
              ? empty<BridgeClass>()
              : derived(place.class, [slice(subject, place.at, place.at + place.length)], 0.55),
          text: leaf(trimEnd(who), 0.65),
          basis: derived<Basis>('summoned', [who], 0.6),
          exclusions: left.map((bracket) => leaf(trimEnd(bracket.inside), 0.9)),
          condition: empty<string>(),
          quota: empty<number>(),
        },
      ];
    });
  });
}
