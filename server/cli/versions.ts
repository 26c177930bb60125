import type { Command } from 'commander';

import { differenceSentence } from '../../domain/reports/sentences.ts';
import { summaryDifferenceWords } from '../../domain/reports/summary-sentences.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { versionContracts } from '../../domain/wire/versions.ts';
import { outputFile } from './files.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { commonOptions, inShell, nodeOf, sessionOf, type At, type Shell } from './shell.ts';

interface SummaryOptions extends At {
  readonly version?: string;
  readonly out?: string;
  readonly format: string;
}

/** A command line shows no more versions than somebody reads. */
const MOST = 1000;

/** `attendance versions`, `reports versions`: what was frozen when, and what each version has differently. */
export function registerVersions(program: Command, say: Say): void {
  const group = (name: string): Command => {
    const found = program.commands.find((command) => command.name() === name);
    if (found === undefined) throw new Error(`no command ${name}`);
    return found;
  };
  group('attendance')
    .command('versions')
    .description(
      say(
        'các bản báo cáo điểm danh và điểm khác của từng bản',
        'versions of the attendance report, each with its differences',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--bridge <id>', say('điểm cầu; không có là trên cùng', 'bridge; the topmost where left out'))
    .option('--session <id>', say('buổi họp; không có là buổi đầu tiên', 'session; the first where left out'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => reportVersions(shell, options));
    });

  group('reports')
    .command('versions')
    .description(
      say(
        'các bản tổng hợp số lượng của một cấp: chốt những gì đã đến hạn, rồi kê các bản và điểm khác',
        "versions of a level's headcount summary: freezes what is due, then lists them with their differences",
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--bridge <id>', say('điểm cầu; không có là trên cùng', 'bridge; the topmost where left out'))
    .option('--version <number>', say('bản cần xuất ra --out', 'version to write to --out'))
    .option('--out <file>', say('tệp sẽ ghi', 'file to write'))
    .option('--format <format>', 'xlsx, csv, json', 'xlsx')
    .action(async (options: SummaryOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => summaryVersions(shell, options));
    });
}

async function reportVersions(shell: Shell, options: At): Promise<Report> {
  const [{ versionsOf }, { presentVersion }] = await Promise.all([
    import('../versions/queries.ts'),
    import('../versions/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { conference, bridge } = await nodeOf(shell, options);
  const session = await sessionOf(shell, conference, options.session);
  const { tree, versions } = await versionsOf(context, conference, bridge, session, null, MOST);
  const items = versions.map((version) => presentVersion(version, tree));
  const name = (id: string): string =>
    items.flatMap(({ differences }) => differences).find((one) => one.bridge === id)?.bridgeName ?? id;
  return {
    json: items,
    lines:
      items.length === 0
        ? [say('Chưa có bản nào.', 'There is no version yet.')]
        : items.flatMap(({ version, at, differing, differences }) => [
            say(
              `Bản ${version}, chốt lúc ${formatDateTime(at, 'vi')}, ${formatNumber(differing, 'vi')} điểm khác.`,
              `Version ${version}, frozen at ${formatDateTime(at, 'en')}, ${formatNumber(differing, 'en')} differences.`,
            ),
            ...differences.map((one) => `  ${differenceSentence(one, language, name)}`),
          ]),
  };
}

async function summaryVersions(shell: Shell, options: SummaryOptions): Promise<Report> {
  const [{ freezeDue }, { summariesOf }, { presentSummary }] = await Promise.all([
    import('../headcounts/at-deadline.ts'),
    import('../headcounts/queries.ts'),
    import('../headcounts/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const node = await nodeOf(shell, options);
  const { conference, bridge } = node;
  // As the server does by itself: a folder that no server ever opened has its versions all the same.
  await freezeDue(context, conference, null, new Map());
  if (options.out !== undefined) return writeVersion(shell, node, options, options.out);
  const found = await summariesOf(context, conference, bridge, null, MOST);
  const items = found.versions.map((version) => presentSummary(version, found, language));
  const n = (count: number): string => formatNumber(count, language);
  const due =
    found.dueBefore === null
      ? say('Bên dưới không có hạn báo cáo.', 'Those below have no deadline.')
      : say(
          `Hạn của bên dưới: trước ${formatDateTime(found.dueBefore, 'vi')}.`,
          `Those below report before ${formatDateTime(found.dueBefore, 'en')}.`,
        );
  return {
    json: { dueBefore: found.dueBefore, versions: items },
    lines: [
      due,
      ...items.flatMap(({ version, at, reported, bridges, late, missing, people, differences }) => {
        return [
          say(
            `Bản ${version}, lúc ${formatDateTime(at, 'vi')}: ${n(people)} đại biểu, ${n(reported)}/${n(bridges)} đã báo cáo, ${n(missing)} chưa, ${n(late)} chậm.`,
            `Version ${version} of ${formatDateTime(at, 'en')}: ${n(people)} delegates, ${n(reported)} of ${n(bridges)} reported, ${n(missing)} missing, ${n(late)} late.`,
          ),
          ...differences.map((one) => {
            const { figure, before, after } = summaryDifferenceWords(one, language);
            return `  ${one.bridgeName}, ${figure}: ${before} → ${after}${one.by === null ? '' : ` (${one.by})`}`;
          }),
        ];
      }),
    ],
  };
}

async function writeVersion(
  { context, say }: Shell,
  { conference, bridge }: Awaited<ReturnType<typeof nodeOf>>,
  options: SummaryOptions,
  file: string,
): Promise<Report> {
  const { exportSummary } = await import('../headcounts/exports.ts');
  const { language } = context;
  const asked = versionContracts.exportHeadcountVersion.query.safeParse({ ...options, language });
  const version = Number(options.version);
  if (!asked.success || !Number.isInteger(version)) {
    throw badUsage(
      {
        vi: '--version là số của một bản; --format là xlsx, csv hoặc json.',
        en: '--version is the number of a version; --format is xlsx, csv or json.',
      },
      language,
    );
  }
  const found = await exportSummary(context, conference, bridge, version, asked.data);
  if (found === null) {
    throw badUsage({ vi: `Không có bản ${version}.`, en: `There is no version ${version}.` }, language);
  }
  const size = await outputFile(file, language, (out, signal) => found.write(out, signal));
  return {
    json: { ok: true, file, bytes: size },
    lines: [say(`Đã ghi ${file}.`, `${file} was written.`)],
  };
}
