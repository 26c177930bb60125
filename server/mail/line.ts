import { createTransport, type NodemailerError } from 'nodemailer';

import { oneLine, type Mailbox } from '../../domain/mail/address.ts';
import type { LineTrouble } from '../../domain/mail/sentences.ts';
import { shorten } from '../../domain/text/normalize.ts';
import type { MailServer } from '../platform/mail-server.ts';
import { deliveryNoticeOf, messageOf } from './composing.ts';
import type { StoredLetter } from './store.ts';

/** What came of handing a letter to the mail server, with its own words. */
export type Answer =
  | { readonly is: 'taken'; readonly said: string }
  /** Of this letter: not now. */
  | { readonly is: 'not now'; readonly said: string }
  /** Of this letter: never. */
  | { readonly is: 'refused'; readonly said: string }
  /** Nobody waited for it: whether the server has taken it is not known. */
  | { readonly is: 'given up' }
  /** Of whatever comes over this line. `isCertain` where it was said before any letter was looked at. */
  | {
      readonly is: 'no line';
      readonly trouble: LineTrouble;
      readonly said: string;
      readonly isCertain: boolean;
    };

/** A line to a mail server: some connections, opened when they are needed and kept for more letters. */
export interface Line {
  send(letter: StoredLetter, from: Mailbox): Promise<Answer>;
  /** Waits for no answer any more. */
  giveUp(): void;
  close(): void;
}

/** Mail servers let in few connections of one sender, and most of the time of each is their own. */
export const CONNECTIONS = 4;
/** A server that says nothing for so long is none: RFC 5321 allows minutes, and a letter may take its time at the end. */
const BOUNDS = {
  connectionTimeout: 20_000,
  greetingTimeout: 20_000,
  dnsTimeout: 20_000,
  socketTimeout: 120_000,
};

export function openLine(server: MailServer): Line {
  const { host, port, isSecure, needsTls, signIn } = server;
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    // Only what was not said to the server at all is sent anew by itself.
    maxRequeues: 1,
    idleTimeout: 30_000,
    host,
    port,
    secure: isSecure,
    requireTLS: needsTls && !isSecure,
    opportunisticTLS: !needsTls,
    tls: { rejectUnauthorized: needsTls, minVersion: 'TLSv1.2' },
    ...(signIn !== null && { auth: { user: signIn.user, pass: signIn.password } }),
    ...BOUNDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const waiting = new AbortController();
  return {
    async send(letter, from) {
      try {
        const { response } = await transport.sendMail({
          ...messageOf(letter, from),
          dsn: deliveryNoticeOf(letter),
          signal: waiting.signal,
        });
        return { is: 'taken', said: wordsOf(response, server) };
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        return waiting.signal.aborted ? { is: 'given up' } : judged(error, server);
      }
    },
    giveUp: () => waiting.abort(),
    close: () => transport.close(),
  };
}

const NO_LINE = new Set(['ECONNECTION', 'ESOCKET', 'EDNS', 'ETIMEDOUT', 'EPROTOCOL', 'EPROXY']);
/** What node says of a certificate that does not hold, or a server that speaks no TLS. */
const NO_TLS = /CERT|SIGNATURE|_TLS_|SSL|EPROTO$/;
/** What a server says that wants another sign-in, or TLS, before it takes anything. */
const WANTS_SIGN_IN = new Set([530, 534, 535, 538]);

/** What an error means: of one letter, or of the whole line. */
function judged(error: NodemailerError, server: MailServer): Answer {
  const { code = '', originalCode = '', command = '', responseCode: reply = 0, response } = error;
  const said = wordsOf(response ?? error.message, server);
  const line = (trouble: LineTrouble, isCertain = true): Answer => ({
    is: 'no line',
    trouble,
    said,
    isCertain,
  });
  if (code === 'EAUTH' || code === 'ENOAUTH') return line('sign-in refused');
  if (code === 'ETLS' || NO_TLS.test(originalCode) || /starttls/i.test(said)) return line('no encryption');
  if (reply === 421) return line('refused');
  if (WANTS_SIGN_IN.has(reply)) return line('sign-in refused');
  if (NO_LINE.has(code)) return line(reply > 0 ? 'refused' : 'no connection', command === 'CONN');
  // Whom letters come from is the same for all; only its size is of the letter.
  if (command === 'MAIL FROM' && reply >= 500 && reply !== 552) return line('refused');
  if (reply >= 400 && reply < 500) return { is: 'not now', said };
  if (reply >= 500 || code === 'EENVELOPE' || code === 'EMESSAGE') return { is: 'refused', said };
  return line('no connection', false);
}

const MOST_WORDS = 300;

/** A server's own words, in one line, for people to read; whatever of the sign-in it might repeat is covered. */
function wordsOf(text: string, { signIn }: MailServer): string {
  let said = text;
  if (signIn !== null && signIn.password !== '') {
    const { user, password } = signIn;
    const plain = [password, encodeURIComponent(password)];
    const encoded = [password, `\0${user}\0${password}`].map((one) => Buffer.from(one).toString('base64'));
    for (const secret of [...encoded, ...plain]) said = said.replaceAll(secret, '***');
  }
  return shorten(oneLine(said), MOST_WORDS);
}
