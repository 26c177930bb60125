import type { Command } from 'commander';

import { readAddress } from '../../domain/mail/address.ts';
import { LETTER_STATES, LetterState } from '../../domain/mail/letter.ts';
import { letterStateWord, sayAddressFault, sayLineTrouble } from '../../domain/mail/sentences.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { Sentence } from '../../domain/text/language.ts';
import type { StoredLine } from '../mail/queries.ts';
import { BadUsage, badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, conferenceOf, inShell, type At, type Common, type Shell } from './shell.ts';

/** `mail`: how letters stand, what comes back of them, and whether the settings hold. */
export function registerMail(program: Command, say: Say): void {
  const mail = program
    .command('mail')
    .description(say('thư gửi đi và thư trả lại', 'letters, and what comes back'));
  mail
    .command('status')
    .description(
      say('đường gửi thư và số thư theo trạng thái', 'the line to the mail server, and letters by state'),
    )
    .action(async (_options: object, command: Command) => {
      await inShell(commonOptions(command), status);
    });
  mail
    .command('list')
    .description(say('thư của một hội nghị, mới nhất trước', 'letters of a conference, newest first'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--state <state>', LETTER_STATES.join(', '))
    .option(
      '--search <text>',
      say('tên, địa chỉ hoặc tiêu đề, không cần dấu', 'name, address or subject'),
      '',
    )
    .option('--limit <n>', say('nhiều nhất bao nhiêu thư', 'at most so many'), '50')
    .action(async (options: ListOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
  mail
    .command('again')
    .description(
      say(
        'gửi lại mọi thư không gửi được, bị trả lại hoặc được giữ lại',
        'send all letters once more that failed, came back or were kept',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .requiredOption('--state <state>', AGAIN_STATES.join(', '))
    .action(async (options: At & { readonly state: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => again(shell, options));
    });
  mail
    .command('receive')
    .description(
      say(
        'nhận một thư từ đầu vào chuẩn: thư báo trả lại được ghi cho thư đã gửi',
        'take a message from standard input: a bounce is entered for its letter',
      ),
    )
    .action(async (_options: object, command: Command) => {
      const common = commonOptions(command);
      const bytes = await readAll(common);
      await inShell(common, (shell) => receive(shell, bytes));
    });
  mail
    .command('test')
    .description(
      say(
        'gửi ngay một thư thử theo cấu hình hiện có, không qua hàng đợi',
        'send a test letter at once with the settings as they are, past the queue',
      ),
    )
    .requiredOption('--to <address>', say('địa chỉ nhận', 'to whom'))
    .action(async (options: { readonly to: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => sendTest(shell, options.to));
    });
}

async function status({ context, say }: Shell): Promise<Report> {
  const { mailLine, queueNow } = await import('../mail/queries.ts');
  const [line, counts] = await Promise.all([mailLine(context), queueNow(context)]);
  const { language } = context;
  return {
    json: { line, counts },
    lines: [
      ...sayLine(line, say, language),
      '',
      ...table(
        LETTER_STATES.map((state) => [
          letterStateWord(state, language),
          formatNumber(counts[state], language),
        ]),
      ),
    ],
  };
}

function sayLine(line: StoredLine, say: Say, language: 'vi' | 'en'): string[] {
  if (line.kind === 'none') return [say('Chưa cài đặt gửi thư.', 'Mail is not set up.')];
  if (line.kind === 'test')
    return [
      say('Chạy thử: thư được soạn và giữ lại, không gửi đi.', 'Test mode: letters are kept, none goes out.'),
    ];
  const n = formatNumber(line.perMinute, language);
  const { trouble } = line;
  if (trouble === null)
    return [
      say(
        `Gửi qua ${line.host}, nhiều nhất ${n} thư mỗi phút.`,
        `Sends by ${line.host}, ${n} a minute at most.`,
      ),
    ];
  const since = formatDateTime(trouble.since, language);
  const what = sayLineTrouble(trouble.trouble, language);
  return [say(`Từ ${since} ${what}: ${trouble.said}`, `Since ${since} ${what}: ${trouble.said}`)];
}

const AGAIN_STATES = ['failed', 'bounced', 'kept'] as const;

async function again(shell: Shell, { state, ...at }: At & { readonly state: string }): Promise<Report> {
  const { context, say } = shell;
  const { language } = context;
  const own = AGAIN_STATES.find((one) => one === state);
  if (own === undefined)
    throw badUsage({ vi: `Không có trạng thái ${state}.`, en: `There is no state ${state}.` }, language);
  const { tryAllAgain } = await import('../mail/commands.ts');
  const waiting = await tryAllAgain(context, await conferenceOf(shell, at), own);
  const n = formatNumber(waiting, language);
  return { json: { ok: true, waiting }, lines: [say(`${n} thư chờ gửi lại.`, `${n} letters wait again.`)] };
}

interface ListOptions extends At {
  readonly state?: string;
  readonly search: string;
  readonly limit: string;
}

async function list(shell: Shell, { state, search, limit, ...at }: ListOptions): Promise<Report> {
  const { context } = shell;
  const { language } = context;
  const wanted = state === undefined ? null : LetterState.safeParse(state);
  if (wanted?.success === false)
    throw badUsage({ vi: `Không có trạng thái ${state}.`, en: `There is no state ${state}.` }, language);
  const most = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (most < 1 || most > 1000)
    throw badUsage(
      { vi: '--limit là số từ 1 đến 1000.', en: '--limit is a number from 1 to 1000.' },
      language,
    );
  const [{ findLetters }, { presentLetter }] = await Promise.all([
    import('../mail/queries.ts'),
    import('../mail/present.ts'),
  ]);
  const conference = await conferenceOf(shell, at);
  const asked = { q: search, state: wanted?.data ?? null };
  const found = await findLetters(context, conference, asked, null, most);
  const items = found.letters.slice(0, most).map(presentLetter);
  return {
    json: { counts: found.counts, items },
    lines: table(
      items.map((letter) => [
        formatDateTime(letter.stateAt, language),
        letterStateWord(letter.state, language),
        letter.toAddress,
        letter.subject,
        letter.said ?? '',
      ]),
    ),
  };
}

/** Standard input to its end, or to where it is too large to be read. */
async function readAll({ language }: Common): Promise<Uint8Array> {
  const [{ MOST_BYTES }, { TOO_LARGE }] = await Promise.all([
    import('../mail/reading.ts'),
    import('../mail/sentences.ts'),
  ]);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of process.stdin) {
    const piece = part as Buffer;
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw new BadUsage(TOO_LARGE[language]);
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

const MEANINGS: Readonly<Record<string, Sentence>> = {
  bounced: { vi: 'Thư đã gửi bị trả lại.', en: 'A letter came back.' },
  delayed: {
    vi: 'Thư đã gửi đến chậm; máy chủ bên kia còn thử.',
    en: 'A letter is late; the other side goes on trying.',
  },
  delivered: { vi: 'Thư đã gửi đã tới nơi.', en: 'A letter was delivered.' },
  answered: { vi: 'Đã ghi trả lời cho thư mời.', en: 'An answer was entered for its invitation.' },
  'not understood': {
    vi: 'Không hiểu thư này; đã giữ người gửi, ngày và tiêu đề để xem sau.',
    en: 'The message was not understood; its sender, date and subject are kept to be looked at.',
  },
  'came before': { vi: 'Thư này đã nhận trước đó.', en: 'The message came before.' },
};

async function receive({ context }: Shell, bytes: Uint8Array): Promise<Report> {
  const [{ receiveMessage }, { NOT_READ, TOO_LARGE }, { takeReplies }, { createGate }] = await Promise.all([
    import('../mail/receive-commands.ts'),
    import('../mail/sentences.ts'),
    import('../invitations/reply-commands.ts'),
    import('../access/gate.ts'),
  ]);
  const { language } = context;
  const received = await receiveMessage(context, bytes, takeReplies(createGate()));
  if (!received.ok) throw new BadUsage((received.reason === 'too large' ? TOO_LARGE : NOT_READ)[language]);
  return { json: received.value, lines: [MEANINGS[received.value.meaning]?.[language] ?? ''] };
}

async function sendTest({ context, say }: Shell, to: string): Promise<Report> {
  const { language } = context;
  const [{ readConfig }, { BadConfig }, { openLine }, { testLetter }] = await Promise.all([
    import('../platform/config.ts'),
    import('../platform/settings.ts'),
    import('../mail/line.ts'),
    import('../mail/composing.ts'),
  ]);
  const address = readAddress(to);
  if (!address.ok) throw new BadUsage(sayAddressFault(address.reason, language));
  let settings;
  try {
    settings = readConfig(process.env, []).mail;
  } catch (error) {
    if (error instanceof BadConfig) throw new BadUsage(error.message);
    throw error;
  }
  if (settings === undefined)
    throw badUsage(
      { vi: 'Chưa đặt MAIL_URL và MAIL_FROM.', en: 'MAIL_URL and MAIL_FROM are not set.' },
      language,
    );
  if (settings.server === null)
    return {
      json: { sent: false, test: true },
      lines: [
        say('Đang chạy thử (MAIL_TEST=1): không gửi gì.', 'Test mode (MAIL_TEST=1): nothing was sent.'),
      ],
    };
  const line = openLine(settings.server);
  try {
    const answer = await line.send(testLetter(context, settings.from, address.value), settings.from);
    if (answer.is === 'taken')
      return {
        json: { sent: true, said: answer.said },
        lines: [say(`Máy chủ thư đã nhận: ${answer.said}`, `The mail server took it: ${answer.said}`)],
      };
    if (answer.is === 'given up') throw new Error('a line that nobody gave up was given up');
    const what = answer.is === 'no line' ? `${sayLineTrouble(answer.trouble, language)}: ` : '';
    return {
      json: { sent: false, ...answer },
      lines: [say(`Chưa gửi được: ${what}${answer.said}`, `It was not sent: ${what}${answer.said}`)],
      negative: true,
    };
  } finally {
    line.close();
  }
}
