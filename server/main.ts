import { BadConfig, readConfig, type Config } from './platform/config.ts';
import { checkLedgerAfterStart } from './platform/ledger-watch.ts';
import { DatabaseTooNew } from './platform/migrate.ts';
import type { Sentence } from '../domain/text/language.ts';
import { backUpRegularly } from './platform/scheduled-backup.ts';
import { DataRefused, storageTroubleOf, TOLD_AT_CONSOLE } from './platform/storage-trouble.ts';
import { startServer, type RunningServer } from './server.ts';

/** What is said here is for the person at the console; the machine's log goes to standard error. */
function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** In both languages: whoever sits at the server may not be who set it up. */
function tell({ vi, en }: Sentence): void {
  say('', `! ${vi}`, `! ${en}`);
}

function announce(server: RunningServer, config: Config): void {
  say('', `Nhịp Cầu: ${config.publicUrl ?? server.url}`);
  if (server.setupLink === null) return;
  say(
    '',
    'Chưa có tài khoản nào. Mở đường dẫn này để lập người tổ chức đầu tiên (chỉ dùng một lần):',
    'There is no account yet. Open this link to set up the first organizer (it works once):',
    '',
    `  ${server.setupLink}`,
    '',
  );
}

/** What a person can mend is told in a sentence; anything else is a bug and shows where it came from. */
function explain(error: unknown, config: Config | undefined): string {
  if (error instanceof BadConfig) return `Cấu hình chưa đúng / Wrong settings:\n${error.message}`;
  if (error instanceof DatabaseTooNew) return error.message;
  if (error instanceof DataRefused) return `${error.told.vi}\n${error.told.en}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Cổng ${config?.port} đang được dùng; hãy chọn cổng khác bằng --port. / Port ${config?.port} is in use; choose another with --port.`;
  const trouble = storageTroubleOf(error);
  if (trouble !== null) return `${TOLD_AT_CONSOLE[trouble].vi}\n${TOLD_AT_CONSOLE[trouble].en}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(process.env, process.argv.slice(2));
    const server = await startServer(config, { tell });
    const { data, backups } = config;
    const endCheck = checkLedgerAfterStart(data, tell, (error) =>
      server.context().log.error({ err: error }, 'ledger not checked'),
    );
    const endBackups = backups === undefined ? null : backUpRegularly(data, backups, tell);
    const stop = (): void => {
      endCheck();
      endBackups?.();
      server.close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // Last: whoever reads it may ask to stop at once.
    announce(server, config);
  } catch (error) {
    process.stderr.write(`${explain(error, config)}\n`);
    process.exitCode = 1;
  }
}

await main();
