import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { createSecureContext } from 'node:tls';

import type { Sentence } from '../../domain/text/language.ts';

/** The two files of HTTPS, in PEM: the certificate with those between it and its authority, and its key. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** A certificate with its key that can be served. */
export interface Identity {
  /** PEM, as it goes out to browsers. */
  readonly cert: string;
  readonly key: string;
  /** Host names and addresses that it is for, names first. */
  readonly names: readonly string[];
  /** In milliseconds. */
  readonly validUntil: number;
  /** The authority that signed it, where that lies beside it as `authority.crt`: a private one, to be trusted by hand. */
  readonly authority: X509Certificate | null;
}

/** The file of the authority beside a certificate that `certificates make` has made. */
export const AUTHORITY_FILE = 'authority.crt';

/** A fault of one of the two files, for the person at the console. */
export interface TlsFault {
  readonly of: 'cert' | 'key';
  readonly said: Sentence;
}

export type IdentityRead =
  | { readonly ok: true; readonly value: Identity }
  | { readonly ok: false; readonly faults: readonly TlsFault[] };

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function fault(of: TlsFault['of'], vi: string, en: string): TlsFault {
  return { of, said: { vi, en } };
}

/**
 * Reads certificate and key and holds them against each other, the clock, and the name under which people come; every fault
 * at once.
 *
 * @param host the name or address in the public address; null where people come under any name of the certificate
 */
export function readIdentity(files: TlsFiles, host: string | null, now: number): IdentityRead {
  const faults: TlsFault[] = [];
  const [cert, key] = [textOf(files.cert), textOf(files.key)];
  const chain = cert === null ? null : chainIn(cert);
  const privateKey = key === null ? null : keyIn(key);
  const [own] = chain ?? [];
  if (cert === null)
    faults.push(fault('cert', `không đọc được tệp ${files.cert}`, `the file ${files.cert} cannot be read`));
  else if (chain === null || own === undefined)
    faults.push(fault('cert', 'không phải chứng thư dạng PEM', 'is no certificate in PEM'));
  if (key === null)
    faults.push(fault('key', `không đọc được tệp ${files.key}`, `the file ${files.key} cannot be read`));
  else if (privateKey === null)
    faults.push(
      fault(
        'key',
        'không phải khóa riêng dạng PEM không có mật khẩu',
        'is no private key in PEM without a passphrase',
      ),
    );
  if (own !== undefined && chain !== null) faults.push(...faultsOf(own, chain, host, now));
  if (own === undefined || chain === null || cert === null || key === null || privateKey === null)
    return { ok: false, faults };
  if (!own.checkPrivateKey(privateKey))
    faults.push(fault('key', 'không phải khóa của chứng thư này', 'is not the key of this certificate'));
  else if (faults.length === 0) faults.push(...unusable(cert, key));
  if (faults.length > 0) return { ok: false, faults };
  const identity = { cert, key, names: namesOf(own), validUntil: Date.parse(own.validTo) };
  return { ok: true, value: { ...identity, authority: authorityBeside(files.cert, own) } };
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** The certificates of a PEM text, the server's own first; null where one of them cannot be read. */
function chainIn(text: string): X509Certificate[] | null {
  try {
    return [...text.matchAll(PEM)].map(([pem]) => new X509Certificate(pem));
  } catch {
    return null;
  }
}

function keyIn(text: string): KeyObject | null {
  try {
    return createPrivateKey(text);
  } catch {
    return null;
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function faultsOf(
  own: X509Certificate,
  chain: readonly X509Certificate[],
  host: string | null,
  now: number,
): TlsFault[] {
  const faults: TlsFault[] = [];
  const [from, until] = [Date.parse(own.validFrom), Date.parse(own.validTo)];
  if (now >= until)
    faults.push(fault('cert', `đã hết hạn ngày ${day(until)}`, `has expired on ${day(until)}`));
  if (now < from)
    faults.push(fault('cert', `chỉ có hiệu lực từ ngày ${day(from)}`, `is valid from ${day(from)} on only`));
  const names = namesOf(own);
  if (names.length === 0) {
    // Browsers have not looked at the common name since 2017.
    faults.push(
      fault('cert', 'không ghi tên máy chủ nào (subjectAltName)', 'names no host (subjectAltName)'),
    );
  } else if (host !== null && !isFor(own, host)) {
    const said = names.join(', ');
    faults.push(
      fault(
        'cert',
        `không dùng cho ${host} trong PUBLIC_URL, chỉ cho ${said}`,
        `is not for ${host} in PUBLIC_URL, only for ${said}`,
      ),
    );
  }
  const outOfOrder = chain.some((one, at) => {
    const next = chain[at + 1];
    return next !== undefined && !one.checkIssued(next);
  });
  if (outOfOrder)
    faults.push(
      fault(
        'cert',
        'các chứng thư trong tệp không nối nhau; chứng thư của máy chủ đứng đầu, rồi đến bên cấp nó',
        'the certificates in the file do not follow each other: the own one first, then who issued it',
      ),
    );
  return faults;
}

/** What OpenSSL refuses: keys that are too short, forms that it does not know. */
function unusable(cert: string, key: string): TlsFault[] {
  try {
    createSecureContext({ cert, key });
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [fault('cert', `không dùng được cho HTTPS: ${why}`, `cannot be used for HTTPS: ${why}`)];
  }
}

/** Whether a browser that comes under this name or address takes the certificate. */
export function isFor(certificate: X509Certificate, host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '');
  return isIP(plain) > 0
    ? certificate.checkIP(plain) !== undefined
    : certificate.checkHost(plain, { subject: 'never' }) !== undefined;
}

/** As URLs write it: OpenSSL writes out every group of an IPv6 address. */
const plain = (address: string): string =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** Host names, then addresses, of a certificate. */
export function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  const all = subjectAltName.split(', ');
  const of = (kind: string): string[] =>
    all.filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length));
  return [...of('DNS:'), ...of('IP Address:').map(plain)];
}

function authorityBeside(cert: string, own: X509Certificate): X509Certificate | null {
  const file = join(dirname(cert), AUTHORITY_FILE);
  if (!existsSync(file)) return null;
  const [authority] = chainIn(textOf(file) ?? '') ?? [];
  if (authority === undefined) return null;
  return own.checkIssued(authority) && own.verify(authority.publicKey) ? authority : null;
}

/** The name under which people come where no public address is given: the first that is no pattern. */
export function firstName({ names }: Identity): string {
  const name = names.find((one) => !one.startsWith('*.')) ?? 'localhost';
  return name.includes(':') ? `[${name}]` : name;
}

/** What a server says once at the console as its certificate comes to its end. Days that are begun count as none. */
export function sayExpiry(validUntil: number, now: number): Sentence | null {
  const days = Math.floor((validUntil - now) / 86_400_000);
  if (days >= 30) return null;
  if (days < 0)
    return {
      vi: 'Chứng thư HTTPS đã hết hạn: trình duyệt từ chối máy chủ này. Hãy gia hạn ngay (docs/OPERATIONS.md).',
      en: 'The HTTPS certificate has expired: browsers refuse this server. Renew it at once (docs/OPERATIONS.md).',
    };
  return {
    vi: `Chứng thư HTTPS còn ${days} ngày. Hãy gia hạn (docs/OPERATIONS.md); máy chủ nhận tệp mới mà không cần khởi động lại.`,
    en: `The HTTPS certificate has ${days} days left. Renew it (docs/OPERATIONS.md); the server takes the new files without a restart.`,
  };
}

/**
 * Whether browsers may be told to come by HTTPS only from now on. Not under an address, as they do not listen; not on a port of its
 * own, as it would hold for everything else under that name; and not with a private authority: a browser that was told so lets
 * nobody pass once the authority is a new one, not even to the page that says how to trust it.
 */
export function mayBeStrict(publicUrl: string | null, hasPrivateAuthority: boolean): boolean {
  if (publicUrl === null || hasPrivateAuthority) return false;
  const { protocol, hostname, port } = new URL(publicUrl);
  return (
    protocol === 'https:' &&
    port === '' &&
    isIP(hostname) === 0 &&
    !hostname.startsWith('[') &&
    hostname.includes('.')
  );
}
