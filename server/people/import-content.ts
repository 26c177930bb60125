import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

import type { Candidate, DuplicateProposal } from '../../domain/composition/duplicates.ts';

/** Entries in one line of a packed import: making or reading a line keeps nobody waiting. */
const ENTRIES_PER_LINE = 500;
const UNPACKED_AT_A_TIME = 1_000_000;

/** What a roster file was read to. */
export interface ImportContent {
  readonly candidates: readonly Candidate[];
  /** Whom the preview proposed: a person agrees to these, whatever the roster has become meanwhile. */
  readonly duplicates: readonly DuplicateProposal[];
  readonly errors: number;
}

/**
 * The same as it is kept: lines of JSON, packed one after the other between the requests of others. Takes a while for a
 * large file: not to be done while a transaction waits.
 */
export async function packContent(content: ImportContent): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await pipeline(
    Readable.from(linesOf(content)),
    createGzip({ level: 1 }),
    async (packed: AsyncIterable<Buffer>) => {
      for await (const piece of packed) pieces.push(piece);
    },
  );
  return Buffer.concat(pieces);
}

function* linesOf({ candidates, duplicates, errors }: ImportContent): Generator<string> {
  yield `${JSON.stringify({ errors })}\n`;
  for (let at = 0; at < candidates.length; at += ENTRIES_PER_LINE)
    yield `${JSON.stringify({ candidates: candidates.slice(at, at + ENTRIES_PER_LINE) })}\n`;
  for (let at = 0; at < duplicates.length; at += ENTRIES_PER_LINE)
    yield `${JSON.stringify({ duplicates: duplicates.slice(at, at + ENTRIES_PER_LINE) })}\n`;
}

/** What was packed. */
export async function unpackContent(rows: Buffer): Promise<ImportContent> {
  const candidates: Candidate[] = [];
  const duplicates: DuplicateProposal[] = [];
  let errors = 0;
  const unpack = createGunzip({ chunkSize: UNPACKED_AT_A_TIME });
  await pipeline(Readable.from([rows]), unpack, async (unpacked: AsyncIterable<Buffer>) => {
    for await (const line of linesIn(unpacked)) {
      const part = JSON.parse(line) as Partial<ImportContent>;
      candidates.push(...(part.candidates ?? []));
      duplicates.push(...(part.duplicates ?? []));
      errors += part.errors ?? 0;
    }
  });
  return { candidates, duplicates, errors };
}

async function* linesIn(pieces: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
