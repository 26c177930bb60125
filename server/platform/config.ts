import { statSync } from 'node:fs';
import { join } from 'node:path';

import { readMailbox } from '../../domain/mail/address.ts';
import type { LOG_LEVELS } from './log.ts';
import { readMailServer, type MailSettings } from './mail-server.ts';
import { mediaSettings, type MediaSettings } from './media-settings.ts';
import type { BackupPlan } from './scheduled-backup.ts';
import { BadConfig, EXPECTED, lineOf, readSettings, type SettingFault, type Values } from './settings.ts';
import { firstName, readIdentity, type Identity, type TlsFiles } from './tls.ts';

/** Where a server runs and keeps its data, and what it does there. */
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

/** The certificate is held against the clock of the machine. */
const now = (): number => Date.now();

/** Reads the settings from environment and flags (`--port 8080`, `--public-url https://…`). Throws `BadConfig` with every fault. */
export function readConfig(environment: NodeJS.ProcessEnv, flags: readonly string[]): Config {
  const { values, faults } = readSettings(environment, flags);
  const { identity, faults: ofTls } = identityIn(values);
  // Where one of them is wrong the others are still looked at: whoever mends them mends all at once.
  const all = [...faults, ...folderFaults(values), ...ofTls, ...signOnFaults(values)];
  if (!all.some(({ name }) => name === 'MAIL_FROM')) all.push(...mailFaults(values));
  if (all.length > 0) throw new BadConfig(all.map(lineOf));
  return configOf(values as Values, identity);
}

function folderFaults({ DATA, BACKUP_TO }: Partial<Values>): readonly SettingFault[] {
  const said = 'là một tệp, không phải thư mục / is a file and no folder';
  const folders = { DATA, BACKUP_TO };
  const names = ['DATA', 'BACKUP_TO'] as const;
  return names.filter((name) => isOtherThanFolder(folders[name])).map((name) => ({ name, said }));
}

function isOtherThanFolder(path: string | undefined): boolean {
  return path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** Certificate and key, where there are both, and what is wrong with what stands for HTTPS. */
function identityIn({ TLS_CERT, TLS_KEY, HTTP_PORT, PUBLIC_URL, PORT }: Partial<Values>): {
  readonly identity?: Identity;
  readonly faults: readonly SettingFault[];
} {
  if (TLS_CERT === undefined && TLS_KEY === undefined) {
    const said = 'chỉ dùng khi có TLS_CERT / is for use with TLS_CERT only';
    return { faults: HTTP_PORT === undefined ? [] : [{ name: 'HTTP_PORT', said }] };
  }
  if (TLS_CERT === undefined || TLS_KEY === undefined) {
    const said = 'chứng thư và khóa phải có cả hai / certificate and key go together';
    return { faults: [{ name: TLS_CERT === undefined ? 'TLS_CERT' : 'TLS_KEY', said }] };
  }
  const faults: SettingFault[] = [];
  const host = PUBLIC_URL === undefined ? null : new URL(PUBLIC_URL).hostname;
  const read = readIdentity({ cert: TLS_CERT, key: TLS_KEY }, host, now());
  if (!read.ok)
    for (const { of, said } of read.faults)
      faults.push({ name: of === 'cert' ? 'TLS_CERT' : 'TLS_KEY', said: `${said.vi} / ${said.en}` });
  if (PUBLIC_URL?.startsWith('http:') === true)
    faults.push({
      name: 'PUBLIC_URL',
      said: 'phải là https:// khi có TLS_CERT / has to be https:// with TLS_CERT',
    });
  if (HTTP_PORT !== undefined && HTTP_PORT === PORT && PORT !== 0)
    faults.push({ name: 'HTTP_PORT', said: 'phải khác PORT / has to be another than PORT' });
  return { ...(read.ok && { identity: read.value }), faults };
}

function signOnFaults({ OIDC_ISSUER, OIDC_CLIENT_ID }: Partial<Values>): readonly SettingFault[] {
  if ((OIDC_ISSUER === undefined) === (OIDC_CLIENT_ID === undefined)) return [];
  const said = 'cần có cả OIDC_ISSUER và OIDC_CLIENT_ID / OIDC_ISSUER and OIDC_CLIENT_ID go together';
  return [{ name: OIDC_ISSUER === undefined ? 'OIDC_ISSUER' : 'OIDC_CLIENT_ID', said }];
}

function mailFaults({ MAIL_FROM, MAIL_URL, MAIL_TEST }: Partial<Values>): readonly SettingFault[] {
  if (MAIL_FROM !== undefined || (MAIL_URL === undefined && MAIL_TEST !== '1')) return [];
  const said = `cần có để gửi thư / is needed to send mail: ${EXPECTED.MAIL_FROM}`;
  return [{ name: 'MAIL_FROM', said }];
}

function configOf(values: Values, identity: Identity | undefined): Config {
  const { PORT, HOST, DATA, PUBLIC_URL, LOG_LEVEL, TRUST_PROXY, CHECKPOINT_EVERY, RATE_FACTOR } = values;
  const { BACKUP_EVERY, BACKUP_KEEP, BACKUP_TO, TLS_CERT, TLS_KEY, HTTP_PORT } = values;
  const { METRICS_FROM, METRICS_TOKEN } = values;
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_LINK_BY } = values;
  const media = mediaSettings(values);
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
    ...(media !== undefined && { media }),
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

/** `https://nhipcau.xa.local:3000`, without the port where it is the usual one. */
export function addressOf(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host}:${port}`).origin;
}
