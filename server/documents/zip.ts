import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';

import { ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Bytes of all entries together, unpacked. */
  readonly unpackedBytes: number;
  /** How many times larger than packed an entry of more than 30 MB may be. */
  readonly ratio: number;
}

/**
 * Office files have a few hundred entries at most. Deflate reaches 1,032 to 1 on zeros; sheets with the same words in
 * every row stay below 60 to 1.
 */
export const ZIP_LIMITS: ZipLimits = { entries: 5000, unpackedBytes: 300_000_000, ratio: 200 };
const SMALL_ENTRY = 30_000_000;

export type ZipFailureReason =
  | 'not an archive'
  | 'damaged'
  | 'encrypted'
  | 'unknown method'
  | 'too many entries'
  | 'too large unpacked'
  | 'too high a ratio'
  | 'overlapping entries'
  | 'duplicate name'
  | 'unsafe name'
  | 'nested archive'
  /** What an entry unpacks to is not what the archive says. */
  | 'false size';

export interface ZipFailure {
  readonly reason: ZipFailureReason;
  /** The entry at fault; null where it is the archive. */
  readonly entry: string | null;
}

export interface ZipEntry {
  /** With forward slashes. */
  readonly name: string;
  readonly isStored: boolean;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  /** Of the entry's local header, in the file. */
  readonly headerAt: number;
  readonly dataAt: number;
}

/** Thrown while an entry is being unpacked: it is not what the archive says. */
export class ZipDamage extends Error {
  readonly reason: 'damaged' | 'false size';
  constructor(reason: 'damaged' | 'false size', entry: string) {
    super(`${entry}: ${reason}`);
    this.reason = reason;
  }
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ALL_32 = 0xffffffff;
const ALL_16 = 0xffff;
const SLICE = 65_536;

/** Where embedded documents stand. Nothing unpacks them, so an archive in an archive does no harm there. */
const EMBEDDED = /^(?:word|xl|ppt)\/embeddings\//;

function fail(reason: ZipFailureReason, entry: string | null = null) {
  return { ok: false as const, reason, entry };
}

/**
 * The entries of an archive, checked before anything is unpacked: number, declared sizes and ratios, names, and that each
 * entry has bytes of its own (bombs let many entries share one). Any doubt about where the directory is refuses the file,
 * as another program might find another one. Whether the sizes are true shows when an entry is unpacked.
 */
export function listZip(
  bytes: Uint8Array,
  limits: ZipLimits = ZIP_LIMITS,
): Result<readonly ZipEntry[], ZipFailure> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 22 || view.getUint32(0, true) !== LOCAL) return fail('not an archive');
  const directory = findDirectory(view);
  if (directory === null) return fail('damaged');
  if (directory.count > limits.entries) return fail('too many entries');

  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let total = 0;
  let at = directory.start;
  for (let index = 0; index < directory.count; index++) {
    const read = readEntry(view, at, directory);
    if (typeof read === 'string') return fail(read);
    const { entry } = read;
    at = read.next;
    if (names.has(entry.name)) return fail('duplicate name', entry.name);
    names.add(entry.name);
    total += entry.size;
    if (total > limits.unpackedBytes) return fail('too large unpacked', entry.name);
    if (entry.size > SMALL_ENTRY && entry.size > entry.packed * limits.ratio) {
      return fail('too high a ratio', entry.name);
    }
    if (/^(?:\/|[a-zA-Z]:)|(?:^|\/)\.\.(?:\/|$)|\0/.test(entry.name)) return fail('unsafe name', entry.name);
    entries.push(entry);
  }
  if (at !== directory.end) return fail('damaged');

  let free = 0;
  for (const entry of entries.toSorted((a, b) => a.headerAt - b.headerAt)) {
    if (entry.headerAt < free) return fail('overlapping entries', entry.name);
    free = entry.dataAt + entry.packed;
    if (free > directory.start) return fail('overlapping entries', entry.name);
  }
  return ok(entries);
}

interface Directory {
  readonly count: number;
  readonly start: number;
  /** Where the record after it begins. */
  readonly end: number;
}

function findDirectory(view: DataView): Directory | null {
  const last = view.byteLength - 22;
  let at = last;
  while (at >= 0 && at >= last - ALL_16 && view.getUint32(at, true) !== END) at--;
  // The comment ends where the file does: else there is more than one end, and readers disagree on which counts.
  if (at < 0 || at < last - ALL_16 || at + 22 + view.getUint16(at + 20, true) !== view.byteLength)
    return null;
  if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== view.getUint16(at + 10, true)) {
    return null;
  }
  let end = at;
  let count = view.getUint16(at + 10, true);
  let size = view.getUint32(at + 12, true);
  let start = view.getUint32(at + 16, true);
  if (count === ALL_16 || size === ALL_32 || start === ALL_32) {
    const locator = at - 20;
    if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return null;
    const record = readLong(view, locator + 8);
    if (record === null || record + 56 > locator || view.getUint32(record, true) !== END_64) return null;
    const longCount = readLong(view, record + 32);
    const longSize = readLong(view, record + 40);
    const longStart = readLong(view, record + 48);
    if (longCount === null || longSize === null || longStart === null) return null;
    // Fields that need no 64 bits say the same twice.
    if ((count !== ALL_16 && count !== longCount) || (size !== ALL_32 && size !== longSize)) return null;
    if (start !== ALL_32 && start !== longStart) return null;
    [end, count, size, start] = [record, longCount, longSize, longStart];
  }
  // Nothing stands between the directory and its end, as the offsets would be read in two ways.
  if (start + size !== end) return null;
  return { count, start, end };
}

/** A number of 64 bits; null where it is larger than any file that we take, or lies outside. */
function readLong(view: DataView, at: number): number | null {
  if (at < 0 || at + 8 > view.byteLength) return null;
  const value = view.getBigUint64(at, true);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(value);
}

function readEntry(
  view: DataView,
  at: number,
  directory: Directory,
): { readonly entry: ZipEntry; readonly next: number } | ZipFailureReason {
  if (at + 46 > directory.end || view.getUint32(at, true) !== CENTRAL) return 'damaged';
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const nameAt = at + 46;
  const next = nameAt + nameLength + extraLength + view.getUint16(at + 32, true);
  if (next > directory.end) return 'damaged';
  const name = nameOf(view, nameAt, nameLength);
  if ((flags & 0x2041) !== 0) return 'encrypted';
  if (method !== 0 && method !== 8) return 'unknown method';

  const long = longFields(view, at, nameAt + nameLength, extraLength);
  if (long === null) return 'damaged';
  const { packed, size, headerAt } = long;
  if (headerAt + 30 > directory.start || view.getUint32(headerAt, true) !== LOCAL) return 'damaged';
  // The entry says of itself what the directory says of it.
  const localNameLength = view.getUint16(headerAt + 26, true);
  const dataAt = headerAt + 30 + localNameLength + view.getUint16(headerAt + 28, true);
  if (view.getUint16(headerAt + 8, true) !== method) return 'damaged';
  if (nameOf(view, headerAt + 30, localNameLength) !== name) return 'damaged';
  const isStored = method === 0;
  if (isStored && packed !== size) return 'false size';
  return {
    entry: { name, isStored, packed, size, crc: view.getUint32(at + 16, true), headerAt, dataAt },
    next,
  };
}

function nameOf(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return '';
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
  return new TextDecoder().decode(bytes).replaceAll('\\', '/');
}

/** Sizes and offset of an entry, out of its Zip64 field where the short ones are full. */
function longFields(view: DataView, at: number, extraAt: number, extraLength: number) {
  const short = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    headerAt: view.getUint32(at + 42, true),
  };
  if (short.size !== ALL_32 && short.packed !== ALL_32 && short.headerAt !== ALL_32) return short;
  let field = extraAt;
  while (field + 4 <= extraAt + extraLength) {
    const length = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) !== 1) {
      field += 4 + length;
      continue;
    }
    let cursor = field + 4;
    const end = Math.min(cursor + length, extraAt + extraLength);
    const take = (value: number): number | null => {
      if (value !== ALL_32) return value;
      const long = cursor + 8 > end ? null : readLong(view, cursor);
      cursor += 8;
      return long;
    };
    const size = take(short.size);
    const packed = take(short.packed);
    const headerAt = take(short.headerAt);
    return size === null || packed === null || headerAt === null ? null : { size, packed, headerAt };
  }
  return null;
}

/**
 * Unpacks one entry piece by piece and never gives more than the archive declared. Throws `ZipDamage` as soon as the
 * entry turns out larger, and at the end where it is smaller or its checksum is wrong.
 */
export async function* unpack(
  bytes: Uint8Array,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array, void, undefined> {
  let given = 0;
  let sum = 0;
  for await (const piece of entry.isStored ? slices(bytes, entry) : inflated(bytes, entry)) {
    given += piece.length;
    if (given > entry.size) throw new ZipDamage('false size', entry.name);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (given !== entry.size) throw new ZipDamage('false size', entry.name);
  if (sum !== entry.crc) throw new ZipDamage('damaged', entry.name);
}

function* slices(bytes: Uint8Array, { dataAt, packed }: ZipEntry): Generator<Uint8Array, void, undefined> {
  for (let at = dataAt; at < dataAt + packed; at += SLICE) {
    yield bytes.subarray(at, Math.min(at + SLICE, dataAt + packed));
  }
}

async function* inflated(bytes: Uint8Array, entry: ZipEntry): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: SLICE });
  // Errors reach the loop below by the stream itself.
  const source = pipeline(Readable.from(slices(bytes, entry)), inflate, () => {});
  try {
    for await (const piece of source) yield piece as Uint8Array;
  } catch (cause) {
    if (isZlibError(cause)) throw new ZipDamage('damaged', entry.name);
    throw cause;
  } finally {
    inflate.destroy();
  }
}

function isZlibError(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** One entry as a whole. Only for those that are known to be small. */
export async function unpackWhole(bytes: Uint8Array, entry: ZipEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unpack(bytes, entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * Whether an archive is safe to give to a library that unpacks all of it: `listZip`, and every entry unpacked once, with
 * nothing kept, to see that it is what it says, and that no entry is an archive again.
 */
export async function checkZip(
  bytes: Uint8Array,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<Result<readonly ZipEntry[], ZipFailure>> {
  const listed = listZip(bytes, limits);
  if (!listed.ok) return listed;
  for (const entry of listed.value) {
    try {
      let isFirst = true;
      for await (const piece of unpack(bytes, entry)) {
        if (isFirst && isArchive(piece) && !EMBEDDED.test(entry.name))
          return fail('nested archive', entry.name);
        isFirst = false;
      }
    } catch (cause) {
      if (cause instanceof ZipDamage) return fail(cause.reason, entry.name);
      throw cause;
    }
  }
  return listed;
}

/** Archives that programs unpack by themselves: ZIP, gzip, RAR, 7z, bzip2, xz. */
function isArchive(start: Uint8Array): boolean {
  const signature = Buffer.from(start.subarray(0, 6)).toString('latin1');
  return ['PK\x03\x04', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', 'BZh', '\xfd7zXZ'].some((known) =>
    signature.startsWith(known),
  );
}
