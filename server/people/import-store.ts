import type { Knex } from 'knex';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { RosterField } from '../../domain/composition/roster.ts';
import type { ImportKind } from '../../domain/wire/people.ts';
import type { ImportPart } from './import-content.ts';

/** Keeps that a roster file was read, until it is confirmed. */
export async function insertImport(
  connection: Knex,
  conference: ConferenceId,
  row: {
    readonly id: string;
    readonly at: Instant;
    readonly by: string;
    readonly fileName: string;
    readonly content: Buffer;
  },
  parts: readonly ImportPart[],
): Promise<void> {
  const { id, at, by, fileName, content } = row;
  await connection('people_import').insert({
    id,
    conference,
    at,
    by,
    file_name: fileName,
    rows: content,
    state: 'previewed',
  });
  for (const part of parts) {
    await connection('people_import_part').insert({ import: id, ...part, rows: Buffer.from(part.rows) });
  }
}

/** Earlier previews of a conference that nobody confirmed are let go: each holds a whole roster. */
export async function dropPreviews(connection: Knex, conference: ConferenceId): Promise<void> {
  const previewed = connection('people_import').where({ conference, state: 'previewed' }).select('id');
  await connection('people_import_part').whereIn('import', previewed.clone()).delete();
  await connection('people_import')
    .where({ conference, state: 'previewed' })
    .update({ state: 'dropped', rows: Buffer.alloc(0) });
}

export interface StoredImport {
  readonly state: 'previewed' | 'confirmed' | 'dropped';
  readonly fileName: string;
  /** Headers and the number of errors, packed. */
  readonly content: Buffer;
}

export async function readImport(
  connection: Knex,
  conference: ConferenceId,
  id: string,
): Promise<StoredImport | null> {
  const row = await connection('people_import')
    .where({ conference, id })
    .first<{ state: StoredImport['state']; file_name: string; rows: Buffer } | undefined>(
      'state',
      'file_name',
      'rows',
    );
  return row === undefined ? null : { state: row.state, fileName: row.file_name, content: row.rows };
}

/** One part of an import, packed; null where there is none. */
export async function readPart(
  connection: Knex,
  id: string,
  kind: ImportKind,
  part: number,
): Promise<Buffer | null> {
  const row = await connection('people_import_part')
    .where({ import: id, kind, part })
    .first<{ rows: Buffer } | undefined>('rows');
  return row?.rows ?? null;
}

/** How many parts there are of one kind. */
export async function countParts(connection: Knex, id: string, kind: ImportKind): Promise<number> {
  const row = await connection('people_import_part')
    .where({ import: id, kind })
    .count<{ count: number | string }>({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

/** Marks a previewed import as confirmed, and lets go of what it holds. False where it is not previewed any more. */
export async function settleImport(connection: Knex, conference: ConferenceId, id: string): Promise<boolean> {
  const settled = await connection('people_import')
    .where({ conference, id, state: 'previewed' })
    .update({ state: 'confirmed', rows: Buffer.alloc(0) });
  if (settled === 1) await connection('people_import_part').where({ import: id }).delete();
  return settled === 1;
}

/** More shapes of files than an installation meets. */
const MOST_SHAPES = 500;

/** How files were understood, by their shape: those that were corrected last. */
export async function readKnownColumns(connection: Knex): Promise<Map<string, (RosterField | null)[]>> {
  const rows = await connection('roster_columns')
    .orderBy('rowid', 'desc')
    .limit(MOST_SHAPES)
    .select<{ shape: string; fields: string }[]>('shape', 'fields');
  return new Map(rows.map(({ shape, fields }) => [shape, JSON.parse(fields) as (RosterField | null)[]]));
}

export async function rememberColumns(
  connection: Knex,
  shape: string,
  fields: readonly (RosterField | null)[],
): Promise<void> {
  await connection('roster_columns').where({ shape }).delete();
  await connection('roster_columns').insert({ shape, fields: JSON.stringify(fields) });
}
