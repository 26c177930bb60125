import 'reflect-metadata';
import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { domainToASCII } from 'node:url';

import * as x509 from '@peculiar/x509';

import { ok, type Result } from '../../domain/result.ts';
import { clientRefusal, nameConstraints, type Subtree } from './certificate-names.ts';
import { AUTHORITY_FILE, namesOf } from './tls.ts';

/** Elliptic curves are understood back to Windows 7, and keys are made at once. */
const KEYS = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
/** Nobody wants to walk to every machine again in the life of this one. */
const AUTHORITY_DAYS = 3650;
/** Apple's systems take no server certificate that is longer valid, from a private authority either. */
export const MOST_DAYS = 825;
/** Clocks of offices run behind: what was made today is taken there as well. */
const BEFORE_MS = DAY_MS;

/** The files of a folder with certificates. */
export interface CertificateFiles {
  /** What hosts trust. */
  readonly authority: string;
  readonly cert: string;
  readonly key: string;
  /** Whoever has it can pass for this server, on every machine that trusts the authority. */
  readonly authorityKey: string;
}

export function filesIn(folder: string, authorityKey?: string): CertificateFiles {
  return {
    authority: join(folder, AUTHORITY_FILE),
    cert: join(folder, 'server.crt'),
    key: join(folder, 'server.key'),
    authorityKey: authorityKey ?? join(folder, 'private', 'authority.key'),
  };
}

export interface Wanted {
  /** Host names and addresses of the server; the first is the one that people are told. */
  readonly names: readonly string[];
  /** Domains and networks to which the authority is held; exactly the names where it is empty. */
  readonly within: readonly string[];
  /** As it stands in the lists of the browsers. */
  readonly organization: string;
  readonly days: number;
}

export type CertificateFailure =
  | { readonly reason: 'exists' | 'none' | 'no key' | 'no names' | 'other key' | 'days' }
  | { readonly reason: 'bad name'; readonly name: string }
  /** What a client says of the certificate: its names are outside of what the authority may vouch for. */
  | { readonly reason: 'refused'; readonly name: string; readonly said: string };

/** Makes a private authority and the first certificate of a server. Nothing that is there is touched. */
export async function makeCertificates(
  files: CertificateFiles,
  wanted: Wanted,
  now: number,
): Promise<Result<X509Certificate, CertificateFailure>> {
  if ((await exists(files.authority)) || (await exists(files.authorityKey)))
    return { ok: false, reason: 'exists' };
  const names = namesFrom(wanted.names);
  if (!names.ok) return names;
  const within = subtreesOf(wanted.within.length > 0 ? wanted.within : names.value);
  if (!within.ok) return within;

  const keys = await crypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const year = new Date(now).getUTCFullYear();
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: [{ CN: [`Nhịp Cầu ${wanted.organization} ${year}`] }, { O: [wanted.organization] }],
    notBefore: new Date(now - BEFORE_MS),
    notAfter: new Date(now + AUTHORITY_DAYS * DAY_MS),
    keys,
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      // Not for programs and mail: on Windows a root is good for everything that it does not rule out.
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension('2.5.29.30', true, nameConstraints(within.value)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const authority = new X509Certificate(made.toString('pem'));
  const authorityKey = await pemOf(keys.privateKey);
  const server = await issue(authority, authorityKey, names.value, wanted.days, now);
  if (!server.ok) return server;

  await mkdir(dirname(files.authorityKey), { recursive: true, mode: 0o700 });
  await mkdir(dirname(files.authority), { recursive: true, mode: 0o700 });
  await writeFile(files.authorityKey, authorityKey, { mode: 0o600, flag: 'wx' });
  await put(files.authority, made.toString('pem'), 0o644);
  await putServer(files, server.value);
  return ok(authority);
}

/** Makes a new certificate and key for the server under the same authority; hosts have nothing to do. */
export async function renewCertificates(
  files: CertificateFiles,
  wanted: Pick<Wanted, 'names' | 'days'>,
  now: number,
): Promise<Result<X509Certificate, CertificateFailure>> {
  if (!(await exists(files.authority))) return { ok: false, reason: 'none' };
  if (!(await exists(files.authorityKey))) return { ok: false, reason: 'no key' };
  const authority = new X509Certificate(await readFile(files.authority));
  const authorityKey = await readFile(files.authorityKey, 'utf8');
  if (!authority.checkPrivateKey(createPrivateKey(authorityKey))) return { ok: false, reason: 'other key' };
  const before =
    wanted.names.length > 0 ? wanted.names : namesOf(new X509Certificate(await readFile(files.cert)));
  const names = namesFrom(before);
  if (!names.ok) return names;
  const server = await issue(authority, authorityKey, names.value, wanted.days, now);
  if (!server.ok) return server;
  await putServer(files, server.value);
  return ok(new X509Certificate(server.value.cert));
}

interface Issued {
  readonly cert: string;
  readonly key: string;
}

async function issue(
  authority: X509Certificate,
  authorityKey: string,
  names: readonly string[],
  days: number,
  now: number,
): Promise<Result<Issued, CertificateFailure>> {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) return { ok: false, reason: 'days' };
  const signer = new x509.X509Certificate(authority.toString());
  const keys = await crypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const der = createPrivateKey(authorityKey).export({ type: 'pkcs8', format: 'der' });
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: newSerial(),
    // No host name: those stand where browsers look, and some verifiers take a name here for one more of them.
    subject: [{ CN: ['Nhịp Cầu: máy chủ'] }],
    issuer: signer.subjectName,
    notBefore: new Date(now - BEFORE_MS),
    notAfter: new Date(Math.min(now + days * DAY_MS, Date.parse(authority.validTo))),
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', new Uint8Array(der), KEYS, false, ['sign']),
    signingAlgorithm: KEYS,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(signer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const issued = { cert: `${made.toString('pem')}\n`, key: await pemOf(keys.privateKey) };
  for (const name of names) {
    const said = await clientRefusal(issued, authority.toString(), name);
    if (said !== null) return { ok: false, reason: 'refused', name, said };
  }
  return ok(issued);
}

/** Twenty bytes at most, positive, and not to be guessed. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

type Key = Parameters<typeof crypto.subtle.exportKey>[1];

async function pemOf(key: Key): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return pem.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Names as browsers ask for them, each once. */
function namesFrom(given: readonly string[]): Result<readonly string[], CertificateFailure> {
  const names: string[] = [];
  for (const one of given) {
    const name = isIP(one) > 0 ? one : hostName(one);
    if (name === null) return { ok: false, reason: 'bad name', name: one };
    if (!names.includes(name)) names.push(name);
  }
  return names.length === 0 ? { ok: false, reason: 'no names' } : ok(names);
}

/** A host name in the letters of the network; null where it is none. */
function hostName(text: string): string | null {
  const name = domainToASCII(text.normalize('NFC')).toLowerCase();
  const isName =
    name.length <= 253 &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(name);
  return isName && isIP(name) === 0 ? name : null;
}

function subtreesOf(given: readonly string[]): Result<readonly Subtree[], CertificateFailure> {
  const subtrees: Subtree[] = [];
  for (const one of given) {
    const [address = '', bits] = one.split('/');
    const version = isIP(address);
    const prefix = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
    const name = version > 0 ? null : hostName(one);
    if (version > 0 && Number.isInteger(prefix) && prefix >= 0 && prefix <= (version === 4 ? 32 : 128))
      subtrees.push({ address, prefix });
    else if (name !== null) subtrees.push({ domain: name });
    else return { ok: false, reason: 'bad name', name: one };
  }
  return ok(subtrees);
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null;
}

async function putServer(files: CertificateFiles, { cert, key }: Issued): Promise<void> {
  await put(files.key, key, 0o600);
  await put(files.cert, cert, 0o644);
}

/** As a whole or not at all; made by root, it belongs to whom the folder belongs, which is who runs the server. */
async function put(file: string, text: string, mode: number): Promise<void> {
  const part = `${file}.part`;
  await writeFile(part, text, { mode });
  if (process.getuid?.() === 0) {
    const { uid, gid } = await stat(dirname(dirname(file)));
    await chown(part, uid, gid);
    await chown(dirname(file), uid, gid);
  }
  await rename(part, file);
}
