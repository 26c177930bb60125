import { parseArgs, type ParseArgsConfig } from 'node:util';

import type { VerifyOptions } from '../../domain/ledger/verify.ts';
import { keptCheckpoint, keptHead, sayEither, trustIn, verifyFile } from './evidence.ts';

/**
 * The verifier that stands alone: `node verify.mjs EXPORT PUBLIC_KEY`. The build makes one file of it that needs Node 20 or
 * newer and nothing else. Exit code 0, 1 for a negative finding, 2 for what cannot be read.
 */
const USAGE = {
  vi: `Cách dùng: node verify.mjs TỆP_XUẤT KHÓA_CÔNG_KHAI [tùy chọn]

Kiểm tra sổ điểm danh hoặc nhật ký kiểm tra do Nhịp Cầu xuất ra: có gì bị sửa, xóa, đổi thứ tự hay chèn thêm không.
KHÓA_CÔNG_KHAI là 43 ký tự, hoặc một tệp có khóa. Hãy lấy khóa từ nơi khác, không lấy từ tệp xuất.

  --kept MỐC       mốc ký đã giữ: mã đối chiếu trên giấy, hoặc tệp có nguyên văn; dùng được nhiều lần
  --head ĐC:SỐ:BĂM biên nhận một máy đã giữ: điểm cầu, số thứ tự, mã băm; dùng được nhiều lần
  --json           in một giá trị JSON
  --language en    bằng tiếng Anh`,
  en: `Usage: node verify.mjs EXPORT PUBLIC_KEY [options]

Checks a ledger or an audit trail that Nhịp Cầu exported: whether anything was changed, removed, reordered or inserted.
PUBLIC_KEY is 43 characters, or a file that has them. Take it from somewhere else than the export.

  --kept CHECKPOINT          one that was kept: its fingerprint on paper, or a file with its text; may be repeated
  --head BRIDGE:PLACE:HASH   a receipt that a device kept; may be repeated
  --json                     print one JSON value
  --language vi              in Vietnamese`,
} as const;

const OPTIONS = {
  kept: { type: 'string', multiple: true, default: [] },
  head: { type: 'string', multiple: true, default: [] },
  json: { type: 'boolean', default: false },
  language: { type: 'string', default: 'vi' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsConfig['options'];

process.exitCode = run(process.argv.slice(2));

function run(args: string[]): number {
  let language: 'vi' | 'en' =
    args.includes('--language=en') || args[args.indexOf('--language') + 1] === 'en' ? 'en' : 'vi';
  const refuse = (vi: string, en: string): number => {
    process.stderr.write(`${language === 'vi' ? vi : en}\n`);
    return 2;
  };
  let read: ReturnType<typeof parse>;
  try {
    read = parse(args);
  } catch {
    return refuse(USAGE.vi, USAGE.en);
  }
  const { values, positionals } = read;
  language = values.language === 'en' ? 'en' : 'vi';
  const [file, key, ...more] = positionals;
  if (values.help) {
    process.stdout.write(`${USAGE[language]}\n`);
    return 0;
  }
  if (file === undefined || key === undefined || more.length > 0) return refuse(USAGE.vi, USAGE.en);

  const trust = trustIn(key);
  if (trust === null) return refuse(`Không phải khóa công khai: ${key}`, `Not a public key: ${key}`);
  const checkpoints = values.kept.map((given) => ({ given, kept: keptCheckpoint(given) }));
  const heads = values.head.map((given) => ({ given, kept: keptHead(given) }));
  const unknown = [...checkpoints, ...heads].find(({ kept }) => kept === null);
  if (unknown !== undefined) {
    return refuse(
      `Không phải mã đối chiếu, tệp mốc ký hay biên nhận: ${unknown.given}`,
      `Neither a fingerprint, nor the file of a checkpoint, nor a receipt: ${unknown.given}`,
    );
  }
  const options: VerifyOptions = {
    ...trust,
    keptCheckpoints: checkpoints.flatMap(({ kept }) => kept ?? []),
    keptHeads: heads.flatMap(({ kept }) => kept ?? []),
  };
  try {
    const verdict = verifyFile(file, options);
    const text = values.json ? JSON.stringify(verdict, null, 2) : sayEither(verdict, language).join('\n');
    process.stdout.write(`${text}\n`);
    return verdict.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse(`Không mở được tệp ${file}.`, `Cannot open ${file}.`);
  }
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}
