import { ok, type Result } from '../result.ts';

/** The kinds of papers (tài liệu) that are taken, by the ending of their names, with the media type as which they are handed on. */
export const PAPER_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  jpg: 'image/jpeg',
  png: 'image/png',
} as const;
export type PaperKind = keyof typeof PAPER_TYPES;

/** What makes a file one of a kind: how its bytes begin, and for a document of an office program a part that it has inside. */
const BEGINNINGS: Readonly<Record<PaperKind, readonly number[]>> = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  docx: [0x50, 0x4b, 0x03, 0x04],
  xlsx: [0x50, 0x4b, 0x03, 0x04],
  pptx: [0x50, 0x4b, 0x03, 0x04],
  jpg: [0xff, 0xd8, 0xff],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
};
const MAIN_PARTS: Partial<Readonly<Record<PaperKind, string>>> = {
  docx: 'word/document.xml',
  xlsx: 'xl/workbook.xml',
  pptx: 'ppt/presentation.xml',
};

export type KindFailure = {
  /** `unknown kind`: by its name. `another kind`: its bytes are not what its name says. `macros`: it has a program inside. */
  readonly reason: 'unknown kind' | 'another kind' | 'macros';
};

/** The kind that the name of a file says; null for one that is not taken. */
export function kindByName(name: string): PaperKind | null {
  const ending = /\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const kind = ending === 'jpeg' ? 'jpg' : ending;
  return Object.hasOwn(PAPER_TYPES, kind) ? (kind as PaperKind) : null;
}

/**
 * The kind of a file, held against what is in it.
 *
 * @param partsOf names of the parts of an archive; null for one that is damaged
 */
export function paperKind(
  name: string,
  bytes: Uint8Array,
  partsOf: (bytes: Uint8Array) => readonly string[] | null,
): Result<PaperKind, KindFailure> {
  const kind = kindByName(name);
  if (kind === null) return { ok: false, reason: 'unknown kind' };
  const begins = BEGINNINGS[kind].every((byte, at) => bytes[at] === byte);
  if (!begins) return { ok: false, reason: 'another kind' };
  const main = MAIN_PARTS[kind];
  if (main === undefined) return ok(kind);
  const parts = partsOf(bytes);
  if (parts === null || !parts.includes(main)) return { ok: false, reason: 'another kind' };
  return parts.some((part) => /vbaProject|macrosheets/i.test(part))
    ? { ok: false, reason: 'macros' }
    : ok(kind);
}
