import type { Command } from 'commander';

import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { outputFile } from './files.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import {
  aboutNode,
  commonOptions,
  inShell,
  nodeOf,
  report,
  sessionOf,
  type At,
  type Shell,
} from './shell.ts';
import { verifyDatabase, verifyExportFile, type VerifyAsked } from './verify.ts';

interface ExportOptions extends At {
  readonly out: string;
  readonly alone: boolean;
  readonly under: readonly string[];
  readonly texts: boolean;
}

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `ledger ...`: what shows that nobody tampered with the attendance ledger. */
export function registerLedger(program: Command, say: Say): void {
  const ledger = program
    .command('ledger')
    .description(
      say(
        'sổ điểm danh: khóa, mốc ký, xuất và kiểm tra',
        'the ledger: key, checkpoints, export, verification',
      ),
    );

  ledger
    .command('key')
    .description(
      say('in khóa công khai để kiểm tra các tệp xuất', 'print the public key that verifies exports'),
    )
    .action(async (_: object, command: Command) => {
      await inShell(commonOptions(command), async ({ context }) => {
        const { publicKey } = context.keys.ledger;
        return { json: { algorithm: 'Ed25519', key: publicKey }, lines: [publicKey] };
      });
    });

  ledger
    .command('checkpoint')
    .description(
      say(
        'ký mốc ngay bây giờ, in số và mã đối chiếu',
        'sign a checkpoint now, print its number and fingerprint',
      ),
    )
    .action(async (_: object, command: Command) => {
      await inShell(commonOptions(command), signNow);
    });

  ledger
    .command('checkpoints')
    .description(say('liệt kê các mốc ký, mới nhất trước', 'list checkpoints, newest first'))
    .option('--limit <count>', say('số dòng; không có là 20', 'how many; 20 where left out'), '20')
    .action(async ({ limit }: { limit: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => listNewest(shell, limit));
    });

  aboutNode(ledger.command('export'), say)
    .description(
      say(
        'xuất sổ ra một tệp mà ai có khóa công khai cũng kiểm tra được',
        'export the ledger into a file that anyone with the public key can verify',
      ),
    )
    .option('--session <id>', say('buổi họp; không có là buổi đầu tiên', 'session; the first where left out'))
    .option('--alone', say('chỉ riêng điểm cầu ấy', 'that bridge without those below it'), false)
    .option(
      '--under <checkpoint>',
      say(
        'cho thấy cả ở một mốc đã giữ (số hoặc mã đối chiếu); dùng được nhiều lần',
        'show it under a kept checkpoint too (number or fingerprint); may be repeated',
      ),
      several,
      [],
    )
    .option('--no-texts', say('không xuất tên khách và lý do', 'without names of walk-ins and reasons'))
    .requiredOption('--out <file>', say('tệp sẽ ghi', 'file to write'))
    .action(async (options: ExportOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => exportTo(shell, options));
    });

  ledger
    .command('verify')
    .description(
      say(
        'kiểm tra một tệp xuất, hoặc toàn bộ sổ trong thư mục dữ liệu; mã thoát 1 khi có chỗ không đúng',
        'verify an export, or the whole ledger of the data folder; exit code 1 where something does not hold',
      ),
    )
    .argument(
      '[file]',
      say('tệp xuất; không có là thư mục dữ liệu', 'an export; the data folder where left out'),
    )
    .option(
      '--key <key>',
      say(
        'khóa công khai hoặc tệp có khóa; không có là khóa của thư mục dữ liệu',
        "public key or a file with it; the data folder's where left out",
      ),
    )
    .option(
      '--kept <checkpoint>',
      say(
        'mốc đã giữ: mã đối chiếu hoặc tệp nguyên văn; dùng được nhiều lần',
        'a checkpoint that was kept: fingerprint, or a file with its text; may be repeated',
      ),
      several,
      [],
    )
    .option(
      '--head <bridge:place:hash>',
      say('biên nhận một máy đã giữ; dùng được nhiều lần', 'a receipt that a device kept; may be repeated'),
      several,
      [],
    )
    .action(async (file: string | undefined, options: VerifyAsked, command: Command) => {
      const common = commonOptions(command);
      if (file === undefined) await inShell(common, (shell) => verifyDatabase(shell, options));
      else report(verifyExportFile(common, file, options), common);
    });
}

async function signNow({ context, say }: Shell): Promise<Report> {
  const { signCheckpoint } = await import('../ledger/commands.ts');
  const { presentCheckpoint } = await import('../ledger/present.ts');
  const signed = await signCheckpoint(context);
  if (signed === null) {
    return { json: null, lines: [say('Sổ chưa có gì để ký.', 'The ledger has nothing to sign yet.')] };
  }
  const { number, at, fingerprint } = signed;
  const moment = formatDateTime(at, context.language);
  return {
    json: presentCheckpoint(signed),
    lines: [
      say(
        `Mốc ký ${number} lúc ${moment}: ${fingerprint}`,
        `Checkpoint ${number} of ${moment}: ${fingerprint}`,
      ),
    ],
  };
}

async function listNewest({ context, say }: Shell, limit: string): Promise<Report> {
  const { listCheckpoints } = await import('../ledger/queries.ts');
  const { presentCheckpoint } = await import('../ledger/present.ts');
  const { language } = context;
  const most = Number(limit);
  if (!Number.isSafeInteger(most) || most < 1) {
    throw badUsage({ vi: '--limit là một số từ 1 trở lên.', en: '--limit is a number from 1 on.' }, language);
  }
  const rows = (await listCheckpoints(context, Number.MAX_SAFE_INTEGER, most)).map(presentCheckpoint);
  const heading = [
    say('Mốc', 'Number'),
    say('Mã đối chiếu', 'Fingerprint'),
    say('Lượt', 'Events'),
    say('Lúc', 'At'),
  ];
  const lines = rows.map(({ number, fingerprint, events, at }) => [
    String(number),
    fingerprint,
    formatNumber(events, language),
    formatDateTime(at, language),
  ]);
  return { json: rows, lines: table([heading, ...lines]) };
}

async function exportTo(shell: Shell, options: ExportOptions): Promise<Report> {
  const { exportBridgeLedger, exportLedger } = await import('../ledger/exports.ts');
  const { noSuchCheckpoint } = await import('../ledger/sentences.ts');
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const write = options.alone ? exportBridgeLedger : exportLedger;
  const exported = await write(context, conference, bridge, session, options);
  if (!exported.ok) {
    if (exported.reason === 'no such checkpoint') throw badUsage(noSuchCheckpoint(exported.asked), language);
    throw new Error('a session that was just read is gone');
  }
  const size = await outputFile(options.out, language, (out, signal) => exported.value.write(out, signal));
  const bytes = formatNumber(size, language);
  return {
    json: { ok: true, file: options.out, bytes: size },
    lines: [say(`Đã ghi ${options.out} (${bytes} byte).`, `${options.out} was written (${bytes} bytes).`)],
  };
}
