import type { Command } from 'commander';

import type { Language } from '../../domain/text/language.ts';
import type { CertificateFailure, CertificateFiles } from '../platform/certificates.ts';
import { enteredDeed } from './deeds.ts';
import { badUsage, type Report, type Said, type Say } from './report.ts';
import { commonOptions, report, type Common } from './shell.ts';

interface FolderOptions {
  readonly out?: string;
  readonly authorityKey?: string;
}
interface NameOptions extends FolderOptions {
  readonly name: readonly string[];
  readonly address: readonly string[];
  readonly days: string;
}
interface MakeOptions extends NameOptions {
  readonly within: readonly string[];
  readonly organization?: string;
}

/** Below what Apple's systems take, with room for clocks that differ. */
const DAYS = '800';

const many = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `certificates ...`: HTTPS for a network that no public authority reaches. */
export function registerCertificates(program: Command, say: Say): void {
  const certificates = program
    .command('certificates')
    .description(say('chứng thư HTTPS cho mạng riêng', 'HTTPS certificates for a closed network'));
  const inFolder = (command: Command): Command =>
    command
      .option(
        '--out <folder>',
        say(
          'thư mục chứng thư; không có là "certificates" trong --data',
          'folder; "certificates" in --data where left out',
        ),
      )
      .option(
        '--authority-key <file>',
        say(
          'khóa của nơi cấp, để cất riêng (ví dụ trên USB)',
          'key of the authority, to be kept apart (on a stick)',
        ),
      );
  const named = (command: Command): Command =>
    inFolder(command)
      .option('--name <host>', say('tên máy chủ; ghi được nhiều lần', 'host name; may be repeated'), many, [])
      .option(
        '--address <ip>',
        say('địa chỉ máy chủ; ghi được nhiều lần', 'address; may be repeated'),
        many,
        [],
      )
      .option('--days <days>', say('số ngày có hiệu lực', 'days for which it is valid'), DAYS);

  named(certificates.command('make'))
    .description(
      say(
        'tạo nơi cấp chứng thư riêng và chứng thư của máy chủ; nơi cấp chỉ chứng nhận được các tên đã cho',
        'make a private authority and the certificate of the server; the authority is held to the names given',
      ),
    )
    .option(
      '--within <domain or network>',
      say(
        'miền hoặc mạng mà nơi cấp được chứng nhận, thay cho đúng các tên đã cho; ghi được nhiều lần',
        'domain or network that the authority may vouch for, in the place of the names; may be repeated',
      ),
      many,
      [],
    )
    .option(
      '--organization <text>',
      say('tên đơn vị, hiện trên máy của người dùng', 'who issues it, as hosts see it'),
    )
    .action(async (options: MakeOptions, command: Command) => {
      const common = commonOptions(command);
      report(await make(common, options), common);
    });

  named(certificates.command('renew'))
    .description(
      say(
        'cấp chứng thư mới cho máy chủ, cùng nơi cấp; máy của người phụ trách không phải làm gì',
        'issue a new certificate for the server under the same authority; hosts have nothing to do',
      ),
    )
    .action(async (options: NameOptions, command: Command) => {
      const common = commonOptions(command);
      report(await renew(common, options), common);
    });

  inFolder(certificates.command('show'))
    .description(
      say(
        'các chứng thư đang có, thời hạn và mã để đối chiếu',
        'the certificates, their dates, and the codes to compare',
      ),
    )
    .action(async (options: FolderOptions, command: Command) => {
      const common = commonOptions(command);
      report(await show(common, options), common);
    });
}

async function filesOf({ data }: Common, { out, authorityKey }: FolderOptions): Promise<CertificateFiles> {
  const [{ filesIn }, path] = await Promise.all([import('../platform/certificates.ts'), import('node:path')]);
  return filesIn(path.resolve(out ?? `${data}/certificates`), authorityKey);
}

async function make(common: Common, options: MakeOptions): Promise<Report> {
  const { makeCertificates } = await import('../platform/certificates.ts');
  const files = await filesOf(common, options);
  const names = [...options.name, ...options.address];
  const { within, days } = options;
  const organization = (options.organization ?? names[0] ?? '').normalize('NFC');
  const { shown } = await enteredDeed(common, { upgrades: false }, async () => {
    const wanted = { names, within, organization, days: Number(days) };
    const made = await makeCertificates(files, wanted, Date.now());
    if (!made.ok) throw badUsage(sayFailure(made, files), common.language);
    return await shownAfter(common, options);
  });
  const next = NEXT[common.language](files, names[0] ?? '');
  return { json: shown.json, lines: [...shown.lines, '', ...next] };
}

async function renew(common: Common, options: NameOptions): Promise<Report> {
  const { renewCertificates } = await import('../platform/certificates.ts');
  const files = await filesOf(common, options);
  const names = [...options.name, ...options.address];
  const { shown } = await enteredDeed(common, { upgrades: false }, async () => {
    const renewed = await renewCertificates(files, { names, days: Number(options.days) }, Date.now());
    if (!renewed.ok) throw badUsage(sayFailure(renewed, files), common.language);
    return await shownAfter(common, options);
  });
  const taken: Said = {
    vi: 'Máy chủ đang chạy nhận chứng thư mới trong nửa phút, không cần khởi động lại.',
    en: 'A running server takes it in within half a minute, without a restart.',
  };
  return { json: shown.json, lines: [...shown.lines, '', taken[common.language]] };
}

async function shownAfter(common: Common, options: FolderOptions) {
  const shown = await show(common, options);
  return { shown, after: shown.json };
}

const until = (validTo: string): string => new Date(validTo).toISOString().slice(0, 10);

async function show(common: Common, options: FolderOptions): Promise<Report> {
  const [{ X509Certificate }, { readFile }, { namesOf }, { groups }] = await Promise.all([
    import('node:crypto'),
    import('node:fs/promises'),
    import('../platform/tls.ts'),
    import('../platform/trust-page.ts'),
  ]);
  const files = await filesOf(common, options);
  const read = async (file: string) => {
    const text = await readFile(file).catch(() => null);
    return text === null ? null : new X509Certificate(text);
  };
  const [authority, server] = await Promise.all([read(files.authority), read(files.cert)]);
  if (authority === null || server === null)
    throw badUsage(sayFailure({ reason: 'none' }, files), common.language);
  const days = Math.floor((Date.parse(server.validTo) - Date.now()) / 86_400_000);
  const vi = common.language === 'vi';
  return {
    json: {
      authority: {
        file: files.authority,
        validUntil: until(authority.validTo),
        sha256: authority.fingerprint256,
        sha1: authority.fingerprint,
      },
      server: {
        cert: files.cert,
        key: files.key,
        names: namesOf(server),
        validUntil: until(server.validTo),
        days,
      },
    },
    lines: [
      `${vi ? 'Nơi cấp' : 'Authority'}: ${files.authority} (${until(authority.validTo)})`,
      `  SHA-256  ${groups(authority.fingerprint256)}`,
      `  SHA-1    ${groups(authority.fingerprint)}`,
      `${vi ? 'Máy chủ' : 'Server'}: ${files.cert} (${until(server.validTo)}, ${days} ${vi ? 'ngày' : 'days'})`,
      `  ${namesOf(server).join(', ')}`,
    ],
    negative: days < 0,
  };
}

const NEXT: Readonly<Record<Language, (files: CertificateFiles, name: string) => string[]>> = {
  vi: (files, name) => [
    'Ghi vào tệp .env của máy chủ rồi khởi động lại:',
    ...settings(files, name),
    'Mỗi máy của người phụ trách mở một lần:',
    `  http://${name}/trust`,
    `Hãy chuyển ${files.authorityKey} sang nơi khác (USB có khóa), chỉ cần đến khi gia hạn.`,
    'Ai có tệp đó có thể giả máy chủ này; bản sao lưu dữ liệu không gồm tệp đó.',
  ],
  en: (files, name) => [
    "Put this into the server's .env file and start it again:",
    ...settings(files, name),
    "Each host's machine opens once:",
    `  http://${name}/trust`,
    `Move ${files.authorityKey} somewhere else (a stick under lock); it is needed for renewing only.`,
    'Whoever has that file can pass for this server; it is in no backup of the data.',
  ],
};

function settings(files: CertificateFiles, name: string): string[] {
  return [
    '  HOST=0.0.0.0',
    '  PORT=443',
    '  HTTP_PORT=80',
    `  TLS_CERT=${files.cert}`,
    `  TLS_KEY=${files.key}`,
    `  PUBLIC_URL=https://${name.includes(':') ? `[${name}]` : name}`,
  ];
}

function sayFailure(failure: CertificateFailure, files: CertificateFiles): Said {
  switch (failure.reason) {
    case 'exists':
      return {
        vi: `Đã có nơi cấp trong ${files.authority}. Gia hạn bằng "certificates renew"; muốn tạo mới thì chuyển thư mục đó đi, và mọi máy phải tin lại từ đầu.`,
        en: `There is an authority in ${files.authority} already. Renew with "certificates renew"; for a new one move the folder away, and every machine has to trust it anew.`,
      };
    case 'none':
      return {
        vi: `Chưa có chứng thư ở ${files.authority}. Tạo bằng "certificates make".`,
        en: `There is no certificate at ${files.authority}. Make one with "certificates make".`,
      };
    case 'no key':
      return {
        vi: `Không thấy khóa của nơi cấp ở ${files.authorityKey}. Chỉ chỗ cất bằng --authority-key.`,
        en: `The key of the authority is not at ${files.authorityKey}. Say where it is with --authority-key.`,
      };
    case 'other key':
      return {
        vi: 'Đây không phải khóa của nơi cấp này.',
        en: 'This is not the key of this authority.',
      };
    case 'no names':
      return {
        vi: 'Cần ít nhất một --name hoặc --address.',
        en: 'At least one --name or --address is needed.',
      };
    case 'bad name':
      return {
        vi: `"${failure.name}" không phải là tên máy hay địa chỉ mạng.`,
        en: `"${failure.name}" is no host name and no address.`,
      };
    case 'days':
      return {
        vi: '--days là số nguyên từ 1 đến 825: máy của Apple không nhận dài hơn.',
        en: "--days is a whole number from 1 to 825: Apple's machines take no more.",
      };
    case 'refused':
      return {
        vi: `Nơi cấp không được chứng nhận "${failure.name}" (${failure.said}). Tạo nơi cấp mới với tên này, hoặc với --within rộng hơn.`,
        en: `The authority may not vouch for "${failure.name}" (${failure.said}). Make a new one with this name, or with a wider --within.`,
      };
    default:
      return failure satisfies never;
  }
}
