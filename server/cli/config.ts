import type { Command } from 'commander';

import { badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, report } from './shell.ts';

/** `config check`: what a start would use, without starting. */
export function registerConfig(program: Command, say: Say): void {
  const config = program.command('config').description(say('cấu hình máy chủ', 'settings of the server'));
  config
    .command('check')
    .description(
      say(
        'kiểm tra cấu hình từ môi trường, tệp .env và các cờ sau "--", rồi in ra những gì sẽ dùng',
        'check the settings of the environment, of .env and of the flags after "--", and print what would be used',
      ),
    )
    .argument('[flags...]', say('các cờ như khi khởi động, sau "--"', 'flags as at a start, after "--"'))
    .action(async (flags: readonly string[], _options: object, command: Command) => {
      const common = commonOptions(command);
      report(await check(process.env, flags, say), common);
    });
}

async function check(environment: NodeJS.ProcessEnv, flags: readonly string[], say: Say): Promise<Report> {
  const [{ readConfig }, { BadConfig, settingsOf }] = await Promise.all([
    import('../platform/config.ts'),
    import('../platform/settings.ts'),
  ]);
  try {
    const settings = settingsOf(environment, flags);
    const read = readConfig(environment, flags);
    const from = {
      flag: say('cờ', 'flag'),
      environment: say('môi trường', 'environment'),
      default: say('mặc định', 'default'),
      nowhere: say('không đặt', 'not set'),
    };
    return {
      json: { ok: true, settings, publicUrl: read.publicUrl },
      lines: [
        ...table(settings.map(({ name, text, from: where }) => [name, text ?? '-', from[where]])),
        '',
        say('Cấu hình dùng được.', 'The settings can be used.'),
      ],
    };
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    throw badUsage({ vi: error.message, en: error.message }, 'vi');
  }
}
