import type { Command } from 'commander';

import { Role } from '../../domain/wire/access.ts';
import type { AccountRow } from '../access/store.ts';
import { badUsage, type Report, type Say } from './report.ts';
import { commonOptions, conferenceOf, inShell, type At, type Shell } from './shell.ts';

interface Named {
  readonly username: string;
}

/** `sign-in ...`: for people who cannot come in, and against those who should not. */
export function registerSignIn(program: Command, say: Say): void {
  const group = program
    .command('sign-in')
    .description(
      say('giúp người không đăng nhập được; chặn người không nên vào', 'help people in, and keep others out'),
    );
  const username = say('tên đăng nhập', 'user name');
  const about = (name: string, description: string): Command =>
    group.command(name).description(description).requiredOption('--username <text>', username);

  about(
    'link',
    say(
      'in đường dẫn một lần để đặt mật khẩu mới; mật khẩu cũ còn dùng được đến lúc ấy',
      'print a one-time link for another password; the old one works until then',
    ),
  )
    .option(
      '--public-url <url>',
      say('địa chỉ máy chủ trong đường dẫn', "the server's address in the link"),
      process.env['PUBLIC_URL'] ?? 'http://127.0.0.1:3000',
    )
    .action(async (options: Named & { readonly publicUrl: string }, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const { newLink } = await import('../sign-in/commands.ts');
        const { id, username: name } = await accountNamed(shell, options);
        const token = await newLink(shell.context, id);
        const link = `${options.publicUrl.replace(/\/+$/, '')}/activate#${token}`;
        return { json: { username: name, link }, lines: [`  ${link}`] };
      });
    });

  about(
    'reset-second-factor',
    say(
      'bỏ bước xác nhận thứ hai đã mất và đăng xuất mọi nơi; vai trò nào yêu cầu thì phải thiết lập lại',
      'take away a lost second factor and sign out everywhere; where a role asks for it, another is set up',
    ),
  )
    .option('--passkeys', say('xoá cả khoá truy cập', 'remove the passkeys too'), false)
    .action(async (options: Named & { readonly passkeys: boolean }, command: Command) => {
      await inShell(commonOptions(command), (shell) => reset(shell, options));
    });

  about('end', say('đăng xuất một người ở mọi nơi', 'sign somebody out everywhere')).action(
    async (options: Named, command: Command) => {
      await inShell(commonOptions(command), async (shell) => {
        const ended = await signOut(shell, await accountNamed(shell, options));
        return { json: { ended }, lines: [endedSentence(shell, ended)] };
      });
    },
  );

  group
    .command('require-second-factor')
    .description(
      say(
        'ai phải có bước xác nhận thứ hai: các vai trò của một hội nghị, hoặc ở mọi hội nghị (--everywhere)',
        'who needs a second factor: roles of a conference, or of every one (--everywhere)',
      ),
    )
    .option('--role <role...>', `${Role.options.join(', ')}; ${say('bỏ trống là không ai', 'none: nobody')}`)
    .option('--everywhere', say('ở mọi hội nghị', 'in every conference'), false)
    .option('--conference <id>', say('hội nghị', 'conference'))
    .action(async (options: RequireOptions, command: Command) => {
      await inShell(commonOptions(command), (shell) => requireFactor(shell, options));
    });
}

async function accountNamed({ context }: Shell, { username }: Named): Promise<AccountRow> {
  const { accountByUsername } = await import('../access/store.ts');
  const row = await accountByUsername(context.database.read, username.trim().toLowerCase());
  if (row !== undefined) return row;
  throw badUsage(
    { vi: `Không có tài khoản ${username}.`, en: `There is no account ${username}.` },
    context.language,
  );
}

async function signOut({ context }: Shell, { id }: AccountRow): Promise<number> {
  const { endSignIns } = await import('../sign-in/commands.ts');
  return (await endSignIns(context, id, null)).length;
}

/** A server that runs beside notices at the next request, and on open sockets within a minute. */
function endedSentence({ say }: Shell, ended: number): string {
  return say(
    `Đã đăng xuất ${ended} nơi; trang đang mở dừng trong vòng một phút.`,
    `Signed out in ${ended} places; open pages stop within a minute.`,
  );
}

async function reset(shell: Shell, options: Named & { readonly passkeys: boolean }): Promise<Report> {
  const [{ resetSecondFactor }, { removePasskeys }] = await Promise.all([
    import('../second-factor/commands.ts'),
    import('../passkeys/commands.ts'),
  ]);
  const { context, say } = shell;
  const row = await accountNamed(shell, options);
  await resetSecondFactor(context, row.id);
  const passkeys = options.passkeys ? await removePasskeys(context, row.id) : 0;
  const ended = await signOut(shell, row);
  return {
    json: { username: row.username, passkeys, ended },
    lines: [
      say(`✓ ${row.username}: đã bỏ bước xác nhận thứ hai.`, `✓ ${row.username}: no second factor any more.`),
      ...(options.passkeys
        ? [say(`Đã xoá ${passkeys} khoá truy cập.`, `Removed ${passkeys} passkeys.`)]
        : []),
      endedSentence(shell, ended),
    ],
  };
}

interface RequireOptions extends At {
  readonly role?: readonly string[];
  readonly everywhere: boolean;
}

async function requireFactor(shell: Shell, options: RequireOptions): Promise<Report> {
  const { setConferenceRequirement, setRequirement } = await import('../second-factor/commands.ts');
  const { context, operator, say } = shell;
  const wanted = Role.array().safeParse(options.role ?? []);
  if (!wanted.success) {
    const known = Role.options.join(', ');
    throw badUsage(
      { vi: `--role là một trong: ${known}.`, en: `--role is one of: ${known}.` },
      context.language,
    );
  }
  const roles = options.everywhere
    ? await setRequirement(context, operator.installation, wanted.data)
    : await setConferenceRequirement(context, await conferenceOf(shell, options), wanted.data);
  return {
    json: { roles },
    lines: [
      roles.length === 0
        ? say('Không vai trò nào yêu cầu bước xác nhận thứ hai.', 'No role asks for a second factor.')
        : say(
            `Phải có bước xác nhận thứ hai: ${roles.join(', ')}`,
            `Second factor needed: ${roles.join(', ')}`,
          ),
    ],
  };
}
