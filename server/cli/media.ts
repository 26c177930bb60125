import type { Command } from 'commander';
import { request as askPlain } from 'node:http';
import { request as askSecure } from 'node:https';

import { formatNumber } from '../../domain/text/numbers.ts';
import { badUsage, table, type Report, type Say } from './report.ts';
import { commonOptions, report } from './shell.ts';

/** `media status`: what carries pictures and sound on the server of this machine, which alone knows. */
export function registerMedia(program: Command, say: Say): void {
  const media = program.command('media').description(say('hình và tiếng', 'pictures and sound'));
  media
    .command('status')
    .description(
      say(
        'bộ truyền hình đang chạy trên máy chủ của máy này, và nó đang phục vụ bao nhiêu',
        'the media engine of the server on this machine, and how much it carries',
      ),
    )
    .option('--port <port>', say('cổng của máy chủ', 'port of the server'), process.env['PORT'] ?? '3000')
    .action(async ({ port }: { readonly port: string }, command: Command) => {
      const common = commonOptions(command);
      report(await status(port, common.language, say), common);
    });
}

type Found = Readonly<Record<string, string | number | boolean | null>>;

async function status(port: string, language: 'vi' | 'en', say: Say): Promise<Report> {
  const found = await ask(Number(port)).catch(() => null);
  if (found === null)
    throw badUsage(
      {
        vi: `Không hỏi được máy chủ ở cổng ${port} của máy này. Máy chủ có đang chạy không?`,
        en: `The server at port ${port} of this machine did not answer. Is it running?`,
      },
      language,
    );
  const isRunning = found['running'] === true;
  const counted = (name: string): string => formatNumber(Number(found[name] ?? 0), language);
  const rows = [
    [say('đường nối', 'lines'), counted('transports')],
    [say('luồng gửi lên', 'streams sent'), counted('producers')],
    [say('luồng phát ra', 'streams received'), counted('consumers')],
    [say('gói bị từ chối', 'packets refused'), counted('refused')],
  ];
  return {
    json: found,
    lines: isRunning ? [sentenceOf(found, say), ...table(rows)] : [sentenceOf(found, say)],
    negative: !isRunning && found['engine'] !== 'off',
  };
}

function sentenceOf({ engine, running }: Found, say: Say): string {
  if (engine === 'off')
    return say(
      'Máy chủ được đặt không truyền hình (MEDIA=off).',
      'The server is set to carry no pictures (MEDIA=off).',
    );
  if (running === true) return say(`Đang truyền hình bằng ${engine}.`, `Pictures are carried by ${engine}.`);
  return say(
    'Chưa truyền được hình: cổng MEDIA_PORT có thể đang bị chiếm; máy chủ tự thử lại. Điểm danh không bị ảnh hưởng.',
    'No pictures are carried: MEDIA_PORT may be in use; the server tries again by itself. Checking in is not affected.',
  );
}

const PATIENCE_MS = 5000;

/** What readiness says of media. The certificate is for the name that people use, and the line does not leave the machine. */
function ask(port: number): Promise<Found> {
  const send = (process.env['TLS_CERT'] ?? '') === '' ? askPlain : askSecure;
  return new Promise((resolve, reject) => {
    const asked = send(
      { host: '127.0.0.1', port, path: '/readyz', timeout: PATIENCE_MS, rejectUnauthorized: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => {
          try {
            const { checks } = JSON.parse(text) as { readonly checks: { readonly media: Found } };
            resolve(checks.media);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      },
    );
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('error', reject);
    asked.end();
  });
}
