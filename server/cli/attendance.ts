import type { Command } from 'commander';

import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { attendanceContracts, type NodeFigures } from '../../domain/wire/attendance.ts';
import { outputFile } from './files.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { recordFile } from './ledger.ts';
import { aboutNode, commonOptions, inShell, nodeOf, sessionOf, type At, type Shell } from './shell.ts';

interface ExportOptions extends At {
  readonly out: string;
  readonly format: string;
  readonly by: string;
}

/** `attendance ...`: what the doors saw, the figures of it, and the report. */
export function registerAttendance(program: Command, say: Say): void {
  const attendance = program.command('attendance').description(say('điểm danh', 'attendance'));
  const at = (command: Command): Command =>
    aboutNode(command, say).option(
      '--session <id>',
      say('buổi họp; không có là buổi đầu tiên', 'session; the first where left out'),
    );

  at(attendance.command('record'))
    .description(
      say(
        'ghi các sự kiện của cửa vào sổ; mã thoát 1 khi có sự kiện không ghi được',
        'record events of the doors; exit code 1 where one could not be recorded',
      ),
    )
    .argument(
      '<file>',
      say(
        'mỗi dòng một sự kiện JSON: kind, at (giờ ISO) và các mục riêng; thiếu bridge, session thì lấy của lệnh',
        "one JSON event a line: kind, at (ISO hour) and its own fields; bridge and session are the command's where left out",
      ),
    )
    .action(async (file: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => recordFile(shell, file, options));
    });

  at(attendance.command('figures'))
    .description(
      say('số liệu của một điểm cầu và các điểm cầu ngay dưới', 'figures of a bridge and of its children'),
    )
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => figures(shell, options));
    });

  attendance
    .command('conference')
    .description(
      say(
        'số liệu qua các buổi họp: dự ít nhất một buổi, dự đủ các buổi',
        'figures over all sessions: present at any, present at all',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--bridge <id>', say('chỉ một điểm cầu và bên dưới', 'only one bridge and below'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => overSessions(shell, options));
    });

  attendance
    .command('follow-up')
    .description(
      say(
        'người được triệu tập mà chưa dự: đối tượng của hội nghị học bù',
        'summoned people who were not there: the audience of the follow-up sessions',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--bridge <id>', say('chỉ một điểm cầu và bên dưới', 'only one bridge and below'))
    .option('--incomplete', say('cả người chỉ vắng một số buổi', 'also who missed only some sessions'), false)
    .action(async (options: At & { incomplete: boolean }, command: Command) => {
      await inShell(commonOptions(command), (shell) => followUp(shell, options));
    });

  at(attendance.command('freeze'))
    .description(say('chốt báo cáo thành một bản', 'freeze the report as its next version'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => freeze(shell, options));
    });

  const { format, by } = attendanceContracts.exportReport.query.shape;
  at(attendance.command('export'))
    .description(say('xuất báo cáo điểm danh ra tệp', 'write the attendance report into a file'))
    .requiredOption('--out <file>', say('tệp sẽ ghi', 'file to write'))
    .option('--format <format>', format.options.join(', '), 'xlsx')
    .option('--by <by>', by.unwrap().options.join(', '), 'bridge')
    .action(async (options: ExportOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => exportTo(shell, options));
    });
}

async function overSessions(shell: Shell, options: At): Promise<Report> {
  const { attendanceOver } = await import('../attendance/queries.ts');
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const found = await attendanceOver(context, conference, bridge);
  if (found === null) {
    throw badUsage(
      { vi: 'Hội nghị chưa có buổi họp.', en: 'The conference has no session yet.' },
      context.language,
    );
  }
  const rows: [string, string, number][] = [
    ['Số buổi', 'Sessions', found.sessions],
    ['Triệu tập', 'Summoned', found.summoned],
    ['Dự ít nhất một buổi', 'Present at any', found.presentAtAny],
    ['Dự đủ các buổi', 'Present at all', found.presentAtAll],
    ['Dự ở nơi khác', 'Present elsewhere', found.presentElsewhere],
    ['Không dự buổi nào', 'Present at none', found.presentAtNone],
  ];
  return {
    json: found,
    lines: table(rows.map(([vi, en, figure]) => [say(vi, en), formatNumber(figure, context.language)])),
  };
}

async function followUp(shell: Shell, options: At & { readonly incomplete: boolean }): Promise<Report> {
  const [{ absenteesOf }, { presentAbsentee }] = await Promise.all([
    import('../attendance/queries.ts'),
    import('../attendance/present.ts'),
  ]);
  const { conference, bridge } = await nodeOf(shell, options);
  const missed = options.incomplete ? 'incomplete' : 'none';
  const found = await absenteesOf(shell.context, conference, bridge, { missed, below: true });
  const people = found.map(presentAbsentee);
  return {
    json: people,
    lines: table(people.map(({ name, position, bridgeName }) => [name, position, bridgeName])),
  };
}

async function figures(shell: Shell, options: At): Promise<Report> {
  const [{ liveSession }, { presentNode }] = await Promise.all([
    import('../attendance/live.ts'),
    import('../attendance/present.ts'),
  ]);
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const live = await liveSession(context, conference, session);
  const node = live?.whole.get(bridge);
  if (live === null || node === undefined) throw new Error('a session that was just read is gone');
  const own = presentNode(live, node);
  const children = live.tree.children(bridge).map((child) => presentNode(live, child));
  const heading = [
    say('Triệu tập', 'Summoned'),
    say('Có mặt', 'Present'),
    say('Đếm', 'Counted'),
    say('Chưa điểm danh', 'Unmarked'),
    say('Đã đóng', 'Closed'),
    '',
  ];
  return {
    json: { sequence: live.sequence, asOf: context.clock(), node: own, children },
    lines: table([heading, ...[own, ...children].map((one) => figureRow(one, shell))]),
  };
}

function figureRow({ name, subtree, closed, bridges }: NodeFigures, { context }: Shell): string[] {
  const { language } = context;
  const counted = Object.values(subtree.counted).reduce((sum, heads) => sum + heads, 0);
  return [
    ...[subtree.summoned, subtree.attended, counted, subtree.unmarked].map((count) =>
      formatNumber(count, language),
    ),
    `${formatNumber(closed, language)}/${formatNumber(bridges, language)}`,
    name,
  ];
}

async function freeze(shell: Shell, options: At): Promise<Report> {
  const { freezeReport } = await import('../versions/commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const frozen = await freezeReport(context, conference, bridge, session);
  if (!frozen.ok) {
    const { FROZEN_MEANWHILE } = await import('../versions/sentences.ts');
    throw badUsage(FROZEN_MEANWHILE, language);
  }
  const { report, isNew } = frozen.value;
  const { version, sequence, at } = report;
  const moment = formatDateTime(at, language);
  return {
    json: { ok: true, version, sequence, at, differs: isNew },
    lines: [
      isNew
        ? say(`Đã chốt bản ${version}, lúc ${moment}.`, `Version ${version} was frozen at ${moment}.`)
        : say(`Không có gì khác bản ${version}.`, `Nothing differs from version ${version}.`),
    ],
  };
}

async function exportTo(shell: Shell, options: ExportOptions): Promise<Report> {
  const { exportReport } = await import('../reports/exports.ts');
  const { context, say } = shell;
  const { language } = context;
  const asked = attendanceContracts.exportReport.query.safeParse({ ...options, language });
  if (!asked.success) {
    throw badUsage(
      {
        vi: '--format là xlsx, csv hoặc json; --by là bridge, level hoặc person.',
        en: '--format is xlsx, csv or json; --by is bridge, level or person.',
      },
      language,
    );
  }
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const exported = await exportReport(context, conference, bridge, session, asked.data);
  if (!exported.ok) throw new Error('a session that was just read is gone');
  const size = await outputFile(options.out, language, (out, signal) => exported.value.write(out, signal));
  const bytes = formatNumber(size, language);
  return {
    json: { ok: true, file: options.out, bytes: size },
    lines: [say(`Đã ghi ${options.out} (${bytes} byte).`, `${options.out} was written (${bytes} bytes).`)],
  };
}
