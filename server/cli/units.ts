import type { Command } from 'commander';

import { formatNumber } from '../../domain/text/numbers.ts';
import type { CivilDate } from '../../domain/time.ts';
import { unitContracts } from '../../domain/wire/units.ts';
import type { Report, Say } from './report.ts';
import { inputFile, rowsOf } from './files.ts';
import { checked, commonOptions, dateOption, inShell, type Shell } from './shell.ts';

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
    .option(
      '--covers <what>',
      say(
        'danh sách nói về cả nước (country) hay chỉ các tỉnh có trong đó (provinces)',
        'whether the list speaks of the whole country or only of its provinces (country, provinces)',
      ),
    )
    .option('--dry-run', say('chỉ kiểm tra', 'only check'), false)
    .action(
      async (
        file: string,
        options: { validFrom?: string; covers?: string; dryRun: boolean },
        command: Command,
      ) => {
        const common = commonOptions(command);
        const validFrom =
          options.validFrom === undefined ? null : dateOption(options.validFrom, common.language);
        const { name, bytes } = await inputFile(file, common.language);
        await inShell(common, (shell) => importUnits(shell, name, bytes, validFrom, options));
      },
    );
}

async function importUnits(
  { context, operator, say }: Shell,
  fileName: string,
  bytes: Uint8Array,
  validFrom: CivilDate | null,
  options: { readonly covers?: string; readonly dryRun: boolean },
): Promise<Report> {
  const [commands, { presentImport }, { readUnitRows }] = await Promise.all([
    import('../units/commands.ts'),
    import('../units/present.ts'),
    import('../../domain/units/import.ts'),
  ]);
  const { language } = context;
  const { covers } = checked(
    unitContracts.importUnits.query.pick({ covers: true }),
    { covers: options.covers },
    'units import',
    language,
  );
  const { rows, problems } = await rowsOf(fileName, bytes, language);
  const list = readUnitRows(rows, validFrom === null ? {} : { validFrom });
  const outcome = await commands.importUnits(context, operator.installation, {
    fileName,
    list,
    isWhole: problems.length === 0,
    validFrom,
    dryRun: options.dryRun,
    covers: covers ?? null,
  });
  const found = presentImport(list, outcome, problems, language);
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
