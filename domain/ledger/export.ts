import type { BridgeId, ConferenceId, SessionId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Hash } from './chain.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import {
  areSalted,
  areTexts,
  countOf,
  fieldsOf,
  isCount,
  isFields,
  readCheckpoint,
  type Fields,
} from './export-fields.ts';
import type { SaltedTexts } from './form.ts';
import type { Absence, Inclusion, Neighbour } from './merkle.ts';

/** What an export of the ledger is called in its first line. */
export const EXPORT_FORMAT = 'nhipcau ledger 1';

/** The first line: whose ledger this is, and with which key it can be checked. */
export interface ExportHeader {
  readonly conference: ConferenceId;
  readonly title: string;
  readonly session: SessionId;
  readonly sessionTitle: string;
  /** The bridge that was asked for; the export has it alone, or everything below it too. */
  readonly top: BridgeId;
  readonly at: Instant;
  /** Public key of the installation that made it. Whoever verifies has it from somewhere else. */
  readonly key: string;
}

/** One event with its place in the chain of its bridge. */
export interface ExportedEvent {
  readonly place: number;
  readonly receivedAt: Instant;
  readonly form: string;
  /** Head of the chain after it. */
  readonly hash: string;
  /** Null where nothing was written, or where it was erased or left out. */
  readonly texts: SaltedTexts | null;
}

/** How a bridge stands under one of the checkpoints. */
export type Proof =
  | { readonly checkpoint: number; readonly included: Inclusion }
  | { readonly checkpoint: number; readonly absent: Absence };

/**
 * A line of an export: the header, every checkpoint of its key, then for each bridge its name, its events in the
 * order of the chain and its proofs, and last the end. Without the end it is half a file.
 */
export type ExportLine =
  | { readonly kind: 'header'; readonly header: ExportHeader }
  | { readonly kind: 'checkpoint'; readonly checkpoint: SignedCheckpoint }
  | { readonly kind: 'bridge'; readonly bridge: BridgeId; readonly name: string }
  | { readonly kind: 'event'; readonly event: ExportedEvent }
  | { readonly kind: 'proof'; readonly proof: Proof }
  | { readonly kind: 'end'; readonly bridges: number; readonly events: number; readonly signature: string };

/** The text of a line, without the line feed. */
export function writeLine(line: ExportLine): string {
  switch (line.kind) {
    case 'header': {
      const { conference, title, session, sessionTitle, top, at, key } = line.header;
      return JSON.stringify({
        export: EXPORT_FORMAT,
        conference,
        title,
        session,
        sessionTitle,
        top,
        at,
        key,
      });
    }
    case 'checkpoint': {
      const { statement, signature } = line.checkpoint;
      return JSON.stringify({ checkpoint: statement, signature });
    }
    case 'bridge':
      return JSON.stringify({ bridge: line.bridge, name: line.name });
    case 'event': {
      const { place, receivedAt, form, hash, texts } = line.event;
      return JSON.stringify({ place, receivedAt, form, hash, ...(texts !== null && { texts }) });
    }
    case 'proof': {
      const { proof } = line;
      return JSON.stringify(
        'included' in proof
          ? { proof: proof.checkpoint, ...wayOf(proof.included) }
          : { proof: proof.checkpoint, absent: neighboursOf(proof.absent) },
      );
    }
    default:
      return JSON.stringify({
        end: { bridges: line.bridges, events: line.events },
        signature: line.signature,
      });
  }
}

function wayOf({ place, hash, index, path }: Inclusion): Inclusion {
  return { place, hash, index, path };
}

function neighboursOf({ before, after }: Absence): Absence {
  return { before: neighbourOf(before), after: neighbourOf(after) };
}

function neighbourOf(one: Neighbour | null): Neighbour | null {
  return one === null ? null : { session: one.session, bridge: one.bridge, ...wayOf(one) };
}

/** The line of a text; null for one that no export has. */
export function readLine(text: string): ExportLine | null {
  const fields = fieldsOf(text);
  if (fields === null) return null;
  if ('form' in fields) return readEvent(fields);
  if ('proof' in fields) return readProof(fields);
  if ('bridge' in fields) return readBridge(fields);
  if ('checkpoint' in fields) return readCheckpoint(fields);
  if ('export' in fields) return readHeader(fields);
  return 'end' in fields ? readEnd(fields) : null;
}

function readHeader(fields: Fields): ExportLine | null {
  const { export: format, conference, title, session, sessionTitle, top, at, key } = fields;
  if (format !== EXPORT_FORMAT || countOf(fields) !== 8 || !Number.isSafeInteger(at)) return null;
  if (!areTexts(conference, title, session, sessionTitle, top, key)) return null;
  const header = { conference, title, session, sessionTitle, top, at, key } as unknown as ExportHeader;
  return { kind: 'header', header };
}

function readBridge(fields: Fields): ExportLine | null {
  const { bridge, name } = fields;
  if (countOf(fields) !== 2 || typeof bridge !== 'string' || typeof name !== 'string') return null;
  return { kind: 'bridge', bridge: bridge as BridgeId, name };
}

function readEvent(fields: Fields): ExportLine | null {
  const { place, receivedAt, form, hash, texts } = fields;
  if (!isCount(place) || !Number.isSafeInteger(receivedAt) || !areTexts(form, hash)) return null;
  if (countOf(fields) !== ('texts' in fields ? 5 : 4)) return null;
  if (texts !== undefined && texts !== null && !areSalted(texts)) return null;
  const event = { place, receivedAt, form, hash, texts: texts ?? null } as ExportedEvent;
  return { kind: 'event', event };
}

function readProof(fields: Fields): ExportLine | null {
  const { proof: checkpoint, absent, ...way } = fields;
  if (!isCount(checkpoint)) return null;
  if (absent === undefined) {
    const included = readWay(way);
    return included === null || countOf(way) !== 4
      ? null
      : { kind: 'proof', proof: { checkpoint, included } };
  }
  if (countOf(fields) !== 2 || !isFields(absent) || countOf(absent) !== 2) return null;
  const [before, after] = [readNeighbour(absent['before']), readNeighbour(absent['after'])];
  if (before === undefined || after === undefined) return null;
  return { kind: 'proof', proof: { checkpoint, absent: { before, after } } };
}

function readWay({ place, hash, index, path }: Fields): Inclusion | null {
  if (!isCount(place) || !isCount(index) || typeof hash !== 'string') return null;
  return Array.isArray(path) && areTexts(...path) ? { place, hash, index, path: path as string[] } : null;
}

function readNeighbour(value: unknown): Neighbour | null | undefined {
  if (value === null) return null;
  if (!isFields(value) || countOf(value) !== 6) return undefined;
  const { session, bridge } = value;
  const way = readWay(value);
  if (way === null || !areTexts(session, bridge)) return undefined;
  return { session: session as SessionId, bridge: bridge as BridgeId, ...way };
}

function readEnd(fields: Fields): ExportLine | null {
  const { end, signature } = fields;
  if (countOf(fields) !== 2 || !isFields(end) || countOf(end) !== 2 || typeof signature !== 'string')
    return null;
  const { bridges, events } = end;
  return isCount(bridges) && isCount(events) ? { kind: 'end', bridges, events, signature } : null;
}

/**
 * What the end of an export signs: every line but the events, and how many of those there are. Without it nothing would
 * vouch for a bridge's name or say that a proof was left out. Events stand in their chains, so that what people wrote can
 * be erased from a file and it stays whole.
 */
export interface Seal {
  /** The next line that is no event. */
  add(line: string): void;
  /** The text to be signed. */
  text(bridges: number, events: number): string;
}

export function seal(hash: Hash): Seal {
  let sum = hash(EXPORT_FORMAT);
  return {
    add: (line) => {
      sum = hash(`${sum}\n${line}`);
    },
    text: (bridges, events) => `nhipcau export 1\nlines ${sum}\nbridges ${bridges}\nevents ${events}\n`,
  };
}
