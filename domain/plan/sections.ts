import { LONGEST_PARAGRAPH } from './layout.ts';
import type { Paragraph } from './layout.ts';
import { inCapitals, keyOf, slice, trim } from './passage.ts';
import type { Passage } from './passage.ts';

/** What a section of a plan speaks of. A heading may name several (THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN). */
export type Topic =
  | 'purpose'
  | 'time'
  | 'place'
  | 'format'
  | 'composition'
  | 'agenda'
  | 'content'
  | 'banner'
  | 'documents'
  | 'duties'
  | 'chair'
  | 'other';

/** Where a paragraph stands in the whole document. */
export type Zone = 'head' | 'body' | 'recipients' | 'signature' | 'annex';

/** A paragraph, or the part of one under a label of its own, in its place among the headings. */
export interface Item {
  readonly paragraph: Paragraph;
  readonly zone: Zone;
  readonly topics: readonly Topic[];
  readonly rank: number;
  /** Headings and entries above it, outermost first. */
  readonly parents: readonly Item[];
  /** The whole text without its marker. */
  readonly body: Passage;
  /** Words before a colon, or all of a heading. */
  readonly label: Passage | null;
  /** What follows the label, or everything where there is no label; null for a heading without more. */
  readonly content: Passage | null;
  /** Its label named the topics by itself: it opens their section. */
  readonly opens: boolean;
}

const TOPICS: readonly (readonly [Topic, RegExp])[] = [
  ['purpose', /\bmuc dich\b|\byeu cau\b|\bcan cu\b|\bmuc tieu\b/],
  ['time', /\bthoi gian\b|\bthoi diem\b/],
  ['place', /\bdia diem\b|\bnoi (?:hop|to chuc)\b/],
  ['format', /\bhinh thuc\b|\bphuong thuc\b/],
  [
    'composition',
    /\bthanh phan\b|\bdoi tuong(?= (?:tham|trieu tap|du\b|moi)|,|$| va )|\bdai bieu (?:tham )?du\b|^dai bieu(?:$| moi| trieu tap)/,
  ],
  ['agenda', /^(?!ve ).*\bchuong trinh\b(?! (?:hanh dong|lam viec|cong tac))|\blich trinh\b/],
  ['content', /\bnoi dung\b/],
  [
    'banner',
    /\btieu de\b|\bma ?ket\b|\bmarket\b|\bphong (?:chu|nen|hoi nghi|sk)\b|\bkhau hieu\b|\bbang ron\b/,
  ],
  ['documents', /\btai lieu\b|\bvan kien\b/],
  [
    'duties',
    /\bto chuc (?:trien khai )?thuc hien\b|\bphan cong\b|\btrach nhiem (?:cua|thuc hien)\b|^trach nhiem\b|\bnhiem vu cu the\b|^nhiem vu cua\b|^trien khai thuc hien$/,
  ],
  ['chair', /^(?:nguoi |thanh phan )?chu (?:tri|toa)\b|^dieu hanh\b/],
  [
    'other',
    /\btuyen truyen\b|\bkinh phi\b|\bhau can\b|\ble tan\b|\bghi chu\b|\bluu y\b|\btrang phuc\b|^thong tin lien he\b/,
  ],
];

export function topicsOf(label: string): Topic[] {
  const key = keyOf(label.slice(0, 300)).trim();
  const found = TOPICS.filter(([, pattern]) => pattern.test(key)).map(([topic]) => topic);
  // "Thời gian, đối tượng tuyên truyền" is not another section beside those it names.
  const named = found.filter((topic) => topic !== 'other');
  if (named.includes('composition') && named.includes('chair')) return ['chair'];
  return named.length > 0 ? named : found;
}

/** Sections that hold what they say they hold: a label inside opens no other section. */
const CLOSED: ReadonlySet<Topic> = new Set([
  'purpose',
  'composition',
  'agenda',
  'banner',
  'documents',
  'duties',
]);

/** Sections whose lines are entries. */
const LISTS: ReadonlySet<Topic> = new Set(['agenda', 'content', 'banner', 'documents']);

const RECIPIENTS = /^noi nhan\b/;
const ANNEX = /^(?:phu luc|bieu mau|mau so)\b/;
const SIGNATURE = /^(?:t\/m|t\/l|k\/t|tm\.|tl\.|kt\.|tuq\.|tuq\b|q\.|thua lenh|thay mat)(?=\s|[a-z])/;

const COLON = /:(?!\d)(?=\s|$)/;
/** Owners of a duty are listed at length before their colon. */
const LONGEST_LABEL = 400;

/** Where a label ends at its colon: not inside brackets, not after a whole sentence. */
export function labelEnd(text: string): number {
  const head = text.slice(0, LONGEST_LABEL);
  const found = COLON.exec(head);
  if (found === null) return -1;
  const label = head.slice(0, found.index);
  if (/[.!?]\s+\p{Lu}/u.test(label)) return -1;
  if (label.split('(').length !== label.split(')').length) return -1;
  return found.index;
}

/** Labels that start a part of their own in the middle of a paragraph ("... ngày 13/01/2025. Thành phần: ..."). */
const INLINE =
  /(?<=[.;]\s+)(?:Thành phần|Thời gian|Địa điểm|Hình thức|Chủ trì|Tài liệu|Chương trình|Đối tượng tham dự)(?=[^.:;]{0,60}:\s)/gu;

function parts(body: Passage): Passage[] {
  if (body.text.length > LONGEST_PARAGRAPH) return [body];
  const cuts = [...body.text.matchAll(INLINE)].map((found) => found.index).filter((at) => at > 0);
  return [0, ...cuts].map((from, index) => trim(slice(body, from, cuts[index])));
}

/** Whether a paragraph is a heading by its looks: capitals, markup, or a mark before words that end as no sentence does. */
function looksLikeHeading(paragraph: Paragraph): boolean {
  const { text } = paragraph.body;
  if (paragraph.heading || paragraph.capitals) return true;
  if (text.endsWith(':')) return true;
  if (paragraph.marker === null) return text.length <= 80 && !/[.;,!?]$/.test(text);
  return text.length <= 200 && !/[.;,!?]$/.test(text);
}

/** A label without a mark of its own stands below a numbered heading and above the entries of lists. */
const UNMARKED_RANK = 5;

interface Walk {
  readonly items: Item[];
  readonly stack: Item[];
  zone: Zone;
}

function place(walk: Walk, paragraph: Paragraph, body: Passage, first: boolean): void {
  const { stack } = walk;
  const colon = labelEnd(body.text);
  const label = colon >= 0 ? trim(slice(body, 0, colon)) : null;
  const rest = colon >= 0 ? trim(slice(body, colon + 1)) : null;
  const heading = looksLikeHeading(paragraph) && first;
  const named = label ?? (heading ? body : null);
  // A row of a table opens nothing: "Thời gian | Nội dung | Thực hiện" heads columns.
  let own = named === null || named.text.length > 200 || body.text.includes('|') ? [] : topicsOf(named.text);
  // An entry of a list opens a section only with a label: "- Chương trình hành động của Chính phủ" is a document.
  if (label === null && (paragraph.marker?.rank ?? 0) >= 8) own = [];
  const marked = first ? paragraph.marker : null;
  // Short lines of a programme, of a list of documents, of a banner are entries, whatever they look like.
  const listed = (stack.at(-1)?.topics ?? []).some((topic) => LISTS.has(topic)) && own.length === 0;
  let rank = marked?.rank ?? (own.length > 0 ? UNMARKED_RANK : heading && !listed ? UNMARKED_RANK + 1 : 20);
  if (first && heading && paragraph.capitals && own.length > 0) rank = Math.min(rank, 1);
  if (!first) rank = 8.5;
  if (rank < 20) while ((stack.at(-1)?.rank ?? -1) >= rank) stack.pop();
  else while ((stack.at(-1)?.rank ?? -1) >= 8) stack.pop();
  let parent = stack.at(-1);
  if (parent !== undefined && own.length > 0) {
    const [only] = parent.topics;
    const closed = parent.topics.length === 1 && only !== undefined && CLOSED.has(only);
    if (closed && marked === null && rank === UNMARKED_RANK && !(first && paragraph.heading)) {
      // Its number was lost. Inside duties and aims such a label is a part of the text.
      if ((only === 'duties' || only === 'purpose') && !own.includes('duties')) own = [];
      else if (own[0] !== only) {
        while (stack.length > 0 && stack.at(-1)?.topics.length === 1 && (stack.at(-1)?.rank ?? 0) > 1)
          stack.pop();
        parent = stack.at(-1);
        if (parent?.topics.length === 1 && parent.topics[0] === only) {
          stack.pop();
          parent = stack.at(-1);
        }
      }
    } else if (closed) own = [];
  }
  const opens = own.length > 0;
  const item: Item = {
    paragraph,
    zone: walk.zone,
    topics: opens ? own : (parent?.topics ?? []),
    rank,
    parents: [...stack],
    body,
    label:
      label ?? (heading && (opens || paragraph.marker !== null || rank === UNMARKED_RANK + 1) ? body : null),
    content:
      label !== null ? (rest !== null && rest.text.length > 0 ? rest : null) : heading && opens ? null : body,
    opens,
  };
  walk.items.push(item);
  if (rank < 20) stack.push(item);
}

/** A heading of a section that stands alone on its line, in small letters and without a number. */
const ALONE =
  /^(?:thoi gian|dia diem|thanh phan|doi tuong|noi dung|chuong trinh|hinh thuc|muc dich|yeu cau)(?: (?:tham du|tham gia|to chuc|hoi nghi|du))?(?:,? (?:va )?(?:yeu cau|dia diem|thanh phan|hinh thuc|thoi gian|chuong trinh))*$/;

/** Where the head ends: before the first heading of a section, or the first numbered paragraph, or after "như sau:". */
function bodyStart(paragraphs: readonly Paragraph[]): number {
  for (const [index, paragraph] of paragraphs.entries()) {
    const { text } = paragraph.body;
    const { marker } = paragraph;
    if (marker !== null && marker.rank <= 6 && /\p{L}{2}/u.test(text)) return index;
    if (index > 0 && /như sau\s*:?$/u.test(paragraphs[index - 1]?.body.text ?? '')) {
      // What a hand wrote beside it was read after it; it belongs to the head all the same.
      const next = paragraphs.findIndex(
        (each, at) => at >= index && (each.marker !== null || each.capitals || labelEnd(each.body.text) > 0),
      );
      const distance = next - index;
      if (
        next >= 0 &&
        distance <= 4 &&
        paragraphs.slice(index, next).every((each) => each.body.text.length < 60)
      )
        return next;
      return index;
    }
    const end = labelEnd(text);
    const label = end > 0 ? text.slice(0, end) : looksLikeHeading(paragraph) ? text : '';
    if (label.length === 0 || label.length > 80 || /^\s*(?:kế hoạch|thông báo|giấy mời|v\/v)/iu.test(label))
      continue;
    if (RECIPIENTS.test(keyOf(label))) return index;
    const topics = topicsOf(label).filter((topic) => topic !== 'other');
    const key = keyOf(label);
    if (
      topics.length > 0 &&
      (end > 0 || paragraph.capitals || ALONE.test(key)) &&
      !/\bke hoach\b|\bhoi nghi ve\b|\bnghi quyet\b/.test(key)
    )
      return index;
  }
  return paragraphs.length;
}

/** Every paragraph in its section. */
export function divide(paragraphs: readonly Paragraph[]): Item[] {
  const start = bodyStart(paragraphs);
  const walk: Walk = { items: [], stack: [], zone: 'head' };
  for (const [index, paragraph] of paragraphs.entries()) {
    if (index === start && walk.zone === 'head') walk.zone = 'body';
    const { text } = paragraph.body;
    const key = keyOf(text.slice(0, 60));
    if (walk.zone !== 'head' || index >= start) {
      if (RECIPIENTS.test(key) && walk.zone !== 'annex') enter(walk, 'recipients');
      else if (ANNEX.test(key) && (paragraph.capitals || paragraph.heading || text.length <= 40))
        enter(walk, 'annex');
      else if (SIGNATURE.test(key) && text.length < 200 && walk.zone !== 'annex') enter(walk, 'signature');
      else if (walk.zone === 'recipients' && paragraph.marker === null && inCapitals(text))
        enter(walk, 'signature');
    }
    if (walk.zone === 'body' || walk.zone === 'annex') {
      const [first, ...rest] = parts(paragraph.body);
      place(walk, paragraph, first ?? paragraph.body, true);
      for (const part of rest) place(walk, paragraph, part, false);
    } else {
      walk.items.push({
        paragraph,
        zone: walk.zone,
        topics: [],
        rank: 20,
        parents: [],
        body: paragraph.body,
        label: null,
        content: paragraph.body,
        opens: false,
      });
    }
  }
  return walk.items;
}

/** The items directly or indirectly below each heading or entry, in their order. */
export function childrenOf(items: readonly Item[]): ReadonlyMap<Item, readonly Item[]> {
  const children = new Map<Item, Item[]>();
  for (const item of items) {
    for (const parent of item.parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [item]);
      else known.push(item);
    }
  }
  return children;
}

function enter(walk: Walk, zone: Zone): void {
  walk.zone = zone;
  walk.stack.length = 0;
}
