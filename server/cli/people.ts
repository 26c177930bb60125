import type { Command } from 'commander';

import { formatNumber } from '../../domain/text/numbers.ts';
import { NAMES_DELETED } from '../retention/sentences.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { inputFile, unreadFile } from './files.ts';
import { commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

interface ImportOptions extends At {
  readonly confirm: boolean;
  readonly mergeSame: boolean;
}

/** `people import`, `people list`: the roster of a conference. */
export function registerPeople(program: Command, say: Say): void {
  const people = program.command('people').description(say('danh sách đại biểu', 'the roster'));

  people
    .command('import')
    .description(
      say(
        'đọc danh sách đại biểu; chỉ ghi khi có --confirm và không có lỗi',
        'read a roster; written only with --confirm and without errors',
      ),
    )
    .argument('<file>', say('CSV hoặc XLSX', 'CSV or XLSX'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--confirm', say('ghi toàn bộ', 'write the whole of it'), false)
    .option(
      '--merge-same',
      say(
        'gộp người có cùng số thẻ với người đã có',
        'merge people who have the card number of somebody known',
      ),
      false,
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const common = commonOptions(command);
      const { name, bytes } = await inputFile(file, common.language);
      await inShell(common, (shell) => importPeople(shell, name, bytes, options));
    });

  people
    .command('list')
    .description(say('danh sách theo thứ tự chính thức, kèm mã', 'the roster in official order, with ids'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option(
      '--find <text>',
      say('chỉ những người có tên hoặc số thẻ này', 'only people of this name or card'),
    )
    .action(async (options: At & { find?: string }, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { findPeople } = await import('../people/queries.ts');
        const conference = await conferenceOf(shell, options);
        const found = await findPeople(shell.context, conference, { q: options.find ?? '' }, null, 1_000_000);
        return {
          json: found,
          lines: table(
            found.map(({ id, name, positions }) => [
              id,
              name,
              positions.map((position) => position.text).join('; '),
            ]),
          ),
        };
      });
    });
}

async function importPeople(
  shell: Shell,
  fileName: string,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<Report> {
  const { previewPeople, confirmPeople } = await import('../people/import-commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, options);
  const read = await previewPeople(context, conference, { fileName, bytes });
  if (!read.ok) {
    if (read.reason === 'stopped') throw new Error('a reading that nobody can stop was stopped');
    throw await unreadFile(read, language);
  }
  const preview = read.value;
  const notes = preview.notes.map(({ at, message }) => `· ${at}: ${message}`);
  if (!options.confirm || preview.errorCount > 0) {
    const people = formatNumber(preview.people, language);
    const errors = formatNumber(preview.errorCount, language);
    return {
      json: preview,
      lines: [
        say(
          `Đọc được ${people} người, ${errors} lỗi. Chưa ghi gì.`,
          `${people} people read, ${errors} errors. Nothing was written.`,
        ),
        ...preview.errors.map(({ at, message }) => `✗ ${at}: ${message}`),
        ...notes,
        ...preview.duplicates.map((duplicate) => `? ${sayDuplicate(duplicate, say)}`),
      ],
      negative: preview.errorCount > 0,
    };
  }
  const { mergeSame } = options;
  const confirmed = await confirmPeople(context, conference, preview.id, { mergeSame });
  if (!confirmed.ok) {
    // Without errors, and all of `merge` proposed: only somebody who imported at the same moment is left.
    if (confirmed.reason === 'names deleted') throw badUsage(NAMES_DELETED, language);
    throw badUsage(
      {
        vi: 'Người khác vừa nhập một danh sách khác. Chưa ghi gì. Hãy chạy lại.',
        en: 'Somebody else has just imported another roster. Nothing was written. Run it again.',
      },
      language,
    );
  }
  const added = formatNumber(confirmed.value.added, language);
  const merged = formatNumber(confirmed.value.merged, language);
  const total = formatNumber(confirmed.value.total, language);
  const said = say(
    `Đã ghi: ${added} người mới, ${merged} gộp, tổng số ${total}.`,
    `Written: ${added} new, ${merged} merged, ${total} in all.`,
  );
  return { json: { ok: true, ...confirmed.value }, lines: [said, ...notes] };
}

const CERTAINTIES = {
  same: { vi: 'cùng số thẻ', en: 'the same card' },
  likely: { vi: 'có lẽ là một người', en: 'likely the same person' },
  perhaps: { vi: 'cùng tên', en: 'the same name' },
} as const;

function sayDuplicate(
  {
    row,
    name,
    other,
    certainty,
  }: {
    readonly row: number;
    readonly name: string;
    readonly other: { readonly row: number } | { readonly name: string };
    readonly certainty: keyof typeof CERTAINTIES;
  },
  say: Say,
): string {
  const known = 'row' in other ? say(`dòng ${other.row}`, `row ${other.row}`) : other.name;
  const why = CERTAINTIES[certainty];
  return say(`dòng ${row}: ${name}, ${known} (${why.vi})`, `row ${row}: ${name}, ${known} (${why.en})`);
}
