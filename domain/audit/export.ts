import type { Hash, Link } from '../ledger/chain.ts';
import type { SignedCheckpoint } from '../ledger/checkpoint.ts';
import {
  areSalted,
  fieldsOf,
  isCount,
  isFields,
  readCheckpoint,
  type Fields,
} from '../ledger/export-fields.ts';
import type { Instant } from '../time.ts';
import type { AuditEntry } from './entry.ts';

/** What an export of the audit trail is called in its first line. */
export const AUDIT_EXPORT_FORMAT = 'nhipcau audit 1';

/** The first line: behind which link of the trail the export begins, and with which key it can be checked. */
export interface AuditHeader {
  readonly at: Instant;
  readonly key: string;
  /** Place 0, or a head that a checkpoint of the file names. */
  readonly start: Link;
  /** What was asked for, for people: nothing is checked by it. */
  readonly asked: string;
}

/** An entry that was not asked for, or that whoever exports may not see: the chain holds over it all the same. */
export interface HiddenEntry {
  readonly place: number;
  readonly at: Instant;
  /** What of it stands in the chain. */
  readonly digest: string;
  readonly hash: string;
}

/** A line of an export: the header, every checkpoint of its key, the entries one after the other, and the end. */
export type AuditLine =
  | { readonly kind: 'header'; readonly header: AuditHeader }
  | { readonly kind: 'checkpoint'; readonly checkpoint: SignedCheckpoint }
  | { readonly kind: 'entry'; readonly entry: AuditEntry }
  | { readonly kind: 'hidden'; readonly entry: HiddenEntry }
  | { readonly kind: 'end'; readonly shown: number; readonly hidden: number; readonly signature: string };

/** The text of a line, without the line feed. */
export function writeAuditLine(line: AuditLine): string {
  switch (line.kind) {
    case 'header': {
      const { at, key, start, asked } = line.header;
      const { place, hash } = start;
      return JSON.stringify({ export: AUDIT_EXPORT_FORMAT, at, key, start: { place, hash }, asked });
    }
    case 'checkpoint': {
      const { statement, signature } = line.checkpoint;
      return JSON.stringify({ checkpoint: statement, signature });
    }
    case 'entry': {
      const { place, at, form, hash, texts } = line.entry;
      return JSON.stringify({ place, at, form, hash, ...(texts !== null && { texts }) });
    }
    case 'hidden': {
      const { place, at, digest, hash } = line.entry;
      return JSON.stringify({ place, at, digest, hash });
    }
    default: {
      const { shown, hidden, signature } = line;
      return JSON.stringify({ end: { shown, hidden }, signature });
    }
  }
}

/** The line of a text; null for one that no export has. */
export function readAuditLine(text: string): AuditLine | null {
  const fields = fieldsOf(text);
  if (fields === null) return null;
  if ('form' in fields) return readEntry(fields);
  if ('digest' in fields) return readHidden(fields);
  if ('checkpoint' in fields) return readCheckpoint(fields);
  if ('export' in fields) return readHeader(fields);
  return 'end' in fields ? readEnd(fields) : null;
}

function has(fields: Fields, names: readonly string[]): boolean {
  const own = Object.keys(fields);
  return own.length === names.length && names.every((name) => own.includes(name));
}

function readHeader(fields: Fields): AuditLine | null {
  const { export: format, at, key, start, asked } = fields;
  if (format !== AUDIT_EXPORT_FORMAT || !has(fields, ['export', 'at', 'key', 'start', 'asked'])) return null;
  if (!Number.isSafeInteger(at) || typeof key !== 'string' || typeof asked !== 'string') return null;
  if (!isFields(start) || !isCount(start['place']) || typeof start['hash'] !== 'string') return null;
  const header = { at: at as Instant, key, asked, start: { place: start['place'], hash: start['hash'] } };
  return { kind: 'header', header };
}

function readEntry(fields: Fields): AuditLine | null {
  const { place, at, form, hash, texts = null } = fields;
  if (!has(fields, ['place', 'at', 'form', 'hash', ...('texts' in fields ? ['texts'] : [])])) return null;
  if (!isCount(place) || !Number.isSafeInteger(at)) return null;
  if (typeof form !== 'string' || typeof hash !== 'string') return null;
  if (texts !== null && !areSalted(texts)) return null;
  return { kind: 'entry', entry: { place, at: at as Instant, form, hash, texts } };
}

function readHidden(fields: Fields): AuditLine | null {
  const { place, at, digest, hash } = fields;
  if (!has(fields, ['place', 'at', 'digest', 'hash'])) return null;
  if (!isCount(place) || !Number.isSafeInteger(at)) return null;
  if (typeof digest !== 'string' || typeof hash !== 'string') return null;
  return { kind: 'hidden', entry: { place, at: at as Instant, digest, hash } };
}

function readEnd(fields: Fields): AuditLine | null {
  const { end, signature } = fields;
  if (!has(fields, ['end', 'signature']) || typeof signature !== 'string' || !isFields(end)) return null;
  const { shown, hidden } = end;
  if (!isCount(shown) || !isCount(hidden)) return null;
  return { kind: 'end', shown, hidden, signature };
}

/**
 * What the end of an export signs: header and checkpoints, and how many entries follow. Entries stand in their chain, so
 * that words can be erased from a file and it stays whole.
 */
export function sealedText(lines: readonly string[], shown: number, hidden: number, hash: Hash): string {
  const sum = lines.reduce((before, line) => hash(`${before}\n${line}`), hash(AUDIT_EXPORT_FORMAT));
  return `nhipcau audit export 1\nlines ${sum}\nshown ${shown}\nhidden ${hidden}\n`;
}
