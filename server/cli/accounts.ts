import type { Command } from 'commander';

import { LEVELS_OF } from '../../domain/access/rights.ts';
import { formatDateTime } from '../../domain/text/dates.ts';
import { accessContracts, Role, type Grant } from '../../domain/wire/access.ts';
import type { Place } from '../access/commands.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import {
  bridgeOf,
  checked,
  commonOptions,
  conferenceOf,
  inShell,
  instantOption,
  type At,
  type Shell,
} from './shell.ts';

interface AddOptions extends At {
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly everywhere?: true;
  readonly from?: string;
  readonly until?: string;
  readonly publicUrl: string;
}

/** `account ...`: who may do what. Whoever works at the machine gives and takes every role, standing ones too. */
export function registerAccounts(program: Command, say: Say): void {
  const account = program.command('account').description(say('tài khoản và vai trò', 'accounts and roles'));
  const conference = say('hội nghị', 'conference');
  const everywhere = say('vai trò thường trực, trên mọi hội nghị', 'a standing role, over every conference');

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
    .requiredOption('--role <role>', Role.options.join(', '))
    .option('--bridge <id>', say('điểm cầu phụ trách', 'the bridge of the role'))
    .option('--conference <id>', conference)
    .option('--everywhere', everywhere)
    .option('--from <date>', say('có hiệu lực từ', 'in force from'))
    .option('--until <date>', say('hết hiệu lực lúc', 'in force until'))
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
        const [{ accountsOf }, { presentAccount }] = await Promise.all([
          import('../access/queries.ts'),
          import('../access/present.ts'),
        ]);
        const found = (await accountsOf(shell.context, await conferenceOf(shell, options))) ?? [];
        const all = found.map(({ row, grants }) => presentAccount(row, grants));
        return {
          json: all,
          lines: table(
            all.flatMap(({ username, name, active, grants }) =>
              grants.map((grant) => [
                String(grant.id),
                username,
                name,
                active ? say('đã kích hoạt', 'active') : say('chưa kích hoạt', 'not yet active'),
                sayGrant(grant, shell),
              ]),
            ),
          ),
        };
      });
    });

  account
    .command('take <number>')
    .description(
      say(
        'thu hồi một vai trò, theo số ở cột đầu của "account list"',
        'take away a role, by its number in the first column of "account list"',
      ),
    )
    .option('--conference <id>', conference)
    .option('--everywhere', everywhere)
    .action(async (number: string, options: At & { everywhere?: true }, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { takeRole } = await import('../access/commands.ts');
        const place: Place =
          options.everywhere === true
            ? { at: 'installation', installation: shell.operator.installation }
            : { at: 'conference', conference: await conferenceOf(shell, options) };
        const taken = await takeRole(shell.context, place, Number(number));
        if (!taken.ok) {
          throw badUsage(
            { vi: `Không có vai trò số ${number}.`, en: `There is no role ${number}.` },
            shell.context.language,
          );
        }
        return {
          json: taken.value,
          lines: [
            say(
              `✓ Đã thu hồi: ${sayGrant(taken.value, shell)}`,
              `✓ Taken away: ${sayGrant(taken.value, shell)}`,
            ),
          ],
        };
      });
    });
}

async function add(shell: Shell, options: AddOptions): Promise<Report> {
  const [{ addAccount }, { NOT_GIVEN }] = await Promise.all([
    import('../access/commands.ts'),
    import('../access/sentences.ts'),
  ]);
  const { context, say } = shell;
  const { language } = context;
  const { username, name, role, bridge: named, from, until } = options;
  const wanted = checked(
    accessContracts.addAccount.body,
    {
      username,
      name,
      role,
      bridge: named ?? null,
      from: from === undefined ? null : instantOption(from, language),
      until: until === undefined ? null : instantOption(until, language),
    },
    'account add',
    language,
  );
  const place = await placeOf(shell, options, wanted.role);
  const added = await addAccount(context, place, wanted);
  if (!added.ok) throw badUsage(NOT_GIVEN[added.reason], language);
  const { account, token } = added.value;
  const activation = token === null ? null : `${options.publicUrl.replace(/\/+$/, '')}/activate#${token}`;
  return {
    json: { account, activation },
    lines: [
      `✓ ${account.username}: ${account.grants.map((grant) => sayGrant(grant, shell)).join('; ')}`,
      activation === null
        ? say('Tài khoản này đã có mật khẩu.', 'This account has a password already.')
        : `  ${activation}`,
    ],
  };
}

async function placeOf(shell: Shell, options: AddOptions, role: Role): Promise<Place> {
  const { language } = shell.context;
  if (options.everywhere === true) return { at: 'installation', installation: shell.operator.installation };
  const conference = await conferenceOf(shell, options);
  if (options.bridge !== undefined) {
    if (!LEVELS_OF[role].includes('bridge')) {
      throw badUsage(
        {
          vi: 'Ban tổ chức phụ trách cả hội nghị: bỏ --bridge.',
          en: 'An organizer has the whole conference: leave --bridge out.',
        },
        language,
      );
    }
    return { at: 'bridge', conference, bridge: await bridgeOf(shell, conference, options.bridge) };
  }
  if (LEVELS_OF[role].includes('conference')) return { at: 'conference', conference };
  throw badUsage({ vi: 'Vai trò này cần --bridge.', en: 'This role needs --bridge.' }, language);
}

const ROLES: Readonly<Record<Role, { readonly vi: string; readonly en: string }>> = {
  organizer: { vi: 'ban tổ chức', en: 'organizer' },
  'unit-organizer': { vi: 'đầu mối đơn vị', en: 'unit organizer' },
  host: { vi: 'phụ trách điểm cầu', en: 'host' },
  'control-room': { vi: 'phòng điều hành', en: 'control room' },
  auditor: { vi: 'kiểm tra, giám sát', en: 'auditor' },
  technician: { vi: 'kỹ thuật', en: 'technician' },
};

function sayGrant({ role, conference, bridge, from, until }: Grant, { say, context }: Shell): string {
  const { language } = context;
  const parts = [
    ROLES[role][language],
    conference === null ? say('mọi hội nghị', 'everywhere') : (bridge ?? ''),
    from === null
      ? ''
      : say(`từ ${formatDateTime(from, language)}`, `from ${formatDateTime(from, language)}`),
    until === null
      ? ''
      : say(`đến ${formatDateTime(until, language)}`, `until ${formatDateTime(until, language)}`),
  ];
  return parts.filter((part) => part !== '').join(' ');
}
