import type { Command } from 'commander';

import { INVITATION_STATES, InvitationState } from '../../domain/invitations/life.ts';
import type { Result } from '../../domain/result.ts';
import { formatNumber } from '../../domain/text/numbers.ts';
import type { SendFailure } from '../invitations/commands.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { aboutNode, checked, commonOptions, inShell, nodeOf, type At, type Shell } from './shell.ts';

interface PrepareOptions extends At {
  readonly allowedBy?: string;
  readonly why?: string;
}

/** `invitations prepare`, `approve`, `send`, `list`: giấy mời and thông báo triệu tập of a bridge and below it. */
export function registerInvitations(program: Command, say: Say): void {
  const invitations = program
    .command('invitations')
    .description(say('giấy mời, thông báo triệu tập', 'invitations and summonses'));

  aboutNode(invitations.command('prepare'), say)
    .description(
      say(
        'soạn cho mọi người có chỗ, chuyển theo chỗ mới',
        'prepare for everybody with a seat, move those who sit elsewhere now',
      ),
    )
    .option('--allowed-by <name>', say('ai cho phép đổi tên sau khi chốt', 'who allows it after the freeze'))
    .option('--why <reason>', say('vì sao', 'why'))
    .action(async (options: PrepareOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => prepare(shell, options));
    });

  aboutNode(invitations.command('approve'), say)
    .description(say('duyệt tất cả giấy đã soạn', 'approve all that are prepared'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => approve(shell, options));
    });

  aboutNode(invitations.command('send'), say)
    .description(say('gửi tất cả giấy đã duyệt', 'send all that are approved'))
    .option('--paper', say('ghi là đã giao giấy, không gửi thư', 'enter them as handed over on paper'), false)
    .action(async (options: At & { paper: boolean }, command: Command) => {
      await inShell(commonOptions(command), (shell) => send(shell, options));
    });

  aboutNode(invitations.command('list'), say)
    .description(say('danh sách và số lượng theo tình trạng', 'the list, with how many are in each state'))
    .option('--state <state>', INVITATION_STATES.join(', '))
    .action(async (options: At & { state?: string }, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
}

async function prepare(shell: Shell, options: PrepareOptions): Promise<Report> {
  const { prepareInvitations } = await import('../invitations/commands.ts');
  const { context, say } = shell;
  const { allowedBy, why } = options;
  const { conference, bridge } = await nodeOf(shell, options);
  const exception = allowedBy === undefined || why === undefined ? null : { allowedBy, why };
  const done = await prepareInvitations(context, conference, bridge, [], exception);
  const { prepared, moved } = await valueOf(shell, done);
  const n = (count: number): string => formatNumber(count, context.language);
  return {
    json: { ok: true, prepared, moved },
    lines: [
      say(`Đã soạn ${n(prepared)}, chuyển ${n(moved)}.`, `${n(prepared)} prepared, ${n(moved)} moved.`),
    ],
  };
}

async function approve(shell: Shell, options: At): Promise<Report> {
  const { approveInvitations } = await import('../invitations/commands.ts');
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const { approved } = await valueOf(shell, await approveInvitations(context, conference, bridge, null));
  const n = formatNumber(approved, context.language);
  return { json: { ok: true, approved }, lines: [say(`Đã duyệt ${n}.`, `${n} approved.`)] };
}

async function send(shell: Shell, options: At & { paper: boolean }): Promise<Report> {
  const { sendInvitations } = await import('../invitations/commands.ts');
  const { context, say } = shell;
  const { conference, bridge } = await nodeOf(shell, options);
  const by = options.paper ? 'paper' : 'mail';
  const done = await valueOf(shell, await sendInvitations(context, conference, bridge, null, by));
  const [sent, without] = [done.sent, done.withoutAddress].map((count) =>
    formatNumber(count, context.language),
  );
  const lines =
    by === 'paper'
      ? [say(`Đã ghi giao giấy cho ${sent} người.`, `${sent} were entered as handed over on paper.`)]
      : [
          say(
            `${sent} thư chờ gửi. ${without} người không có địa chỉ thư.`,
            `${sent} letters wait to go. ${without} people have no address.`,
          ),
        ];
  return { json: { ok: true, ...done }, lines };
}

const SHOWN = 1000;

async function list(shell: Shell, options: At & { state?: string }): Promise<Report> {
  const [{ callingOf, findInvitations }, { presentInvitation }, { NO_BRIDGES }] = await Promise.all([
    import('../invitations/queries.ts'),
    import('../invitations/present.ts'),
    import('../invitations/sentences.ts'),
  ]);
  const { context } = shell;
  const state =
    options.state === undefined
      ? null
      : checked(InvitationState, options.state, 'invitations list', context.language);
  const { conference, bridge } = await nodeOf(shell, options);
  const calling = await callingOf(context, conference);
  if (calling === null) throw badUsage(NO_BRIDGES, context.language);
  const found = await findInvitations(context, conference, bridge, calling, { q: '', state }, null, SHOWN);
  const rows = found.people.slice(0, SHOWN).map((one) => presentInvitation(one, calling.tree));
  const counts = Object.entries(found.counts).filter(([, count]) => count > 0);
  return {
    json: { ok: true, counts: found.counts, pending: found.pending, invitations: rows },
    lines: [
      ...counts.map(([name, count]) => `${name}: ${formatNumber(count, context.language)}`),
      ...rows.map(({ name, bridgeName, state: own }) => `${own}\t${name}\t${bridgeName}`),
    ],
  };
}

async function valueOf<Value>({ context }: Shell, result: Result<Value, SendFailure>): Promise<Value> {
  if (result.ok) return result.value;
  const [say, { NAMES_DELETED }] = await Promise.all([
    import('../invitations/sentences.ts'),
    import('../retention/sentences.ts'),
  ]);
  const sentences = {
    'no bridges': say.NO_BRIDGES,
    'names deleted': NAMES_DELETED,
    frozen: say.FROZEN,
    over: say.OVER,
    'no line': say.NO_LINE,
  };
  throw badUsage(sentences[result.reason], context.language);
}
