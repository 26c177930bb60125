import type { Command } from 'commander';

import { BRIDGE_STANDINGS, type BridgeStanding } from '../../domain/activation/state.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import type { Sentence } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { activationContracts } from '../../domain/wire/activation.ts';
import { outputFile } from './files.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { aboutNode, checked, commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface CodeOptions extends At {
  readonly out: string;
  readonly for?: string;
  readonly days?: string;
  readonly publicUrl: string;
}

/** `activation ...`: codes with which the hosts of a whole subtree come in. */
export function registerActivation(program: Command, say: Say): void {
  const activation = program
    .command('activation')
    .description(
      say('mã kích hoạt cho người phụ trách điểm cầu', 'activation codes for the hosts of bridges'),
    );

  aboutNode(
    activation
      .command('codes')
      .description(
        say(
          'làm mã cho các điểm cầu, ghi danh sách và phiếu in theo đơn vị vào tệp ZIP (chỉ ghi được một lần)',
          'make codes for bridges and write lists and slips for each unit to a ZIP (this once)',
        ),
      )
      .requiredOption('--out <file>', say('tệp ZIP', 'ZIP file')),
    say,
  )
    .option(
      '--for <which>',
      say(
        'uncovered: điểm cầu chưa có người và chưa có mã (mặc định); without-host: chưa có người; all: tất cả',
        'uncovered: bridges without host and code (default); without-host: without host; all: every one',
      ),
    )
    .option(
      '--days <n>',
      say('mã dùng trong bao nhiêu ngày; mặc định 30', 'for how many days; 30 where left out'),
    )
    .option(
      '--public-url <url>',
      say('địa chỉ máy chủ ghi trên phiếu', "the server's address on the slips"),
      process.env['PUBLIC_URL'] ?? 'http://127.0.0.1:3000',
    )
    .action(async (options: CodeOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => make(shell, options));
    });

  aboutNode(
    activation
      .command('list')
      .description(say('điểm cầu nào đã có người phụ trách', 'which bridges have a host')),
    say,
  ).action(async (options: At, command: Command) => {
    await inShell(commonOptions(command), (shell) => list(shell, options));
  });

  aboutNode(
    activation
      .command('revoke')
      .description(say('thu hồi mọi mã chưa dùng', 'end every code that was not used')),
    say,
  ).action(async (options: At, command: Command) => {
    await inShell(commonOptions(command), async (shell) => {
      const { revokeCodes } = await import('../activation/commands.ts');
      const { conference, bridge } = await nodeOf(shell, options);
      const revoked = await revokeCodes(shell.context, conference, bridge);
      const n = formatNumber(revoked, shell.context.language);
      return {
        json: { revoked },
        lines: [shell.say(`Đã thu hồi ${n} mã chưa dùng.`, `${n} unused codes were revoked.`)],
        negative: revoked === 0,
      };
    });
  });
}

async function make(shell: Shell, options: CodeOptions): Promise<Report> {
  const [{ makeCodes }, { codeSheets }, sentences] = await Promise.all([
    import('../activation/commands.ts'),
    import('../activation/exports.ts'),
    import('../activation/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const given = {
    ...(options.for !== undefined && { for: options.for }),
    ...(options.days !== undefined && { days: Number(options.days) }),
  };
  const wanted = checked(activationContracts.makeCodes.body, given, 'activation codes', language);
  const { conference, bridge } = await nodeOf(shell, options);
  const made = await makeCodes(context, conference, bridge, wanted);
  if (!made.ok) {
    const isEmpty = made.reason === 'no bridges';
    throw badUsage(isEmpty ? sentences.NO_BRIDGES : sentences.NOBODY_NEEDS_ONE, language);
  }
  const address = options.publicUrl.replace(/\/+$/, '');
  const sheets = codeSheets(made.value, bridge, address, language);
  // Whoever has this file can become host of every bridge in it.
  await outputFile(options.out, language, (out, signal) => sheets.write(out, signal), 0o600);
  const { codes, expiresAt } = made.value;
  const n = formatNumber(codes.length, language);
  const until = formatDateTime(expiresAt, language);
  return {
    json: { ok: true, file: options.out, codes: codes.length, expiresAt },
    lines: [
      say(
        `Đã ghi ${n} mã vào ${options.out}; dùng trước ${until}.`,
        `${n} codes were written to ${options.out}; to be used before ${until}.`,
      ),
      say(
        'Máy chủ chỉ giữ dấu của mã: mất tệp thì phải làm mã mới. Hãy giữ kín và giao từng đơn vị phần của mình.',
        'The server keeps only hashes: where the file is lost, make new codes. Keep it safe, and hand each unit its own part.',
      ),
    ],
  };
}

const STANDINGS: Readonly<Record<BridgeStanding, Sentence>> = {
  in: { vi: 'đã có người', en: 'has a host' },
  waiting: { vi: 'mã chưa dùng', en: 'code not used yet' },
  expired: { vi: 'mã hết hạn', en: 'code expired' },
  none: { vi: 'chưa có mã', en: 'no code' },
};

async function list(shell: Shell, options: At): Promise<Report> {
  const { bridgesStanding, countStandings, hostsOf } = await import('../activation/queries.ts');
  const { context } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const hosts = await hostsOf(context, conference);
  if (hosts === null) throw new Error('bridges that were there are gone');
  const all = bridgesStanding(hosts, bridge, null);
  const counts = countStandings(hosts, all);
  return {
    json: { ...counts, items: all.map(({ id }) => ({ bridge: id, standing: hosts.standing(id) })) },
    lines: [
      ...table(all.map(({ id, name }) => [id, name, STANDINGS[hosts.standing(id)][language]])),
      BRIDGE_STANDINGS.map(
        (standing) => `${STANDINGS[standing][language]}: ${formatNumber(counts[standing], language)}`,
      ).join('; '),
    ],
  };
}
