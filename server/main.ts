import { setFlagsFromString } from 'node:v8';

import { trailOf } from './audit/trail.ts';
import { readConfig, type Config } from './platform/config.ts';
import { loadEnvFile } from './platform/env-file.ts';
import { createLog } from './platform/log.ts';
import { isIn, networksOf } from './platform/networks.ts';
import { BadConfig, settingsOf } from './platform/settings.ts';
import { checkLedgerAfterStart } from './platform/ledger-watch.ts';
import { DatabaseTooNew } from './platform/migrate.ts';
import type { Sentence } from '../domain/text/language.ts';
import { backUpRegularly } from './platform/scheduled-backup.ts';
import { DataRefused, storageTroubleOf, TOLD_AT_CONSOLE } from './platform/storage-trouble.ts';
import { enterDone } from './platform/trail.ts';
import { startServer, type RunningServer } from './server.ts';

/**
 * Garbage may grow to this share of what is in use before it is collected; V8's own choice on a large machine is several times as
 * much. Measured with a whole country on line: 920 MB at most in place of 1,220, for about a tenth more of the processor.
 */
setFlagsFromString('--heap-growing-percent=40');

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
  if (server.plainPort !== null) say(`  http:  ${config.host}:${server.plainPort}`);
  if (config.tls?.identity.authority != null && server.plainPort !== null)
    say(
      'Máy của người phụ trách cần tin nơi cấp chứng thư một lần; trang hướng dẫn, cũng để in:',
      "Hosts' machines have to trust the authority once; the page that says how, also for printing:",
      `  http://${new URL(config.publicUrl ?? server.url).hostname}${server.plainPort === 80 ? '' : `:${server.plainPort}`}/trust`,
    );
  if (isOpenWithoutHttps(config)) tell(NO_HTTPS);
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

/** The same in one word, for the log. */
function reasonOf(error: unknown): string {
  if (error instanceof BadConfig) return 'settings';
  if (error instanceof DatabaseTooNew) return 'database too new';
  if (error instanceof DataRefused) return 'data';
  return error instanceof Error && 'code' in error ? String(error.code) : 'failed';
}

const LOOPBACK = networksOf(['127.0.0.0/8', '::1']);

/** Whether other machines come to this server, and by plain HTTP. */
function isOpenWithoutHttps({ host, tls, publicUrl }: Config): boolean {
  if (tls !== undefined || publicUrl?.startsWith('https:') === true) return false;
  return host !== 'localhost' && LOOPBACK !== null && !isIn(LOOPBACK, host);
}

const NO_HTTPS: Sentence = {
  vi: 'Máy chủ nhận máy khác qua HTTP không mã hóa. Trên máy của người phụ trách, camera, micrô, khóa truy cập và trang điểm danh không có mạng sẽ không chạy, và mật khẩu đi qua mạng không được che. Cách có HTTPS: "npm run -s cli -- certificates make --name TÊN --address ĐỊA_CHỈ" cho mạng riêng, hoặc TLS_CERT và TLS_KEY, hoặc một proxy với PUBLIC_URL=https://... (docs/OPERATIONS.md).',
  en: 'The server takes in other machines over plain HTTP. On hosts\' machines camera, microphone, passkeys and checking in without a network will not work, and passwords cross the network in the clear. For HTTPS: "npm run -s cli -- certificates make --name NAME --address ADDRESS" in a closed network, or TLS_CERT and TLS_KEY, or a proxy with PUBLIC_URL=https://... (docs/OPERATIONS.md).',
};

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

/** Enters that the program was started, with which settings (of secrets only that there are some) and with which key it signs. */
async function enterStart(server: RunningServer): Promise<void> {
  const context = server.context();
  const given = settingsOf(process.env, process.argv.slice(2)).filter(
    ({ from }) => from === 'environment' || from === 'flag',
  );
  const settings = Object.fromEntries(given.map(({ name, text }) => [name, text]));
  const act = { act: 'start', kind: 'change', on: [], by: 'program' } as const;
  const after = { version: process.version, settings, ledgerKey: context.keys.ledger.publicKey };
  await enterDone(trailOf(context.database), context, act, [{ after }]);
}

/** How long stopping may take as a whole: below what systemd and Docker are told to wait. */
const STOP_WITHIN_MS = 20_000;

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    const badFile = loadEnvFile();
    if (badFile !== null) throw new BadConfig([badFile]);
    config = readConfig(process.env, process.argv.slice(2));
    const server = await startServer(config, { tell });
    await enterStart(server);
    const { data, backups } = config;
    const endCheck = checkLedgerAfterStart(data, tell, (error) =>
      server.context().log.error({ err: error }, 'ledger not checked'),
    );
    const endBackups = backups === undefined ? null : backUpRegularly(data, backups, tell);
    let isStopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (isStopping) {
        // Whoever asks twice does not want to wait, and what was acknowledged is on the disk either way. As the system does it:
        // an exit of our own would wait for a thread that waits for a disk.
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
        return;
      }
      isStopping = true;
      setTimeout(() => {
        process.stderr.write('Không dừng được trong thời hạn. / It did not stop in time.\n');
        process.kill(process.pid, 'SIGKILL');
      }, STOP_WITHIN_MS).unref();
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
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
    // Last: whoever reads it may ask to stop at once.
    announce(server, config);
  } catch (error) {
    process.stderr.write(`${explain(error, config)}\n`);
    createLog(config?.logLevel ?? 'warn').fatal({ reason: reasonOf(error) }, 'start refused');
    process.exitCode = 1;
  }
}

await main();
