import { open, type FileHandle } from 'node:fs/promises';

/*
 * The write-ahead log of a SQLite file, read beside SQLite (https://sqlite.org/fileformat2.html, chapter 4): a header, then frames
 * of one page each, every one with a checksum over all before it. SQLite takes the first frame that does not fit for the end of
 * the log, says nothing, and whatever was committed behind it is gone. Here the difference is told: a log that ends, or one
 * that is damaged.
 */

const HEADER = 32;
const FRAME_HEADER = 24;
const MAGIC = 0x377f0682;

/** A frame: which page it holds, and where in the log. */
export interface Frame {
  /** Its place in the log, from 0. */
  readonly index: number;
  readonly page: number;
  /** Size of the database in pages where the frame ends a commit, or 0. */
  readonly commit: number;
  /** Byte at which the page begins. */
  readonly at: number;
}

export interface WalFindings {
  readonly pageSize: number;
  /** All frames that fit, those behind a damaged one too: each names the checksum that the next one goes on from. */
  readonly frames: readonly Frame[];
  /** How many frames do not fit although the log goes on behind them. */
  readonly damaged: number;
  /** Frames before the first of those. */
  readonly soundUpTo: number;
  /**
   * `whole`: ends where a commit ended, or within one that was never acknowledged. `torn`: the last commit does not fit;
   * usual after a power failure, when it was not acknowledged either. `damaged`: something behind which others were committed.
   */
  readonly state: 'whole' | 'torn' | 'damaged';
}

/** Looks through a log that nobody writes to. Null where there is none, or nothing in it. */
export async function inspectWal(file: string): Promise<WalFindings | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return await inspect(handle);
  } finally {
    await handle.close();
  }
}

async function inspect(handle: FileHandle): Promise<WalFindings | null> {
  const { size } = await handle.stat();
  const header = Buffer.alloc(HEADER);
  if (size < HEADER + FRAME_HEADER || (await handle.read(header, 0, HEADER, 0)).bytesRead < HEADER)
    return null;
  const magic = header.readUInt32BE(0);
  const little = magic === MAGIC;
  const pageSize = header.readUInt32BE(8);
  const sums = checksum([0, 0], header.subarray(0, 24), little);
  const sound = (little || magic === MAGIC + 1) && fits(sums, header, 24);
  if (!sound || pageSize < 512 || pageSize > 65_536) {
    const damaged = Math.max(1, Math.floor(size / 4096));
    return { pageSize, frames: [], damaged, soundUpTo: 0, state: 'damaged' };
  }

  const salt = header.subarray(16, 24);
  const step = FRAME_HEADER + pageSize;
  const buffer = Buffer.alloc(step);
  const frames: Frame[] = [];
  const misfits: number[] = [];
  let before = sums;
  let lastOwn = -1;
  const commits: number[] = [];
  for (let index = 0; HEADER + (index + 1) * step <= size; index++) {
    const at = HEADER + index * step;
    await handle.read(buffer, 0, step, at);
    // What an earlier round of the log has left behind carries other salts.
    const own = buffer.subarray(8, 16).equals(salt);
    const commit = buffer.readUInt32BE(4);
    const now = checksum(
      checksum(before, buffer.subarray(0, 8), little),
      buffer.subarray(FRAME_HEADER),
      little,
    );
    const fit = own && fits(now, buffer, 16);
    if (fit) frames.push({ index, page: buffer.readUInt32BE(0), commit, at: at + FRAME_HEADER });
    else misfits.push(index);
    if (own) lastOwn = index;
    if (commit !== 0) commits.push(index);
    before = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  }
  // Between frames of this round there are none of an earlier one: what does not fit there has changed.
  const inside = misfits.filter((index) => index <= lastOwn);
  const [first] = inside;
  if (first === undefined) return { pageSize, frames, damaged: 0, soundUpTo: frames.length, state: 'whole' };
  const end = commits.find((index) => index >= first) ?? lastOwn;
  const state = lastOwn > end ? 'damaged' : 'torn';
  return { pageSize, frames, damaged: inside.length, soundUpTo: first, state };
}

type Sums = readonly [number, number];

/** SQLite's checksum over whole pairs of words, going on from the one before. */
function checksum([first, second]: Sums, bytes: Buffer, little: boolean): Sums {
  let [a, b] = [first, second];
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 8 <= bytes.byteLength; at += 8) {
    a = (a + words.getUint32(at, little) + b) >>> 0;
    b = (b + words.getUint32(at + 4, little) + a) >>> 0;
  }
  return [a, b];
}

function fits([a, b]: Sums, bytes: Buffer, at: number): boolean {
  return bytes.readUInt32BE(at) === a && bytes.readUInt32BE(at + 4) === b;
}
