import type { Command } from 'commander';

import { EventId, PersonId } from '../../domain/ids.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

interface EraseOptions extends At {
  readonly person?: string;
  readonly event?: string;
  readonly all: boolean;
  readonly reason: string;
}

/** `texts erase`: names and reasons that people wrote are taken out; the events, the chain and the figures stay. */
export function registerTexts(program: Command, say: Say): void {
  program
    .command('texts')
    .description(say('tên và lý do người ta viết trong sổ', 'names and reasons written in the ledger'))
    .command('erase')
    .description(
      say(
        'xóa tên khách và lý do đã viết; sổ, chuỗi kiểm tra và số liệu vẫn đúng',
        'erase names of guests and reasons; ledger, chain and figures stay valid',
      ),
    )
    .option('--conference <id>', say('hội nghị', 'conference'))
    .option('--person <id>', say('của một người', 'of one person'))
    .option('--event <id>', say('của một lượt', 'of one event'))
    .option('--all', say('của cả hội nghị', 'of the whole conference'), false)
    .requiredOption('--reason <text>', say('lý do xóa, được lưu lại', 'why; this is kept'))
    .action(async (options: EraseOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => erase(shell, options));
    });
}

async function erase(shell: Shell, options: EraseOptions): Promise<Report> {
  const { eraseTexts } = await import('../erasure/commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, options);
  const { events, held } = await eraseTexts(context, conference, whatOf(options, shell), options.reason);
  const [n, more] = [formatNumber(events, language), formatNumber(held, language)];
  return {
    json: { events, held },
    lines: [
      say(
        `Đã xóa nội dung viết trong ${n} lượt của sổ và ${more} lượt đang chờ xem xét.`,
        `What was written in ${n} events of the ledger and ${more} in quarantine is erased.`,
      ),
      say(
        'Bản sao lưu, tệp đã xuất và bản in vẫn còn; hãy xóa riêng.',
        'Backups, exported files and prints still have it; see to them.',
      ),
    ],
    negative: events + held === 0,
  };
}

function whatOf({ person, event, all }: EraseOptions, { context }: Shell) {
  const given = [person, event, all ? 'all' : undefined].filter((one) => one !== undefined);
  const who = PersonId.safeParse(person);
  const which = EventId.safeParse(event);
  if (given.length === 1) {
    if (all) return 'everything';
    if (who.success) return { person: who.data };
    if (which.success) return { event: which.data };
  }
  throw badUsage(
    {
      vi: 'Nêu đúng một trong --person, --event, --all.',
      en: 'Give exactly one of --person, --event, --all.',
    },
    context.language,
  );
}
