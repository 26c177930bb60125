import type { Command } from 'commander';

import { formatNumber } from '../../domain/text/numbers.ts';
import { findingsReport } from './plan.ts';
import { badUsage, table, type Report } from './report.ts';
import { commonOptions, conferenceOf, dateOption, inputFile, inShell, rowsOf, type Shell } from './shell.ts';

/** `units import`, `people import`, `place`: the lists that a conference stands on, and who sits where. */
export function registerPeople(program: Command): void {
  program
    .command('units')
    .description('đơn vị hành chính')
    .command('import')
    .description('nhập danh mục đơn vị hành chính')
    .argument('<file>', 'CSV hoặc XLSX')
    .option('--valid-from <date>', 'ngày hiệu lực thay cho cột trong tệp, YYYY-MM-DD')
    .option('--dry-run', 'chỉ kiểm tra', false)
    .action(async (file: string, options: { validFrom?: string; dryRun: boolean }, command: Command) => {
      const common = commonOptions(command);
      const validFrom =
        options.validFrom === undefined ? null : dateOption(options.validFrom, common.language);
      const { name, bytes } = await inputFile(file, common.language);
      await inShell(common, (shell) => importUnits(shell, name, bytes, validFrom, options.dryRun));
    });

  program
    .command('people')
    .description('danh sách đại biểu')
    .command('import')
    .description('đọc danh sách đại biểu; chỉ ghi khi có --confirm và không có lỗi')
    .argument('<file>', 'CSV hoặc XLSX')
    .option('--conference <id>')
    .option('--confirm', 'ghi toàn bộ', false)
    .option('--merge-same', 'gộp người có cùng số thẻ với người đã có', false)
    .action(
      async (
        file: string,
        options: { conference?: string; confirm: boolean; mergeSame: boolean },
        command: Command,
      ) => {
        const common = commonOptions(command);
        const { name, bytes } = await inputFile(file, common.language);
        await inShell(common, (shell) => importPeople(shell, name, bytes, options));
      },
    );

  program
    .command('place')
    .description('xếp chỗ theo thành phần của kế hoạch')
    .option('--conference <id>')
    .option('--settings <file>', 'JSON các lựa chọn; không có thì giữ như trước')
    .action(async (options: { conference?: string; settings?: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => placePeople(shell, options));
    });
}

async function importUnits(
  { context, operator }: Shell,
  fileName: string,
  bytes: Uint8Array,
  validFrom: Parameters<typeof import('../units/commands.ts').importUnits>[2]['validFrom'],
  dryRun: boolean,
): Promise<Report> {
  const [commands, { presentImport }] = await Promise.all([
    import('../units/commands.ts'),
    import('../units/present.ts'),
  ]);
  const { language } = context;
  const { rows, problems } = await rowsOf(fileName, bytes, language);
  const { list, imported } = await commands.importUnits(context, operator.installation, {
    fileName,
    rows,
    isWhole: problems.length === 0,
    validFrom,
    dryRun,
  });
  const found = presentImport(list, imported, problems, language);
  const said =
    language === 'vi'
      ? `${formatNumber(found.units)} đơn vị, ${found.imported ? 'đã nhập' : 'chưa nhập'}.`
      : `${formatNumber(found.units, 'en')} units, ${found.imported ? 'imported' : 'not imported'}.`;
  return {
    json: found,
    lines: [said, ...found.errors.map(({ at, message }) => `✗ ${at}: ${message}`)],
    negative: found.errors.length > 0,
  };
}

async function importPeople(
  shell: Shell,
  fileName: string,
  bytes: Uint8Array,
  options: { readonly conference?: string; readonly confirm: boolean; readonly mergeSame: boolean },
): Promise<Report> {
  const { previewPeople, confirmPeople } = await import('../people/commands.ts');
  const { context } = shell;
  const { language } = context;
  const vi = language === 'vi';
  const conference = await conferenceOf(shell, options.conference);
  const { header, rows, problems } = await rowsOf(fileName, bytes, language);
  if (problems.length > 0) {
    return {
      json: { ok: false, errors: problems },
      lines: problems.map(({ at, message }) => `✗ ${at}: ${message}`),
      negative: true,
    };
  }
  const preview = await previewPeople(context, conference, fileName, header, rows);
  const faults = preview.errors.map(({ at, message }) => `✗ ${at}: ${message}`);
  const notes = preview.notes.map(({ at, message }) => `· ${at}: ${message}`);
  const proposals = preview.duplicates.map(
    ({ row, name, certainty }) => `? ${vi ? 'dòng' : 'row'} ${row}: ${name} (${certainty})`,
  );
  if (!options.confirm || preview.errorCount > 0) {
    const said = vi
      ? `Đọc được ${formatNumber(preview.people)} người, ${formatNumber(preview.errorCount)} lỗi. Chưa ghi gì.`
      : `${formatNumber(preview.people, 'en')} people read, ${formatNumber(preview.errorCount, 'en')} errors. Nothing was written.`;
    return {
      json: preview,
      lines: [said, ...faults, ...notes, ...proposals],
      negative: preview.errorCount > 0,
    };
  }
  const merge = options.mergeSame
    ? preview.duplicates.filter(({ certainty }) => certainty === 'same').map(({ row }) => row)
    : [];
  const confirmed = await confirmPeople(context, conference, preview.id, merge);
  if (!confirmed.ok) throw new Error(`a preview without errors was refused: ${confirmed.reason}`);
  const { added, merged, total } = confirmed.value;
  const said = vi
    ? `Đã ghi: ${formatNumber(added)} người mới, ${formatNumber(merged)} gộp, tổng số ${formatNumber(total)}.`
    : `Written: ${formatNumber(added, 'en')} new, ${formatNumber(merged, 'en')} merged, ${formatNumber(total, 'en')} in all.`;
  return { json: { ok: true, ...confirmed.value }, lines: [said, ...notes] };
}

async function placePeople(
  shell: Shell,
  options: { readonly conference?: string; readonly settings?: string },
): Promise<Report> {
  const [{ placeEverybody }, { currentPlacement }, { presentSummary }] = await Promise.all([
    import('../composition/commands.ts'),
    import('../composition/queries.ts'),
    import('../composition/present.ts'),
  ]);
  const { context } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, options.conference);
  const settings = options.settings === undefined ? {} : await settingsFrom(options.settings, shell);
  const placed = await placeEverybody(context, conference, settings);
  if (!placed.ok) {
    throw badUsage(
      placed.reason === 'no bridges'
        ? {
            vi: 'Chưa có điểm cầu. Chạy "bridges build" trước.',
            en: 'There are no bridges. Run "bridges build" first.',
          }
        : {
            vi: 'Chưa có danh sách đại biểu. Chạy "people import" trước.',
            en: 'There is no roster. Run "people import" first.',
          },
      language,
    );
  }
  const current = await currentPlacement(context, conference);
  if (current === null) throw new Error('a placement that was just kept is gone');
  const summary = presentSummary(current, language);
  const found = findingsReport(summary.findings, language);
  const vi = language === 'vi';
  const said = vi
    ? `${formatNumber(summary.seated)} người có chỗ, ${formatNumber(summary.unplaced)} người chưa có.`
    : `${formatNumber(summary.seated, 'en')} seated, ${formatNumber(summary.unplaced, 'en')} not.`;
  return {
    json: summary,
    lines: [
      said,
      '',
      ...table(
        summary.clauses.map(({ clause, matched, seated, text }) => [
          clause,
          String(seated),
          String(matched),
          text.length > 80 ? `${text.slice(0, 80)}…` : text,
        ]),
      ),
      '',
      ...found.lines,
    ],
  };
}

async function settingsFrom(path: string, { context }: Shell) {
  const { PlacementSettings } = await import('../../domain/composition/settings.ts');
  const { bytes } = await inputFile(path, context.language);
  try {
    return PlacementSettings.partial().parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (error) {
    throw badUsage(
      {
        vi: `${path} không phải là tệp lựa chọn đúng: ${String(error)}`,
        en: `${path} is no settings file: ${String(error)}`,
      },
      context.language,
    );
  }
}
