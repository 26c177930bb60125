import type { Command } from 'commander';

import { dueStatusWord } from '../../domain/reports/sentences.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { formatDuration } from '../../domain/text/durations.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { table, type Report, type Say } from './report.ts';
import { aboutNode, asOfOption, commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface DueOptions extends At {
  readonly asOf?: string;
  readonly missing: boolean;
}

/** `reports due`: who has reported their headcount, who has not, who was late. Gives back `reports` for its other commands. */
export function registerReports(program: Command, say: Say): Command {
  const reports = program
    .command('reports')
    .description(say('báo cáo thành phần, số lượng đại biểu', 'headcount reports'));
  aboutNode(reports.command('due'), say)
    .description(
      say(
        'ai đã báo cáo, ai chưa, ai chậm bao lâu; mã thoát 1 khi có nơi thiếu, chậm hoặc bị trả lại',
        'who has reported, who has not, who was late and by how long; exit code 1 where one is missing, late or returned',
      ),
    )
    .option(
      '--as-of <date>',
      say(
        'tính đến hết ngày 2025-01-10, hoặc đến giờ 2025-01-10T08:00+07:00; không có là bây giờ',
        'to the end of the day 2025-01-10, or to the hour 2025-01-10T08:00+07:00; now where left out',
      ),
    )
    .option(
      '--missing',
      say('chỉ những nơi chưa gửi, gửi chậm hoặc bị trả lại', 'only those missing, late or returned'),
      false,
    )
    .action(async (options: DueOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => due(shell, options));
    });
  return reports;
}

async function due(shell: Shell, options: DueOptions): Promise<Report> {
  const [{ headcountsOf, dueBelow }, { presentDue }] = await Promise.all([
    import('../reports/queries.ts'),
    import('../reports/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const asOf = options.asOf === undefined ? context.clock() : asOfOption(options.asOf, language);
  const { conference, bridge } = await nodeOf(shell, options);
  const headcounts = await headcountsOf(context, conference, asOf);
  if (headcounts === null) throw new Error('bridges that were just read are gone');
  const rows = dueBelow(headcounts, bridge, { status: null, deep: true }, -1, Infinity).map(presentDue);
  const wanting = rows.filter(({ status }) => status !== 'on-time' && status !== 'not-due');
  const shown = options.missing ? wanting : rows;
  const reported = rows.filter(({ total }) => total !== null).length;
  const [some, all] = [formatNumber(reported, language), formatNumber(rows.length, language)];
  return {
    json: { asOf, bridges: rows.length, reported, rows: shown },
    lines: [
      say(
        `${some} trong ${all} điểm cầu đã báo cáo, tính đến ${formatDateTime(asOf, 'vi')}.`,
        `${some} of ${all} bridges have reported, as of ${formatDateTime(asOf, 'en')}.`,
      ),
      ...table(
        shown.map(({ name, status, total, lateByMs }) => [
          dueStatusWord(status, language),
          total === null ? '-' : formatNumber(total, language),
          lateByMs === 0 ? '' : formatDuration(lateByMs, language),
          name,
        ]),
      ),
    ],
    negative: wanting.length > 0,
  };
}
