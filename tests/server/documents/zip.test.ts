import { expect, test } from 'vitest';

import { sayZipFailure } from '../../../server/documents/sentences.ts';
import { checkZip, listZip, unpack, unpackWhole, ZipDamage } from '../../../server/documents/zip.ts';
import type { ZipEntry } from '../../../server/documents/zip.ts';
import { archive } from './archives.ts';
import type { Part } from './archives.ts';

const ZEROS = Buffer.alloc(100_000_000);
const two: Part[] = [
  { name: 'a.txt', data: 'Điểm cầu' },
  { name: 'thư mục/b.txt', data: 'b'.repeat(1000), isStored: true },
];

async function reasonOf(bytes: Uint8Array): Promise<string> {
  const checked = await checkZip(bytes);
  return checked.ok ? 'safe' : checked.reason;
}

function entriesOf(bytes: Uint8Array): readonly ZipEntry[] {
  const listed = listZip(bytes);
  if (!listed.ok) throw new Error(listed.reason);
  return listed.value;
}

test('an honest archive is safe, packed or stored, also with 64-bit fields', async () => {
  expect(await reasonOf(archive(two))).toBe('safe');
  expect(await reasonOf(archive(two.map((part) => ({ ...part, isLong: true }))))).toBe('safe');
  expect(await reasonOf(archive([]).subarray(0, 0))).toBe('not an archive');
  const [first] = entriesOf(archive(two));
  expect(first).toMatchObject({ name: 'a.txt', size: 13 });
  expect(first && (await unpackWhole(archive(two), first)).toString()).toBe('Điểm cầu');
});

test('a hundred megabytes of zeros in a hundred kilobytes are refused before anything is unpacked', async () => {
  const bomb = archive([{ name: 'xl/worksheets/sheet1.xml', data: ZEROS }]);
  expect(bomb.length).toBeLessThan(110_000);
  expect(listZip(bomb)).toMatchObject({ ok: false, reason: 'too high a ratio' });
});

test('parts that together are too large are refused, whatever each of them is', () => {
  const bomb = archive(
    Array.from({ length: 40 }, (_, at): Part => ({ name: `${at}`, data: Buffer.alloc(900_000, at) })),
  );
  expect(listZip(bomb)).toMatchObject({ ok: true });
  expect(listZip(bomb, { entries: 100, unpackedBytes: 20_000_000, ratio: 10_000 })).toMatchObject({
    ok: false,
    reason: 'too large unpacked',
  });
});

test('a bomb that claims to be small is stopped at what it claims', async () => {
  const bomb = archive([{ name: 'sheet.xml', data: ZEROS, claim: { size: 100_000 } }]);
  expect(listZip(bomb).ok).toBe(true);
  let given = 0;
  const run = async (): Promise<void> => {
    for await (const piece of unpack(bomb, entriesOf(bomb)[0] as ZipEntry)) given += piece.length;
  };
  await expect(run()).rejects.toBeInstanceOf(ZipDamage);
  expect(given).toBeLessThanOrEqual(100_000);
  expect(await reasonOf(bomb)).toBe('false size');
});

test('an entry that is smaller than it claims is refused too', async () => {
  expect(await reasonOf(archive([{ name: 'a', data: 'abc', claim: { size: 4 } }]))).toBe('false size');
  expect(await reasonOf(archive([{ name: 'a', data: 'abc', isStored: true, claim: { size: 2 } }]))).toBe(
    'false size',
  );
});

test('entries that share bytes are refused', async () => {
  // The second entry lies, whole, in the data of the first.
  const inner = archive([{ name: 'b', data: ZEROS.subarray(0, 10_000) }]);
  const bodyLength = inner.readUInt32LE(inner.length - 6);
  const outer: Part = { name: 'a', data: inner.subarray(0, bodyLength), isStored: true };
  const whole = archive([outer, { name: 'b', data: ZEROS.subarray(0, 10_000), shift: -bodyLength }]);
  expect(await reasonOf(whole)).toBe('overlapping entries');
});

test('too many entries are refused by their number alone', async () => {
  const many = Array.from({ length: 5001 }, (_, at): Part => ({ name: `${at}`, data: '', isStored: true }));
  expect(await reasonOf(archive(many))).toBe('too many entries');
});

test('an archive in an archive is refused, except where office files keep embedded documents', async () => {
  const inner = archive(two);
  expect(await reasonOf(archive([{ name: 'inner.zip', data: inner }]))).toBe('nested archive');
  expect(await reasonOf(archive([{ name: 'a.gz', data: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]) }]))).toBe(
    'nested archive',
  );
  expect(await reasonOf(archive([{ name: 'word/embeddings/bang.xlsx', data: inner }]))).toBe('safe');
});

test.each<[string, Part]>([
  ['encrypted', { name: 'a', data: 'a', claim: { flags: 1 } }],
  ['unknown method', { name: 'a', data: 'a', claim: { method: 12 } }],
  ['damaged', { name: 'a', data: 'a', claim: { crc: 1 } }],
  ['unsafe name', { name: '../../etc/passwd', data: 'a' }],
  ['unsafe name', { name: '/etc/passwd', data: 'a' }],
  ['unsafe name', { name: 'C:\\a', data: 'a' }],
  ['damaged', { name: 'a', data: 'a', shift: 1 }],
])('%s is refused', async (reason, part) => {
  expect(await reasonOf(archive([part]))).toBe(reason);
});

test('one name twice is refused: programs disagree on which counts', async () => {
  expect(
    await reasonOf(
      archive([
        { name: 'a', data: '1' },
        { name: 'a', data: '2' },
      ]),
    ),
  ).toBe('duplicate name');
});

test('doubt about where the directory stands refuses the archive', async () => {
  const honest = archive(two);
  expect(await reasonOf(archive(two, { comment: 'ghi chú' }))).toBe('safe');
  expect(await reasonOf(Buffer.concat([honest, Buffer.from('x')]))).toBe('damaged');
  expect(await reasonOf(Buffer.concat([honest, honest]))).toBe('damaged');
  expect(await reasonOf(archive(two, { before: 'PK\x03\x04' }))).toBe('damaged');
  for (const length of [0, 10, 30, honest.length - 30, honest.length - 1]) {
    expect(await reasonOf(honest.subarray(0, length))).not.toBe('safe');
  }
});

test('64-bit fields that lie are refused', async () => {
  const honest = archive(two);
  // The short directory says "see the long one", and there is none.
  const without = Buffer.from(honest);
  without.writeUInt16LE(0xffff, without.length - 12);
  without.writeUInt16LE(0xffff, without.length - 14);
  expect(await reasonOf(without)).toBe('damaged');

  const end = honest.subarray(honest.length - 22);
  const directorySize = end.readUInt32LE(12);
  const directoryStart = end.readUInt32LE(16);
  const build = (count: number, start: number): Buffer => {
    const record = Buffer.alloc(56);
    record.writeUInt32LE(0x06064b50, 0);
    record.writeBigUInt64LE(44n, 4);
    record.writeBigUInt64LE(BigInt(count), 24);
    record.writeBigUInt64LE(BigInt(count), 32);
    record.writeBigUInt64LE(BigInt(directorySize), 40);
    record.writeBigUInt64LE(BigInt(start), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(directoryStart + directorySize), 8);
    locator.writeUInt32LE(1, 16);
    const last = Buffer.from(end);
    last.writeUInt16LE(0xffff, 8);
    last.writeUInt16LE(0xffff, 10);
    return Buffer.concat([honest.subarray(0, -22), record, locator, last]);
  };
  expect(await reasonOf(build(2, directoryStart))).toBe('safe');
  expect(await reasonOf(build(1, directoryStart))).toBe('damaged');
  expect(await reasonOf(build(2, directoryStart - 5))).toBe('damaged');
  expect(await reasonOf(build(2 ** 40, directoryStart))).toBe('too many entries');
  // The long field of an entry is cut off.
  const long = archive(two.map((part) => ({ ...part, isLong: true })));
  const at = long.indexOf(Buffer.from([1, 0, 24, 0]));
  const cut = Buffer.from(long);
  cut.writeUInt16LE(8, at + 2);
  expect(await reasonOf(cut)).toBe('damaged');
});

function contentOf(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<string[][]> {
  return Promise.all(
    entries.map(async (entry) => [entry.name, (await unpackWhole(bytes, entry)).toString()]),
  );
}

test('with any one byte changed an archive is refused, or holds what it held', async () => {
  const honest = archive([...two, { name: 'c', data: 'c'.repeat(5000) }]);
  const content = await contentOf(honest, entriesOf(honest));
  for (let at = 0; at < honest.length; at += 1) {
    const changed = Buffer.from(honest);
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    const checked = await checkZip(changed);
    expect(checked.ok ? await contentOf(changed, checked.value) : content).toEqual(content);
  }
});

test('every reason has a sentence in both languages', () => {
  const reasons = [
    'not an archive',
    'damaged',
    'encrypted',
    'unknown method',
    'too many entries',
    'too large unpacked',
    'too high a ratio',
    'overlapping entries',
    'duplicate name',
    'unsafe name',
    'nested archive',
    'false size',
  ] as const;
  for (const reason of reasons) {
    expect(sayZipFailure(reason, 'vi')).toMatch(/^Tệp .*\.$/);
    expect(sayZipFailure(reason, 'en')).toMatch(/^The file .*\.$/);
  }
});
