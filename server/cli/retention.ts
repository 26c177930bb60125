import type { Command } from 'commander';

import { RETENTION_KINDS, type RetentionKind } from '../../domain/retention/kinds.ts';
import { formatDate, formatDateTime } from '../../domain/text/dates.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { retentionContracts, RetentionPeriods } from '../../domain/wire/retention.ts';
import { table, type Report, type Say } from './report.ts';
import { checked, commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

type Days = Readonly<Partial<Record<RetentionKind, string>>>;
interface DeleteOptions extends At {
  readonly kind?: string[];
  readonly reason: string;
}

/** `retention ...`: for how long what is personal in a conference is kept. */
export function registerRetention(program: Command, say: Say): void {
  const retention = program
    .command('retention')
    .description(
      say('thời hạn lưu tên người và lời ghi', 'for how long names and what was written are kept'),
    );
  const conference = say('hội nghị', 'conference');

  retention
    .command('show')
    .description(say('sẽ xóa gì, ngày nào', 'what would be deleted on which day'))
    .option('--conference <id>', conference)
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => show(shell, options));
    });

  const days = say('số ngày sau ngày cuối của hội nghị, hoặc "never"', 'days after the last day, or "never"');
  retention
    .command('set')
    .description(
      say(
        'đặt thời hạn; phần đã quá hạn bị xóa trong vòng một giờ khi máy chủ chạy',
        'set periods; what is over goes within an hour while the server runs',
      ),
    )
    .option('--people <days>', days)
    .option('--texts <days>', days)
    .option('--accounts <days>', days)
    .option('--audit <days>', days)
    .option('--conference <id>', conference)
    .action(async (options: At & Days, command: Command) => {
      await inShell(commonOptions(command), (shell) => set(shell, options));
    });

  retention
    .command('delete')
    .description(say('xóa ngay', 'delete now'))
    .requiredOption('--kind <kinds...>', RETENTION_KINDS.join(', '))
    .requiredOption('--reason <text>', say('lý do, được lưu lại', 'why; this is kept'))
    .option('--conference <id>', conference)
    .action(async (options: DeleteOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => remove(shell, options));
    });

  retention
    .command('run')
    .description(say('xóa phần đã quá hạn của mọi hội nghị', 'delete what is over in every conference'))
    .action(async (_options: unknown, command: Command) => {
      await inShell(commonOptions(command), run);
    });
}

async function show(shell: Shell, options: At): Promise<Report> {
  const [{ previewOf }, { presentRetention }, { KINDS }] = await Promise.all([
    import('../retention/queries.ts'),
    import('../retention/present.ts'),
    import('../retention/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const found = presentRetention(await previewOf(context, await conferenceOf(shell, options)));
  return {
    json: found,
    lines: [
      say(
        `Ngày cuối của hội nghị: ${formatDate(found.lastDay)}`,
        `Last day of the conference: ${formatDate(found.lastDay)}`,
      ),
      ...table(
        found.kinds.map(({ kind, days, deletedOn, entries, deletedAt }) => [
          kind,
          KINDS[kind][language],
          formatNumber(entries, language),
          days === null || deletedOn === null
            ? say('không có thời hạn', 'without end')
            : say(
                `${days} ngày, xóa ngày ${formatDate(deletedOn)}`,
                `${days} days, deleted on ${formatDate(deletedOn)}`,
              ),
          deletedAt === null
            ? ''
            : say(
                `đã xóa ${formatDateTime(deletedAt, language)}`,
                `deleted ${formatDateTime(deletedAt, language)}`,
              ),
        ]),
      ),
    ],
  };
}

async function set(shell: Shell, options: At & Days): Promise<Report> {
  const [{ setPeriods }, { standingOf }] = await Promise.all([
    import('../retention/commands.ts'),
    import('../retention/queries.ts'),
  ]);
  const { context } = shell;
  const conference = await conferenceOf(shell, options);
  const { periods } = await standingOf(context, conference);
  const wanted = Object.fromEntries(
    RETENTION_KINDS.map((kind) => {
      const given = options[kind];
      return [kind, given === undefined ? periods[kind] : given === 'never' ? null : Number(given)];
    }),
  );
  await setPeriods(context, conference, checked(RetentionPeriods, wanted, 'retention set', context.language));
  return await show(shell, options);
}

async function remove(shell: Shell, options: DeleteOptions): Promise<Report> {
  const { deleteKinds } = await import('../retention/commands.ts');
  const { context } = shell;
  const wanted = { kinds: options.kind ?? [], reason: options.reason };
  const { kinds, reason } = checked(
    retentionContracts.deleteNow.body,
    wanted,
    'retention delete',
    context.language,
  );
  const conference = await conferenceOf(shell, options);
  return await told(shell, await deleteKinds(context, conference, kinds, reason));
}

async function run(shell: Shell): Promise<Report> {
  const [{ deleteDue }, { conferencesWithPeriods }] = await Promise.all([
    import('../retention/when-over.ts'),
    import('../retention/store.ts'),
  ]);
  const { context, operator, say } = shell;
  const done: { readonly conference: string; readonly kinds: readonly string[] }[] = [];
  for (const id of await conferencesWithPeriods(context.database.read)) {
    const kinds = await deleteDue(context, operator, id);
    if (kinds.length > 0) done.push({ conference: id, kinds });
  }
  return {
    json: done,
    lines:
      done.length === 0
        ? [say('Không có gì quá thời hạn lưu.', 'Nothing is over its period.')]
        : done.map(({ conference, kinds }) => `${conference}: ${kinds.join(', ')}`),
  };
}

async function told(
  shell: Shell,
  deleted: readonly { readonly kind: RetentionKind; readonly entries: number }[],
): Promise<Report> {
  const { KINDS } = await import('../retention/sentences.ts');
  const { context, say } = shell;
  const { language } = context;
  return {
    json: { deleted },
    lines: [
      ...table(deleted.map(({ kind, entries }) => [KINDS[kind][language], formatNumber(entries, language)])),
      say(
        'Số liệu, sổ và chuỗi kiểm tra vẫn như trước. Bản sao lưu, tệp đã xuất và bản in vẫn còn; hãy xóa riêng.',
        'Figures, ledger and chain are as they were. Backups, exported files and prints still have it; see to them.',
      ),
    ],
    negative: deleted.every(({ entries }) => entries === 0),
  };
}
