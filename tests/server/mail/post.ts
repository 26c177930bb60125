import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

import type { MailSettings } from '../../../server/platform/mail-server.ts';
import { readMailServer } from '../../../server/platform/mail-server.ts';
import { MailAddress } from '../../../domain/mail/address.ts';

/** A message as the mail server got it. */
export interface Got {
  readonly raw: string;
  readonly to: string;
  readonly envelopeId: string | null;
  readonly at: number;
}

export interface Post {
  readonly port: number;
  readonly got: readonly Got[];
  /** How many connections were ever opened. */
  readonly connections: () => number;
  parsed(at?: number): Promise<Email>;
  close(): Promise<void>;
}

/** What the server says to one recipient, as often as it is asked; a number is refused with it. */
export type Says = (address: string, times: number) => number | null;

/** A mail server as it runs elsewhere, on a port of this machine. */
export async function startPost(
  { says = () => null, ...options }: SMTPServerOptions & { readonly says?: Says } = {},
  port = 0,
): Promise<Post> {
  const got: Got[] = [];
  const asked = new Map<string, number>();
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    // Lines that are kept for more letters are not waited for.
    closeTimeout: 100,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onRcptTo({ address }, _session, done) {
      const times = (asked.get(address) ?? 0) + 1;
      asked.set(address, times);
      const code = says(address, times);
      done(code === null ? null : refusal(code));
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        got.push({
          raw: Buffer.concat(parts).toString('utf8'),
          to: session.envelope.rcptTo[0]?.address ?? '',
          envelopeId: envelopeIdOf(session),
          at: Date.now(),
        });
        done();
      });
    },
    ...options,
  });
  // Whoever is killed leaves a line that breaks off: that is no fault of the server.
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    got,
    connections: () => connections,
    async parsed(at = -1) {
      const message = got.at(at);
      if (message === undefined) throw new Error('no message came');
      return await PostalMime.parse(message.raw);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(code: number): Error {
  return Object.assign(new Error(code < 500 ? '4.2.1 Hòm thư bận, thử lại sau' : '5.1.1 Không có hòm thư'), {
    responseCode: code,
  });
}

function envelopeIdOf({ envelope: { mailFrom } }: SMTPServerSession): string | null {
  const args = mailFrom === false ? false : mailFrom.args;
  const id = typeof args === 'object' ? (args as Record<string, unknown>)['ENVID'] : undefined;
  return typeof id === 'string' ? id : null;
}

/** Settings of a server that sends by a port of this machine, as fast as it can. */
export function settingsFor(
  port: number,
  { perMinute = 60_000, address = `smtp://127.0.0.1:${port}` } = {},
): MailSettings {
  const server = readMailServer(address);
  if (server === null) throw new Error(`no mail server: ${address}`);
  return {
    from: { name: 'Ban tổ chức Hội nghị', address: MailAddress.parse('hoinghi@tinh.example') },
    server,
    perMinute,
  };
}

export const TEST_MODE: MailSettings = { ...settingsFor(1), server: null };

/** A bounce as mail servers write it (RFC 3464). */
export function bounceOf({
  messageId,
  envelopeId = null,
  action = 'failed',
  status = '5.1.1',
}: {
  readonly messageId: string;
  readonly envelopeId?: string | null;
  readonly action?: string;
  readonly status?: string;
}): string {
  return [
    'From: MAILER-DAEMON@thu.example',
    'To: hoinghi@tinh.example',
    'Subject: =?utf-8?B?VGjGsCBi4buLIHRy4bqjIGzhuqFp?=',
    'Date: Mon, 13 Jan 2025 08:00:00 +0700',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="ranh"',
    '',
    '--ranh',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'The mail could not be delivered.',
    '--ranh',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; thu.example',
    ...(envelopeId === null ? [] : [`Original-Envelope-Id: ${envelopeId}`]),
    '',
    'Final-Recipient: rfc822; ai@don-vi.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 Khong co',
    '  hom thu nay',
    '',
    '--ranh',
    'Content-Type: text/rfc822-headers',
    '',
    'From: hoinghi@tinh.example',
    `Message-ID: ${messageId}`,
    'Subject: x',
    '',
    '--ranh--',
    '',
  ].join('\r\n');
}
