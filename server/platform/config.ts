import { statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { readMailbox } from '../../domain/mail/address.ts';
import { LOG_LEVELS } from './log.ts';
import { readMailServer, withoutPassword, type MailSettings } from './mail-server.ts';
import { networksOf } from './networks.ts';
import type { BackupPlan } from './scheduled-backup.ts';
import { firstName, readIdentity, type Identity, type TlsFiles } from './tls.ts';

/** Where a server runs and keeps its data. Each comes from an environment variable, or from a flag that overrides it. */
const Config = z.object({
  /** 0 takes any free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** 0.0.0.0 lets other machines in. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the database and of everything else that is kept. */
  DATA: z.string().min(1).default('data'),
  /** Address under which people reach the server: `https://nhipcau.tinh.vn`. Without it that of the certificate, or where it listens. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
  /** How many proxies stand before the server: so many entries of `X-Forwarded-For` are believed. */
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  /** Certificate of HTTPS in PEM, with those between it and its authority. */
  TLS_CERT: z.string().min(1).optional(),
  /** Its key in PEM. */
  TLS_KEY: z.string().min(1).optional(),
  /** Port beside HTTPS that leads there, and shows how to trust a private authority; 0 takes any free port. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Addresses and networks from which figures may be read without the token. */
  METRICS_FROM: z
    .string()
    .default('127.0.0.1,::1')
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((list) => networksOf(list) !== null),
  /** Bearer token with which figures may be read from anywhere. */
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w~+/.=-]{16,}$/)
    .optional(),
  /** Address of the provider of the single sign-on (OpenID Connect): `https://sso.tinh.vn/realms/can-bo` */
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => url.startsWith('https:') || isLoopback(new URL(url).hostname))
    .optional(),
  /** What the provider calls this server. */
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** What this server shows the provider; none for a public client. */
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What people call the single sign-on, on the button. */
  OIDC_NAME: z.string().trim().min(1).max(60).default('SSO'),
  /** By what an account is found that was never linked: its user name is the verified e-mail address, or the provider's user name. */
  OIDC_LINK_BY: z.enum(['email', 'username', 'none']).default('email'),
  /** The mail server: `smtp://ten:mat-khau@thu.tinh.vn:587` (STARTTLS) or `smtps://…`. */
  MAIL_URL: z
    .string()
    .refine((url) => readMailServer(url) !== null)
    .optional(),
  /** From whom letters come: `Ban tổ chức <hoinghi@tinh.vn>`. */
  MAIL_FROM: z
    .string()
    .refine((text) => readMailbox(text).ok)
    .optional(),
  /** Letters per minute at most. */
  MAIL_RATE: z.coerce.number().min(1).max(60_000).default(120),
  /** 1: letters are made and kept, and sent nowhere. */
  MAIL_TEST: z.enum(['0', '1']).default('0'),
  /** What carries pictures and sound; `off` for a server that only takes attendance. */
  MEDIA: z.enum(['auto', 'embedded', 'mediasoup', 'off']).default('auto'),
  /** UDP; 0 takes any free port. */
  MEDIA_PORT: z.coerce.number().int().min(0).max(65_535).default(44_400),
  /** Under which addresses browsers reach that port, where they are not the machine's own: `203.113.0.5,10.0.0.5:45000`. */
  MEDIA_ADDRESS: z
    .string()
    .refine((text) => announcedIn(text) !== null)
    .optional(),
  /** How many times as often as usual an account or an address may ask. */
  RATE_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
  /** Seconds between signed checkpoints while something is written; a bridge that closes gets its own at once. */
  CHECKPOINT_EVERY: z.coerce.number().int().min(1).max(86_400).default(60),
  /** Minutes between backups; 0 makes none. A setTimeout ends at 24 days. */
  BACKUP_EVERY: z.coerce.number().min(0).max(30_000).default(0),
  /** How many of them are kept. */
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(7),
  /** Where they go; better on another disk than the data. */
  BACKUP_TO: z.string().min(1).optional(),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly publicUrl: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly trustProxy: number;
  /** In seconds. */
  readonly checkpointEvery: number;
  /** How many times as often as usual somebody may ask; once where left out. */
  readonly rateFactor?: number;
  /** Absent where the server speaks plain HTTP. */
  readonly tls?: TlsSettings;
  /** Who may read the figures of operation; this machine alone where it is absent. */
  readonly metrics?: MetricsReaders;
  /** Absent where people sign in with local accounts alone. */
  readonly singleSignOn?: SingleSignOnSettings;
  /** Absent where no mail is sent. */
  readonly mail?: MailSettings;
  /** Absent where no pictures and no sound are carried. */
  readonly media?: MediaSettings;
  /** Absent where none is wanted. */
  readonly backups?: BackupPlan;
}

/** What carries pictures and sound between bridges, and where. */
export interface MediaSettings {
  /** `auto`: the strongest that this machine has. */
  readonly engine: 'auto' | 'embedded' | 'mediasoup';
  /** The address that its socket is bound to. */
  readonly listen: string;
  /** UDP; 0 for any that is free. */
  readonly port: number;
  /** Under which addresses browsers reach it; a port of their own where something stands before it. */
  readonly announced: readonly { readonly ip: string; readonly port?: number }[];
}

/** A provider of a single sign-on by OpenID Connect. */
export interface SingleSignOnSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  /** On the button. */
  readonly name: string;
  readonly linkBy: 'email' | 'username' | 'none';
}

/** Whether an address is this machine itself: what is said to it goes over no line. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

export interface TlsSettings extends TlsFiles {
  /** What the files held at the start. */
  readonly identity: Identity;
  /** Port that leads plain HTTP to HTTPS; none where it is absent. */
  readonly httpPort?: number;
}

/** Who may read the figures of operation. */
export interface MetricsReaders {
  /** Addresses and networks. */
  readonly from: readonly string[];
  readonly token: string | null;
}

/** Settings that nobody can run with: every fault at once, each a line for the person at the console. */
export class BadConfig extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'BadConfig';
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  PORT: 'số từ 0 đến 65535 / a number from 0 to 65535',
  HOST: 'một địa chỉ của máy / an address of this machine',
  DATA: 'đường dẫn một thư mục / the path of a folder',
  PUBLIC_URL: 'địa chỉ http:// hoặc https:// / an address with http:// or https://',
  LOG_LEVEL: LOG_LEVELS.join(', '),
  TRUST_PROXY: 'số từ 0 đến 10 / a number from 0 to 10',
  TLS_CERT: 'đường dẫn một tệp / the path of a file',
  TLS_KEY: 'đường dẫn một tệp / the path of a file',
  HTTP_PORT: 'số từ 0 đến 65535 / a number from 0 to 65535',
  METRICS_FROM: 'địa chỉ hoặc mạng, cách nhau bằng dấu phẩy / addresses or networks, separated by commas',
  METRICS_TOKEN: 'ít nhất 16 chữ, số hoặc ~+/.=-_ / at least 16 letters, digits or ~+/.=-_',
  OIDC_ISSUER: 'địa chỉ https:// / an address with https://',
  OIDC_CLIENT_ID: 'tên mà nhà cung cấp đặt cho máy chủ này / the name that the provider has for this server',
  OIDC_NAME: 'tên ngắn, đến 60 chữ / a short name, up to 60 letters',
  OIDC_LINK_BY: 'email, username, none',
  MAIL_URL:
    'địa chỉ smtp:// hoặc smtps://, dấu đặc biệt trong mật khẩu viết dạng %XX / an address with smtp:// or smtps://, with special characters of the password written as %XX',
  MAIL_FROM: 'dạng "Ban tổ chức <hoinghi@tinh.vn>" / like "Ban tổ chức <hoinghi@tinh.vn>"',
  MAIL_RATE: 'số thư mỗi phút, từ 1 đến 60000 / letters per minute, from 1 to 60000',
  MAIL_TEST: '0, 1',
  MEDIA: 'auto, embedded, mediasoup, off',
  MEDIA_PORT: 'số từ 0 đến 65535 / a number from 0 to 65535',
  MEDIA_ADDRESS:
    'địa chỉ IP, có thể kèm cổng, cách nhau bằng dấu phẩy / IP addresses, with a port if need be, separated by commas',
  RATE_FACTOR: 'số từ 0.1 đến 1000 / a number from 0.1 to 1000',
  CHECKPOINT_EVERY: 'số giây từ 1 đến 86400 / seconds from 1 to 86400',
  BACKUP_EVERY: 'số phút, 0 là không sao lưu / minutes, 0 for no backups',
  BACKUP_KEEP: 'số từ 1 đến 1000 / a number from 1 to 1000',
  BACKUP_TO: 'đường dẫn một thư mục / the path of a folder',
};

function flagOf(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** What no process list may show: it comes from the environment or a file alone. */
const SECRET: ReadonlySet<string> = new Set(['METRICS_TOKEN', 'OIDC_CLIENT_SECRET', 'MAIL_URL']);
/** The certificate is held against the clock of the machine. */
const now = (): number => Date.now();

/** One setting as it was found. */
export interface Setting {
  readonly name: string;
  /** As it was written; a secret is masked. Null where it is not set. */
  readonly text: string | null;
  readonly from: 'flag' | 'environment' | 'default' | 'nowhere';
}

type Values = z.output<typeof Config>;
type Name = keyof Values;
const NAMES = Object.keys(Config.shape) as Name[];

/** Every setting with where it comes from, for whoever wants to see what a start would use. */
export function settingsOf(environment: NodeJS.ProcessEnv, flags: readonly string[]): readonly Setting[] {
  const given = flagsIn(flags);
  return NAMES.map((name) => {
    const flag = given[flagOf(name)];
    const set = flag ?? (environment[name] || undefined);
    if (set !== undefined)
      return {
        name,
        text: shownOf(name, set),
        from: flag === undefined ? 'environment' : 'flag',
      };
    const byDefault = Config.shape[name].safeParse(undefined).data;
    return byDefault === undefined
      ? { name, text: null, from: 'nowhere' }
      : { name, text: String(byDefault), from: 'default' };
  });
}

/** A setting as it may be seen: of a mail server everything but its password. */
function shownOf(name: Name, text: string): string {
  if (!SECRET.has(name)) return text;
  return (name === 'MAIL_URL' ? withoutPassword(text) : null) ?? '********';
}

function flagsIn(flags: readonly string[]): Readonly<Partial<Record<string, string>>> {
  try {
    return parseArgs({
      args: [...flags],
      options: Object.fromEntries(
        NAMES.filter((name) => !SECRET.has(name)).map((name) => [flagOf(name), { type: 'string' as const }]),
      ),
    }).values;
  } catch (error) {
    throw new BadConfig([error instanceof Error ? error.message : String(error)]);
  }
}

/** Reads the settings from environment and flags (`--port 8080`, `--public-url https://…`). Throws `BadConfig` with every fault. */
export function readConfig(environment: NodeJS.ProcessEnv, flags: readonly string[]): Config {
  const given = flagsIn(flags);
  const faults: string[] = [];
  const fault = (name: Name, said: string): void => {
    faults.push(`${name}${SECRET.has(name) ? '' : ` (--${flagOf(name)})`}: ${said}`);
  };
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of NAMES) {
    // An empty variable is one that is not set.
    const read = Config.shape[name].safeParse(given[flagOf(name)] ?? (environment[name] || undefined));
    if (read.success) values[name] = read.data;
    else fault(name, EXPECTED[name] ?? '');
  }
  // Where one of them is wrong the others are still looked at: whoever mends them mends all at once.
  const { TLS_CERT, TLS_KEY, HTTP_PORT, PUBLIC_URL, PORT, DATA, BACKUP_TO } = values as Partial<Values>;
  for (const [name, folder] of [
    ['DATA', DATA],
    ['BACKUP_TO', BACKUP_TO],
  ] as const) {
    if (folder !== undefined && isOtherThanFolder(folder))
      fault(name, 'là một tệp, không phải thư mục / is a file and no folder');
  }
  let identity: Identity | undefined;
  if (TLS_CERT !== undefined && TLS_KEY !== undefined) {
    const host = PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL).hostname;
    const read = readIdentity({ cert: TLS_CERT, key: TLS_KEY }, host, now());
    if (read.ok) identity = read.value;
    else
      for (const { of, said } of read.faults)
        fault(of === 'cert' ? 'TLS_CERT' : 'TLS_KEY', `${said.vi} / ${said.en}`);
    if (PUBLIC_URL?.startsWith('http:') === true)
      fault('PUBLIC_URL', 'phải là https:// khi có TLS_CERT / has to be https:// with TLS_CERT');
    if (HTTP_PORT !== undefined && HTTP_PORT === PORT && PORT !== 0)
      fault('HTTP_PORT', 'phải khác PORT / has to be another than PORT');
  } else if (values.TLS_CERT !== undefined || values.TLS_KEY !== undefined) {
    fault(
      TLS_CERT === undefined ? 'TLS_CERT' : 'TLS_KEY',
      'chứng thư và khóa phải có cả hai / certificate and key go together',
    );
  } else if (HTTP_PORT !== undefined) {
    fault('HTTP_PORT', 'chỉ dùng khi có TLS_CERT / is for use with TLS_CERT only');
  }
  if ((values.OIDC_ISSUER === undefined) !== (values.OIDC_CLIENT_ID === undefined))
    fault(
      values.OIDC_ISSUER === undefined ? 'OIDC_ISSUER' : 'OIDC_CLIENT_ID',
      'cần có cả OIDC_ISSUER và OIDC_CLIENT_ID / OIDC_ISSUER and OIDC_CLIENT_ID go together',
    );
  if (values.MAIL_FROM === undefined && (values.MAIL_URL !== undefined || values.MAIL_TEST === '1'))
    if (!faults.some((said) => said.startsWith('MAIL_FROM')))
      fault('MAIL_FROM', `cần có để gửi thư / is needed to send mail: ${EXPECTED['MAIL_FROM']}`);
  if (faults.length > 0) throw new BadConfig(faults);
  return configOf(values as Values, identity);
}

function isOtherThanFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

function configOf(values: Values, identity: Identity | undefined): Config {
  const { PORT, HOST, DATA, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY, CHECKPOINT_EVERY, RATE_FACTOR } = values;
  const { BACKUP_EVERY, BACKUP_KEEP, BACKUP_TO, TLS_CERT, TLS_KEY, HTTP_PORT } = values;
  const { METRICS_FROM, METRICS_TOKEN } = values;
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_LINK_BY } = values;
  const ownUrl = identity === undefined ? null : addressOf('https', firstName(identity), PORT);
  return {
    port: PORT,
    host: HOST,
    data: DATA,
    publicUrl: PUBLIC_URL?.replace(/\/+$/, '') ?? ownUrl,
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY,
    checkpointEvery: CHECKPOINT_EVERY,
    ...(RATE_FACTOR !== 1 && { rateFactor: RATE_FACTOR }),
    metrics: { from: METRICS_FROM, token: METRICS_TOKEN ?? null },
    ...(identity !== undefined &&
      TLS_CERT !== undefined &&
      TLS_KEY !== undefined && {
        tls: {
          cert: TLS_CERT,
          key: TLS_KEY,
          identity,
          ...(HTTP_PORT !== undefined && { httpPort: HTTP_PORT }),
        },
      }),
    ...(OIDC_ISSUER !== undefined &&
      OIDC_CLIENT_ID !== undefined && {
        singleSignOn: {
          issuer: OIDC_ISSUER,
          clientId: OIDC_CLIENT_ID,
          clientSecret: OIDC_CLIENT_SECRET ?? null,
          name: OIDC_NAME,
          linkBy: OIDC_LINK_BY,
        },
      }),
    ...mailOf(values),
    ...mediaOf(values),
    ...(BACKUP_EVERY > 0 && {
      backups: {
        everyMs: BACKUP_EVERY * 60_000,
        keep: BACKUP_KEEP,
        folder: BACKUP_TO ?? join(DATA, 'backups'),
      },
    }),
  };
}

function mailOf({ MAIL_URL, MAIL_FROM, MAIL_RATE, MAIL_TEST }: Values): Pick<Config, 'mail'> {
  const from = MAIL_FROM === undefined ? null : readMailbox(MAIL_FROM);
  if (from?.ok !== true || (MAIL_URL === undefined && MAIL_TEST === '0')) return {};
  const server = MAIL_URL === undefined ? null : readMailServer(MAIL_URL);
  return { mail: { from: from.value, perMinute: MAIL_RATE, server: MAIL_TEST === '1' ? null : server } };
}

/** `203.113.0.5` and `10.0.0.5:45000`, separated by commas; null where something else stands there. */
function announcedIn(text: string): MediaSettings['announced'] | null {
  const list = text.split(',').map((one) => {
    const [, ip = '', port] = /^([\d.]+)(?::(\d{1,5}))?$/.exec(one.trim()) ?? [];
    if (!isIPv4(ip) || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) return null;
    return { ip, ...(port !== undefined && { port: Number(port) }) };
  });
  return list.every((one) => one !== null) ? list : null;
}

/** A server that only this machine reaches carries pictures only here; any other one wherever the machine can be reached. */
function mediaOf({ MEDIA, MEDIA_PORT, MEDIA_ADDRESS, HOST, PUBLIC_URL }: Values): Pick<Config, 'media'> {
  if (MEDIA === 'off') return {};
  const isPublic = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  const given = MEDIA_ADDRESS === undefined ? null : announcedIn(MEDIA_ADDRESS);
  const isLocal = isLoopback(HOST) && !isPublic && given === null;
  const listen = isLocal ? '127.0.0.1' : '0.0.0.0';
  const announced = given ?? (isLocal ? [{ ip: '127.0.0.1' }] : ownAddresses(HOST));
  return { media: { engine: MEDIA, listen, port: MEDIA_PORT, announced } };
}

/** The address that the server listens at, where it is one; else all that this machine has in a network. */
function ownAddresses(host: string): MediaSettings['announced'] {
  if (isIPv4(host) && !isLoopback(host) && host !== '0.0.0.0') return [{ ip: host }];
  const found = Object.values(networkInterfaces()).flatMap((cards) => cards ?? []);
  const outer = found.filter(({ family, internal }) => family === 'IPv4' && !internal);
  return outer.length === 0 ? [{ ip: '127.0.0.1' }] : outer.map(({ address }) => ({ ip: address }));
}

/** `https://nhipcau.xa.local:3000`, without the port where it is the usual one. */
export function addressOf(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host}:${port}`).origin;
}
