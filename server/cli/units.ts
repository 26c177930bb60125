import type { Command } from 'commander';

import { formatNumber } from '../../domain/text/numbers.ts';
import type { CivilDate } from '../../domain/time.ts';
import type { Report, Say } from './report.ts';
import { inputFile, rowsOf } from './files.ts';
import { commonOptions, dateOption, inShell, type Shell } from './shell.ts';

/** `units import`: the list of units that bridge trees are built of. */
export function registerUnits(program: Command, say: Say): void {
  program
    .command('units')
    .description(say('đơn vị hành chính', 'administrative units'))
    .command('import')
    .description(
      say(
        'nhập danh mục đơn vị hành chính; có lỗi thì không nhập gì',
        'import a list of administrative units; any error imports nothing',
      ),
    )
    .argument('<file>', say('CSV hoặc XLSX', 'CSV or XLSX'))
    .option(
      '--valid-from <date>',
      say(
        'ngày hiệu lực thay cho cột trong tệp, YYYY-MM-DD',
        "valid from, in place of the file's column, YYYY-MM-DD",
      ),
    )
    .option('--dry-run', say('chỉ kiểm tra', 'only check'), false)
    .action(async (file: string, options: { validFrom?: string; dryRun: boolean }, command: Command) => {
      const common = commonOptions(command);
      const validFrom =
        options.validFrom === undefined ? null : dateOption(options.validFrom, common.language);
      const { name, bytes } = await inputFile(file, common.language);
      await inShell(common, (shell) => importUnits(shell, name, bytes, validFrom, options.dryRun));
    });
}

async function importUnits(
  { context, operator, say }: Shell,
  fileName: string,
  bytes: Uint8Array,
  validFrom: CivilDate | null,
  dryRun: boolean,
): Promise<Report> {
  const [commands, { presentImport }, { readUnitRows }] = await Promise.all([
    import('../units/commands.ts'),
    import('../units/present.ts'),
    import('../../domain/units/import.ts'),
  ]);
  const { language } = context;
  const { rows, problems } = await rowsOf(fileName, bytes, language);
  const list = readUnitRows(rows, validFrom === null ? {} : { validFrom });
  const { imported } = await commands.importUnits(context, operator.installation, {
    fileName,
    list,
    isWhole: problems.length === 0,
    validFrom,
    dryRun,
  });
  const found = presentImport(list, imported, problems, language);
  const units = formatNumber(found.units, language);
  const said = found.imported
    ? say(`${units} đơn vị, đã nhập.`, `${units} units, imported.`)
    : say(`${units} đơn vị, chưa nhập.`, `${units} units, not imported.`);
  return {
    json: found,
    lines: [said, ...found.errors.map(({ at, message }) => `✗ ${at}: ${message}`)],
    negative: found.errors.length > 0,
  };
}
