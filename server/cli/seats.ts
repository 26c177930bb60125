import type { Command } from 'commander';

import { readRowNames, readRowSeats, SeatLayout } from '../../domain/seating/layout.ts';
import { numberSeats, type Numbering } from '../../domain/seating/numbering.ts';
import { saySeatFault } from '../../domain/seating/sentences.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { inputFile, outputFile, rowsOf } from './files.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { checked, commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface NumberOptions extends At {
  readonly rows?: string;
  readonly seats: string;
  readonly names: string;
  readonly free?: string;
  readonly order: string;
  readonly anew: boolean;
  readonly apply: boolean;
}

/** `seats number`, `seats import`, `seats export`, `seats clear`, `seats undo`: the seat numbers of one bridge. */
export function registerSeats(program: Command, say: Say): void {
  const seats = program.command('seats').description(say('số ghế', 'seat numbers'));
  const about = (command: Command): Command =>
    command
      .option('--conference <id>', say('hội nghị', 'conference'))
      .option(
        '--bridge <id>',
        say('điểm cầu; không có là điểm cầu cao nhất', 'bridge; the topmost where left out'),
      );

  about(seats.command('number'))
    .description(
      say(
        'đánh số ghế theo hàng; chỉ ghi khi có --apply',
        'number the seats by rows; written only with --apply',
      ),
    )
    .requiredOption(
      '--seats <list>',
      say('số chỗ từng hàng, như 20 hoặc 20,22,24', 'seats of each row, like 20 or 20,22,24'),
    )
    .option('--rows <n>', say('số hàng, khi mọi hàng như nhau', 'how many rows, where all are alike'))
    .option(
      '--names <kind>',
      say('tên hàng: letters (A, B) hoặc figures (1, 2)', 'names of rows: letters or figures'),
      'letters',
    )
    .option('--free <rows>', say('hàng để trống, như A,C', 'rows kept free, like A,C'))
    .option(
      '--order <order>',
      say('thứ tự: official hoặc unit (cùng đơn vị ngồi gần)', 'order: official, or unit together'),
      'official',
    )
    .option('--anew', say('đánh lại tất cả, kể cả số đã có', 'number everybody anew'), false)
    .option('--apply', say('ghi', 'write it'), false)
    .action(async (options: NumberOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => number(shell, options));
    });

  about(seats.command('import'))
    .description(
      say(
        'nhập số ghế từ tệp; chỉ ghi khi có --confirm',
        'take seat numbers out of a file; written only with --confirm',
      ),
    )
    .argument('<file>', say('CSV hoặc XLSX', 'CSV or XLSX'))
    .option('--confirm', say('ghi toàn bộ', 'write the whole of it'), false)
    .action(async (file: string, options: At & { confirm: boolean }, command: Command) => {
      const common = commonOptions(command);
      const { name, bytes } = await inputFile(file, common.language);
      await inShell(common, (shell) => importFile(shell, name, bytes, options));
    });

  about(seats.command('export'))
    .description(say('ghi danh sách và số ghế ra tệp', 'write the people and their seat numbers to a file'))
    .requiredOption('--out <file>', say('tệp .csv hoặc .xlsx', '.csv or .xlsx file'))
    .action(async (options: At & { out: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => exportTo(shell, options));
    });

  about(seats.command('clear'))
    .description(say('bỏ mọi số ghế', 'take all seat numbers away'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => clear(shell, options));
    });

  about(seats.command('undo'))
    .description(say('hoàn tác lần đổi số ghế cuối cùng', 'take the last deed back'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => undo(shell, options));
    });
}

function layoutOf(
  { rows, seats, names, free = '', order, anew }: NumberOptions,
  { context }: Shell,
): SeatLayout {
  const { language } = context;
  const listed = readRowSeats(seats) ?? [];
  const count = rows !== undefined && /^\d{1,3}$/.test(rows) ? Number(rows) : listed.length;
  const [alike = 0] = listed;
  const rowSeats = listed.length === 1 ? Array.from({ length: count }, () => alike) : listed;
  const given = { rowNames: names, rowSeats, order, keep: !anew };
  const layout = checked(SeatLayout, given, 'seats number', language);
  const freeRows = readRowNames(free, rowSeats.length, layout.rowNames);
  if (freeRows !== null) return { ...layout, freeRows };
  throw badUsage(
    { vi: '--free có hàng không thuộc hội trường.', en: '--free names a row that the hall does not have.' },
    language,
  );
}

async function number(shell: Shell, options: NumberOptions): Promise<Report> {
  const [{ numberBridge }, { hallOf }] = await Promise.all([
    import('../seating/commands.ts'),
    import('../seating/queries.ts'),
  ]);
  const { context, say } = shell;
  const layout = layoutOf(options, shell);
  const { conference, bridge } = await nodeOf(shell, options);
  if (!options.apply) {
    const { guests } = await hallOf(context, conference, bridge);
    return reportOf(numberSeats(guests, layout), shell, say('Chưa ghi gì.', 'Nothing was written.'));
  }
  const done = await numberBridge(context, conference, bridge, layout, null);
  if (!done.ok) throw await refused(done.reason, shell);
  return reportOf(done.value.numbering, shell, say('Đã ghi.', 'Written.'));
}

function reportOf(
  { kept, given, unfit, losing, rows }: Numbering,
  { context, say }: Shell,
  end: string,
): Report {
  const n = (count: number): string => formatNumber(count, context.language);
  return {
    json: { ok: true, kept, given, unfit: unfit.map(({ person }) => person), losing, rows },
    lines: [
      say(
        `${n(given)} người nhận số mới, ${n(kept)} giữ số cũ, ${n(unfit.length)} không đủ ghế. ${end}`,
        `${n(given)} people get a number, ${n(kept)} keep theirs, ${n(unfit.length)} have no seat. ${end}`,
      ),
      ...rows.map(({ name, taken, seats, first, last }) =>
        say(
          `Hàng ${name}: ${taken}/${seats} chỗ, ${first.number} ${first.name} … ${last.number} ${last.name}`,
          `Row ${name}: ${taken}/${seats} seats, ${first.number} ${first.name} … ${last.number} ${last.name}`,
        ),
      ),
    ],
  };
}

async function importFile(
  shell: Shell,
  fileName: string,
  bytes: Uint8Array,
  options: At & { readonly confirm: boolean },
): Promise<Report> {
  const { importSeats } = await import('../seating/commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const { rows, problems } = await rowsOf(fileName, bytes, language);
  const { conference, bridge } = await nodeOf(shell, options);
  const isWhole = problems.length === 0;
  const sent = { rows, isWhole, dryRun: !options.confirm, seen: null };
  const done = await importSeats(context, conference, bridge, sent);
  if (!done.ok) throw await refused(done.reason, shell);
  const { traces, imported } = done.value;
  const faults = [...problems, ...done.value.faults.map((fault) => saySeatFault(fault, language))];
  const n = formatNumber(traces.length, language);
  const end = imported ? say('Đã ghi.', 'Written.') : say('Chưa ghi gì.', 'Nothing was written.');
  return {
    json: { ok: faults.length === 0, imported, changed: traces.length, faults },
    lines: [
      say(
        `Tệp đổi số ghế của ${n} người. ${end}`,
        `The file changes the seat numbers of ${n} people. ${end}`,
      ),
      ...faults.map(({ at, message }) => `✗ ${at}: ${message}`),
    ],
    negative: faults.length > 0,
  };
}

async function exportTo(shell: Shell, options: At & { readonly out: string }): Promise<Report> {
  const { exportSeats } = await import('../seating/exports.ts');
  const { context, say } = shell;
  const { language } = context;
  const format = /\.xlsx$/i.test(options.out) ? 'xlsx' : 'csv';
  const { conference, bridge } = await nodeOf(shell, options);
  const file = await exportSeats(context, conference, bridge, format, language);
  await outputFile(options.out, language, (out, signal) => file.write(out, signal));
  const n = formatNumber(file.people, language);
  return {
    json: { ok: true, file: options.out, people: file.people },
    lines: [say(`Đã ghi ${n} người vào ${options.out}.`, `${n} people were written to ${options.out}.`)],
  };
}

async function clear(shell: Shell, options: At): Promise<Report> {
  const { clearBridge } = await import('../seating/commands.ts');
  const { conference, bridge } = await nodeOf(shell, options);
  const done = await clearBridge(shell.context, conference, bridge, null);
  if (!done.ok) throw await refused(done.reason, shell);
  const n = formatNumber(done.value.changed, shell.context.language);
  return {
    json: { ok: true, ...done.value },
    lines: [shell.say(`Đã bỏ số ghế của ${n} người.`, `The seat numbers of ${n} people were taken away.`)],
  };
}

async function undo(shell: Shell, options: At): Promise<Report> {
  const [{ undoSeats }, { lastSeatChange }, { NOTHING_TO_UNDO }] = await Promise.all([
    import('../seating/commands.ts'),
    import('../seating/queries.ts'),
    import('../seating/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const last = await lastSeatChange(context, conference, bridge);
  if (last === null) throw badUsage(NOTHING_TO_UNDO, context.language);
  const done = await undoSeats(context, conference, bridge, last.id);
  if (!done.ok) throw await refused(done.reason, shell);
  const { changed, left } = done.value;
  const n = formatNumber(changed, context.language);
  const kept = formatNumber(left, context.language);
  return {
    json: { ok: true, ...done.value },
    lines: [
      say(
        `Đã hoàn tác ở ${n} người; ${kept} người đã được đổi tiếp nên giữ nguyên.`,
        `Taken back for ${n} people; ${kept} were changed since and stay.`,
      ),
    ],
  };
}

type Refused = 'changed meanwhile' | 'names deleted' | 'no such change' | 'undone already' | 'changed since';

async function refused(reason: Refused, { context }: Shell): Promise<Error> {
  const [{ NAMES_DELETED }, { CHANGED_MEANWHILE, CHANGED_SINCE }] = await Promise.all([
    import('../retention/sentences.ts'),
    import('../seating/sentences.ts'),
  ]);
  const said =
    reason === 'names deleted'
      ? NAMES_DELETED
      : reason === 'changed since'
        ? CHANGED_SINCE
        : CHANGED_MEANWHILE;
  return badUsage(said, context.language);
}
