import { findDeadlines, readDeadline } from '../deadlines/phrase.ts';
import { isoOf } from '../time.ts';
import type { CivilDate } from '../time.ts';
import { dutyColumns, dutyRow } from './duty-table.ts';
import type { DutyColumns } from './duty-table.ts';
import { empty } from './draft.ts';
import type { DraftDeadline, DraftDuty, Leaf } from './draft.ts';
import type { Order } from './limits.ts';
import { derived, keyOf, leaf, matched, slice, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { sentences } from './phrases.ts';
import { childrenOf, labelEnd } from './sections.ts';
import type { Item } from './sections.ts';

export interface Duties {
  readonly duties: readonly DraftDuty[];
  readonly orders: readonly Order[];
  readonly marks: readonly Passage[];
  /** Deadline phrases that no rule understands, or with a date that does not exist. */
  readonly unclear: readonly Passage[];
  /** Formulas that close a document and give nobody a task. */
  readonly closing: readonly Passage[];
}

/** What a duty starts with: verbs of official writing, in small letters, so that "Ban Chỉ đạo" is not taken for one. */
const VERB =
  /(?<=\s)(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|chủ động|phối hợp|chỉ đạo|tham mưu|hướng dẫn|theo dõi|đôn đốc|chuẩn bị|bảo đảm|đảm bảo|cung cấp|báo cáo|thông báo|gửi|căn cứ|phân công|bố trí|lập|ban hành|thường trực|thường xuyên|cử|phát hành|kiểm tra|rà soát|tổng hợp|định hướng|đăng tải|tiếp tục|khẩn trương|quán triệt|xây dựng|triển khai|thực hiện|mời|triệu tập|đưa tin|trình|nghiên cứu|tăng cường|hoàn thành|hoàn thiện|làm đầu mối|là đầu mối|đề xuất|tiếp nhận|dẫn dắt|theo chức năng|sớm|kịp thời|vận hành|kết nối|lắp đặt|in ấn|đón tiếp|phục vụ|định kỳ|đăng ký|(?<!hậu )(?<!Hậu )cần|phải|thành lập|tập trung|phát huy|tham gia|đẩy mạnh|gương mẫu|nghiêm túc|tổ chức(?! đảng| chính trị| đoàn thể| cơ sở| thành viên| hội | trực thuộc| liên quan| có liên quan|,|;))(?=\s|,|$)/u;

/** What a body, an office or a group of people starts with, on the folded key. */
const BODY =
  /^(?:(?:cac|nhung|tung|toan the|tat ca)\b|(?:dong chi|d\/c|ong|ba)\b|van phong\b|vp|ban\b(?! hanh)|bo\b(?! tri| sung| phan)|so\b(?! luong)|uy ban\b|ubnd\b|ubmttq\b|hdnd\b|hoi dong\b|mttq\b|mat tran\b|chu tich\b|pho\b|giam doc\b|hieu truong\b|tong\b(?! hop| ket)|thu tuong\b|bi thu\b|truong\b(?! hop)|thuong truc\b|thuong vu\b|chanh\b|dai\b|cuc\b|vu\b|vien\b|hoc vien\b|trung tam\b|cong an\b|quan\b(?! triet| ly| tam| trong)|dang uy\b|dang doan\b|dang bo\b|chi bo\b|chi cuc\b|tinh uy\b|thanh uy\b|huyen uy\b|thi uy\b|cap uy\b|phong\b(?!,? (?:chong|ngua))|to\b(?! chuc)|doan\b(?! ket)|hoi\b|lien doan\b|lien hiep\b|tap doan\b|cong ty\b|co quan\b|don vi\b|dia phuong\b|thu truong\b|lanh dao\b|nguoi dung dau\b|bao\b(?! cao| dam)|nha may\b|ngan hang\b|vnpt\b|viettel\b|evn\b|dien luc\b|buu dien\b|kho bac\b|benh vien\b|xa\b(?! hoi)|phuong\b(?! an)|huyen\b|tinh\b(?! hinh)|thanh pho\b|doanh nghiep\b|can bo\b|dai bieu\b|quoc hoi\b|chinh phu\b|thanh tra\b|toa an\b|vien kiem sat\b|thon\b|tap the\b|tieu ban\b|nhom\b|bch\b|btv\b|btc\b|bcd\b)/;

/** An order that hands a task on: "Giao X ...", "Đề nghị X ...". */
const HANDS =
  /^(?:giao(?: cho)?|đề nghị|yêu cầu|kính đề nghị|trân trọng đề nghị)\s+(?!thực hiện|triển khai)/iu;

const CLOSING = /^(?:tren day la|kem theo|noi dung chi tiet|ke hoach nay (?:co hieu luc|(?:duoc )?thay))\b/;
const EVENT =
  /(?:quá trình|trong khi)\s[^.;]{0,60}(?:khó khăn|vướng mắc|phát sinh)[^.;,]{0,80}?[,\s]+(?:đề nghị\s+)?(?<who>(?:các|những|từng)?\s?(?:cơ quan|đơn vị|địa phương|sở|ban|ngành|bộ|cấp ủy|cấp uỷ|đảng ủy|đồng chí)[^.;()]{0,160}?)\s+(?:kịp thời\s+|chủ động\s+)?(?=(?:báo cáo|phản ánh|gửi|thông tin|liên hệ|trao đổi|đề xuất|phản hồi)(?!\p{L}))/diu;

const ORGANISATION = String.raw`(?:Văn phòng|VP|Ban|Bộ|Sở|Ủy ban|Uỷ ban|UBND|UBMTTQ|HĐND|Hội đồng|Mặt trận|Thường trực|Thường vụ|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Huyện ủy|Huyện uỷ|Thị ủy|Đảng ủy|Đảng uỷ|Đảng đoàn|Bộ Chính trị|Trưởng|Chủ tịch|Phó|Giám đốc|Tổ|Vụ|Cục|Chi cục|Phòng|Trung tâm|Cơ quan|Thủ tướng|Chính phủ|Quốc hội|Tổng|Tập đoàn|Công an|Quân|Học viện|Viện|Đài|Bí thư|Cấp ủy|Liên đoàn|Đoàn|Hội|Trung ương|BTV|BCĐ|BTC|Chi bộ|Đảng bộ)`;
const END_OF_NAME = String.raw`(?=\s*(?:\(|\)|[.;:]|$)|,?\s+(?:trước|chậm nhất|muộn nhất|để|theo|qua|thông qua|hoàn thành|đến hết|định kỳ|trong (?:tháng|quý|năm|ngày)|vào|hằng|hàng|hạn|tổng hợp|xem xét|nhằm|về|kết quả|đồng thời|bằng|khi|nếu|tại|tình hình|biết|xin ý kiến|giải quyết|trong vòng|ngay|làm|và (?:đề xuất|tổng hợp|theo dõi|thông báo|gửi|báo cáo|chịu))(?!\p{L})|,\s+\p{Ll}(?!\p{Lu}))`;
const TO: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:gửi|báo cáo|thông báo|phản ánh|đăng ký|nộp|kết quả|số lượng|danh sách|đề xuất|phản hồi|tham dự|mình|thực hiện|học tập|\d{4})[^.;]{0,300}?\s(?:về|cho|đến|tới)\s+(?<to>${ORGANISATION}\s?[^.;:()]{0,200}?)${END_OF_NAME}`,
    'du',
  ),
  new RegExp(
    String.raw`(?:gửi|Gửi|báo cáo|Báo cáo|với)\s+(?:về\s+)?(?:đồng chí\s+)?(?<to>${ORGANISATION}\s?[^.;:()]{0,200}?)${END_OF_NAME}`,
    'du',
  ),
  new RegExp(String.raw`^(?:Về|về)\s+(?<to>${ORGANISATION}\s?[^.;:()]{0,200}?)${END_OF_NAME}`, 'du'),
];
const VIA: readonly RegExp[] = [
  new RegExp(
    String.raw`\(\s*(?:thông\s+)?qua\s+(?<via>(?:đồng chí\s+)?${ORGANISATION}\s?[^()]{0,200})\)`,
    'diu',
  ),
  new RegExp(
    String.raw`(?<!\p{L})(?:thông\s+)?qua\s+(?<via>${ORGANISATION}\s?[^.;:()]{0,160}?)${END_OF_NAME}`,
    'du',
  ),
];
const REPORTS = /báo cáo|thông báo|gửi|đăng ký|phản ánh|nộp|về\s+(?:Ban|Văn phòng|Sở)/iu;

function firstOf(passage: Passage, patterns: readonly RegExp[], group: string): Passage | null {
  for (const pattern of patterns) {
    const found = pattern.exec(passage.text);
    const part = found === null ? null : matched(passage, found, group);
    if (part !== null && part.text.length > 2) return trimEnd(part);
  }
  return null;
}

export const NO_DEADLINE: DraftDeadline = { phrase: empty(), dueBefore: empty(), recurs: empty() };

interface ReadDeadline {
  readonly deadline: DraftDeadline;
  readonly unclear: Passage | null;
}

/** The deadline that a sentence sets. "Theo quy định" is one only of a report. */
function deadlineOf(sentence: Passage, issuedOn: CivilDate | null): ReadDeadline {
  const found = findDeadlines(sentence.text)
    .filter(({ phrase }) => !/theo (?:đúng )?quy định/iu.test(phrase) || REPORTS.test(sentence.text))
    .map(({ phrase, start, end }) => ({
      passage: slice(sentence, start, end),
      reading: readDeadline(phrase, issuedOn),
    }));
  const best =
    found.find(({ reading }) => reading.ok && reading.value.dueBefore !== null) ??
    found.find(({ reading }) => reading.ok && reading.value.recurs !== null) ??
    found.find(({ reading }) => !reading.ok) ??
    found[0];
  if (best === undefined) return { deadline: NO_DEADLINE, unclear: null };
  const { passage, reading } = best;
  const phrase = leaf(trimEnd(passage), reading.ok ? 0.95 : 0.6);
  if (!reading.ok) return { deadline: { phrase, dueBefore: empty(), recurs: empty() }, unclear: passage };
  const { dueBefore, recurs } = reading.value;
  return {
    deadline: {
      phrase,
      dueBefore: dueBefore === null ? empty() : derived<string>(isoOf(dueBefore), [passage], 0.93),
      recurs: recurs === null ? empty() : derived(recurs, [passage], 0.93),
    },
    unclear: null,
  };
}

const ONLY_DUE = /^(?:thời (?:gian|hạn)(?: hoàn thành)?:?\s+)?(?:hoàn thành|xong)\s[^.;]{0,60}$/iu;

interface Owner {
  readonly passage: Passage;
  readonly confidence: number;
}

interface Task {
  readonly owner: Owner | null;
  readonly text: Passage;
  readonly mark: Passage | null;
}

/** Splits "Đảng ủy Công an Trung ương chủ trì ..." into who and what. */
export function subjectOf(sentence: Passage): { owner: Passage; text: Passage } | null {
  const head = sentence.text.slice(0, 420);
  const verb = VERB.exec(head);
  if (verb === null || verb.index < 4) return null;
  const owner = trim(slice(sentence, 0, verb.index), ',;');
  if (!BODY.test(keyOf(owner.text)) || owner.text.length > 400 || !/^\p{Lu}|^các\s|^từng\s/u.test(owner.text))
    return null;
  return { owner, text: trim(slice(sentence, verb.index)) };
}

/** Who is to do what in one sentence, given whose heading it stands under. */
function taskOf(sentence: Passage, heading: Owner | null): Task {
  const event = EVENT.exec(sentence.text);
  const who = event === null ? null : matched(sentence, event, 'who');
  if (who !== null)
    return { owner: { passage: trim(who, ','), confidence: 0.8 }, text: sentence, mark: null };
  const hands = HANDS.exec(sentence.text);
  if (hands !== null) {
    const rest = slice(sentence, hands[0].length);
    const subject = subjectOf(rest);
    if (subject !== null)
      return {
        owner: { passage: subject.owner, confidence: 0.88 },
        text: subject.text,
        mark: slice(sentence, 0, hands[0].length),
      };
  }
  const subject = subjectOf(sentence);
  // "g) Bộ Công an chủ trì ..." among the duties of a higher body: the one that is named does it.
  const named = subject !== null && /^\p{Lu}/u.test(subject.owner.text) && subject.owner.text.length <= 120;
  if (heading !== null && !(named && !/^(?:Các|Những)\s/u.test(subject.owner.text)))
    return { owner: heading, text: sentence, mark: null };
  if (subject !== null)
    return { owner: { passage: subject.owner, confidence: 0.82 }, text: subject.text, mark: null };
  return { owner: null, text: sentence, mark: null };
}

/** "Các ban, bộ, ngành, cơ quan Trung ương" on a line of its own, whose number a scanner lost. */
function isLostHeading(item: Item): boolean {
  const { text } = item.body;
  const alone = item.rank === 20 && item.label === null && text.length <= 250 && !/[.;:!?]$/.test(text);
  return alone && ownerLabel(item.body) && subjectOf(item.body) === null;
}

function ownerLabel(label: Passage): boolean {
  const key = keyOf(label.text);
  return (
    BODY.test(key) &&
    !/^(?:cac (?:nhiem vu|noi dung|giai phap)|bao cao|to chuc (?!giup|cong)|ban hanh|doi voi)/.test(key)
  );
}

/** "Đối với các địa phương:", "b) Đảng ủy Chính phủ chỉ đạo:" name an owner with words around. */
function strippedOwner(label: Passage): Owner | null {
  const lead =
    /^(?:[Đđ]ối với|[Tt]rách nhiệm của|[Nn]hiệm vụ của|[Gg]iao|[Đđ]ề nghị|[Vv]ề phía|(?:về|Về) .{2,200}?,(?=\s+(?:Đảng|Ban|Bộ|Văn phòng|Ủy ban|Sở|UBND|Tỉnh|Chính phủ)(?=\s)))\s+/u.exec(
      label.text,
    )?.[0].length ?? 0;
  const rest = trim(slice(label, lead));
  const subject = subjectOf({ ...rest, text: `${rest.text} ` });
  const owner = subject === null ? rest : subject.owner;
  return ownerLabel(owner)
    ? { passage: trimEnd(owner), confidence: lead > 0 || subject !== null ? 0.85 : 0.95 }
    : null;
}

/** "5. Đề nghị UBND các xã gửi danh sách ...": a letter has no section for what it asks. */
function asks(item: Item, issuedOn: CivilDate | null): boolean {
  if (item.topics.length > 0) return false;
  const hands = HANDS.exec(item.body.text.slice(0, 60));
  if (hands === null || subjectOf(slice(item.body, hands[0].length)) === null) return false;
  return item.paragraph.marker !== null || deadlineOf(item.body, issuedOn).deadline.phrase.value !== null;
}

/** Reads the section on organisation (tổ chức thực hiện): one duty for each owner and sentence. */
export function readDuties(items: readonly Item[], issuedOn: CivilDate | null): Duties {
  const duties: DraftDuty[] = [];
  const orders: Order[] = [];
  const marks: Passage[] = [];
  const unclear: Passage[] = [];
  const closing: Passage[] = [];
  const owners = new Map<Item, Owner>();
  let last: Owner | null = null;
  /** The owner whose heading lost its number. */
  let running: Owner | null = null;
  let table: DutyColumns | null = null;
  const section = items.filter(
    (item) => item.zone === 'body' && (item.topics.includes('duties') || asks(item, issuedOn)),
  );
  const add = (task: Task, due: Passage = task.text): void => {
    const text = trimEnd(task.text);
    if (!/\p{L}{2}/u.test(text.text)) return;
    const { deadline, unclear: doubt } = deadlineOf(due, issuedOn);
    if (doubt !== null) unclear.push(doubt);
    if (task.mark !== null) marks.push(task.mark);
    const to = REPORTS.test(text.text) ? firstOf(text, TO, 'to') : null;
    const via = firstOf(text, VIA, 'via');
    duties.push({
      owner: task.owner === null ? empty() : leaf(trimEnd(task.owner.passage), task.owner.confidence),
      text: leaf(text, task.owner === null ? 0.65 : 0.9),
      addressee: to === null ? empty() : leaf(to, 0.85),
      via: via === null ? empty() : leaf(via, 0.92),
      deadline,
    });
    orders.push({ owner: task.owner?.passage.text ?? null, sentence: text });
  };
  const children = childrenOf(section);
  for (const [at, item] of section.entries()) {
    const above = item.parents.findLast((parent) => owners.has(parent));
    const inherited = above === undefined ? null : (owners.get(above) ?? null);
    if (item.opens && item.content === null) {
      if (item.label !== null) marks.push(item.label);
      continue;
    }
    const columns = dutyColumns(item.body);
    if (columns !== null) {
      table = columns;
      marks.push(item.body);
      continue;
    }
    const row = table === null ? null : dutyRow(item.body, table);
    if (row !== null) {
      marks.push(...row.rest.filter((cell) => /^[\d.\s]*$/.test(cell.text)));
      add(
        { owner: { passage: row.owner, confidence: 0.85 }, text: row.text, mark: null },
        row.due ?? row.text,
      );
      continue;
    }
    if (isLostHeading(item)) {
      running = { passage: item.body, confidence: 0.75 };
      last = running;
      marks.push(item.body);
      continue;
    }
    let content = item.content;
    let heading = item.paragraph.marker === null ? (running ?? inherited) : inherited;
    const label = item.label !== null && !item.opens ? item.label : null;
    const owner =
      label === null || (item.rank >= 9 && inherited !== null && content === item.body)
        ? null
        : strippedOwner(label);
    if (label !== null && owner !== null) {
      owners.set(item, owner);
      running = null;
      heading = owner;
      last = owner;
      if (content === null || content === label) {
        const below = children.has(item);
        const next = section[at + 1];
        if (below || next?.rank === 20 || labelEnd(item.body.text) >= 0) {
          marks.push(label);
          continue;
        }
        // "- Sở Y tế chủ trì bảo đảm y tế" without a full stop is a whole duty, no heading.
        heading = inherited;
        content = item.body;
      }
    } else if (label !== null && content !== null && content !== item.body) {
      // Another label ("Thời gian:") is a part of what is to be done.
      content = item.body;
    }
    if (item.opens && item.label !== null) marks.push(item.label);
    if (content === null) continue;
    // A heading that names a field of work, and nobody.
    if (owner === null && label === item.body && content === item.body && children.has(item)) continue;
    let own: Owner | null = null;
    for (const sentence of sentences(content)) {
      if (CLOSING.test(keyOf(sentence.text))) {
        closing.push(sentence);
        continue;
      }
      const due = ONLY_DUE.test(sentence.text) ? deadlineOf(sentence, issuedOn) : null;
      const before = duties.at(-1);
      if (
        due !== null &&
        own !== null &&
        before !== undefined &&
        before.deadline.phrase.value === null &&
        due.deadline.phrase.value !== null
      ) {
        // "Hoàn thành trong quý II/2025." closes what the sentence before it ordered.
        duties[duties.length - 1] = { ...before, deadline: due.deadline };
        continue;
      }
      const prose = item.rank === 20 && above === undefined;
      const task = taskOf(sentence, heading === null ? null : (own ?? heading));
      // A paragraph without a mark after an entry that named its owner goes on with that owner's duties.
      const inheritedOwner: Owner | null = own ?? (prose ? last : null);
      add(
        task.owner !== null || inheritedOwner === null
          ? task
          : { ...task, owner: { ...inheritedOwner, confidence: 0.65 } },
      );
      own = task.owner ?? own ?? inheritedOwner;
      if (heading === null && task.owner !== null && !EVENT.test(sentence.text)) last = task.owner;
    }
  }
  for (const found of outside(items, issuedOn)) {
    duties.push(found.duty);
    if (found.unclear !== null) unclear.push(found.unclear);
  }
  duties.sort((a, b) => (a.text.source[0]?.[0] ?? 0) - (b.text.source[0]?.[0] ?? 0));
  return { duties, orders, marks, unclear, closing };
}

const PERIOD = /hoàn thành|(?:trước|chậm nhất|muộn nhất|hạn cuối|đến hết)/iu;

/**
 * Time limits that stand outside the section on organisation: "Thời gian: Hoàn thành trong Quý I/2025" of a study period. The
 * owner is whom the sentences before it ordered to hold the sessions.
 */
function outside(
  items: readonly Item[],
  issuedOn: CivilDate | null,
): { duty: DraftDuty; unclear: Passage | null }[] {
  const found: { duty: DraftDuty; unclear: Passage | null }[] = [];
  let owner: Owner | null = null;
  for (const item of items) {
    if (
      item.zone !== 'body' ||
      item.topics.length === 0 ||
      item.topics.some(
        (topic) =>
          topic === 'duties' ||
          topic === 'purpose' ||
          topic === 'composition' ||
          topic === 'agenda' ||
          topic === 'documents',
      )
    )
      continue;
    if (item.content === null || (item.label === item.content && item.rank <= 6)) continue;
    let named = false;
    for (const sentence of sentences(item.content)) {
      const subject = followingSubject(sentence);
      // Whom the first sentence orders; a later one speaks of how.
      if (subject !== null && !named) owner = { passage: subject, confidence: 0.6 };
      named ||= subject !== null;
      if (!PERIOD.test(sentence.text) || !item.topics.includes('time')) continue;
      const { deadline, unclear } = deadlineOf(sentence, issuedOn);
      if (deadline.phrase.value === null) continue;
      const who: Leaf<string> = owner === null ? empty() : leaf(trimEnd(owner.passage), owner.confidence);
      const text =
        subject === null
          ? sentence
          : trim(slice(sentence, sentence.text.indexOf(subject.text) + subject.text.length));
      found.push({
        duty: { owner: who, text: leaf(trimEnd(text), 0.7), addressee: empty(), via: empty(), deadline },
        unclear,
      });
    }
  }
  return found;
}

/** "Sau hội nghị ..., các chi, đảng bộ ... tiếp tục tổ chức": the subject may follow a time. What was held already orders nothing. */
function followingSubject(sentence: Passage): Passage | null {
  if (/\sđã\s(?:tổ chức|triển khai|ban hành)/u.test(sentence.text.slice(0, 160))) return null;
  const lead = /^(?:Sau|Trước|Trong|Ngay sau)\s[^,;.]{3,80},\s+/u.exec(sentence.text)?.[0].length ?? 0;
  return subjectOf(slice(sentence, lead))?.owner ?? null;
}
