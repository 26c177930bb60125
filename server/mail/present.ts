import { PASS_PICTURE } from '../../domain/letters/render.ts';
import type { Mailbox } from '../../domain/mail/address.ts';
import { sayLineTrouble } from '../../domain/mail/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Letter, LetterRow, MailLine } from '../../domain/wire/mail.ts';
import { pictureOf } from '../passes/picture.ts';
import type { LetterHead, StoredLine, StoredStep, WholeLetter } from './queries.ts';

export function presentLetter(letter: LetterHead): LetterRow {
  const { id, to, subject, state, stateAt, queuedAt, dueAt, tries, said } = letter;
  return {
    id,
    subject,
    state,
    stateAt,
    queuedAt,
    dueAt,
    tries,
    toName: to.name,
    toAddress: to.address,
    // That it was taken is what its state says; how the server put it is for whoever looks for a fault.
    said: state === 'sent' ? null : said,
  };
}

/** A letter whole, as it goes. */
export function presentWhole(letter: WholeLetter, steps: readonly StoredStep[], line: StoredLine): Letter {
  return {
    ...presentLetter(letter),
    from: line.kind === 'none' ? null : written(line.from),
    replyTo: letter.replyTo,
    text: letter.text,
    html: letter.html === null ? null : sealed(withPicture(letter.html, letter.qrCode)),
    calendar: letter.calendar?.method ?? null,
    steps: [...steps],
  };
}

export function presentLine(line: StoredLine, language: Language): MailLine {
  const { kind, trouble } = line;
  return {
    kind,
    from: line.kind === 'none' ? null : written(line.from),
    perMinute: line.kind === 'none' ? null : line.perMinute,
    trouble:
      trouble === null
        ? null
        : {
            sentence: sayLineTrouble(trouble.trouble, language),
            since: trouble.since,
            said: trouble.said,
            againAt: trouble.againAt,
          },
  };
}

function written({ name, address }: Mailbox): string {
  return name === null ? address : `${name} <${address}>`;
}

/** The page of a letter with the picture of its code in it, for a preview: there nothing goes along beside the page. */
export function withPicture(html: string, code: string | null): string {
  if (code === null) return html;
  return html.replaceAll(
    `cid:${PASS_PICTURE}`,
    `data:image/png;base64,${pictureOf(code).toString('base64')}`,
  );
}

/** Nothing in a preview is fetched or run, whatever frame it stands in; what a letter brings along of pictures is in it. */
const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`;

function sealed(html: string): string {
  return `<!doctype html>${POLICY}<base target="_blank">${html}`;
}
