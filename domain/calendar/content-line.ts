/** A line holds so many bytes, without its break. RFC 5545, 3.1: "Lines of text SHOULD NOT be longer than 75 octets". */
const OCTETS = 75;

/** Control characters end lines or are none at all: a text that holds them could write lines of its own. */
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029]/g; // oxlint-disable-line no-control-regex -- they are what is looked for
const BREAKS = /\r\n?|[\n\u000B\u000C\u0085\u2028\u2029]/g; // oxlint-disable-line no-control-regex -- they are what is looked for

/** A text as it may stand in a property: its line breaks as `\n`, a tab as a blank, no other control characters. */
export function calendarText(text: string): string {
  return text.normalize('NFC').replace(BREAKS, '\n').replaceAll('\t', ' ').replace(CONTROL, '');
}

/** The same in one line. */
export function calendarLine(text: string): string {
  return calendarText(text).replaceAll('\n', ' ').trim();
}

/** Content lines as they were before they were folded. */
export function unfold(text: string): string[] {
  return text.replace(/\r\n[ \t]/g, '').split('\r\n');
}

/**
 * One content line (dòng nội dung) folded: no piece is longer than 75 bytes, and no letter is cut, with the marks above and
 * below it. A letter of more than that many bytes is none.
 */
export function fold(line: string): string {
  if (line.length * 3 <= OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const letter of letters(line)) {
    const own = octetsOf(letter);
    if (octets + own > OCTETS && piece !== '') {
      pieces.push(piece);
      // The blank that begins a piece counts.
      piece = ' ';
      octets = 1;
    }
    piece += letter;
    octets += own;
  }
  pieces.push(piece);
  return pieces.join('\r\n');
}

/** A letter, with the marks that combine with it. */
const LETTER = /\P{M}\p{M}{0,8}|\p{M}/gu;

function letters(line: string): Iterable<string> {
  return line.match(LETTER) ?? [];
}

function octetsOf(letter: string): number {
  let octets = 0;
  for (const point of letter) {
    const code = point.codePointAt(0) ?? 0;
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return octets;
}
