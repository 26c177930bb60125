import { assertNever } from '../result.ts';
import { escapeHtml } from '../text/html.ts';
import {
  isPart,
  piecesOf,
  type LetterTemplate,
  type PartPlaceholder,
  type TextPlaceholder,
} from './template.ts';

/** Under which name a letter's page refers to the picture of the pass that goes along with it (RFC 2392). */
export const PASS_PICTURE = 'the-dai-bieu@nhipcau';

/** What a letter to somebody says in the place of placeholders; null where there is nothing to say. */
export interface LetterFields {
  readonly texts: Readonly<Record<TextPlaceholder, string | null>>;
  /** What, when, where: a name and a value each; null where there is nothing to say. */
  readonly facts: readonly (readonly [name: string, value: string | null])[];
  /** How to answer: by their page, or, where `url` is null, by replying. Null where nothing is asked. */
  readonly answer: { readonly url: string | null } | null;
  /** Whether the picture of a pass goes along. */
  readonly hasPass: boolean;
}

/** A letter as its person reads it. */
export interface LetterText {
  readonly subject: string;
  readonly text: string;
  /** The same as a page, everything that anybody wrote escaped. */
  readonly html: string;
}

const WORDS = {
  ask: 'Đề nghị đồng chí trả lời có dự hay không tại trang riêng của đồng chí. Trang có thẻ đại biểu, chương trình và tài liệu:',
  reply:
    'Đề nghị đồng chí trả lời có dự hay không, bằng cách trả lời thư này hoặc báo cho đầu mối của điểm cầu.',
  open: 'Mở trang riêng để trả lời',
  pass: 'Thẻ đại biểu',
  show: 'Đưa mã này cho người ở cửa quét, trên màn hình hoặc bản in. Đừng gửi cho người khác.',
  attached: 'Thẻ đại biểu: mã QR kèm theo thư này, đưa cho người ở cửa quét.',
};

/**
 * The letter of a template. A line all of whose placeholders have nothing to say is left out, with what stands around them; so are
 * parentheses around one, and paragraphs of which nothing is left.
 */
export function renderLetter({ subject, body }: LetterTemplate, fields: LetterFields): LetterText {
  const paragraphs = body.split(/\n{2,}/).map((paragraph) => paragraphOf(paragraph.split('\n'), fields));
  const shown = paragraphs.filter(({ text }) => text !== '');
  return {
    subject: lineOf(subject, fields) ?? '',
    text: `${shown.map(({ text }) => text).join('\n\n')}\n`,
    html: [
      '<!doctype html><html lang="vi"><meta charset="utf-8"><body>',
      ...shown.map(({ html }) => html),
      '</body></html>',
    ].join(''),
  };
}

interface Rendered {
  readonly text: string;
  readonly html: string;
}

function paragraphOf(lines: readonly string[], fields: LetterFields): Rendered {
  const texts: string[] = [];
  const blocks: string[] = [];
  let together: string[] = [];
  const endParagraph = (): void => {
    if (together.length > 0) blocks.push(`<p>${together.map(escapeHtml).join('<br>')}</p>`);
    together = [];
  };
  for (const line of lines) {
    const part = partIn(line);
    if (part === null) {
      const said = lineOf(line, fields);
      if (said === null) continue;
      texts.push(said);
      together.push(said);
      continue;
    }
    const rendered = partOf(part, fields);
    if (rendered === null) continue;
    endParagraph();
    texts.push(rendered.text);
    blocks.push(rendered.html);
  }
  endParagraph();
  return { text: texts.join('\n'), html: blocks.join('') };
}

/** The part of the letter that a line stands for; null where it is text. */
function partIn(line: string): PartPlaceholder | null {
  for (const piece of piecesOf(line)) {
    if ('placeholder' in piece && isPart(piece.placeholder)) return piece.placeholder;
  }
  return null;
}

/** Null where the line has placeholders and none of them says anything. */
function lineOf(line: string, { texts }: LetterFields): string | null {
  const pieces = piecesOf(line);
  const values = pieces.map((piece) =>
    'text' in piece ? piece.text : isPart(piece.placeholder) ? '' : (texts[piece.placeholder] ?? ''),
  );
  const said = values.filter((_, at) => 'placeholder' in (pieces[at] ?? {}));
  if (said.length > 0 && said.every((value) => value === '')) return null;
  for (const [at, value] of values.entries()) {
    const [before, after] = [values[at - 1], values[at + 1]];
    if (value !== '' || before?.endsWith('(') !== true || after?.startsWith(')') !== true) continue;
    values[at - 1] = before.slice(0, -1).trimEnd();
    values[at + 1] = after.slice(1);
  }
  return values.join('');
}

function partOf(part: PartPlaceholder, { facts, answer, hasPass }: LetterFields): Rendered | null {
  switch (part) {
    case 'bảng thông tin': {
      const known = facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
      return {
        text: known.map(([name, value]) => `${name}: ${value}`).join('\n'),
        html: `<table cellpadding="4">${known.map(rowOf).join('')}</table>`,
      };
    }
    case 'trang riêng':
      if (answer === null) return null;
      if (answer.url === null) return { text: WORDS.reply, html: `<p>${WORDS.reply}</p>` };
      return {
        text: `${WORDS.ask}\n${answer.url}`,
        html: `<p>${WORDS.ask}</p><p><a href="${escapeHtml(answer.url)}">${WORDS.open}</a></p>`,
      };
    case 'thẻ đại biểu':
      if (!hasPass) return null;
      return {
        text: WORDS.attached,
        html: `<p><img src="cid:${PASS_PICTURE}" alt="${WORDS.pass}" width="220" height="220"></p><p>${WORDS.show}</p>`,
      };
    default:
      return assertNever(part);
  }
}

function rowOf([name, value]: readonly [string, string]): string {
  return `<tr><th align="left" valign="top" nowrap>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`;
}
