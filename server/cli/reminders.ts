import { type Command, Option } from 'commander';

import { reachedBelow, REMINDED, type Reminded } from '../../domain/reports/reminders.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import { ReminderId, ReminderInput } from '../../domain/wire/reminders.ts';
import type { Report, Say } from './report.ts';
import {
  aboutNode,
  checked,
  commonOptions,
  inShell,
  nodeOf,
  type At,
  type Node,
  type Shell,
} from './shell.ts';

interface RemindOptions extends At {
  readonly who: Reminded;
  readonly words?: string;
  readonly again: boolean;
  readonly send: boolean;
}

/** `reports remind`: before whom a reminder would come, and with `--send` the reminder. */
export function registerReminders(reports: Command, say: Say): void {
  aboutNode(reports.command('remind'), say)
    .description(
      say(
        'những nơi bên dưới chưa trả lời sẽ được đôn đốc; có --send thì gửi ngay',
        'those below that have not answered, as a reminder would reach them; with --send it goes out at once',
      ),
    )
    .addOption(new Option('--who <who>', say('đôn đốc ai', 'for whom')).choices([...REMINDED]).default('all'))
    .option('--words <text>', say('lời nhắn thêm', 'a line beside the usual sentence'))
    .option('--again', say('cả nơi đã đôn đốc hôm nay', 'also those reminded today'), false)
    .option('--send', say('gửi ngay, không rút lại được', 'send it at once, for good'), false)
    .action(async (options: RemindOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => remind(shell, options));
    });
}

async function remind(shell: Shell, options: RemindOptions): Promise<Report> {
  const { context, say } = shell;
  const { language } = context;
  const node = await nodeOf(shell, options);
  const given = { whom: options.who, skipToday: !options.again, words: options.words ?? null };
  const asked = checked(ReminderInput, given, '--words', language);
  const reached = options.send ? await sendNow(shell, node, asked) : await wouldReach(shell, node, asked);
  const names = reached.map((id) => node.tree.get(id)?.name ?? id);
  const n = formatNumber(reached.length, language);
  return {
    json: { sent: options.send, bridges: reached },
    lines: [
      options.send
        ? say(`Đã đôn đốc ${n} nơi.`, `Reminded: ${n}.`)
        : say(`Sẽ đôn đốc ${n} nơi. Thêm --send để gửi.`, `Would be reminded: ${n}. Add --send to do it.`),
      ...names,
    ],
  };
}

async function wouldReach(
  { context }: Shell,
  { conference, bridge, tree }: Node,
  choice: ReminderInput,
): Promise<ReturnType<typeof reachedBelow>> {
  const [{ headcountsOf }, { marksOf, remindableIn }] = await Promise.all([
    import('../reports/queries.ts'),
    import('../reminders/queries.ts'),
  ]);
  const headcounts = await headcountsOf(context, conference, 'now');
  if (headcounts === null) return [];
  const standing = remindableIn(headcounts, await marksOf(context, conference));
  return reachedBelow(tree, bridge, choice, context.clock(), standing);
}

/** Asks for a reminder and sends it: whoever works at the machine has looked before. */
async function sendNow(
  { context }: Shell,
  { conference, bridge }: Node,
  asked: ReminderInput,
): Promise<ReturnType<typeof reachedBelow>> {
  const { askToRemind, sendReminder } = await import('../reminders/commands.ts');
  const made = await askToRemind(context, conference, bridge, ReminderId.parse(context.newId()), asked);
  if (!made.ok) throw new Error('a reminder of a new id is there already');
  return (await sendReminder(context, conference, made.value)) ?? [];
}
