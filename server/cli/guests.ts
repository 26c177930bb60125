import type { Command } from 'commander';

import { GUEST_LISTS, GuestList } from '../../domain/guests/guest.ts';
import { sayGuestRowFault } from '../../domain/guests/sentences.ts';
import { letterStateWord } from '../../domain/mail/sentences.ts';
import { noRows } from '../../domain/text/rows.ts';
import { inputFile, rowsOf } from './files.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { checked, commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

interface OfList extends At {
  readonly list: string;
}

/** `guests list`, `guests import`, `guests invite`: the lists of the press and of scientists, and their letters. */
export function registerGuests(program: Command, say: Say): void {
  const guests = program
    .command('guests')
    .description(say('danh sách báo chí, nhà khoa học', 'the lists of the press and of scientists'));
  const about = (command: Command): Command =>
    command
      .option('--conference <id>', say('hội nghị', 'conference'))
      .requiredOption('--list <list>', GUEST_LISTS.join(', '));

  about(guests.command('list'))
    .description(
      say('khách, giấy mời, trả lời và đã đến hay chưa', 'guests, their letters, answers and arrivals'),
    )
    .action(async (options: OfList, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });

  about(guests.command('import'))
    .description(
      say(
        'thêm khách từ tệp; chỉ ghi khi có --confirm',
        'add the guests of a file; written only with --confirm',
      ),
    )
    .argument('<file>', say('CSV hoặc XLSX', 'CSV or XLSX'))
    .option('--confirm', say('ghi toàn bộ', 'write the whole of it'), false)
    .action(async (file: string, options: OfList & { confirm: boolean }, command: Command) => {
      await inShell(commonOptions(command), (shell) => importFile(shell, file, options));
    });

  about(guests.command('invite'))
    .description(
      say(
        'gửi giấy mời qua thư cho khách chưa có giấy mời',
        'send an invitation by mail to guests who have had none',
      ),
    )
    .action(async (options: OfList, command: Command) => {
      await inShell(commonOptions(command), (shell) => invite(shell, options));
    });
}

async function list(shell: Shell, options: OfList): Promise<Report> {
  const [{ guestLists }, { presentGuest }] = await Promise.all([
    import('../guests/queries.ts'),
    import('../guests/present.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const own = checked(GuestList, options.list, 'guests list', language);
  const { guests, letters } = await guestLists(context, await conferenceOf(shell, options));
  const shown = guests.filter((guest) => guest.list === own).map((guest) => presentGuest(guest, letters));
  const answers = { coming: say('sẽ đến', 'coming'), 'not-coming': say('không đến', 'not coming') };
  return {
    json: shown,
    lines:
      shown.length === 0
        ? [say('Chưa có ai trong danh sách.', 'Nobody is in the list yet.')]
        : table(
            shown.map(({ name, organisation, letter, answer, arrivedAt }) => [
              name ?? say('chưa có tên', 'no name yet'),
              organisation ?? '',
              letter === null ? '' : letterStateWord(letter.state, language),
              answer === null ? '' : answers[answer],
              arrivedAt === null ? '' : say('đã đến', 'has come'),
            ]),
          ),
  };
}

async function importFile(
  shell: Shell,
  path: string,
  options: OfList & { readonly confirm: boolean },
): Promise<Report> {
  const [{ importGuests }, { TOO_MANY }, { NAMES_DELETED }] = await Promise.all([
    import('../guests/commands.ts'),
    import('../guests/sentences.ts'),
    import('../retention/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const own = checked(GuestList, options.list, 'guests import', language);
  const file = await inputFile(path, language);
  const { rows, problems } = await rowsOf(file.name, file.bytes, language);
  const unread = rows.length === 0 && problems.length === 0 ? [noRows(language)] : problems;
  const isWhole = unread.length === 0;
  const sent = { list: own, rows, isWhole, dryRun: !options.confirm };
  const read = await importGuests(context, await conferenceOf(shell, options), sent);
  if (!read.ok) throw badUsage(read.reason === 'too many' ? TOO_MANY : NAMES_DELETED, language);
  const { added, known, imported } = read.value;
  const faults = [...unread, ...read.value.faults.map((fault) => sayGuestRowFault(fault, language))];
  const end = imported ? say('Đã ghi.', 'Written.') : say('Chưa ghi gì.', 'Nothing was written.');
  return {
    json: { ok: faults.length === 0, imported, added, known, faults },
    lines: [
      say(
        `Tệp thêm ${added} khách; ${known} người đã có. ${end}`,
        `The file adds guests: ${added}; there already: ${known}. ${end}`,
      ),
      ...faults.map(({ at, message }) => `✗ ${at}: ${message}`),
    ],
    negative: faults.length > 0,
  };
}

async function invite(shell: Shell, options: OfList): Promise<Report> {
  const [{ inviteGuests }, { NOT_INVITED }] = await Promise.all([
    import('../guests/letters.ts'),
    import('../guests/sentences.ts'),
  ]);
  const { context, say } = shell;
  const own = checked(GuestList, options.list, 'guests invite', context.language);
  const done = await inviteGuests(context, await conferenceOf(shell, options), own, null);
  if (!done.ok) throw badUsage(NOT_INVITED[done.reason], context.language);
  const { queued, withoutAddress } = done.value;
  return {
    json: { ok: true, queued, withoutAddress },
    lines: [
      say(
        `${queued} thư đã vào hàng đợi; ${withoutAddress} khách không có địa chỉ thư.`,
        `Letters that wait to go: ${queued}; guests without an address: ${withoutAddress}.`,
      ),
    ],
  };
}
