import { empty } from './draft.ts';
import type { Leaf } from './draft.ts';
import { inCapitals, join, keyOf, leaf, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import { entries } from './phrases.ts';
import type { Item } from './sections.ts';

const PLACE_DATE = /^\p{Lu}[\p{L}.\s-]{1,40}, (?:ngày|tháng)\s/u;
const QUOTES = '"“”«»\'';

/** The words of the banner (tiêu đề hội nghị), with the line of place and date that closes it. */
export function readBanner(items: readonly Item[]): Leaf<string> {
  const section = items.filter(
    (item) => item.zone === 'body' && item.topics.length === 1 && item.topics[0] === 'banner',
  );
  const lines: Passage[] = [];
  for (const item of section) {
    const { content } = item;
    if (content === null) continue;
    const line = trim(content, QUOTES);
    if (inCapitals(line.text) || (lines.length > 0 && PLACE_DATE.test(line.text)))
      lines.push(trimEnd(trim(line, QUOTES)));
  }
  return lines.length === 0
    ? empty()
    : { ...leaf(join(lines), 0.93), value: lines.map((line) => line.text).join('\n') };
}

const DOCUMENT =
  /^(?:\d{1,2} )?(?:nghi quyet|bao cao|ke hoach|chuong trinh|chuyen de|de cuong|tai lieu|du thao|video|clip|phong su|van kien|quyet dinh|chi thi|chu truong|tham luan|phu luc|mot so|ket luan|thong bao|huong dan|quy dinh|quy che|luat|nghi dinh|thong tu|bai|toan van|slide|so tay|danh sach|de an|to trinh|giay moi|van ban|noi dung|ban tong hop|ky yeu|hoi dap)\b/;

/** The documents of the conference (tài liệu). */
export function readDocuments(items: readonly Item[]): { documents: Leaf<string>[]; marks: Passage[] } {
  const section = items.filter(
    (item) => item.zone === 'body' && item.topics.length === 1 && item.topics[0] === 'documents',
  );
  const documents: Leaf<string>[] = [];
  const marks: Passage[] = [];
  for (const item of section) {
    if (item.opens && item.label !== null) marks.push(item.label);
    const { content, body } = item;
    if (content === null) continue;
    const whole = item.opens ? content : body;
    const listed = item.paragraph.marker !== null && !item.opens;
    for (const entry of item.opens ? entries(whole) : [whole]) {
      const title = trimEnd(entry);
      const named = DOCUMENT.test(keyOf(title.text));
      if (!/\p{L}{2}/u.test(title.text) || (!listed && !named)) continue;
      documents.push(leaf(title, listed ? (named ? 0.95 : 0.8) : 0.75));
    }
  }
  return { documents, marks };
}
