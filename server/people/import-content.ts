import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

import type { Person } from '../../domain/composition/person.ts';
import type { Fault } from '../../domain/wire/problem.ts';
import type { ImportKind } from '../../domain/wire/people.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Rows of one part: a page of a preview. */
const ROWS_PER_PART = 200;

/** Who a row may be: somebody of the roster, or an earlier row of the same file. */
export type Other = { readonly person: Person } | { readonly row: number; readonly person: Person };

/** A row that was read to a person. */
export interface ReadEntry {
  readonly row: number;
  readonly person: Person;
  readonly other: Other | null;
}
/** A row that cannot be imported as it is. */
export interface FaultyEntry {
  readonly row: number;
  /** In the order of the headers. */
  readonly cells: readonly string[];
  readonly faults: readonly Fault[];
}

/** What a roster file was read to, by what becomes of its rows. */
export interface ImportContent {
  readonly read: Readonly<Record<Exclude<ImportKind, 'faulty'>, readonly ReadEntry[]>>;
  readonly faulty: readonly FaultyEntry[];
  readonly headers: readonly string[];
}

/** Some rows of one kind, packed. */
export interface ImportPart {
  readonly kind: ImportKind;
  readonly part: number;
  readonly count: number;
  readonly rows: Uint8Array;
}

/** The parts in which an import is kept, so that a page of it is one part. */
export async function packContent({ read, faulty }: Omit<ImportContent, 'headers'>): Promise<ImportPart[]> {
  const parts: ImportPart[] = [];
  for (const [kind, rows] of [...Object.entries(read), ['faulty', faulty]] as [
    ImportKind,
    readonly object[],
  ][]) {
    for (let at = 0; at < rows.length; at += ROWS_PER_PART) {
      const some = rows.slice(at, at + ROWS_PER_PART);
      parts.push({ kind, part: at / ROWS_PER_PART, count: some.length, rows: await packed(some) });
    }
  }
  return parts;
}

/** Anything as JSON, packed. */
export async function packed(value: unknown): Promise<Buffer> {
  return await pack(JSON.stringify(value), { level: 1 });
}

/** What was packed. */
export async function unpacked<Value>(rows: Uint8Array): Promise<Value> {
  return JSON.parse((await unpack(rows)).toString()) as Value;
}
