import type { BridgeClass } from '../bridges/bridge.ts';
import { classify, mentionedClasses } from './classes.ts';
import type { MainBridge } from './classes.ts';
import { empty } from './draft.ts';
import type { DraftClause, Leaf } from './draft.ts';
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

/** The bridges that a label speaks of, and where it says so. */
interface Place {
  readonly class: BridgeClass;
  readonly passage: Passage;
  readonly confidence: number;
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

const GENERIC = /^(?:cac )?(?:thanh phan|doi tuong|dai bieu|khach moi|gom|bao gom|cu the|trieu tap|moi)\b/;
const COLLECTIVE =
  /^(?:tap the|lanh dao|dai dien|thuong truc|thanh vien|can bo|moi|chu tri|chu toa|dieu hanh|dong chu tri)\b/;
const INVITING = /\bkhach moi\b|\bdai bieu (?:duoc )?moi\b|\bmoi (?:du|tham du)\b|^moi\b/;
/** Labels about other things than people. */
const ASIDE = /^(?:trang phuc|so luong|tong so|ghi chu|luu y|du kien|thoi gian|dia diem|hinh thuc|luu)\b/;

const EXCLUSION = /^(?:trừ|ngoại trừ|không bao gồm|không gồm|không kể)(?!\p{L})/iu;
const INLINE_EXCLUSION =
  /[,\s–-]+(?:trừ|ngoại trừ|không bao gồm|không kể)\s+(?=các|những|đồng chí|đ\/c|người|số|đại biểu|cán bộ|đối tượng)/iu;
const CONDITION =
  /(?:nếu|khi|tùy|tuỳ|căn cứ|trong trường hợp|ở (?:những )?nơi|những nơi)\s[^.;,()]{0,80}(?:điều kiện|bảo đảm|đảm bảo|cho phép|còn chỗ|sức chứa|đủ chỗ)[^.;()]{0,60}|(?<!\p{L})nếu\s[^.;()]{3,120}/diu;
const DISCRETION =
  /do\s+(?:cấp|các cấp|ban|tỉnh|huyện|xã|địa phương|đơn vị|cơ quan|thường trực|chủ tịch|thủ trưởng|cấp ủy|cấp uỷ|đảng ủy|đảng uỷ|ủy ban|uỷ ban|ubnd|bộ|sở|lãnh đạo|đồng chí|từng|các)[^.;()]{0,80}?(?:triệu tập|quyết định|mời|lựa chọn|xem xét)/diu;
const INVITED = /(?<!\p{L})(?:trân trọng )?mời(?!\p{L})|khách mời/diu;
const QUOTA_NUMBER =
  /(?:(?<lead>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu|vị)?\s*(?:là\s+)?đại diện|đại diện[^.;]{0,160}?(?:[:(,–-]\s*|gồm\s+|mỗi\s[^.;]{1,60}?\s)(?<tail>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu)|mỗi\s[^.;]{1,80}?\s(?:cử\s+)?(?<each>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu))/diu;
const REPRESENTS = /^(?:(?:các|một số)\s+)?(?:(?:đồng chí|đ\/c|ông|bà)\s+)?đại diện(?!\p{L})/diu;

const CHAIRS = /chủ\s+(?:trì|tọa|toạ)(?!\p{L})(?!,?\s*phối hợp)/iu;
const HELPS_TO_CHAIR = /điều hành|đồng chủ (?:trì|tọa)/iu;

interface Parts {
  readonly text: Passage;
  readonly exclusions: Leaf<string>[];
}

/** Takes "(trừ ...)" out of a clause. */
function withoutExclusions(clause: Passage): Parts {
  const exclusions: Leaf<string>[] = [];
  const kept: Passage[] = [];
  let from = 0;
  for (const bracket of brackets(clause)) {
    if (!EXCLUSION.test(bracket.inside.text)) continue;
    exclusions.push(leaf(trimEnd(bracket.inside), 0.95));
    kept.push(trim(slice(clause, from, bracket.from)));
    from = bracket.to;
  }
  kept.push(trim(slice(clause, from)));
  let text = join(kept.filter((each) => each.text.length > 0 && /[\p{L}\d]/u.test(each.text)));
  const inline = INLINE_EXCLUSION.exec(text.text);
  if (inline !== null) {
    const start = inline.index + (/^[,\s–-]+/u.exec(inline[0])?.[0].length ?? 0);
    exclusions.push(leaf(trimEnd(slice(text, start)), 0.85));
    text = trim(slice(text, 0, inline.index), ',–-');
  }
  return { text, exclusions };
}

/** A duty that invites, with its search key. */
interface Invitation {
  readonly passage: Passage;
  readonly key: string;
}

/** More orders to invite than any plan gives. */
const MOST_INVITATIONS = 50;

interface Setting {
  readonly place: Place | null;
  readonly invited: Passage | null;
  /** "mời ..." of the duties: whom the organizer invites by a list of his own. */
  readonly invitations: readonly Invitation[];
}

function basisOf(text: Passage, setting: Setting): { basis: Leaf<Basis>; condition: Leaf<string> } {
  const conditional = CONDITION.exec(text.text);
  const condition = conditional === null ? null : matched(text, conditional);
  if (condition !== null) {
    const from = condition;
    return { basis: derived<Basis>('conditional', [from], 0.92), condition: leaf(trimEnd(from), 0.92) };
  }
  const none = empty<string>();
  const discretion = DISCRETION.exec(text.text);
  const decided = discretion === null ? null : matched(text, discretion);
  if (decided !== null) return { basis: derived<Basis>('discretionary', [decided], 0.92), condition: none };
  const invited = INVITED.exec(text.text.slice(0, 160));
  if (invited !== null) {
    const words = matched(text, invited);
    return { basis: derived<Basis>('invited', words === null ? [text] : [words], 0.92), condition: none };
  }
  if (setting.invited !== null)
    return { basis: derived<Basis>('invited', [setting.invited], 0.88), condition: none };
  const elsewhere = invitedElsewhere(text, setting.invitations);
  if (elsewhere !== null) return { basis: derived<Basis>('invited', [elsewhere], 0.85), condition: none };
  return { basis: derived<Basis>('summoned', [text], 0.85), condition: none };
}

/** "lập danh sách và mời đại biểu là các nhà khoa học": the duty of another section tells how these are brought in. */
function invitedElsewhere(text: Passage, invitations: readonly Invitation[]): Passage | null {
  const words = keyOf(text.text)
    .replace(/^(?:cac )?(?:dai bieu|dong chi|khach)(?: la)? /, '')
    .replace(/^(?:cac|mot so|nhung) /, '');
  if (words.length < 12) return null;
  const core = words.slice(0, 60).replace(/\s+\S*$/, '');
  for (const { passage: duty, key } of invitations) {
    for (const found of key.matchAll(/\bmoi\b/g)) {
      const at = key.indexOf(core, found.index);
      if (at >= 0 && at - found.index <= 40) return trim(slice(duty, found.index, at + core.length));
    }
  }
  return null;
}

function quotaOf(text: Passage): Leaf<number> {
  const numbered = QUOTA_NUMBER.exec(text.text);
  if (numbered !== null) {
    const { lead, tail, each } = numbered.groups ?? {};
    const words = matched(text, numbered);
    if (words !== null) return derived(Number(lead ?? tail ?? each), [words], 0.88);
  }
  const open = REPRESENTS.exec(text.text);
  const words = open === null ? null : matched(text, open);
  // "Đại diện" without a number: open seats, whose number the plan leaves to others.
  return words === null ? empty() : derived(0, [words], 0.75);
}

function clauseOf(whole: Passage, setting: Setting): DraftClause | null {
  const { text, exclusions } = withoutExclusions(whole);
  const words = trimEnd(text);
  if (!/\p{L}{2}/u.test(words.text)) return null;
  const { basis, condition } = basisOf(words, setting);
  return {
    bridgeClass:
      setting.place === null
        ? empty()
        : derived(setting.place.class, [setting.place.passage], setting.place.confidence),
    text: leaf(words, setting.place === null ? 0.7 : 0.93),
    basis,
    exclusions,
    condition,
    quota: quotaOf(words),
  };
}

/** Cuts what a bridge's paragraph says into clauses: at sentences and semicolons, but a list under one name stays one. */
function clausesIn(content: Passage): Passage[] {
  return sentences(content).flatMap((sentence) => {
    const colon = labelEnd(sentence.text);
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
    for (const entry of entries(body)) {
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
      item.topics.length > 0 &&
      item.topics.every((topic) => topic === 'composition' || topic === 'chair') &&
      item.topics.includes('composition'),
  );
  const children = childrenOf(section);
  const add = (passage: Passage, setting: Setting): void => {
    const clause = clauseOf(passage, setting);
    if (clause === null) return;
    clauses.push(clause);
    const { text } = withoutExclusions(passage);
    if (CHAIRS.test(text.text)) chairing.push(leaf(trimEnd(text), 0.92));
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
    } else if (place === null) place = mentionedBefore(items, order.get(item) ?? 0, main);
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
      for (const entry of clausesIn(item.content)) add(entry, { ...setting, invited });
    } else for (const entry of clausesIn(item.body)) add(entry, setting);
  }
  return { clauses: [...clauses, ...followUp(items, main)], chairing, marks };
}

/** A composition that names no bridge is that of the bridge which its paragraph, or its section, spoke of before. */
function mentionedBefore(items: readonly Item[], at: number, main: MainBridge | null): Place | null {
  for (let back = at; back >= Math.max(0, at - 12); back--) {
    const each = items[back];
    if (each === undefined || each.zone !== 'body' || each.topics.includes('purpose')) continue;
    const found = mentionedClasses(each.body, main)[0];
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
