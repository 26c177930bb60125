import type { BridgeId } from '../ids.ts';
import type { Hash } from './chain.ts';
import { checkpointRow } from './checkpoint-row.ts';
import { readLine, seal, type ExportHeader, type ExportLine } from './export.ts';
import type { BridgeVerdict, Finding, Verdict } from './verdict.ts';
import { judgeBridge, nameOf, type KeptCheckpoint, type KeptHead, type Section } from './verify-bridge.ts';
import { checkChain } from './verify-chain.ts';

/** What an export is held against. */
export interface VerifyOptions {
  readonly hash: Hash;
  /** Public key of the installation, in base64url, from somewhere else than the export. */
  readonly key: string;
  /** Whether the key signed exactly this text. A second spelling of a signature is none. */
  readonly isSigned: (text: string, signature: string) => boolean;
  readonly keptCheckpoints?: readonly KeptCheckpoint[];
  readonly keptHeads?: readonly KeptHead[];
}

/** Verifies an export as its lines come in. Memory grows with the checkpoints and the longest chain, not with the file. */
export interface Verifier {
  take(line: string): void;
  finish(): Verdict;
}

/** Verifies lines that are all there. */
export function verifyExport(lines: Iterable<string>, options: VerifyOptions): Verdict {
  const verifier = exportVerifier(options);
  for (const line of lines) verifier.take(line);
  return verifier.finish();
}

/** A verifier of one export. It names the first thing that does not hold, and reads no further. */
export function exportVerifier(options: VerifyOptions): Verifier {
  const { hash, keptCheckpoints = [], keptHeads = [] } = options;
  const sealed = seal(hash);
  const row = checkpointRow(options);
  const checkpoints = row.known;
  const bridges = new Map<BridgeId, BridgeVerdict>();
  const names = new Map<BridgeId, string>();
  const missing: KeptCheckpoint[] = [];
  let header: ExportHeader | null = null;
  let section: Section | null = null;
  let end: Extract<ExportLine, { kind: 'end' }> | null = null;
  let finding: Finding | null = null;
  let count = 0;
  let events = 0;
  let erased = 0;
  /** A line that cannot be read: the last one of half a file, or one that was tampered with, as the next line tells. */
  let unread: number | null = null;

  function take(given: string): void {
    count += 1;
    // A line feed may have become CR LF on its way.
    const text = given.trimEnd();
    if (finding !== null || text === '') return;
    if (unread !== null) finding = skipUnread(unread);
    unread = null;
    if (finding !== null) return;
    const line = readLine(text);
    if (line === null) unread = count;
    else finding = takeLine(line, text);
  }

  /** An unreadable line inside a chain was an event of it, as long as no proof has come. */
  function skipUnread(line: number): Finding | null {
    if (section === null || section.proofs.length > 0) return { kind: 'unreadable', line };
    section.chain.take(null);
    return null;
  }

  function takeLine(line: ExportLine, text: string): Finding | null {
    if (line.kind !== 'event' && line.kind !== 'end') sealed.add(text);
    const isFirst = header === null;
    if (end !== null || isFirst !== (line.kind === 'header')) return { kind: 'unreadable', line: count };
    switch (line.kind) {
      case 'header':
        header = line.header;
        return line.header.key === options.key ? null : { kind: 'other-key', key: line.header.key };
      case 'checkpoint':
        return section === null ? row.take(line.checkpoint) : { kind: 'unreadable', line: count };
      case 'bridge': {
        const before = endSection();
        section = begin(line.bridge, line.name);
        names.set(line.bridge, line.name);
        return before ?? (bridges.has(line.bridge) ? { kind: 'not-as-written' } : null);
      }
      case 'event':
        if (section === null || section.proofs.length > 0) return misplaced(line.event.place);
        events += 1;
        section.chain.take(line.event);
        return null;
      case 'proof':
        section?.proofs.push(line.proof);
        return section === null ? { kind: 'unreadable', line: count } : null;
      default: {
        const before = section === null ? ({ kind: 'unreadable', line: count } as const) : endSection();
        end = line;
        section = null;
        return before ?? sealFinding(line);
      }
    }
  }

  function begin(bridge: BridgeId, name: string): Section | null {
    if (header === null) return null;
    if (section === null) noteMissing();
    const { session } = header;
    return { session, bridge, name, chain: checkChain(session, bridge, hash), proofs: [] };
  }

  /** An event behind the proofs of its bridge, or before any bridge: it was put there. */
  function misplaced(place: number): Finding {
    return section === null
      ? { kind: 'unreadable', line: count }
      : (endSection() ?? { kind: 'inserted', bridge: section.bridge, place, id: null });
  }

  /** What was kept and is not here: the history was signed anew. Which event it was, only the first chain can tell. */
  function noteMissing(): void {
    const there = new Set(checkpoints.map(({ fingerprint }) => fingerprint));
    missing.push(...keptCheckpoints.filter(({ fingerprint }) => !there.has(fingerprint)));
  }

  function endSection(): Finding | null {
    if (section === null) return null;
    const judged = judgeBridge(section, { hash, checkpoints, keptCheckpoints, keptHeads, missing });
    if ('kind' in judged) return judged;
    bridges.set(judged.bridge, judged);
    erased += section.chain.erased;
    return null;
  }

  function sealFinding({ bridges: said, events: counted, signature }: Extract<ExportLine, { kind: 'end' }>) {
    const unknown = keptHeads.find(({ bridge }) => !bridges.has(bridge));
    if (unknown !== undefined) {
      const { bridge, place } = unknown;
      return { kind: 'not-shown', bridge, kept: { bridge, place } } as const;
    }
    const isWhole = said === bridges.size && counted === events;
    return isWhole && options.isSigned(sealed.text(said, counted), signature)
      ? null
      : ({ kind: 'not-as-written' } as const);
  }

  function finish(): Verdict {
    if (finding === null && unread !== null && end !== null) finding = { kind: 'unreadable', line: unread };
    if (finding === null && (end === null || header === null)) finding = halfAFile();
    if (finding !== null || header === null) return failure(finding ?? halfAFile());
    const { conference, title, session, sessionTitle } = header;
    const last = checkpoints.at(-1);
    const verdicts = [...bridges.values()];
    return {
      ok: true,
      conference,
      title,
      session,
      sessionTitle,
      closed: verdicts.length > 0 && verdicts.every(({ state }) => state === 'closed'),
      checkpoint: last === undefined ? null : nameOf(last),
      bridges: verdicts,
      events,
      erased,
    };
  }

  function failure(found: Finding): Verdict {
    const bridge = 'bridge' in found ? found.bridge : null;
    const name = bridge === null ? null : (names.get(bridge) ?? bridge);
    return { ok: false, finding: found, bridgeName: name };
  }

  /** A file that stops in the middle, after what was found in what there is of it. */
  function halfAFile(): Finding {
    if (section === null) return { kind: 'half-a-file', bridge: null, place: null };
    const { bridge, chain, proofs } = section;
    const last = checkpoints.at(-1)?.number;
    const isWhole = proofs.some(({ checkpoint }) => checkpoint === last);
    return { kind: 'half-a-file', bridge, place: isWhole ? null : chain.length + 1 };
  }

  return { take, finish };
}
