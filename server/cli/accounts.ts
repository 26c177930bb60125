import type { Command } from 'commander';

import { accessContracts, type Grant } from '../../domain/wire/access.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { bridgeOf, checked, commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

interface AddOptions extends At {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly publicUrl: string;
}

/** `account ...`: who may do what in a conference. */
export function registerAccounts(program: Command, say: Say): void {
  const account = program
    .command('account')
    .description(say('tài khoản của một hội nghị', 'accounts of a conference'));
  const conference = say('hội nghị', 'conference');

  account
    .command('add')
    .description(
      say(
        'giao một vai trò; in đường dẫn để người mới chọn mật khẩu (chỉ in một lần)',
        'give a role; prints the link with which somebody new chooses a password (printed once)',
      ),
    )
    .requiredOption('--username <text>', say('tên đăng nhập', 'user name'))
    .requiredOption('--name <text>', say('họ và tên', 'full name'))
    .requiredOption('--role <role>', accessContracts.addAccount.body.shape.role.options.join(', '))
    .option('--bridge <id>', say('điểm cầu phụ trách', 'the bridge of the role'))
    .option('--conference <id>', conference)
    .option(
      '--public-url <url>',
      say('địa chỉ máy chủ trong đường dẫn', "the server's address in the link"),
      process.env['PUBLIC_URL'] ?? 'http://127.0.0.1:3000',
    )
    .action(async (options: AddOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => add(shell, options));
    });

  account
    .command('list')
    .description(say('ai có vai trò gì', 'who has which role'))
    .option('--conference <id>', conference)
    .action(async (options: At, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { accountsOf } = await import('../access/queries.ts');
        const all = await accountsOf(shell.context, await conferenceOf(shell, options));
        return {
          json: all,
          lines: table(
            all.map(({ username, name, active, grants }) => [
              username,
              name,
              active ? say('đã kích hoạt', 'active') : say('chưa kích hoạt', 'not yet active'),
              grants.map((grant) => sayGrant(grant, say)).join('; '),
            ]),
          ),
        };
      });
    });
}

async function add(shell: Shell, options: AddOptions): Promise<Report> {
  const { addAccount } = await import('../access/commands.ts');
  const { context, say } = shell;
  const { language } = context;
  const { username, name, role, bridge: named } = options;
  const given = { username, name, role, bridge: named ?? null };
  const wanted = checked(accessContracts.addAccount.body, given, 'account add', language);
  if ((wanted.role === 'organizer') !== (named === undefined)) {
    throw badUsage(
      named === undefined
        ? { vi: 'Vai trò này cần --bridge.', en: 'This role needs --bridge.' }
        : {
            vi: 'Ban tổ chức phụ trách cả hội nghị: bỏ --bridge.',
            en: 'An organizer has the whole conference: leave --bridge out.',
          },
      language,
    );
  }
  const conference = await conferenceOf(shell, options);
  const { account, token } = await addAccount(context, conference, {
    username: wanted.username,
    name: wanted.name,
    node:
      wanted.role === 'organizer' || named === undefined
        ? { role: 'organizer', bridge: null }
        : { role: wanted.role, bridge: await bridgeOf(shell, conference, named) },
  });
  const activation = token === null ? null : `${options.publicUrl.replace(/\/+$/, '')}/activate#${token}`;
  return {
    json: { account, activation },
    lines: [
      `✓ ${account.username}: ${account.grants.map((grant) => sayGrant(grant, say)).join('; ')}`,
      activation === null
        ? say('Tài khoản này đã có mật khẩu.', 'This account has a password already.')
        : `  ${activation}`,
    ],
  };
}

function sayGrant({ role, bridge }: Grant, say: Say): string {
  switch (role) {
    case 'organizer':
      return say('ban tổ chức', 'organizer');
    case 'unit-organizer':
      return say(`đầu mối đơn vị ${bridge}`, `unit organizer ${bridge}`);
    case 'host':
      return say(`phụ trách điểm cầu ${bridge}`, `host ${bridge}`);
    case 'control-room':
      return say(`phòng điều hành ${bridge ?? ''}`, `control room ${bridge ?? ''}`).trimEnd();
    case 'auditor':
      return say(`kiểm tra, giám sát ${bridge ?? ''}`, `auditor ${bridge ?? ''}`).trimEnd();
    case 'technician':
      return say(`kỹ thuật ${bridge ?? ''}`, `technician ${bridge ?? ''}`).trimEnd();
    default:
      return role satisfies never;
  }
}
