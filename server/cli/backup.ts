import { resolve } from 'node:path';

import { Option, type Command } from 'commander';

import {
  sayBackup,
  sayBackupFailure,
  sayLedger,
  sayRestored,
  sayRestoreFailure,
} from '../platform/backup-sentences.ts';
import { isWhole } from '../platform/ledger-check.ts';
import { deedOf } from './deeds.ts';
import { badUsage, type Report, type Said, type Say } from './report.ts';
import { commonOptions, report, type Common } from './shell.ts';

interface BackupOptions {
  readonly out: string;
  readonly withKeys: boolean;
  readonly scheduled: boolean;
}
interface RestoreOptions {
  readonly from: string;
  readonly acceptDamage: boolean;
}

/** `backup` and `restore`: the whole data folder, into a file and back. */
export function registerBackup(program: Command, say: Say): void {
  program
    .command('backup')
    .description(
      say(
        'sao lưu dữ liệu vào một tệp, cả khi máy chủ đang chạy; bản sao được kiểm tra trước khi xong',
        'copy the data into one file, also while the server runs; the copy is checked before it is done',
      ),
    )
    .requiredOption('--out <file>', say('tệp sẽ ghi', 'file to write'))
    .option(
      '--with-keys',
      say(
        'ghi cả khóa ký vào tệp .keys bên cạnh; hãy cất riêng',
        'write the signing keys too, into a file .keys beside it; keep it apart',
      ),
      false,
    )
    // The server makes its regular copies by this very command.
    .addOption(new Option('--scheduled').default(false).hideHelp())
    .action(async (options: BackupOptions, command: Command) => {
      const common = commonOptions(command);
      report(await backup(common, options), common);
    });

  program
    .command('restore')
    .description(
      say(
        'đặt một bản sao lưu vào thư mục dữ liệu khi máy chủ đã dừng; những gì đang có được giữ lại bên cạnh',
        'put a backup into the data folder while the server is stopped; what was there is kept beside it',
      ),
    )
    .requiredOption('--from <file>', say('tệp sao lưu', 'backup file'))
    .option(
      '--accept-damage',
      say('nhận cả khi sổ điểm danh có sự kiện bị hỏng', 'take it even where the ledger has a damaged event'),
      false,
    )
    .action(async (options: RestoreOptions, command: Command) => {
      const common = commonOptions(command);
      report(await restore(common, options), common);
    });
}

async function backup(common: Common, { out, withKeys, scheduled }: BackupOptions): Promise<Report> {
  const { data, language } = common;
  const [{ backUp }, { databaseFile }] = await Promise.all([
    import('../platform/backup.ts'),
    import('../platform/database.ts'),
  ]);
  const tell = (said: Said): void => void process.stderr.write(`${said[language]}\n`);
  const deed = deedOf(common, { byItself: scheduled, upgrades: false });
  const made = await backUp(data, out, { withKeys, tell, about: deed.ask });
  if (!made.ok) throw badUsage(sayBackupFailure(made, out), language);
  const { value } = made;
  const sound = isWhole(value.ledger);
  const { file, bytes, keys, ledger } = value;
  const after = { file, bytes, keys, events: ledger.events, checkpoint: ledger.checkpoint?.number ?? null };
  await deed.done(databaseFile(data), after);
  return {
    json: { ok: sound, ...value },
    lines: [...sayBackup(value, withKeys, language), ...sayLedger(value.ledger, language)],
    negative: !sound,
  };
}

async function restore(common: Common, { from, acceptDamage }: RestoreOptions): Promise<Report> {
  const { data, language } = common;
  const [platform, { databaseFile }] = await Promise.all([
    import('../platform/restore.ts'),
    import('../platform/database.ts'),
  ]);
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const deed = deedOf(common, { upgrades: true });
  const done = await platform.restore(data, from, stamp, acceptDamage, deed.ask);
  if (!done.ok) throw badUsage(sayRestoreFailure(done, from), language);
  const { value } = done;
  const { ledger, aside, lostPages, keys } = value;
  const after = {
    backup: resolve(from),
    events: ledger.events,
    checkpoint: ledger.checkpoint?.number ?? null,
    lostPages,
    keys,
    aside,
  };
  await deed.done(databaseFile(data), after);
  return {
    json: { ok: true, ...value },
    lines: [...sayRestored(value, language), ...sayLedger(value.ledger, language)],
  };
}
