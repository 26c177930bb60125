import { z } from 'zod';

import { oneLine } from '../mail/address.ts';

/** What letters are written for (loại thư). */
export const TEMPLATE_KINDS = [
  'summons',
  'invitation',
  'reminder',
  'moved',
  'withdrawn',
  'substitute-accepted',
  'substitute-refused',
  'guest',
] as const;
export const TemplateKind = z.enum(TEMPLATE_KINDS);
export type TemplateKind = z.infer<typeof TemplateKind>;

/** Words that stand for what differs from person to person, in the line where they stand. */
export const TEXT_PLACEHOLDERS = [
  'họ tên',
  'chức vụ',
  'hội nghị',
  'thời gian',
  'địa điểm',
  'số ghế',
  'đơn vị mời',
  'loại giấy',
  'lý do',
  'người dự thay',
] as const;
export type TextPlaceholder = (typeof TEXT_PLACEHOLDERS)[number];
/** Those that stand for a part of the letter, alone in their line: what, when and where; the way to answer; the pass. */
export const PART_PLACEHOLDERS = ['bảng thông tin', 'trang riêng', 'thẻ đại biểu'] as const;
export type PartPlaceholder = (typeof PART_PLACEHOLDERS)[number];
export type Placeholder = TextPlaceholder | PartPlaceholder;

/** A letter as an office writes it (mẫu thư): plain text with placeholders in braces, `{họ tên}`. Blank lines part its paragraphs. */
export const LetterTemplate = z.object({ subject: z.string().max(2000), body: z.string().max(40_000) });
export type LetterTemplate = z.infer<typeof LetterTemplate>;

export const MOST_OF_SUBJECT = 200;
export const MOST_OF_BODY = 10_000;

const ALWAYS = [
  'họ tên',
  'chức vụ',
  'hội nghị',
  'thời gian',
  'địa điểm',
  'đơn vị mời',
  'bảng thông tin',
] as const;
const SEATED = [...ALWAYS, 'số ghế', 'loại giấy', 'trang riêng'] as const;

/** What there is to say in each kind of letter. */
export const OFFERED: Readonly<Record<TemplateKind, readonly Placeholder[]>> = {
  summons: [...SEATED, 'thẻ đại biểu'],
  invitation: [...SEATED, 'thẻ đại biểu'],
  reminder: SEATED,
  moved: [...SEATED, 'thẻ đại biểu'],
  withdrawn: [...ALWAYS, 'loại giấy', 'lý do'],
  'substitute-accepted': [...ALWAYS, 'loại giấy', 'người dự thay'],
  'substitute-refused': [...SEATED, 'người dự thay', 'lý do'],
  guest: ALWAYS,
};

/** One of each has to be in a letter: whom it is to, what it is about, and how to answer where an answer is asked for. */
const WHOM: readonly Placeholder[] = ['họ tên'];
const WHAT: readonly Placeholder[] = ['bảng thông tin', 'hội nghị'];
const WHEN: readonly Placeholder[] = ['bảng thông tin', 'thời gian'];
const WHERE: readonly Placeholder[] = ['bảng thông tin', 'địa điểm'];
const HOW: readonly Placeholder[] = ['trang riêng'];
const REQUIRED: Readonly<Record<TemplateKind, readonly (readonly Placeholder[])[]>> = {
  summons: [WHOM, WHAT, WHEN, WHERE, HOW],
  invitation: [WHOM, WHAT, WHEN, WHERE, HOW],
  reminder: [WHOM, WHAT, HOW],
  moved: [WHOM, WHAT, WHEN, WHERE],
  withdrawn: [WHOM, WHAT],
  'substitute-accepted': [WHOM, WHAT, ['người dự thay']],
  'substitute-refused': [WHOM, WHAT, ['lý do']],
  guest: [WHOM, WHAT, WHEN, WHERE],
};

/** What is wrong with a template. `line` is counted from 1; 0 is the subject, null the letter as a whole. */
export type TemplateFault =
  | {
      readonly kind: 'unknown' | 'not of this letter' | 'not alone';
      readonly line: number;
      readonly word: string;
    }
  | { readonly kind: 'missing'; readonly line: null; readonly oneOf: readonly Placeholder[] }
  | { readonly kind: 'empty' | 'too long'; readonly line: 0 | null };

/** A part of a line: text as it is, or a placeholder. */
export type Piece = { readonly text: string } | { readonly placeholder: Placeholder };
type Found = Piece | { readonly unknown: string };

const BRACES = /\{([^{}\n]*)\}/g;
const BY_WORD = new Map<string, Placeholder>(
  [...TEXT_PLACEHOLDERS, ...PART_PLACEHOLDERS].map((word) => [word, word]),
);

function* found(line: string): Generator<Found> {
  let from = 0;
  for (const match of line.matchAll(BRACES)) {
    if (match.index > from) yield { text: line.slice(from, match.index) };
    from = match.index + match[0].length;
    const word = (match[1] ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ');
    const placeholder = BY_WORD.get(word.toLowerCase());
    yield placeholder === undefined ? { unknown: word } : { placeholder };
  }
  if (from < line.length) yield { text: line.slice(from) };
}

/** The parts of a line of a template in which nothing is wrong. What is unknown stands as it is. */
export function piecesOf(line: string): Piece[] {
  return [...found(line)].map((piece) => ('unknown' in piece ? { text: `{${piece.unknown}}` } : piece));
}

export function isPart(placeholder: Placeholder): placeholder is PartPlaceholder {
  return PART_PLACEHOLDERS.some((one) => one === placeholder);
}

/** Whether a letter of this template shows the pass of whoever it is to. */
export function bringsPass({ body }: LetterTemplate): boolean {
  return body
    .split('\n')
    .some((line) =>
      piecesOf(line).some((piece) => 'placeholder' in piece && piece.placeholder === 'thẻ đại biểu'),
    );
}

/** The texts in one form, the subject in one line. */
export function tidyTemplate({ subject, body }: LetterTemplate): LetterTemplate {
  const lines = body
    .normalize('NFC')
    .toWellFormed()
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd());
  return { subject: oneLine(subject.normalize('NFC').toWellFormed()), body: lines.join('\n').trim() };
}

/** Everything that is wrong with a tidy template of a kind, in the order of its lines. */
export function templateFaults(kind: TemplateKind, { subject, body }: LetterTemplate): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const used = new Set<Placeholder>();
  if (subject === '') faults.push({ kind: 'empty', line: 0 });
  if (subject.length > MOST_OF_SUBJECT) faults.push({ kind: 'too long', line: 0 });
  if (body === '') faults.push({ kind: 'empty', line: null });
  if (body.length > MOST_OF_BODY) faults.push({ kind: 'too long', line: null });
  for (const [line, text] of [subject, ...body.split('\n')].entries()) {
    const pieces = [...found(text)];
    const isAlone = pieces.filter((piece) => !('text' in piece && piece.text.trim() === '')).length === 1;
    for (const piece of pieces) {
      if ('text' in piece) continue;
      if ('unknown' in piece) {
        faults.push({ kind: 'unknown', line, word: piece.unknown });
        continue;
      }
      const { placeholder } = piece;
      if (!OFFERED[kind].includes(placeholder)) {
        faults.push({ kind: 'not of this letter', line, word: placeholder });
      } else if (isPart(placeholder) && (line === 0 || !isAlone)) {
        faults.push({ kind: 'not alone', line, word: placeholder });
      }
      if (line > 0) used.add(placeholder);
    }
  }
  for (const oneOf of REQUIRED[kind]) {
    if (!oneOf.some((placeholder) => used.has(placeholder)))
      faults.push({ kind: 'missing', line: null, oneOf });
  }
  return faults;
}
