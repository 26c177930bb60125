import MailComposer from 'nodemailer/lib/mail-composer';
import type { SendMailOptions } from 'nodemailer';

import { ConferenceId } from '../../domain/ids.ts';
import { oneLine, type MailAddress, type Mailbox } from '../../domain/mail/address.ts';
import { PASS_PICTURE } from '../../domain/letters/render.ts';
import { LetterId } from '../../domain/mail/letter.ts';
import { pictureOf } from '../passes/picture.ts';
import type { Context } from '../platform/context.ts';
import { TEST_LETTER } from './sentences.ts';
import type { StoredLetter } from './store.ts';

/**
 * The message of a letter, made of what is stored and nothing else: a letter that goes twice is the same message, with the same id and
 * date. Files and addresses of the network that a text might name are never opened.
 */
export function messageOf(letter: StoredLetter, from: Mailbox): SendMailOptions {
  const { to, subject, text, html, calendar, qrCode, replyTo, isAutomatic, messageId, queuedAt, language } =
    letter;
  return {
    from: { name: oneLine(from.name ?? ''), address: from.address },
    to: { name: oneLine(to.name ?? ''), address: to.address },
    ...(replyTo !== null && { replyTo: { name: '', address: replyTo } }),
    subject: oneLine(subject),
    date: new Date(queuedAt),
    messageId,
    text,
    ...(html !== null && { html }),
    ...(calendar !== null && {
      icalEvent: { method: calendar.method, content: calendar.content, filename: 'lich.ics' },
    }),
    ...(qrCode !== null && {
      attachments: [
        {
          filename: 'the-dai-bieu.png',
          contentType: 'image/png',
          contentDisposition: 'inline',
          cid: PASS_PICTURE,
          content: pictureOf(qrCode),
        },
      ],
    }),
    headers: {
      'Content-Language': language,
      // RFC 3834: no holiday notice comes back to it.
      ...(isAutomatic && { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }),
    },
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What the envelope says beside sender and recipient: what a bounce calls the letter, and that only the head of it is to come back. */
export function deliveryNoticeOf({ id, to }: Pick<StoredLetter, 'id' | 'to'>): SendMailOptions['dsn'] {
  return { id, return: 'HDRS', notify: ['FAILURE', 'DELAY'], recipient: to.address };
}

/** The message as it goes over the line, byte for byte. */
export async function composed(letter: StoredLetter, from: Mailbox): Promise<Buffer> {
  return await new MailComposer(messageOf(letter, from)).compile().build();
}

/** A letter that says that mail works, past the queue: it is kept nowhere. */
export function testLetter(
  { newId, clock, language }: Pick<Context, 'newId' | 'clock' | 'language'>,
  from: Mailbox,
  to: MailAddress,
): StoredLetter {
  const id = LetterId.parse(newId());
  const conference = ConferenceId.parse(newId());
  return {
    id,
    conference,
    language,
    ...TEST_LETTER[language],
    about: { kind: 'test', id },
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    to: { name: null, address: to },
    replyTo: null,
    html: null,
    calendar: null,
    qrCode: null,
    isAutomatic: true,
    queuedAt: clock(),
  };
}
