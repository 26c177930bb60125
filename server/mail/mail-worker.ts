import { parentPort, workerData } from 'node:worker_threads';

import PostalMime, { type Address, type Attachment } from 'postal-mime';

import { oneLine } from '../../domain/mail/address.ts';
import { readDeliveryStatus } from '../../domain/mail/delivery-status.ts';
import { shorten } from '../../domain/text/normalize.ts';
import type { ReadMessage } from './reading.ts';

/** Whoever nests deeper builds no message but a trap; and of no head more than this is read. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256_000 };
const MOST_OF_HEAD = 64_000;
const MOST_LETTERS = 300;

/** A reply is one entry; whoever sends more wants it to be read for ever. */
const MOST_OF_REPLY = 64_000;

const NOTHING: ReadMessage = {
  sender: null,
  from: null,
  subject: null,
  sentAt: null,
  status: null,
  originalIds: [],
  reply: null,
};

/** Reads one message and answers; the thread ends with it. */
async function read(bytes: Uint8Array): Promise<ReadMessage> {
  const mail = await PostalMime.parse(bytes, {
    ...LIMITS,
    attachmentEncoding: 'utf8',
    forceRfc822Attachments: true,
  }).catch(() => null);
  if (mail === null) return NOTHING;
  const report = mail.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status');
  const sentAt = Date.parse(mail.date ?? '');
  return {
    sender: written(mail.from),
    from: mail.from?.address ?? null,
    subject: lineOf(mail.subject),
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
    status: report === undefined ? null : readDeliveryStatus(textOf(report)),
    originalIds: mail.attachments.flatMap(idsIn),
    reply: replyIn(mail.attachments),
  };
}

/** The method stands in the part's type or, as some programs leave it out there, in the calendar alone. */
function replyIn(parts: readonly Attachment[]): string | null {
  const text = parts.filter(({ mimeType }) => mimeType === 'text/calendar').map(textOf);
  return text.find((one) => one.length <= MOST_OF_REPLY && /^METHOD:REPLY\s*$/im.test(one)) ?? null;
}

/** The id in the head of a message that came back, whole or as its head alone. */
function idsIn(part: Attachment): string[] {
  if (!['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers'].includes(part.mimeType)) return [];
  const [head = ''] = textOf(part)
    .slice(0, MOST_OF_HEAD)
    .split(/\r?\n\r?\n/);
  const [, id] = /^message-id:\s*(<[^<>\s]{1,300}>)/im.exec(head) ?? [];
  return id === undefined ? [] : [id];
}

function textOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

function written(from: Address | undefined): string | null {
  if (from === undefined) return null;
  return lineOf([from.name, from.address === undefined ? '' : `<${from.address}>`].join(' '));
}

function lineOf(text: string | undefined): string | null {
  return shorten(oneLine(text ?? ''), MOST_LETTERS) || null;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(await read(workerData as Uint8Array));
