import { Command, CommanderError } from 'commander';

import type { Language } from '../../domain/text/language.ts';
import { DatabaseTooNew } from '../platform/migrate.ts';
import { DataRefused } from '../platform/storage-trouble.ts';
import { BadUsage, sayIn, type Say } from './report.ts';

/** The language of the help, needed before the options are read. What is no language is refused with the options. */
export function languageIn(args: readonly string[]): Language {
  const at = args.indexOf('--language');
  return args.includes('--language=en') || (at !== -1 && args[at + 1] === 'en') ? 'en' : 'vi';
}

/** The command line without its commands: options that all have, and commander's own words in both languages. */
export function commandLine(language: Language): Command {
  const say = sayIn(language);
  return new Command('nhipcau')
    .description(
      say(
        'Lên lịch hội nghị trực tuyến theo điểm cầu và giữ sổ điểm danh',
        'Schedules conferences over bridges and keeps the ledger of who was there',
      ),
    )
    .option(
      '--data <folder>',
      say('thư mục dữ liệu; không có là "data"', 'data folder; "data" where left out'),
      process.env['DATA'] ?? 'data',
    )
    .option('--json', say('in đúng một giá trị JSON', 'print one JSON value and nothing else'), false)
    .option('--language <language>', say('vi hoặc en', 'vi or en'), 'vi')
    .helpOption('-h, --help', say('xem hướng dẫn', 'show the help'))
    .helpCommand('help [command]', say('xem hướng dẫn của một lệnh', 'show the help of a command'))
    .configureHelp({
      styleTitle: (title) => (language === 'vi' ? (TITLES[title] ?? title) : title),
      // The description says it in words; commander would add "(default: …)" in English.
      optionDescription: ({ description }) => description,
    })
    .configureOutput({
      outputError: (text, write) =>
        write(language === 'vi' ? inVietnamese(text) : text.replace(/^error: /, '')),
    })
    .showHelpAfterError(say('Thêm --help để xem hướng dẫn.', 'Add --help to see how it is used.'))
    .exitOverride();
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Cách dùng:',
  'Arguments:': 'Đối số:',
  'Options:': 'Tùy chọn:',
  'Commands:': 'Các lệnh:',
};

/** What commander says of a call that it cannot read, and the same in Vietnamese. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, "Không có lệnh '$1'."],
  [/^error: unknown option '(.*)'/, "Không có tùy chọn '$1'."],
  [/^error: missing required argument '(.*)'/, "Thiếu đối số '$1'."],
  [/^error: required option '(.*)' not specified/, "Thiếu tùy chọn '$1'."],
  [/^error: option '(.*)' argument missing/, "Tùy chọn '$1' thiếu giá trị."],
  [/^error: too many arguments.*/, 'Thừa đối số.'],
  [/\(Did you mean one of (.*)\?\)/, '(Có phải là một trong: $1?)'],
  [/\(Did you mean (.*)\?\)/, '(Có phải là $1?)'],
];

function inVietnamese(text: string): string {
  return MISTAKES.reduce((said, [english, vietnamese]) => said.replace(english, vietnamese), text);
}

/** The exit code of a call that did not come to its end: 2 for what the caller has to mend. A bug is thrown on. */
export function exitCodeOf(error: unknown, say: Say): number {
  // Help that was asked for is no mistake; of everything else commander has told already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const sentence = error instanceof BadUsage ? error.message : sayData(error, say);
  if (sentence === null) throw error;
  process.stderr.write(`${sentence}\n`);
  return 2;
}

/** A data folder that cannot be used, in a sentence; null for an error of another kind. */
function sayData(error: unknown, say: Say): string | null {
  if (error instanceof DatabaseTooNew) return error.message;
  if (error instanceof DataRefused) return say(error.told.vi, error.told.en);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return say(
        'Tệp dữ liệu trong thư mục --data bị hỏng hoặc không phải của chương trình này.',
        'The data file in the --data folder is damaged, or is none of this program.',
      );
    case 'SQLITE_BUSY':
      return say(
        'Một chương trình khác đang giữ dữ liệu. Chưa ghi gì. Hãy thử lại.',
        'Another program holds the data. Nothing was written. Try again.',
      );
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'EACCES':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EROFS':
      return say(
        'Không dùng được thư mục --data: không mở hoặc không ghi được.',
        'The --data folder cannot be used: it cannot be opened or written.',
      );
    default:
      return null;
  }
}
