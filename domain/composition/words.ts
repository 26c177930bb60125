import { toneKey } from '../text/search.ts';

/** One word of a text as the rules see it, or a mark between words. */
export interface Word {
  /** Equality key: case and tone placement do not count. A mark is itself: `,` `;` `:` `(` `)` `.` */
  readonly key: string;
  readonly capital: boolean;
  readonly mark: boolean;
}

/** A text as words, with the place of each in the text, to quote from, where it was asked for. */
export interface Words {
  readonly text: string;
  readonly words: readonly Word[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * Abbreviations of offices and posts that rosters use, written out for matching only; the text stays as typed.
 * Those in `CAPITALS` are also plain syllables in small letters and count only as typed here.
 */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  tw: 'trung ương',
  tư: 'trung ương',
  bct: 'bộ chính trị',
  bbt: 'ban bí thư',
  bchtw: 'ban chấp hành trung ương',
  bchtư: 'ban chấp hành trung ương',
  bch: 'ban chấp hành',
  btv: 'ban thường vụ',
  uv: 'ủy viên',
  uvbct: 'ủy viên bộ chính trị',
  uvbbt: 'ủy viên ban bí thư',
  uvtw: 'ủy viên trung ương',
  uvtư: 'ủy viên trung ương',
  uvtwđ: 'ủy viên trung ương đảng',
  uvdk: 'ủy viên dự khuyết',
  uvdktw: 'ủy viên dự khuyết trung ương',
  uvbch: 'ủy viên ban chấp hành',
  uvbtv: 'ủy viên ban thường vụ',
  uvubkt: 'ủy viên ủy ban kiểm tra',
  ubkt: 'ủy ban kiểm tra',
  ubkttw: 'ủy ban kiểm tra trung ương',
  qutw: 'quân ủy trung ương',
  đucatw: 'đảng ủy công an trung ương',
  đuk: 'đảng ủy khối',
  vptw: 'văn phòng trung ương',
  vptu: 'văn phòng tỉnh ủy',
  vphu: 'văn phòng huyện ủy',
  btc: 'ban tổ chức',
  btctw: 'ban tổ chức trung ương',
  btg: 'ban tuyên giáo',
  btgtu: 'ban tuyên giáo tỉnh ủy',
  btgtw: 'ban tuyên giáo trung ương',
  btgdv: 'ban tuyên giáo và dân vận',
  bnc: 'ban nội chính',
  bdv: 'ban dân vận',
  bkttw: 'ban kinh tế trung ương',
  bcđ: 'ban chỉ đạo',
  bql: 'ban quản lý',
  mttq: 'mặt trận tổ quốc',
  mttqvn: 'mặt trận tổ quốc việt nam',
  ubmttq: 'ủy ban mặt trận tổ quốc',
  ubmttqvn: 'ủy ban mặt trận tổ quốc việt nam',
  lđlđ: 'liên đoàn lao động',
  đtn: 'đoàn thanh niên',
  hpn: 'hội phụ nữ',
  lhpn: 'liên hiệp phụ nữ',
  hnd: 'hội nông dân',
  hccb: 'hội cựu chiến binh',
  ccb: 'cựu chiến binh',
  qh: 'quốc hội',
  ubtvqh: 'ủy ban thường vụ quốc hội',
  hđnd: 'hội đồng nhân dân',
  ubnd: 'ủy ban nhân dân',
  vpcp: 'văn phòng chính phủ',
  ttxvn: 'thông tấn xã việt nam',
  vtv: 'đài truyền hình việt nam',
  vov: 'đài tiếng nói việt nam',
  khcn: 'khoa học và công nghệ',
  'kh&cn': 'khoa học và công nghệ',
  tttt: 'thông tin và truyền thông',
  'tt&tt': 'thông tin và truyền thông',
  khđt: 'kế hoạch và đầu tư',
  'kh&đt': 'kế hoạch và đầu tư',
  gdđt: 'giáo dục và đào tạo',
  'gd&đt': 'giáo dục và đào tạo',
  nnmt: 'nông nghiệp và môi trường',
  'nn&mt': 'nông nghiệp và môi trường',
  'nn&ptnt': 'nông nghiệp và phát triển nông thôn',
  tnmt: 'tài nguyên và môi trường',
  'tn&mt': 'tài nguyên và môi trường',
  vhttdl: 'văn hóa thể thao và du lịch',
  tccs: 'tổ chức cơ sở',
  tccsđ: 'tổ chức cơ sở đảng',
  bcv: 'báo cáo viên',
  cvp: 'chánh văn phòng',
  pcvp: 'phó chánh văn phòng',
  pbt: 'phó bí thư',
  pbttt: 'phó bí thư thường trực',
  pct: 'phó chủ tịch',
  gđ: 'giám đốc',
  pgđ: 'phó giám đốc',
  tp: 'thành phố',
  tx: 'thị xã',
  tdp: 'tổ dân phố',
  kdc: 'khu dân cư',
  thpt: 'trung học phổ thông',
  thcs: 'trung học cơ sở',
  'th&thcs': 'tiểu học và trung học cơ sở',
  'thcs&thpt': 'trung học cơ sở và trung học phổ thông',
  tand: 'tòa án nhân dân',
  vksnd: 'viện kiểm sát nhân dân',
  kbnn: 'kho bạc nhà nước',
  bhxh: 'bảo hiểm xã hội',
  nhnn: 'ngân hàng nhà nước',
  nhcsxh: 'ngân hàng chính sách xã hội',
  'q.': 'quyền',
  'p.': 'phường',
  'h.': 'huyện',
  'x.': 'xã',
};
const CAPITALS: Readonly<Record<string, string>> = {
  TU: 'tỉnh ủy',
  HU: 'huyện ủy',
  ĐU: 'đảng ủy',
  TT: 'thị trấn',
  TH: 'tiểu học',
  MN: 'mầm non',
  CT: 'chủ tịch',
  BT: 'bí thư',
  HT: 'hiệu trưởng',
  PHT: 'phó hiệu trưởng',
  CB: 'cán bộ',
  ĐV: 'đảng viên',
};

const MARKS: ReadonlySet<string> = new Set([',', ';', ':', '(', ')', '.']);
/** The key of "và" and "&". Names write it or leave it out ("Khoa học và Công nghệ", "KH&CN"), so phrases go without. */
export const AND = '&';
const AND_KEY = toneKey('và');

/** Letters, digits, combining marks, and the signs that stand inside words: & ' */
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}&'’]/u;
const wordCharacters = new Uint8Array(0x10000);
for (let code = 0; code < wordCharacters.length; code++) {
  if (WORD_CHARACTER.test(String.fromCharCode(code))) wordCharacters[code] = 1;
}

const abbreviations = new Map(
  Object.entries(ABBREVIATIONS).map(([short, full]) => [toneKey(short), full] as const),
);

/** Raw words met before: Vietnamese has few syllables and rosters repeat them. Emptied when full, so that it stays small. */
const known = new Map<string, readonly Word[]>();
const MOST_KNOWN = 50_000;

function wordsOf(raw: string, next: string): readonly Word[] {
  let words = known.get(raw);
  if (words === undefined) {
    words = expand(raw);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(raw, words);
  }
  // "CT-XH" is chính trị - xã hội, "CT UBND" is chủ tịch.
  return raw === 'CT' && next === 'X' ? expandTo('chính trị') : words;
}

function expandTo(full: string): readonly Word[] {
  return full
    .split(' ')
    .map((part) => ({ key: toneKey(part), capital: true, mark: false }))
    .filter((word) => word.key !== AND_KEY);
}

function expand(raw: string): readonly Word[] {
  const key = toneKey(raw).replace(/’/g, "'");
  if (key === AND_KEY || key === AND) return [{ key: AND, capital: false, mark: false }];
  const full = CAPITALS[raw.normalize('NFC')] ?? abbreviations.get(key);
  if (full !== undefined) return expandTo(full);
  // Official names write numbers both ways: Phường 1, Phường 01.
  const plain = /^0+\d/.test(key) ? key.replace(/^0+/, '') : key;
  const first = raw.charAt(0);
  return [{ key: plain, capital: first !== first.toLowerCase(), mark: false }];
}

const markWords: Readonly<Record<string, Word>> = Object.fromEntries(
  [...MARKS].map((mark) => [mark, { key: mark, capital: false, mark: true }]),
);
const SINGLE_DOTTED: ReadonlySet<string> = new Set(['q', 'p', 'h', 'x']);
const DOTTED: ReadonlySet<string> = new Set(['tp', 'tx', 'tt', 'đ', 'c', 'đc', 'th']);

/**
 * Splits a text into words. Hyphens, slashes, quotes and asterisks only part words; "T.Ư" is one word; a dot after an
 * abbreviation ("TP. Huế") is no full stop.
 */
export function splitWords(input: string, offsets = true): Words {
  const text = input.includes('.')
    ? input.normalize('NFC').replace(/\bT\.\s?(?:Ư|W)(?!\p{L})/giu, 'TW')
    : input;
  const words: Word[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (wordCharacters[code] === 1) {
      let end = at + 1;
      while (end < text.length && wordCharacters[text.charCodeAt(end)] === 1) end++;
      let raw = text.slice(at, end);
      const start = at;
      at = end;
      if (text.charAt(end) === '.') {
        const small = raw.toLowerCase();
        if (SINGLE_DOTTED.has(small)) {
          // "Q. Bí thư" is acting, "Q.1" a district.
          raw = small === 'q' && /^\s*\d/.test(text.slice(end + 1, end + 4)) ? 'quận' : `${small}.`;
          at++;
        } else if (DOTTED.has(small)) at++;
      }
      for (const word of wordsOf(raw, text.charAt(end + 1))) {
        words.push(word);
        if (!offsets) continue;
        starts.push(start);
        ends.push(end);
      }
    } else {
      const mark = markWords[text.charAt(at)];
      if (mark !== undefined) {
        words.push(mark);
        if (offsets) {
          starts.push(at);
          ends.push(at + 1);
        }
      } else if (code === 0x0a && text.charCodeAt(at + 1) === 0x0a) {
        words.push(markWords[';'] as Word);
        if (offsets) {
          starts.push(at);
          ends.push(at + 1);
        }
      }
      at++;
    }
  }
  return { text, words, starts, ends };
}

/** The keys of a phrase, without "và". */
export function phraseKeys(phrase: string): string[] {
  return splitWords(phrase)
    .words.filter((word) => !word.mark && word.key !== AND)
    .map((word) => word.key);
}
