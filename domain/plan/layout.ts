import { markerOf } from './markers.ts';
import type { Marker } from './markers.ts';
import { inCapitals, join, MARKUP, slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';

/** One paragraph of a document, joined from the lines that a page or a scanner cut it into. */
export interface Paragraph {
  readonly passage: Passage;
  readonly marker: Marker | null;
  /** Without the marker. */
  readonly body: Passage;
  /** Lines of one block stand together without an empty line between. */
  readonly block: number;
  readonly capitals: boolean;
  /** Set as a heading by the markup (`## ...`). */
  readonly heading: boolean;
}

interface Line {
  readonly passage: Passage;
  readonly block: number;
  readonly heading: boolean;
}

/** Longer ones are no paragraphs of a plan; the schema's longest text is half of it. They are left over unread. */
export const LONGEST_PARAGRAPH = 8000;

const BLANK = /\s/;
const BEFORE_MARK = /[,;.:]/;
// What draws lines and boxes, and control characters of a damaged file.
const RULE = /^[\s|:+=_\-–—―─•*.~]*$/u;
const PAGE_NUMBER = /^[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*\/\s*\d{1,3})?[-–—\s]*$/iu;

/** Blanks of this number in a row stand between columns, where a page was turned to text as it looks. */
const COLUMN_GAP = 4;

/** Reads one line: markup away, blanks in runs as one, columns divided by " | ". */
function readLine(text: string, start: number, end: number, block: number): Line {
  let out = '';
  const at = new Int32Array((end - start) * 3);
  let length = 0;
  const put = (char: string, place: number): void => {
    out += char;
    at[length++] = place;
  };
  let from = start;
  while (from < end && BLANK.test(text.charAt(from))) from++;
  let heading = false;
  while (from < end && (text.charAt(from) === '#' || text.charAt(from) === '>')) {
    heading ||= text.charAt(from) === '#';
    from++;
  }
  let blanks = 0;
  let tab = false;
  let gapAt = -1;
  for (let place = from; place < end; place++) {
    const char = text.charAt(place);
    if (BLANK.test(char)) {
      if (blanks++ === 0) gapAt = place;
      tab ||= char === '\t';
      continue;
    }
    // "* text" is an entry of a list, "*text*" is emphasis.
    const listed = char === '*' && length === 0 && BLANK.test(text.charAt(place + 1)) && place + 1 < end;
    if (MARKUP.test(char) && !listed) continue;
    if (blanks > 0 && length > 0) {
      // Neither the blank after a mark of a list nor a gap between two words of a set line divides columns.
      const column = (tab || blanks >= COLUMN_GAP) && length > 4;
      if (column && !out.endsWith('|') && char !== '|') {
        put(' ', gapAt);
        put('|', -1);
        put(' ', -1);
      } else if (!BEFORE_MARK.test(char)) put(' ', gapAt);
    }
    blanks = 0;
    tab = false;
    put(char, place);
  }
  const passage = { of: text, text: out, at: at.slice(0, length) };
  return { passage: trim(passage, '|'), block, heading };
}

/** A longer line is no line of a document that anybody could read; it is taken in pieces, and left over. */
const LONGEST_LINE = 200_000;
const FLAT = 1500;
const FLAT_BREAK =
  / (?=(?:[IVX]{1,4}\s?[-–.] ?\p{Lu}{2}|\d{1,2}\.(?:\d{1,2}\.?)? ?\p{Lu}|[-–+•] ?\p{Lu}|[a-eđ]\) ?\p{Lu}|Nơi nhận|NƠI NHẬN|KẾ HOẠCH |Số:? ?\d+\s?[-/]|T\/M |TM\. |\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+, ngày \d|VĂN PHÒNG |VĂN BẢN ĐẾN|Số đến|Tổ chức Hội nghị toàn|Thực hiện (?:chủ trương|Kế hoạch|Nghị quyết|Chỉ thị)|Căn cứ ))/gu;

/** A whole document that lost its line breaks, cut again before what looks like the mark of a section or an entry. */
function unfold(line: Line): Line[] {
  const { passage } = line;
  if (passage.text.length < FLAT || passage.text.length >= LONGEST_LINE) return [line];
  const cuts = [...passage.text.matchAll(FLAT_BREAK)].map((found) => found.index);
  if (cuts.length < 8) return [line];
  return [0, ...cuts].map((from, index) => ({
    ...line,
    passage: trim(slice(passage, from, cuts[index])),
    block: line.block + index / (cuts.length + 1),
  }));
}

/** No plan has more lines or letters; what comes after is left over unread, so that nothing that is sent in costs more. */
const MOST_LINES = 5000;
const MOST_UNITS = 4_000_000;

function linesOf(text: string): { lines: Line[]; unread: number } {
  const lines: Line[] = [];
  let unread = text.length;
  let block = 0;
  for (let start = 0; start <= text.length;) {
    if (lines.length >= MOST_LINES || start > MOST_UNITS) {
      unread = start;
      break;
    }
    let end = start;
    // \r\n, \n, \r, form feeds and the separators of other systems all end a line.
    const limit = Math.min(text.length, start + LONGEST_LINE);
    while (end < limit && !/[\n\r\f\v\u0085\u2028\u2029]/.test(text.charAt(end))) end++;
    const line = end === start ? null : readLine(text, start, end, block);
    if (line === null || line.passage.text.length === 0 || RULE.test(line.passage.text.slice(0, 400))) {
      // A rule or an asterisk under a heading ends a block as an empty line does; the left-overs take it if it is text.
      block++;
    } else lines.push(line);
    if (end === limit && end < text.length) start = end;
    else start = end + (text.charAt(end) === '\r' && text.charAt(end + 1) === '\n' ? 2 : 1);
  }
  const whole = lines.reduce((sum, line) => sum + line.passage.text.length, 0);
  return { lines: whole / Math.max(1, lines.length) > FLAT ? lines.flatMap(unfold) : lines, unread };
}

/** The width at which a document's lines were cut, null where each paragraph stands on one line. */
function wrapWidth(lines: readonly Line[]): number | null {
  const lengths = lines.map((line) => line.passage.text.length).toSorted((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const longest = lengths.at(-1) ?? 0;
  return lines.length >= 12 && width >= 45 && width <= 130 && longest <= width * 1.6 ? width : null;
}

const TERMINAL = /[.;:!?…)\]”"»]$/u;
const CONNECTING =
  /(?:,|\s(?:và|của|các|những|tại|về|cho|với|để|trong|theo|do|từ|đến|là|hoặc|số|ngày|tháng|năm|ở|trên|dưới|một|như|được|đồng chí|Ủy ban|Ban|Văn phòng|Bộ|Hội đồng))$/u;
const OWN_LINE =
  /^(?:nơi nhận|phụ lục|kính gửi|t\/m\b|tm\.|k\/t\b|kt\.|t\/l\b|tl\.|số:?\s*\d*\s*[-/]|[\p{Lu}][\p{L}.\s]{2,30}, ngày)/iu;

/** "14h05 - 14h35: Báo cáo ...", "7h30 Đón tiếp": a line of a programme. A date or a small letter goes on with a sentence. */
const CLOCK =
  /^(?:Từ\s+|Lúc\s+)?\(?\d{1,2}\s?(?:giờ|h|g|[:.](?=\d{2}))\s?(?:\d{2}(?!\d))?(?:\s?(?:phút|p(?!\p{L})|['’]))?(?:\s*(?:[-–—]+|đến)\s*\d{1,2}\s?(?:giờ|h|g|[:.](?=\d{2}))\s?(?:\d{2}(?!\d))?(?:\s?(?:phút|p(?!\p{L})|['’]))?)?\)?\s*(?:[:.,\-–—|]\s*)*(?:(?!(?:Thứ|Chủ nhật|Ngày)\s)\p{Lu}|$)/u;
const LEADS_TO_TIME = /(?:^|\s)(?:từ|lúc|hồi|vào|đến|tới|khoảng|trước|sau|-|–)$/iu;

/** Brackets left open at the end of a line, given those open before it. */
function openBrackets(text: string, before: number): number {
  let depth = before;
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
  }
  return depth;
}

interface Open {
  readonly marker: Marker | null;
  readonly capitals: boolean;
  readonly lines: Passage[];
  readonly line: Line;
  block: number;
  length: number;
  brackets: number;
  /** Words follow a colon: the paragraph says something and is no mere heading. */
  says: boolean;
}

const SAYS = /:\s+\S/;

/** Whether a line goes on with the paragraph before it: cut by a page break, by a scanner, or by the width of a page. */
function continues(open: Open, line: Line, width: number | null): boolean {
  const { text } = line.passage;
  const before = open.lines.at(-1)?.text ?? '';
  const sameBlock = line.block === open.block;
  if (open.length + text.length > LONGEST_PARAGRAPH || line.heading || OWN_LINE.test(text)) return false;
  if (text.includes('|') || before.includes('|')) return false;
  if (CLOCK.test(text) && !LEADS_TO_TIME.test(before)) return false;
  const capitals = inCapitals(text);
  // A heading of a section set in two lines; the name of a body above the motto is no such thing.
  if (capitals) return sameBlock && open.capitals && open.marker !== null && !/[.:]$/.test(before);
  if (open.capitals || OWN_LINE.test(before)) return false;
  const full = width !== null && before.length >= width * 0.72;
  if (sameBlock && full) return !/[.;:!?]$/.test(before) || /^\p{Ll}/u.test(text);
  if (/^\p{Ll}/u.test(text)) {
    if (/\.\/?\.?$/.test(before) && !sameBlock) return false;
    return open.length >= 25 || open.marker !== null;
  }
  if (TERMINAL.test(before)) return false;
  if (open.brackets > 0) return open.lines.length < 6;
  if (text.length < 15 || open.length < 60) return false;
  // Entries of a list that lost their marks, as under "Nơi nhận".
  if (/[,;]$/.test(before) && sameBlock && open.marker === null && width === null) return false;
  if (CONNECTING.test(before)) return open.marker !== null || sameBlock || /[,;]/.test(before);
  // "2. Địa điểm: Hội nghị tổ chức ... sự nghiệp" is cut; "2. Văn phòng Trung ương Đảng" is a heading that ended.
  return open.marker !== null && open.marker.rank <= 7 && open.says;
}

export interface LaidOut {
  readonly paragraphs: readonly Paragraph[];
  readonly pageNumbers: readonly Passage[];
  /** Where reading stopped; the end of the text but for one that is no document. */
  readonly unread: number;
}

/** The paragraphs of a document, and its page numbers. */
export function layOut(text: string): LaidOut {
  const { lines, unread } = linesOf(text);
  const width = wrapWidth(lines);
  const paragraphs: Paragraph[] = [];
  const pageNumbers: Passage[] = [];
  let open: Open | null = null;
  const close = (): void => {
    if (open === null) return;
    const passage = join(open.lines);
    paragraphs.push({
      passage,
      marker: open.marker,
      body: trim(slice(passage, open.marker?.length ?? 0)),
      block: open.line.block,
      capitals: open.capitals,
      heading: open.line.heading,
    });
    open = null;
  };
  for (const line of lines) {
    if (PAGE_NUMBER.test(line.passage.text.slice(0, 40)) && line.passage.text.length <= 20) {
      pageNumbers.push(line.passage);
      continue;
    }
    const marker = markerOf(line.passage.text);
    const before: Open | null = open;
    if (before !== null && marker === null && continues(before, line, width)) {
      before.lines.push(line.passage);
      before.length += line.passage.text.length + 1;
      before.block = line.block;
      before.brackets = openBrackets(line.passage.text, before.brackets);
      before.says ||= SAYS.test(line.passage.text);
      continue;
    }
    close();
    const body = marker === null ? line.passage.text : line.passage.text.slice(marker.length);
    open = {
      marker,
      capitals: inCapitals(body),
      lines: [line.passage],
      line,
      block: line.block,
      length: line.passage.text.length,
      brackets: openBrackets(line.passage.text, 0),
      says: SAYS.test(line.passage.text),
    };
  }
  close();
  return { paragraphs, pageNumbers, unread };
}
