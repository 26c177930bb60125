import type { Command } from 'commander';

import { RelayId } from '../../domain/media/cascade.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { aboutNode, commonOptions, conferenceOf, inShell, nodeOf, type At, type Shell } from './shell.ts';

/** `relays ...`: machines that pass the program on to the bridges near them (máy chuyển tiếp). */
export function registerRelays(program: Command, say: Say): void {
  const relays = program
    .command('relays')
    .description(say('máy chuyển tiếp hình', 'machines that pass the program on'));
  aboutNode(relays.command('add'), say)
    .description(
      say(
        'cấp mã cho một máy chuyển tiếp đặt tại điểm cầu; mã chỉ hiện một lần',
        'make a token for a relay at the bridge; it is shown once',
      ),
    )
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => add(shell, options));
    });
  relays
    .command('list')
    .option('--conference <id>', say('hội nghị', 'conference'))
    .description(say('các máy chuyển tiếp đã cấp mã', 'relays that were given a token'))
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => list(shell, options));
    });
  relays
    .command('revoke')
    .argument('<relay>', say('mã máy chuyển tiếp', 'id of the relay'))
    .option('--conference <id>', say('hội nghị', 'conference'))
    .description(
      say(
        'thu hồi: máy bị ngắt trong vài giây, điểm cầu đang nhận hình chuyển sang máy khác',
        'revoke: it is cut off within seconds, and who views from it moves',
      ),
    )
    .action(async (relay: string, options: At, command: Command) => {
      await inShell(commonOptions(command), (shell) => revoke(shell, relay, options));
    });
}

async function add(shell: Shell, options: At): Promise<Report> {
  const { newRelay } = await import('../media/relay/commands.ts');
  const { context, say } = shell;
  const { conference, bridge, tree } = await nodeOf(shell, options);
  const { id, token } = await newRelay(context, conference, bridge);
  const name = tree.get(bridge)?.name ?? '';
  return {
    json: { relay: id, bridge, bridgeName: name, token },
    lines: [
      say(`Máy chuyển tiếp tại ${name}: ${id}`, `Relay at ${name}: ${id}`),
      say(
        'Mã (chỉ hiện lần này; đặt vào RELAY_TOKEN trên máy chuyển tiếp):',
        'Token (shown this once; put it into RELAY_TOKEN on the relay):',
      ),
      `  ${token}`,
    ],
  };
}

async function list(shell: Shell, options: At): Promise<Report> {
  const [{ relaysOf }, { bridgeTreeOf }] = await Promise.all([
    import('../media/relay/queries.ts'),
    import('../bridges/queries.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const conference = await conferenceOf(shell, options);
  const [rows, tree] = [await relaysOf(context, conference), await bridgeTreeOf(context, conference)];
  const shown = rows.map(({ id, bridge, created_at, came_at, revoked_at }) => ({
    relay: id,
    bridge,
    bridgeName: tree?.get(bridge)?.name ?? '',
    addedAt: created_at,
    cameAt: came_at,
    revokedAt: revoked_at,
  }));
  const at = (moment: (typeof shown)[number]['cameAt']): string =>
    moment === null ? '' : formatDateTime(moment, language);
  return {
    json: shown,
    lines:
      shown.length === 0
        ? [say('Chưa có máy chuyển tiếp nào.', 'There are no relays yet.')]
        : table([
            [
              say('Điểm cầu', 'Bridge'),
              say('Cấp mã', 'Added'),
              say('Nối lần cuối', 'Came last'),
              say('Thu hồi', 'Revoked'),
              say('Mã máy', 'Id'),
            ],
            ...shown.map((row) => [
              row.bridgeName,
              at(row.addedAt),
              at(row.cameAt),
              at(row.revokedAt),
              row.relay,
            ]),
          ]),
  };
}

async function revoke(shell: Shell, relay: string, options: At): Promise<Report> {
  const { revokeRelay } = await import('../media/relay/commands.ts');
  const { context, say } = shell;
  const conference = await conferenceOf(shell, options);
  const id = RelayId.safeParse(relay);
  const revoked = id.success ? await revokeRelay(context, conference, id.data) : { ok: false };
  if (!revoked.ok) {
    throw badUsage(
      {
        vi: 'Hội nghị không có máy chuyển tiếp này, hoặc đã thu hồi.',
        en: 'The conference has no such relay, or it was revoked before.',
      },
      context.language,
    );
  }
  return { json: { relay, revoked: true }, lines: [say('Đã thu hồi.', 'Revoked.')] };
}
