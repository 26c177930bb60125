import { X509Certificate } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { filesIn, makeCertificates, renewCertificates } from '../../../server/platform/certificates.ts';
import { clientRefusal } from '../../../server/platform/certificate-names.ts';
import { readIdentity } from '../../../server/platform/tls.ts';
import { NAME, testAuthority, type TestAuthority } from './authority.ts';

let made: TestAuthority;
beforeEach(async () => {
  made = await testAuthority();
});
afterEach(() => made.remove());

const DAY_MS = 86_400_000;
const now = Date.now();
const renew = (...names: string[]) => renewCertificates(made.files, { names, days: 30 }, now);
const read = (host: string | null, at = now) => readIdentity(made.files, host, at);
/** What is said in English of the files as they are. */
function faultsOf(host: string | null, at = now): string[] {
  const found = read(host, at);
  return found.ok ? [] : found.faults.map(({ of, said }) => `${of}: ${said.en}`);
}

describe('a private authority', () => {
  test('vouches for the names that it was made for, and the keys are for their owner only', async () => {
    const found = read(NAME);
    if (!found.ok) throw new Error('not read');
    expect(found.value.names).toEqual([NAME, 'localhost', '127.0.0.1']);
    expect(found.value.authority?.subject).toContain('Tỉnh Thử Nghiệm');
    for (const file of [made.files.key, made.files.authorityKey])
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(made.folder, 'certificates', 'private'))).mode & 0o777).toBe(0o700);
  });

  test('is never made over one that is there', async () => {
    const before = await readFile(made.files.authority, 'utf8');
    const wanted = { names: ['khac.local'], within: [], organization: 'Khác', days: 30 };
    expect(await makeCertificates(made.files, wanted, now)).toEqual({ ok: false, reason: 'exists' });
    expect(await readFile(made.files.authority, 'utf8')).toBe(before);
  });

  test('cannot vouch for any other name or address: clients refuse such a certificate', async () => {
    const before = await readFile(made.files.cert, 'utf8');
    for (const name of ['ngan-hang.vn', '10.0.0.6', 'fd00::7'])
      expect(await renew(name)).toMatchObject({ ok: false, reason: 'refused', name });
    expect(await readFile(made.files.cert, 'utf8')).toBe(before);
    expect(await renew(`cau.${NAME}`)).toMatchObject({ ok: true });
  });

  test('of addresses alone cannot vouch for names, and of names alone not for addresses', async () => {
    for (const [own, other] of [
      ['10.0.0.5', 'ngan-hang.vn'],
      ['fd00::5', '10.0.0.5'],
      ['nhipcau.local', '10.0.0.5'],
    ] as const) {
      const files = filesIn(join(made.folder, own));
      const wanted = { names: [own], within: [], organization: 'Xã', days: 30 };
      expect(await makeCertificates(files, wanted, now)).toMatchObject({ ok: true });
      expect(await renewCertificates(files, { names: [other], days: 30 }, now)).toMatchObject({
        reason: 'refused',
      });
    }
  });

  test('may be held to a domain and a network in the place of single names', async () => {
    const files = filesIn(join(made.folder, 'wide'));
    const wanted = {
      names: ['a.tinh.local'],
      within: ['tinh.local', '10.0.0.0/8'],
      organization: 'Tỉnh',
      days: 30,
    };
    expect(await makeCertificates(files, wanted, now)).toMatchObject({ ok: true });
    const again = (name: string) => renewCertificates(files, { names: [name], days: 30 }, now);
    expect(await again('b.tinh.local')).toMatchObject({ ok: true });
    expect(await again('10.200.1.1')).toMatchObject({ ok: true });
    expect(await again('11.0.0.1')).toMatchObject({ reason: 'refused' });
    expect(await again('tinh-khac.local')).toMatchObject({ reason: 'refused' });
  });

  test.each(['a b', '-x.local', '10.0.0.0/33', 'x..y', '*'])('refuses %s as a name', async (name) => {
    const files = filesIn(join(made.folder, 'bad'));
    const wanted = { names: [name], within: [], organization: 'Xã', days: 30 };
    expect(await makeCertificates(files, wanted, now)).toEqual({ ok: false, reason: 'bad name', name });
  });

  test('renews for the names before under the same authority, with a new key', async () => {
    const before = await readFile(made.files.key, 'utf8');
    const renewed = await renew();
    if (!renewed.ok) throw new Error(renewed.reason);
    expect(renewed.value.subjectAltName).toContain(NAME);
    expect(await readFile(made.files.key, 'utf8')).not.toBe(before);
    const server = {
      cert: await readFile(made.files.cert, 'utf8'),
      key: await readFile(made.files.key, 'utf8'),
    };
    const authority = await readFile(made.files.authority, 'utf8');
    expect(await clientRefusal(server, authority, NAME)).toBeNull();
    expect(await clientRefusal(server, authority, 'khac.local')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('renews with a key that is kept somewhere else, and with no other one', async () => {
    const stick = join(made.folder, 'usb.key');
    await copyFile(made.files.authorityKey, stick);
    await rm(made.files.authorityKey);
    expect(await renew()).toMatchObject({ reason: 'no key' });
    const files = { ...made.files, authorityKey: stick };
    expect(await renewCertificates(files, { names: [], days: 30 }, now)).toMatchObject({ ok: true });
    await copyFile(made.files.key, stick);
    expect(await renewCertificates(files, { names: [], days: 30 }, now)).toMatchObject({
      reason: 'other key',
    });
  });

  test('gives no certificate that is valid for longer than every system takes', async () => {
    expect(await renewCertificates(made.files, { names: [], days: 826 }, now)).toMatchObject({
      reason: 'days',
    });
    const renewed = await renewCertificates(made.files, { names: [], days: 825 }, now);
    expect(renewed.ok).toBe(true);
  });
});

describe('certificate and key are looked at before a start', () => {
  test('files that are not there, or hold something else, are all named', async () => {
    await writeFile(made.files.key, 'không phải khóa');
    await rm(made.files.cert);
    expect(faultsOf(null)).toEqual([
      `cert: the file ${made.files.cert} cannot be read`,
      'key: is no private key in PEM without a passphrase',
    ]);
  });

  test('the key of another certificate is refused', async () => {
    const other = await testAuthority();
    await copyFile(other.files.key, made.files.key);
    await other.remove();
    expect(faultsOf(null)).toEqual(['key: is not the key of this certificate']);
  });

  test('one that has expired, or is not valid yet, is refused with the day', () => {
    expect(faultsOf(null, now + 31 * DAY_MS)).toEqual([expect.stringMatching(/^cert: has expired on 20/)]);
    expect(faultsOf(null, now - 3 * DAY_MS)).toEqual([expect.stringMatching(/^cert: is valid from 20/)]);
  });

  test('one that is not for the public address is refused, with the names that it has', () => {
    expect(faultsOf('khac.local')).toEqual([
      `cert: is not for khac.local in PUBLIC_URL, only for ${NAME}, localhost, 127.0.0.1`,
    ]);
    expect(faultsOf('127.0.0.1')).toEqual([]);
    expect(faultsOf('127.0.0.2')).toHaveLength(1);
  });

  test('a chain in the wrong order is refused', async () => {
    const [server, authority] = [
      await readFile(made.files.cert, 'utf8'),
      await readFile(made.files.authority, 'utf8'),
    ];
    await writeFile(made.files.cert, server + authority);
    expect(faultsOf(null)).toEqual([]);
    await writeFile(made.files.cert, server + server + authority);
    expect(faultsOf(null)).toEqual([expect.stringMatching(/do not follow each other/)]);
  });

  test('an authority that did not issue it is not taken for its own', async () => {
    const other = await testAuthority();
    await mkdir(join(made.folder, 'b'), { recursive: true });
    await copyFile(other.files.authority, made.files.authority);
    await other.remove();
    const found = read(null);
    expect(found.ok && found.value.authority).toBeNull();
    expect(new X509Certificate(await readFile(made.files.authority)).ca).toBe(true);
  });
});
