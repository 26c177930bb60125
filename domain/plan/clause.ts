import type { BridgeClass } from '../bridges/bridge.ts';
import { empty } from './draft.ts';
import type { DraftClause, Leaf } from './draft.ts';
import { derived, join, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { brackets } from './phrases.ts';
import type { Basis } from './plan.ts';

/** The bridges that a label speaks of, and where it says so. */
export interface Place {
  readonly class: BridgeClass;
  readonly passage: Passage;
  readonly confidence: number;
}

export const EXCLUSION = /^(?:trừ|ngoại trừ|không bao gồm|không gồm|không kể)(?!\p{L})/iu;
const INLINE_EXCLUSION =
  /[,\s–-]+(?:trừ|ngoại trừ|không bao gồm|không kể)\s+(?=các|những|đồng chí|đ\/c|người|số|đại biểu|cán bộ|đối tượng)/iu;
const CONDITION =
  /(?:nếu|khi|tùy|tuỳ|căn cứ|trong trường hợp|ở (?:những )?nơi|những nơi)\s[^.;,()]{0,80}(?:điều kiện|bảo đảm|đảm bảo|cho phép|còn chỗ|sức chứa|đủ chỗ)[^.;()]{0,60}|(?<!\p{L})nếu\s[^.;()]{3,120}/diu;
const DISCRETION =
  /do\s+(?:cấp|các cấp|ban|tỉnh|huyện|xã|địa phương|đơn vị|cơ quan|thường trực|chủ tịch|thủ trưởng|cấp ủy|cấp uỷ|đảng ủy|đảng uỷ|ủy ban|uỷ ban|ubnd|bộ|sở|lãnh đạo|đồng chí|từng|các)[^.;()]{0,80}?(?:triệu tập|quyết định|mời|lựa chọn|xem xét)/diu;
const INVITED = /(?<!\p{L})(?:trân trọng )?mời(?!\p{L})|khách mời/diu;
/** The press (phóng viên) comes to report: nobody counts it absent. */
const PRESS =
  /^(?:(?:các|một số)\s+)?(?:đồng chí\s+)?(?:đại diện\s+)?(?:lãnh đạo,?\s+)?(?:phóng viên|nhà báo|biên tập viên|(?:các\s+)?cơ quan (?:thông tấn,?\s+)?báo chí)(?!\p{L})/diu;
/** Whose seats are counted: of each of several bodies at one bridge the plan does not say how many there are. */
const OF_EACH = /mỗi\s+(?!đơn vị|điểm cầu|địa phương|cơ quan)[^\d]{2,60}\d/iu;
const QUOTA_NUMBER =
  /(?:(?<lead>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu|vị)?\s*(?:là\s+)?đại diện|đại diện[^.;]{0,160}?(?:[:(,–-]\s*|gồm\s+|mỗi\s[^.;]{1,60}?\s)(?<tail>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu)|mỗi\s[^.;]{1,80}?\s(?:cử\s+)?(?<each>\d{1,4})\s*(?:đồng chí|đ\/c|người|đại biểu))/diu;
const REPRESENTS = /^(?:(?:các|một số)\s+)?(?:(?:đồng chí|đ\/c|ông|bà)\s+)?đại diện(?!\p{L})/diu;

export const CHAIRS = /chủ\s+(?:trì|tọa|toạ)(?!\p{L})(?!,?\s*phối hợp)/iu;
export const HELPS_TO_CHAIR = /điều hành|đồng chủ (?:trì|tọa)/iu;

export interface Parts {
  readonly text: Passage;
  readonly exclusions: Leaf<string>[];
}

/** Takes "(trừ ...)" out of a clause. */
export function withoutExclusions(clause: Passage): Parts {
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
export interface Invitation {
  readonly passage: Passage;
  readonly key: string;
}

/** More orders to invite than any plan gives. */
export const MOST_INVITATIONS = 50;

export interface Setting {
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
  const press = PRESS.exec(text.text);
  const reports = press === null ? null : matched(text, press);
  if (reports !== null) return { basis: derived<Basis>('invited', [reports], 0.6), condition: none };
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
    if (words !== null)
      return derived(Number(lead ?? tail ?? each), [words], OF_EACH.test(words.text) ? 0.6 : 0.88);
  }
  const open = REPRESENTS.exec(text.text);
  const words = open === null ? null : matched(text, open);
  // "Đại diện" without a number: open seats, whose number the plan leaves to others.
  return words === null ? empty() : derived(0, [words], 0.75);
}

/** One clause (điều khoản) of the composition, with its ground, what it leaves out and its seats; null where no words are left. */
export function clauseOf(whole: Passage, setting: Setting): DraftClause | null {
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
