import type { BridgeClass } from '../bridges/bridge.ts';
import { keyOf, slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';

/** Words by which a plan names a class of bridges, on the folded key. What stands first in a phrase decides. */
const WORDS: readonly (readonly [string, RegExp])[] = [
  ['direct-committee', /\bdang uy truc thuoc (?:trung uong|tw)\b/],
  [
    'agency',
    /\bban, bo\b|\bbo,|\bcac bo\b|\bbo nganh\b|\bbo va\b|\bco quan (?:dang )?(?:o |thuoc )?(?:trung uong|tw)\b|\bban dang\b|\bcac ban, nganh (?:o )?trung uong\b|\bso,|\bcac so\b/,
  ],
  [
    'village',
    /\bthon\b|\bto dan pho\b|\bkhu pho\b|\bkhoi pho\b|\bkhu dan cu\b|\bkhom\b|\bbuon\b|\bphum\b|\bxom\b/,
  ],
  ['party-bloc', /\b(?:dang uy|dang bo|cua|cap|tai|uy vien dang uy) khoi\b|^khoi\b/],
  [
    'armed-forces',
    /\bquan doi\b|\bcong an\b|\bquan su\b|\bbien phong\b|\bluc luong vu trang\b|\bquan khu\b|\bquan uy\b/,
  ],
  ['enterprise', /\bdoanh nghiep\b|\btap doan\b|\btong cong ty\b|\bcong ty\b|\bnha may\b/],
  ['district', /\bcap huyen\b|\bhuyen\b|\bthi xa\b|\bthi uy\b|\bcac quan\b|\bquan,/],
  [
    'province',
    /\bcap tinh\b|\btinh\b(?! hinh| uong| than)|\bthanh uy\b|\bthanh pho\b|\bhoi truong (?:ubnd|uy ban nhan dan) (?:tinh|thanh pho)\b/,
  ],
  [
    'commune',
    /\bcap xa\b|\bxa\b(?! hoi)|(?<!dia )\bphuong\b(?! tien| phap| thuc| an)|\bdac khu\b|\bthi tran\b/,
  ],
  ['grassroots', /\bco so\b(?! vat chat| du lieu| ha tang| giao duc| y te| kham)|\btccs\b/],
  ['central', /\btrung uong\b|\btw\b/],
];

/** The main bridge of whoever holds the conference. */
const MAIN = /^(?:truc tuyen |truyen hinh (?:truc tuyen )?)?(?:chinh|trung tam)\b(?! tri\b| phu\b| quyen\b)/;
const LEAD = /^(?:(?:tai|o|cua|cac|den|toi|voi|nhung|moi|dat|truc tuyen|truyen hinh|co|nhu sau)\s+)+/;

/** Of whoever holds a conference, its kind alone ("tại điểm cầu Bộ", "điểm cầu Bộ Chỉ huy", "điểm cầu Sở"). */
const SHORT = /^(?:so|bo(?: chi huy| tu lenh)?|tap doan|tong cong ty|cong ty|cuc|ban)\s*$/;
const FORCES = /\bquan su\b|\bbien phong\b|\bcong an\b|\bquan khu\b|\btu lenh\b/;

export interface FoundClass {
  readonly class: BridgeClass;
  readonly at: number;
  readonly length: number;
  readonly confidence: number;
}

/** The main bridge of the conference: its class, and the folded name of the body that holds it. */
export interface MainBridge {
  readonly class: BridgeClass;
  readonly name: string;
}

/** The class that a phrase speaks of, the words after "điểm cầu". `main` is the class of the main bridge. */
export function classify(phrase: string, main: MainBridge | null): FoundClass | null {
  const key = keyOf(phrase.slice(0, 200));
  const lead = LEAD.exec(key)?.[0].length ?? 0;
  const mainFound = MAIN.exec(key.slice(lead));
  let best: FoundClass | null = null;
  const offer = (name: string, at: number, length: number, confidence: number): void => {
    if (best === null || at < best.at) best = { class: name as BridgeClass, at, length, confidence };
  };
  // Among commands and police the level tells the bridges apart, and not that they are armed.
  const armed = main !== null && FORCES.test(main.name);
  for (const [name, pattern] of WORDS) {
    const found = armed && name === 'armed-forces' ? null : pattern.exec(key);
    // A ministry is written with a capital; so are "bản" and "ấp" known only by their marks.
    if (found !== null) offer(name, found.index, found[0].length, 0.95);
  }
  const ministry = /(?<!\p{L})Bộ (?!Chỉ huy|Tư lệnh|Tổng tham mưu)(?=\p{Lu})/u.exec(phrase);
  if (ministry !== null) offer('agency', ministry.index, 3, 0.9);
  const hamlet = /(?<!\p{L})(?:bản|ấp|làng)(?!\p{L})/iu.exec(phrase.slice(0, 200));
  if (hamlet !== null) offer('village', hamlet.index, hamlet[0].length, 0.85);
  // The bridges below a corporation are enterprises as its own is: the class does not tell them apart.
  const sure = main?.class === 'enterprise' ? 0.5 : 0.8;
  // "Điểm cầu Sở:" of a conference that a department holds.
  const short = SHORT.exec(key.slice(lead))?.[0].trim() ?? '';
  if (main !== null && short.length > 0 && main.name.startsWith(`${short} `))
    return { class: main.class, at: lead, length: short.length, confidence: sure };
  // "điểm cầu Bộ Y tế" of a conference that the ministry holds is its main bridge.
  const own = main === null || main.name.length < 5 ? -1 : key.indexOf(main.name);
  if (main !== null && own >= 0 && own <= lead + 12)
    return { class: main.class, at: own, length: main.name.length, confidence: 0.85 };
  if (mainFound !== null) {
    if (main !== null) return { class: main.class, at: lead, length: mainFound[0].length, confidence: sure };
    const named = best as FoundClass | null;
    return named === null ? null : { ...named, confidence: 0.7 };
  }
  return best;
}

/** The class of the main bridge, as the number and the body that issued the plan tell. */
export function mainBridgeOf(number: string | null, issuer: string | null): MainBridge | null {
  const key = keyOf(issuer ?? '');
  const symbol = number ?? '';
  const name = ((): string | null => {
    // A command of a province stands in the place of the province, among commands.
    if (/^bo (?:chi huy|tu lenh)\b/.test(key)) return /\btinh\b|\bthanh pho\b/.test(key) ? 'province' : null;
    if (
      /\btrung uong\b|\bban bi thu\b|\bbo chinh tri\b|\bchinh phu\b|\bquoc hoi\b|\bthu tuong\b|^bo\b|\btrung uong\b/.test(
        key,
      )
    )
      return 'central';
    if (/\bkhoi\b/.test(key)) return 'party-bloc';
    if (/\bhuyen\b|\bthi xa\b|\bthi uy\b|\bquan\b/.test(key)) return 'district';
    if (/\bxa\b(?! hoi)|\bphuong\b|\bdac khu\b|\bthi tran\b/.test(key)) return 'commune';
    if (/\btinh\b|\bthanh uy\b|\bthanh pho\b|^so\b/.test(key)) return 'province';
    if (/\btap doan\b|\btong cong ty\b|\bcong ty\b/.test(key)) return 'enterprise';
    if (/\/TW$|BTGTW|VPTW|\/CP$|\/TTg/.test(symbol)) return 'central';
    if (/\/(?:[A-ZĐ]*)TU$/.test(symbol)) return 'province';
    if (symbol.endsWith('/HU')) return 'district';
    if (symbol.endsWith('ĐUK')) return 'party-bloc';
    return null;
  })();
  return name === null ? null : { class: name as BridgeClass, name: key };
}

const POINTS = /điểm\s+cầu/giu;
/** Classes that may follow in a list after the first ("điểm cầu cấp tỉnh, cấp huyện, cấp xã"). */
const LISTED = new Set(['province', 'district', 'commune', 'village', 'grassroots', 'party-bloc']);

export interface MentionedClass extends FoundClass {
  readonly phrase: Passage;
}

/** Every class of bridges that a passage mentions, in its order. */
export function mentionedClasses(passage: Passage, main: MainBridge | null): MentionedClass[] {
  const starts = [...passage.text.matchAll(POINTS)].map(
    (found) => [found.index, found.index + found[0].length] as const,
  );
  return starts.flatMap(([start, after], index) => {
    const end = Math.min(starts[index + 1]?.[0] ?? passage.text.length, after + 160);
    const stop = /[.;:()]|\s(?:để|gồm|vào|theo|bảo đảm|đảm bảo)\s/u.exec(
      passage.text.slice(after, end),
    )?.index;
    const lead = /^\s*/.exec(passage.text.slice(after, end))?.[0].length ?? 0;
    const from = after + lead;
    const phrase = trim(slice(passage, from, stop === undefined ? end : Math.max(from, after + stop)));
    const first = classify(phrase.text, main);
    if (first === null) return [];
    const found: MentionedClass[] = [
      { ...first, phrase: slice(passage, start, from + first.at + first.length) },
    ];
    let at = 0;
    for (const piece of phrase.text.split(/,|\svà\s/u)) {
      const begin = phrase.text.indexOf(piece, at);
      at = begin + piece.length;
      if (begin === 0) continue;
      const words = piece.trim();
      const next = classify(words, main);
      const before = words.length - words.replace(/^(?:(?:các|cấp|tại)\s+)+/iu, '').length;
      if (next === null || next.at > before || !LISTED.has(next.class)) continue;
      if (!found.some((each) => each.class === next.class))
        found.push({ ...next, phrase: trim(slice(phrase, begin, at)) });
    }
    return found;
  });
}
