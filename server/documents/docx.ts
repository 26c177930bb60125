import mammoth from 'mammoth';

/** Tags of mammoth's output: `<p>`, `</li>`, `<br />`. Everything else between angle brackets is escaped text. */
const TAG = /<(\/?)([a-z][a-z0-9]*)[^>]*>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function plain(text: string): string {
  return text
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/[\r\n]+/g, ' ');
}

interface List {
  readonly ordered: boolean;
  count: number;
}

interface Cell {
  readonly lines: string[];
}

/**
 * Lines of a DOCX as a reader of plans wants them: one paragraph a line, entries of lists with a mark, rows of a table as
 * "a | b | c". Cells of several paragraphs (the head of a document, which offices set in two columns) follow one another.
 * The numbers of a list that Word counts by itself are lost in the file but for their depth: they come as "1.", "1.1.".
 */
function linesOf(html: string): string[] {
  const lines: string[] = [];
  const lists: List[] = [];
  const rows: Cell[][] = [];
  let current = '';
  let marker = '';
  const out = (): string[] => rows.at(-1)?.at(-1)?.lines ?? lines;
  const flush = (): void => {
    const text = current.trim();
    current = '';
    if (text.length === 0) return;
    out().push(marker + text);
    marker = '';
  };
  const open = (name: string): void => {
    if (name === 'br') current += '\n';
    else if (name === 'tr') rows.push([]);
    else if (name === 'td' || name === 'th') rows.at(-1)?.push({ lines: [] });
    else if (name === 'ul' || name === 'ol') {
      flush();
      lists.push({ ordered: name === 'ol', count: 0 });
    } else if (name === 'li') {
      flush();
      const list = lists.at(-1);
      if (list !== undefined) list.count++;
      const depth = lists.filter((each) => !each.ordered).length;
      const numbers = lists.filter((each) => each.ordered).map((each) => each.count);
      marker = list?.ordered === true ? `${numbers.join('.')}. ` : depth > 1 ? '+ ' : '- ';
    } else if (/^(?:p|h[1-6])$/.test(name)) flush();
  };
  const close = (name: string): void => {
    if (name === 'tr') {
      const cells = rows.pop() ?? [];
      const several = cells.some((cell) => cell.lines.length > 1);
      if (several) for (const cell of cells) out().push(...cell.lines, '');
      else {
        const row = cells.map((cell) => cell.lines[0] ?? '').filter((text) => text.length > 0);
        if (row.length > 0) out().push(row.join(' | '));
      }
    } else if (/^(?:p|h[1-6]|li|td|th)$/.test(name)) {
      flush();
      if (name === 'li') marker = '';
      // Paragraphs stand apart, as they do in a text that was typed.
      else if (rows.length === 0 && lists.length === 0) lines.push('');
    } else if (name === 'ul' || name === 'ol') lists.pop();
    else if (name === 'table') out().push('');
  };
  let from = 0;
  for (const found of html.matchAll(TAG)) {
    current += plain(html.slice(from, found.index));
    from = found.index + found[0].length;
    const name = found[2] ?? '';
    if (found[1] === '/') close(name);
    else open(name);
  }
  current += plain(html.slice(from));
  flush();
  return lines;
}

/** The text of a DOCX whose archive has been found safe. Throws where it is no such document. */
export async function textOfDocx(bytes: Uint8Array): Promise<string> {
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) },
    {
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
      ignoreEmptyParagraphs: true,
    },
  );
  return linesOf(value)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
