import { paperKind, type KindFailure } from '../../domain/papers/kind.ts';
import { LARGEST_PAPER, LARGEST_TOGETHER, MOST_PAPERS, paperName } from '../../domain/papers/paper.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Instant } from '../../domain/time.ts';
import type { SentFile } from '../../domain/wire/contract.ts';
import { listZip } from '../documents/zip.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import {
  deletePaper,
  deleteUnfinished,
  insertPaper,
  insertPart,
  markWhole,
  readPaper,
  readRoom,
  type PaperRow,
} from './store.ts';

type Organizing = AuthorizedConferenceId<'organize'>;

export type AddPaperFailure =
  | KindFailure
  /** `same name`: a paper of this name is there. `too many`, `no room`: of the conference. */
  | { readonly reason: 'too large' | 'same name' | 'too many' | 'no room' };

/** Bytes that are written at a time: check-ins wait for as much and no more. */
const PART = 256 * 1024;
/** An upload that was not whole after so long was cut off. */
const UNFINISHED_MS = 3_600_000;

/** Adds a paper to a conference. Those who are invited see it once all of it is written. */
export async function addPaper(
  context: Context,
  conference: Organizing,
  file: SentFile,
): Promise<Result<PaperRow, AddPaperFailure>> {
  const { name: fileName, bytes } = file;
  if (bytes.length > LARGEST_PAPER) return { ok: false, reason: 'too large' };
  const kind = paperKind(fileName, bytes, partsOf);
  if (!kind.ok) return kind;
  const paper: PaperRow = {
    id: context.newId(),
    conference,
    name: paperName(fileName),
    kind: kind.value,
    size: bytes.length,
    added_at: context.clock(),
  };
  const begun = await begin(context, conference, paper);
  if (!begun.ok) return begun;
  const { write } = context.database;
  try {
    for (let at = 0; at < bytes.length; at += PART) {
      await insertPart(write, paper.id, at / PART, Buffer.from(bytes.subarray(at, at + PART)));
    }
    await markWhole(write, paper.id);
  } catch (error) {
    // What failed first is told; a rest that cannot be deleted now goes with the next upload.
    await deletePaper(write, conference, paper.id).catch(() => undefined);
    throw error;
  }
  context.audit.note({ after: { file: paper.name, bytes: paper.size } });
  return ok(paper);
}

function partsOf(bytes: Uint8Array): readonly string[] | null {
  const listed = listZip(bytes);
  return listed.ok ? listed.value.map(({ name }) => name) : null;
}

/** Keeps a place for a paper, where there is room for it. */
async function begin(
  { database, clock }: Context,
  conference: Organizing,
  paper: PaperRow,
): Promise<Result<null, AddPaperFailure>> {
  try {
    return await transaction(database, async (db): Promise<Result<null, AddPaperFailure>> => {
      await deleteUnfinished(db, conference, (clock() - UNFINISHED_MS) as Instant);
      const { papers, bytes } = await readRoom(db, conference);
      if (papers >= MOST_PAPERS) return { ok: false, reason: 'too many' };
      if (bytes + paper.size > LARGEST_TOGETHER) return { ok: false, reason: 'no room' };
      await insertPaper(db, paper);
      return ok(null);
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, reason: 'same name' };
    throw error;
  }
}

export type RemovePaperFailure = { readonly reason: 'no such paper' };

/** Takes a paper away: from now on nobody is shown it. */
export async function removePaper(
  context: Context,
  conference: Organizing,
  id: string,
): Promise<Result<PaperRow, RemovePaperFailure>> {
  return await transaction(context.database, async (db): Promise<Result<PaperRow, RemovePaperFailure>> => {
    const paper = await readPaper(db, conference, id);
    if (paper === undefined) return { ok: false, reason: 'no such paper' };
    await deletePaper(db, conference, id);
    context.audit.note({ before: { file: paper.name, bytes: paper.size } });
    return ok(paper);
  });
}
