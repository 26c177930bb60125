import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

import type { Command } from 'commander';

import { dueStatusWord } from '../../domain/reports/sentences.ts';
import { SessionId } from '../../domain/ids.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import type { Language } from '../../domain/text/language.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { instantOf, type Instant } from '../../domain/time.ts';
import { attendanceContracts } from '../../domain/wire/attendance.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { badUsage, table, type Report } from './report.ts';
import { commonOptions, conferenceOf, inShell, type Shell } from './shell.ts';

interface At {
  readonly conference?: string;
  readonly bridge?: string;
}

/** `reports due`, `attendance export`: what is owed, and who was there. */
export function registerReports(program: Command): void {
  program
    .command('reports')
    .description('báo cáo thành phần, số lượng đại biểu')
    .command('due')
    .description('ai đã báo cáo, ai chưa, ai chậm bao lâu; mã thoát 1 khi còn thiếu hoặc chậm')
    .option('--conference <id>')
    .option('--bridge <id>', 'chỉ một điểm cầu và bên dưới; không có là toàn hội nghị')
    .option('--as-of <date>', 'tính đến ngày hoặc giờ, 2025-01-10 hoặc 2025-01-10T08:00+07:00')
    .option('--missing', 'chỉ những nơi chưa gửi, gửi chậm hoặc bị trả lại', false)
    .action(async (options: At & { asOf?: string; missing: boolean }, command: Command) => {
      const common = commonOptions(command);
      await inShell(common, (shell) => due(shell, options));
    });

  const formats = attendanceContracts.exportReport.query.shape;
  program
    .command('attendance')
    .description('điểm danh')
    .command('export')
    .description('xuất báo cáo điểm danh ra tệp')
    .requiredOption('--out <file>', 'tệp sẽ ghi')
    .option('--conference <id>')
    .option('--bridge <id>', 'chỉ một điểm cầu và bên dưới; không có là toàn hội nghị')
    .option('--session <id>', 'buổi họp; không có là buổi đầu tiên')
    .option('--format <format>', formats.format.options.join(', '), 'xlsx')
    .option('--by <by>', 'bridge, level hoặc person', 'bridge')
    .action(
      async (
        options: At & { out: string; session?: string; format: string; by: string },
        command: Command,
      ) => {
        const common = commonOptions(command);
        const asked = attendanceContracts.exportReport.query.safeParse({
          ...options,
          language: common.language,
        });
        if (!asked.success) {
          throw badUsage(
            {
              vi: '--format là xlsx, csv hoặc json; --by là bridge, level hoặc person.',
              en: '--format is xlsx, csv or json; --by is bridge, level or person.',
            },
            common.language,
          );
        }
        await inShell(common, (shell) => exportTo(shell, options, asked.data));
      },
    );
}

async function due(shell: Shell, options: At & { asOf?: string; missing: boolean }): Promise<Report> {
  const [{ headcountsOf, dueBelow }, { presentDue }] = await Promise.all([
    import('../reports/queries.ts'),
    import('../reports/present.ts'),
  ]);
  const { context } = shell;
  const { language } = context;
  const asOf = options.asOf === undefined ? context.clock() : instantOption(options.asOf, language);
  const { conference, bridge } = await nodeOf(shell, options);
  const headcounts = await headcountsOf(context, conference, asOf);
  if (headcounts === null) throw noBridges(language);
  const rows = dueBelow(headcounts, bridge, { status: null, deep: true }, -1, Infinity).map(presentDue);
  const wanting = rows.filter(({ status }) => status !== 'on-time' && status !== 'not-due');
  const shown = options.missing ? wanting : rows;
  const reported = rows.filter(({ total }) => total !== null).length;
  const said =
    language === 'vi'
      ? `${formatNumber(reported)} trong ${formatNumber(rows.length)} điểm cầu đã báo cáo, tính đến ${formatDateTime(asOf, 'vi')}.`
      : `${formatNumber(reported, 'en')} of ${formatNumber(rows.length, 'en')} bridges have reported, as of ${formatDateTime(asOf, 'en')}.`;
  return {
    json: { asOf, bridges: rows.length, reported, rows: shown },
    lines: [
      said,
      ...table(
        shown.map(({ name, status, total }) => [
          dueStatusWord(status, language),
          total === null ? '-' : formatNumber(total, language),
          name,
        ]),
      ),
    ],
    negative: wanting.length > 0,
  };
}

async function exportTo(
  shell: Shell,
  options: At & { readonly out: string; readonly session?: string },
  asked: {
    readonly format: 'xlsx' | 'csv' | 'json';
    readonly by: 'bridge' | 'level' | 'person';
    readonly language: Language;
  },
): Promise<Report> {
  const [{ exportReport }, { sessionsOf }] = await Promise.all([
    import('../reports/exports.ts'),
    import('../schedule/queries.ts'),
  ]);
  const { context } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const sessions = await sessionsOf(context, conference);
  const wanted = options.session === undefined ? null : SessionId.parse(options.session);
  const session = sessions.find(({ id, kind }) => (wanted === null ? kind === 'session' : id === wanted));
  const exported =
    session === undefined ? null : await exportReport(context, conference, bridge, session.id, asked);
  if (exported === null || !exported.ok) {
    throw badUsage(
      { vi: 'Hội nghị không có buổi họp này.', en: 'The conference has no such session.' },
      language,
    );
  }
  const out = createWriteStream(options.out);
  await once(out, 'open').catch(() => {
    throw badUsage({ vi: `Không ghi được ${options.out}.`, en: `Cannot write ${options.out}.` }, language);
  });
  await exported.value.write(out, new AbortController().signal);
  if (!out.writableFinished) await once(out.end(), 'finish');
  return {
    json: { ok: true, file: options.out, bytes: out.bytesWritten },
    lines: [
      language === 'vi'
        ? `Đã ghi ${options.out} (${formatNumber(out.bytesWritten)} byte).`
        : `${options.out} was written (${formatNumber(out.bytesWritten, 'en')} bytes).`,
    ],
  };
}

/** The bridge that a command is about: the one named, or the topmost. */
async function nodeOf(
  shell: Shell,
  options: At,
): Promise<{
  readonly conference: AuthorizedConferenceId<'organize'>;
  readonly bridge: AuthorizedBridgeId<'organize'>;
}> {
  const { bridgeTreeOf } = await import('../bridges/queries.ts');
  const { BridgeId } = await import('../../domain/ids.ts');
  const conference = await conferenceOf(shell, options.conference);
  const tree = await bridgeTreeOf(shell.context, conference);
  if (tree === null) throw noBridges(shell.context.language);
  const id = options.bridge === undefined ? tree.root.id : BridgeId.parse(options.bridge);
  const bridge = await shell.operator.bridge(conference, id);
  if (bridge.ok) return { conference, bridge: bridge.value };
  throw badUsage({ vi: `Không có điểm cầu ${id}.`, en: `There is no bridge ${id}.` }, shell.context.language);
}

function noBridges(language: Language): Error {
  return badUsage(
    {
      vi: 'Chưa có điểm cầu. Chạy "bridges build" trước.',
      en: 'There are no bridges. Run "bridges build" first.',
    },
    language,
  );
}

function instantOption(text: string, language: Language): Instant {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  throw badUsage(
    {
      vi: `"${text}" không phải là ngày giờ dạng 2025-01-10.`,
      en: `"${text}" is not a date like 2025-01-10.`,
    },
    language,
  );
}
