import { parseArgs } from 'node:util';

import { z } from 'zod';

import { readMailbox } from '../../domain/mail/address.ts';
import { LOG_LEVELS } from './log.ts';
import { readMailServer, withoutPassword } from './mail-server.ts';
import { isLoopback, networksOf, placesIn } from './networks.ts';

/** Where a server runs and keeps its data. Each comes from an environment variable, or from a flag that overrides it. */
const Settings = z.object({
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
    .refine((text) => placesIn(text) !== null)
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

/** All settings, read. */
export type Values = z.output<typeof Settings>;
type Name = keyof Values;
const NAMES = Object.keys(Settings.shape) as Name[];

/** What is wrong with one of them, Vietnamese and English. */
export interface SettingFault {
  readonly name: Name;
  readonly said: string;
}

/** Settings that nobody can run with: every fault at once, each a line for the person at the console. */
export class BadConfig extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'BadConfig';
  }
}

/** What may stand there; of a setting that takes any text nothing. */
export const EXPECTED: Readonly<Partial<Record<Name, string>>> = {
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
const SECRET: ReadonlySet<Name> = new Set<Name>(['METRICS_TOKEN', 'OIDC_CLIENT_SECRET', 'MAIL_URL']);

/** One setting as it was found. */
export interface Setting {
  readonly name: string;
  /** As it was written; a secret is masked. Null where it is not set. */
  readonly text: string | null;
  readonly from: 'flag' | 'environment' | 'default' | 'nowhere';
}

/** Every setting with where it comes from, for whoever wants to see what a start would use. */
export function settingsOf(environment: NodeJS.ProcessEnv, flags: readonly string[]): readonly Setting[] {
  const given = flagsIn(flags);
  return NAMES.map((name) => {
    const flag = given[flagOf(name)];
    const set = textOf(name, given, environment);
    if (set !== undefined)
      return {
        name,
        text: shownOf(name, set),
        from: flag === undefined ? 'environment' : 'flag',
      };
    const byDefault = Settings.shape[name].safeParse(undefined).data;
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

/** What a setting was set to. An empty variable is one that is not set. */
function textOf(name: Name, given: Flags, environment: NodeJS.ProcessEnv): string | undefined {
  return given[flagOf(name)] ?? (environment[name] || undefined);
}

type Flags = Readonly<Partial<Record<string, string>>>;

function flagsIn(flags: readonly string[]): Flags {
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

/** Reads each setting from its flag or variable: those that can be used, and what is wrong with the others. Throws `BadConfig` for a flag that does not exist. */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  flags: readonly string[],
): { readonly values: Partial<Values>; readonly faults: readonly SettingFault[] } {
  const given = flagsIn(flags);
  const faults: SettingFault[] = [];
  const values: Partial<Record<Name, unknown>> = {};
  for (const name of NAMES) {
    const read = Settings.shape[name].safeParse(textOf(name, given, environment));
    if (read.success) values[name] = read.data;
    else faults.push({ name, said: EXPECTED[name] ?? '' });
  }
  return { values: values as Partial<Values>, faults };
}

/** A fault as it is printed, with both names by which the setting can be given. */
export function lineOf({ name, said }: SettingFault): string {
  return `${name}${SECRET.has(name) ? '' : ` (--${flagOf(name)})`}: ${said}`;
}
