import { mainBridgeOf } from './classes.ts';
import type { MainBridge } from './classes.ts';
import { empty } from './draft.ts';
import type { Leaf } from './draft.ts';
import { findDates } from './moments.ts';
import { derived, inCapitals, join, keyOf, leaf, matched, slice, spansOf, trim, trimEnd } from './passage.ts';
import type { Passage } from './passage.ts';
import type { Item } from './sections.ts';

export interface Heading {
  readonly number: Leaf<string>;
  readonly issuer: Leaf<string>;
  readonly issuedOn: Leaf<string>;
  readonly title: Leaf<string>;
  /** What the document calls itself, on the folded key: `ke hoach`. Empty where the line is lost. */
  readonly kind: string;
  readonly main: MainBridge | null;
  /** Lines that only frame the document: motto, the word KẾ HOẠCH. */
  readonly frame: readonly Passage[];
  /** A date of issue that does not exist or is not whole. */
  readonly unclear: readonly Passage[];
  readonly stamps: readonly Passage[];
  readonly noise: readonly Passage[];
  readonly unplaced: readonly Passage[];
  /** The sentence that gives the ground of the document ("Thực hiện ...", "Căn cứ ..."). */
  readonly grounds: readonly Passage[];
}

/** One line of the head; columns of a table stand apart. */
interface Row {
  readonly passage: Passage;
  readonly key: string;
  readonly block: number;
}

function rowsOf(items: readonly Item[]): Row[] {
  return items.flatMap(({ paragraph }) =>
    cells(paragraph.passage).map((passage) => ({
      passage,
      key: keyOf(passage.text),
      block: paragraph.block,
    })),
  );
}

/** The columns of a line. */
export function cells(passage: Passage): Passage[] {
  if (!passage.text.includes('|')) return [passage];
  const found: Passage[] = [];
  let from = 0;
  for (const part of passage.text.split('|')) {
    const cell = trim(slice(passage, from, from + part.length));
    if (cell.text.length > 0) found.push(cell);
    from += part.length + 1;
  }
  return found;
}

const KINDS =
  /^(?:du thao )?(ke hoach|thong bao(?: +ket luan)?|giay moi|cong van(?! den)|quyet dinh|chuong trinh|huong dan|bao cao|ket luan|to trinh|thong tri|phuong an|cong dien)(?= |$|:)/;
const STAMP =
  /\bvan ban den\b|\bcong van den\b|^so den\b|^den so\b|^den:?$|^chuyen:|^ngay den\b|^luu ho so\b|\bsao y\b|\bsao luc\b|\btrich sao\b|^nguoi ky\b|^ky boi\b|^thoi gian ky\b|^co quan:|^email:|^(?:hoa toc|thuong khan|khan|mat|tai lieu hoi nghi|luu hanh noi bo)$/;
const STAMP_LINE = /^(?:so|ngay|gio|den|chuyen|kinh chuyen|thoi gian|ho so)\b.{0,60}$/;
const MOTTO =
  /^dang cong san viet nam|^cong hoa xa hoi chu nghia|^doc lap ?[-–—] ?tu do|^(?:(?:doc lap|tu do|hanh phuc)\W*)+$/;
const BODY =
  /^(?:ban|uy ban|ubnd|hdnd|tinh uy|thanh uy|huyen uy|dang uy|dang bo|bo|so|van phong|hoi dong|tong|tap doan|hoc vien|truong|chinh phu|quoc hoi|thu tuong|trung uong|cuc|quan|tinh|thanh pho|huyen|xa|phuong|mat tran|lien doan|doan|hoi|cong an|bo chi huy|chi bo|ban quan ly|dai)\b/;

/** "Số 25-KH/TW", "Số: 12/KH-UBND", "Số 545- BS/TU": the digits may have been lost, the symbol names a kind of document. */
const NUMBER =
  /(?:^|\s)s[ốo06ó]\s*[:.]?\s*(?<number>\d{1,5}(?:\s?\/\s?\d{4})?\s?[-–/]\s?\p{Lu}[\p{L}\d]{0,6}(?:\s?[-–/]\s?\p{Lu}[\p{L}\d.]{0,12}){0,3})(?!\p{L})/diu;
const PLACE_AND_DATE =
  /^[\s,*•-]*(?:\p{L}[\p{L}.'’\s-]{1,40},)\s*(?<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,)?\s+năm\s+\d{4}|ngày\s+\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4})/diu;

const MADE =
  /\s(?:ban hành|xây dựng|đề ra|lập|tổ chức triển khai|triển khai)\s+(?:(?:bộ|bản|nội dung)\s+)?kế hoạch(?!\p{L})/iu;

/** Who "ban hành Kế hoạch", from the sentence that leads to the sections. */
function issuerInGrounds(passage: Passage): Passage | null {
  const { text } = passage;
  const made = MADE.exec(text);
  if (made === null) return null;
  const before = text.slice(0, made.index);
  // The subject stands after the last comma, semicolon, full stop or closing bracket, and starts with a capital.
  const cut = Math.max(
    before.lastIndexOf(','),
    before.lastIndexOf(';'),
    before.lastIndexOf('. '),
    before.lastIndexOf(')'),
    before.lastIndexOf(':'),
  );
  const subject = trim(slice(passage, cut + 1, made.index), ',.');
  return subject.text.length >= 4 &&
    subject.text.length <= 120 &&
    BODY.test(keyOf(subject.text).replace(/^(?:ubnd|hdnd)\b/, 'uy ban')) &&
    /^\p{Lu}/u.test(subject.text)
    ? subject
    : null;
}

const OF = /^\s*của\s+/iu;

/** Reads what stands above the first section: number, date, issuer and title, among stamps and handwriting. */
export function readHeading(items: readonly Item[], annex: readonly Item[]): Heading {
  const rows = rowsOf(items);
  const used = new Set<Row>();
  const stamped = stampRows(rows);
  for (const row of stamped) used.add(row);
  const open = (row: Row): boolean => !used.has(row);

  let number = empty<string>();
  let numberWord: Passage | null = null;
  for (const row of rows.filter(open)) {
    const found = NUMBER.exec(row.passage.text);
    if (found === null || row.passage.text.length > 120) continue;
    const part = matched(row.passage, found, 'number');
    if (part === null) continue;
    number = {
      value: part.text.replaceAll(/\s/g, '').replace('–', '-'),
      source: spansOf(part),
      confidence: /\s/.test(part.text) ? 0.9 : 0.97,
    };
    numberWord = slice(row.passage, 0, found.index + found[0].indexOf(found.groups?.['number'] ?? ''));
    if (found[0].trim().length + 6 >= row.passage.text.length) used.add(row);
    break;
  }

  let issuedOn = empty<string>();
  let unclear: Row | null = null;
  let place: Passage | null = null;
  for (const row of rows.filter(open)) {
    const found = PLACE_AND_DATE.exec(row.passage.text);
    const part = found === null ? null : matched(row.passage, found, 'date');
    if (part === null || row.passage.text.length > 90) continue;
    const date = findDates(part)[0]?.date ?? null;
    if (date === null) unclear = row;
    else issuedOn = derived<string>(date, [part], 0.97);
    if (date !== null) {
      used.add(row);
      place = trimEnd(slice(row.passage, 0, row.passage.text.indexOf('ngày')));
    }
    break;
  }

  const frame: Passage[] = numberWord === null ? [] : [numberWord];
  for (const row of rows) {
    if (!MOTTO.test(row.key) || used.has(row)) continue;
    frame.push(row.passage);
    used.add(row);
  }

  const kindAt = rows.findIndex(
    (row) =>
      !used.has(row) &&
      KINDS.test(row.key) &&
      (inCapitals(row.passage.text) ||
        row.passage.text.length < 40 ||
        row.passage.text.startsWith('KẾ HOẠCH')),
  );
  const kindRow = rows[kindAt];
  const kind = kindRow === undefined ? '' : (KINDS.exec(kindRow.key)?.[1] ?? '').replaceAll(/\s+/g, ' ');
  const groundsAt = rows.findIndex(
    (row, at) =>
      at > kindAt &&
      !used.has(row) &&
      (/như sau\s*[:.]?$/u.test(row.passage.text) ||
        (/^(?:thuc hien|can cu|trien khai|tiep tuc thuc hien|theo|nham|de)\b/.test(row.key) &&
          row.passage.text.length > 80)),
  );
  const grounds = rows.filter(
    (row, at) => groundsAt >= 0 && at >= groundsAt && open(row) && row.passage.text.length >= 60,
  );
  for (const row of grounds) used.add(row);

  const title = readTitle(rows, kindRow, kindAt, groundsAt, used, kind);
  if (kindRow !== undefined && !used.has(kindRow)) {
    const found = KINDS.exec(kindRow.key)?.[0].length ?? 0;
    frame.push(slice(kindRow.passage, 0, found));
    used.add(kindRow);
  }
  const own = ownHeading(rows, kindAt, used);
  frame.push(...own.frame);

  const inGrounds =
    grounds.map((row) => issuerInGrounds(row.passage)).find((found) => found !== null) ?? null;
  const header = issuerInHeader(
    rows.slice(0, kindAt < 0 ? (groundsAt < 0 ? rows.length : groundsAt) : kindAt).filter(open),
  );
  for (const row of header.rows) used.add(row);
  const issuer = chooseIssuer(
    own.of,
    inGrounds,
    header.passage,
    grounds.map((row) => row.passage),
  );
  frame.push(...header.rows.map((row) => row.passage));

  if (issuedOn.value === null) issuedOn = dateInCaption(annex, number.value);
  // What a hand or a stamp left is short; a whole sentence is text that has no field.
  const rest = rows.filter((row) => open(row) && row !== unclear).map((row) => row.passage);
  const noise = rest.filter((passage) => passage.text.length < 80);
  return {
    number,
    issuer,
    issuedOn,
    title,
    kind,
    main: mainBridgeOf(number.value, issuer.value),
    frame,
    unplaced: [...rest.filter((passage) => passage.text.length >= 80), ...(place === null ? [] : [place])],
    unclear: unclear === null ? [] : [unclear.passage],
    stamps: stamped.map((row) => row.passage),
    noise,
    grounds: grounds.map((row) => row.passage),
  };
}

/** Rows of a receipt stamp: all short lines of a block in which one speaks as a stamp does. */
function stampRows(rows: readonly Row[]): Row[] {
  const blocks = new Set(
    rows.filter((row) => STAMP.test(row.key) && row.passage.text.length < 120).map((row) => row.block),
  );
  return rows.filter(
    (row) =>
      blocks.has(row.block) &&
      !KINDS.test(row.key) &&
      !NUMBER.test(row.passage.text) &&
      (STAMP.test(row.key) ||
        STAMP_LINE.test(row.key) ||
        (row.passage.text.length < 60 && inCapitals(row.passage.text) && !MOTTO.test(row.key))),
  );
}

/** The words after KẾ HOẠCH: on its own line, or on the lines after it up to an empty one. */
function readTitle(
  rows: readonly Row[],
  kindRow: Row | undefined,
  kindAt: number,
  groundsAt: number,
  used: Set<Row>,
  kind: string,
): Leaf<string> {
  const end = groundsAt < 0 ? rows.length : groundsAt;
  if (kindRow === undefined) {
    const alone = rows.find(
      (row, at) =>
        at < end &&
        !used.has(row) &&
        /^(?:to chuc|v\/v|ve viec|trien khai|quan triet)\b/.test(row.key) &&
        row.passage.text.length > 20,
    );
    if (alone === undefined) return empty();
    used.add(alone);
    // "V/v" (về việc) leads to the subject of a letter.
    const lead = /^(?:v\/v|về việc)\s*:?\s+/iu.exec(alone.passage.text)?.[0].length ?? 0;
    return leaf(trimEnd(slice(alone.passage, lead)), 0.6);
  }
  const after = trim(slice(kindRow.passage, KINDS.exec(kindRow.key)?.[0].length ?? 0), ':-–');
  const lines: Passage[] = [];
  let block = kindRow.block;
  if (after.text.length > 3 && !OF.test(after.text)) lines.push(after);
  for (let at = kindAt + 1; at < end; at++) {
    const row = rows[at];
    if (row === undefined || used.has(row)) continue;
    const of = OF.exec(row.passage.text);
    if (of !== null && inCapitals(row.passage.text) && BODY.test(row.key.slice(of[0].length))) {
      block = row.block;
      continue;
    }
    if (lines.length > 0 && row.block !== block) {
      // A title in two blocks goes on in capitals, or with a small letter.
      const last = lines.at(-1)?.text ?? '';
      const goesOn =
        /^\p{Ll}/u.test(row.passage.text) ||
        (inCapitals(last) && inCapitals(row.passage.text) && last.length > 25);
      if (!goesOn) break;
    }
    if (lines.length === 0 && row.passage.text.length < 12) break;
    // A title in capitals is over where small letters begin; no title runs on for ever.
    if (lines.length > 0 && inCapitals(lines[0]?.text ?? '') && !inCapitals(row.passage.text)) break;
    if (lines.reduce((sum, line) => sum + line.text.length, 0) > 600) break;
    lines.push(row.passage);
    used.add(row);
    block = row.block;
  }
  if (lines.length === 0) return empty();
  // The line of the kind carries the start of the title: what stands before it is the kind, which frames.
  return leaf(trimEnd(join(lines)), kind === 'ke hoach' ? 0.95 : 0.8);
}

/** "CỦA BAN BÍ THƯ" under the word KẾ HOẠCH. */
function ownHeading(
  rows: readonly Row[],
  kindAt: number,
  used: Set<Row>,
): { of: Passage | null; frame: Passage[] } {
  const kindRow = rows[kindAt];
  if (kindRow === undefined) return { of: null, frame: [] };
  const rest = trim(slice(kindRow.passage, KINDS.exec(kindRow.key)?.[0].length ?? 0));
  const candidates = [
    { row: kindRow, passage: rest },
    ...rows.slice(kindAt + 1, kindAt + 3).map((row) => ({ row, passage: row.passage })),
  ];
  for (const { row, passage } of candidates) {
    const found = OF.exec(passage.text);
    if (
      found === null ||
      !inCapitals(passage.text) ||
      !BODY.test(keyOf(slice(passage, found[0].length).text))
    )
      continue;
    used.add(row);
    return { of: trimEnd(slice(passage, found[0].length)), frame: [passage] };
  }
  return { of: null, frame: [] };
}

/** The bodies named in capitals at the top left; the last of them issues. */
function issuerInHeader(rows: readonly Row[]): { passage: Passage | null; rows: Row[] } {
  const bodies = rows.filter(
    (row) => inCapitals(row.passage.text) && BODY.test(row.key) && row.passage.text.length <= 120,
  );
  const last = bodies.at(-1);
  if (last === undefined) return { passage: null, rows: [] };
  // "ỦY BAN NHÂN DÂN" / "TỈNH ..." is one name on two lines.
  const before = bodies.at(-2);
  const place =
    /^(?:tinh|thanh pho|huyen|xa|phuong|quan|thi xa|dac khu)\b/.test(last.key) &&
    !/^(?:tinh uy|thanh uy|huyen uy)/.test(last.key);
  const whole = place && before !== undefined ? join([before.passage, last.passage]) : last.passage;
  return { passage: whole, rows: bodies };
}

function chooseIssuer(
  of: Passage | null,
  inGrounds: Passage | null,
  header: Passage | null,
  grounds: readonly Passage[],
): Leaf<string> {
  if (of !== null) {
    // The name stands in capitals there; where the text has it as a name, that is the better writing of the same words.
    const key = keyOf(of.text);
    for (const passage of grounds) {
      const at = keyOf(passage.text).lastIndexOf(key, MADE.exec(passage.text)?.index ?? passage.text.length);
      if (at >= 0) return leaf(slice(passage, at, at + key.length), 0.95);
    }
    return leaf(of, 0.9);
  }
  if (inGrounds !== null) {
    const short =
      inGrounds.text.split(/\s+/).length <= 2 ||
      /^(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+\p{Ll}+$/u.test(inGrounds.text);
    if (!short || header === null) return leaf(inGrounds, 0.88);
  }
  return header === null ? empty() : leaf(header, 0.85);
}

/** "(Kèm theo Kế hoạch số 71-KH/ĐUK, ngày 07/02/2025 ...)" of an annex dates a plan whose own date was lost. */
function dateInCaption(annex: readonly Item[], number: string | null): Leaf<string> {
  for (const { body } of annex) {
    const found = /kèm theo kế hoạch\s+số:?\s*([^,\s]{1,8}\s?[^,\s]{1,20}),?\s/iu.exec(body.text);
    if (found === null) continue;
    const cited = (found[1] ?? '').replaceAll(/\s/g, '');
    if (number !== null && cited !== number) continue;
    const date = findDates(body).find((each) => each.at >= found.index);
    if (date !== undefined && date.date !== null)
      return derived<string>(date.date, [date.passage], number === null ? 0.6 : 0.8);
  }
  return empty();
}
