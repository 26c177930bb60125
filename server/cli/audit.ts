import type { Command } from 'commander';

import { readFingerprint } from '../../domain/ledger/checkpoint.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { AuditFilter } from '../../domain/wire/audit.ts';
import type { Part } from '../audit/queries.ts';
import { outputFile } from './files.ts';
import { badUsage, type Report, type Say } from './report.ts';
import {
  aboutNode,
  commonOptions,
  conferenceOf,
  dateOption,
  inShell,
  instantOption,
  nodeOf,
  report,
  type At,
  type Common,
  type Shell,
} from './shell.ts';
import { verifyExportFile } from './verify.ts';

interface FilterOptions extends At {
  readonly who?: string;
  readonly kind?: string;
  readonly object?: string;
  readonly from?: string;
  readonly until?: string;
}
interface ExportOptions extends FilterOptions {
  readonly out: string;
  readonly format: string;
}
interface EraseOptions {
  readonly before?: string;
  readonly account?: string;
  readonly person?: string;
  readonly containing?: string;
  readonly reason: string;
}
interface VerifyOptions {
  readonly key?: string;
  readonly kept: readonly string[];
}

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `audit ...`: who changed or looked at what. */
export function registerAudit(program: Command, say: Say): void {
  const audit = program
    .command('audit')
    .description(
      say('nhật ký kiểm tra: ai xem gì, sửa gì', 'the audit trail: who looked at and changed what'),
    );

  const filtered = (command: Command): Command =>
    aboutNode(command, say)
      .option('--who <name>', say('tài khoản hoặc một phần họ tên', 'an account, or part of a name'))
      .option('--kind <kind>', say('look, change hoặc refused', 'look, change or refused'))
      .option('--object <kind:id>', say('chỉ một đối tượng, như person:ID', 'only one thing, as person:ID'))
      .option('--from <date>', say('từ ngày', 'from this day on'))
      .option('--until <date>', say('đến hết ngày', 'up to the end of this day'));

  filtered(audit.command('list'))
    .description(say('liệt kê, mới nhất trước', 'list it, newest first'))
    .option('--limit <count>', say('số dòng; không có là 50', 'how many; 50 where left out'), '50')
    .action(async (options: FilterOptions & { limit: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });

  filtered(audit.command('export'))
    .description(say('xuất ra tệp', 'export it into a file'))
    .option(
      '--format <format>',
      say(
        'xlsx, csv, hoặc trail: dạng kiểm tra được bằng "audit verify"',
        'xlsx, csv, or trail: the form that "audit verify" verifies',
      ),
      'trail',
    )
    .requiredOption('--out <file>', say('tệp sẽ ghi', 'file to write'))
    .action(async (options: ExportOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => exportTo(shell, options));
    });

  audit
    .command('verify')
    .description(
      say(
        'kiểm tra một tệp xuất, hoặc nhật ký trong thư mục dữ liệu; mã thoát 1 khi có chỗ không đúng',
        'verify an export, or the trail of the data folder; exit code 1 where something does not hold',
      ),
    )
    .argument(
      '[file]',
      say('tệp xuất; không có là thư mục dữ liệu', 'an export; the data folder where left out'),
    )
    .option('--key <key>', say('khóa công khai hoặc tệp có khóa', 'public key or a file with it'))
    .option(
      '--kept <checkpoint>',
      say('mốc đã giữ; dùng được nhiều lần', 'a checkpoint that was kept; may be repeated'),
      several,
      [],
    )
    .action(async (file: string | undefined, options: VerifyOptions, command: Command) => {
      const common = commonOptions(command);
      if (file === undefined) await inShell(common, (shell) => verifyFolder(shell, options));
      else report(verifyExportFile(common, file, { ...options, head: [] }), common);
    });

  audit
    .command('erase')
    .description(
      say(
        'xóa tên, địa chỉ, bộ lọc và giá trị đã ghi; các mục và chuỗi kiểm tra vẫn còn',
        'erase names, addresses, filters and values; entries and chain stay',
      ),
    )
    .option('--before <date>', say('của các mục trước ngày này', 'of entries before this day'))
    .option('--account <id>', say('của những gì một tài khoản đã làm', 'of what one account did'))
    .option('--person <id>', say('của các mục về một người', 'of entries on one person'))
    .option('--containing <text>', say('của các mục có đoạn chữ này', 'of entries that have these words'))
    .requiredOption('--reason <text>', say('lý do xóa, được lưu lại', 'why; this is kept'))
    .action(async (options: EraseOptions, command: Command) => {
      const common = commonOptions(command);
      // What is to be erased must not be entered again by its own erasure.
      const given = { ...common.given, containing: undefined };
      await inShell({ ...common, given }, (shell) => erase(shell, options));
    });
}

/** A part of the trail, as options name it: everything, a conference, or a bridge of one. */
async function partOf(shell: Shell, options: FilterOptions): Promise<Part> {
  if (options.bridge !== undefined) {
    const { conference, bridge } = await nodeOf(shell, options);
    return { of: 'bridge', conference, bridge };
  }
  if (options.conference !== undefined) {
    return { of: 'conference', conference: await conferenceOf(shell, options) };
  }
  return { of: 'installation', scope: shell.operator.installation };
}

function filterOf({ who, kind, object, from, until }: FilterOptions, { language }: Pick<Common, 'language'>) {
  if (kind !== undefined && kind !== 'look' && kind !== 'change' && kind !== 'refused') {
    throw badUsage(
      { vi: '--kind là look, change hoặc refused.', en: '--kind is look, change or refused.' },
      language,
    );
  }
  const filter: AuditFilter = {
    ...(who !== undefined && { who }),
    ...(kind !== undefined && { kind }),
    ...(object !== undefined && { object: object.replace(':', ' ') }),
    ...(from !== undefined && { from: dateOption(from, language) }),
    ...(until !== undefined && { until: dateOption(until, language) }),
  };
  return filter;
}

async function list(shell: Shell, options: FilterOptions & { limit: string }): Promise<Report> {
  const [{ listEntries }, { presentEntry }] = await Promise.all([
    import('../audit/queries.ts'),
    import('../audit/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const limit = Number(options.limit);
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw badUsage({ vi: '--limit là một số từ 1 trở lên.', en: '--limit is a number from 1 on.' }, language);
  }
  const part = await partOf(shell, options);
  const entries = await listEntries(
    context,
    part,
    filterOf(options, context),
    Number.MAX_SAFE_INTEGER,
    limit,
  );
  const rows = entries.map((entry) => presentEntry(entry, language));
  const lines = rows.map(({ place, sentence }) => `${formatNumber(place, language)}  ${sentence}`);
  return {
    json: rows,
    lines: lines.length === 0 ? [say('Chưa có mục nào.', 'There are no entries.')] : lines,
  };
}

async function exportTo(shell: Shell, options: ExportOptions): Promise<Report> {
  const { exportTrail } = await import('../audit/exports.ts');
  const { context, say } = shell;
  const { language } = context;
  const { format, out: file } = options;
  if (format !== 'xlsx' && format !== 'csv' && format !== 'trail') {
    throw badUsage(
      { vi: '--format là xlsx, csv hoặc trail.', en: '--format is xlsx, csv or trail.' },
      language,
    );
  }
  const document = await exportTrail(
    context,
    await partOf(shell, options),
    filterOf(options, context),
    format,
    'Nhịp Cầu',
  );
  const size = await outputFile(file, language, (out, signal) => document.write(out, signal));
  const bytes = formatNumber(size, language);
  return {
    json: { ok: true, file, bytes: size },
    lines: [say(`Đã ghi ${file} (${bytes} byte).`, `${file} was written (${bytes} bytes).`)],
  };
}

async function verifyFolder({ context }: Shell, { kept }: VerifyOptions): Promise<Report> {
  const [{ verifyTrail }, { sayTrailVerdict }] = await Promise.all([
    import('../audit/verification.ts'),
    import('../audit/sentences.ts'),
  ]);
  const { language } = context;
  const checkpoints = kept.map((given) => {
    const fingerprint = readFingerprint(given);
    if (fingerprint !== null) return { fingerprint, number: null };
    throw badUsage({ vi: `Không phải mã đối chiếu: ${given}`, en: `Not a fingerprint: ${given}` }, language);
  });
  const verdict = await verifyTrail(context, checkpoints);
  return {
    json: verdict,
    lines: sayTrailVerdict(verdict, language),
    negative: verdict.finding !== null,
  };
}

async function erase({ context }: Shell, options: EraseOptions): Promise<Report> {
  const [{ eraseTrailWords }, { sayErased }] = await Promise.all([
    import('../audit/commands.ts'),
    import('../audit/sentences.ts'),
  ]);
  const { language } = context;
  const { before, account, person, containing } = options;
  if ([before, account, person, containing].every((one) => one === undefined)) {
    throw badUsage(
      {
        vi: 'Cần ít nhất một trong: --before, --account, --person, --containing.',
        en: 'At least one of --before, --account, --person, --containing is needed.',
      },
      language,
    );
  }
  const entries = await eraseTrailWords(context, {
    ...(before !== undefined && { before: instantOption(before, language) }),
    ...(account !== undefined && { account }),
    ...(person !== undefined && { on: { kind: 'person', id: person } }),
    ...(containing !== undefined && { containing }),
  });
  return { json: { entries }, lines: [sayErased(entries, language)], negative: entries === 0 };
}
