import type { Hash } from '../ledger/chain.ts';
import { checkpointRow, type Known } from '../ledger/checkpoint-row.ts';
import { firstFailed, type Claim } from '../ledger/claims.ts';
import { checkLinks, type Linked } from '../ledger/links.ts';
import type { CheckpointName, KeptName, Tampering } from '../ledger/verdict.ts';
import { firstAuditLink, hasWordsOf, linkedForm, readAuditForm, type AuditEntry } from './entry.ts';
import { readAuditLine, sealedText, type AuditHeader, type AuditLine, type HiddenEntry } from './export.ts';

/** What does not hold of a trail, the first of it. Places count through the whole trail of the installation. */
export type AuditFinding =
  | { readonly kind: Tampering; readonly place: number; readonly id: string | null }
  /** The chain holds in itself, but a signed or kept checkpoint says otherwise. */
  | {
      readonly kind: 'rewritten' | 'cut';
      readonly place: number;
      readonly upTo: number;
      readonly against: number | KeptName;
    }
  /** It begins behind a link that no checkpoint of the file names. */
  | { readonly kind: 'unproven'; readonly place: number }
  /** A checkpoint that somebody kept is not among those of the file. */
  | { readonly kind: 'signed-anew'; readonly kept: string; readonly number: number | null }
  | { readonly kind: 'bad-signature'; readonly checkpoint: number | null }
  | { readonly kind: 'bad-checkpoints'; readonly checkpoint: number }
  | { readonly kind: 'other-key'; readonly key: string }
  | { readonly kind: 'half-a-file'; readonly place: number }
  | { readonly kind: 'not-as-written' }
  | { readonly kind: 'unreadable'; readonly line: number };

/** What an export of the audit trail comes to. */
export type AuditVerdict =
  | { readonly ok: false; readonly trail: true; readonly finding: AuditFinding }
  | {
      readonly ok: true;
      readonly trail: true;
      readonly asked: string;
      /** The entries from the first place to the last, one after the other. */
      readonly from: number;
      readonly upTo: number;
      /** How many of them are in the file with what they say, and how many by their digest only. */
      readonly shown: number;
      readonly hidden: number;
      /** Of those shown, how many have lost their words or came without them. */
      readonly erased: number;
      /** Entries behind the last checkpoint. */
      readonly unsigned: number;
      readonly checkpoint: CheckpointName | null;
    };

/** What a trail is held against. */
export interface TrailOptions {
  readonly hash: Hash;
  readonly key: string;
  readonly isSigned: (text: string, signature: string) => boolean;
  readonly keptCheckpoints?: readonly { readonly fingerprint: string; readonly number: number | null }[];
}

/** One entry as the chain has it: a digest of its form, and the entry itself where it is shown. */
export interface TrailItem extends Linked {
  readonly entry: AuditEntry | null;
}

/** An entry that is shown, as the chain has it. */
export function itemOf(entry: AuditEntry, hash: Hash): TrailItem {
  const { place, at, form, hash: head } = entry;
  return { place, receivedAt: at, form: linkedForm(form, hash), hash: head, entry };
}

function hiddenItem({ place, at, digest, hash }: HiddenEntry): TrailItem {
  return { place, receivedAt: at, form: digest, hash, entry: null };
}

/** The trail as it is read entry by entry, behind a link of it. */
export function trailCheck(start: AuditHeader['start'], hash: Hash) {
  const counts = { shown: 0, hidden: 0, erased: 0 };
  const links = checkLinks<TrailItem>(
    start,
    {
      idOf: ({ entry, form }) => (entry === null ? form : idIn(entry.form)),
      holds: ({ entry }) => entry === null || entry.texts === null || wordsHold(entry, hash),
      accept({ entry }) {
        if (entry === null) counts.hidden += 1;
        else {
          counts.shown += 1;
          if (entry.texts === null && hasWords(entry.form)) counts.erased += 1;
        }
      },
    },
    hash,
  );
  return { links, counts };
}

function idIn(form: string): string | null {
  try {
    return readAuditForm(form).deed.id;
  } catch {
    return null;
  }
}

function wordsHold({ form, texts }: AuditEntry, hash: Hash): boolean {
  return texts === null || hasWordsOf(form, texts, hash);
}

function hasWords(form: string): boolean {
  return Object.keys(readAuditForm(form).digests).length > 0;
}

/** The heads that checkpoints say the trail had, behind a place of it; what was kept counts against whoever has the key. */
export function claimsOf(
  checkpoints: readonly Known[],
  kept: ReadonlySet<string>,
  from: number,
): readonly Claim[] {
  return checkpoints.flatMap(({ number, fingerprint, audit }): Claim[] => {
    if (audit.place <= from) return [];
    const isKept = kept.has(fingerprint);
    return [{ ...audit, against: isKept ? { fingerprint } : number, isKept }];
  });
}

/** Verifies an export of the trail as its lines come in. It names the first thing that does not hold, and reads no further. */
export function auditVerifier(options: TrailOptions): {
  take(line: string): void;
  finish(): AuditVerdict;
} {
  const { hash, key, keptCheckpoints = [] } = options;
  const row = checkpointRow(options);
  const sealed: string[] = [];
  let header: AuditHeader | null = null;
  let check: ReturnType<typeof trailCheck> | null = null;
  let end: Extract<AuditLine, { kind: 'end' }> | null = null;
  let finding: AuditFinding | null = null;
  let count = 0;
  let entries = 0;
  /** A line that cannot be read: the last one of half a file, or an entry that was tampered with, as the next line tells. */
  let unread: number | null = null;

  function take(given: string): void {
    count += 1;
    const text = given.trimEnd();
    if (finding !== null || text === '') return;
    if (unread !== null) {
      if (check === null) finding = { kind: 'unreadable', line: unread };
      else check.links.take(null);
      unread = null;
    }
    if (finding !== null) return;
    const line = readAuditLine(text);
    if (line === null) unread = count;
    else finding = takeLine(line, text);
  }

  function takeLine(line: AuditLine, text: string): AuditFinding | null {
    if (line.kind === 'header' || line.kind === 'checkpoint') sealed.push(text);
    if (end !== null || (header === null) !== (line.kind === 'header')) return misplaced();
    switch (line.kind) {
      case 'header':
        header = line.header;
        return header.key === key ? null : { kind: 'other-key', key: header.key };
      case 'checkpoint':
        return check === null ? row.take(line.checkpoint) : misplaced();
      case 'entry':
      case 'hidden':
        entries += 1;
        check ??= trailCheck(header?.start ?? firstAuditLink(hash), hash);
        check.links.take(line.kind === 'entry' ? itemOf(line.entry, hash) : hiddenItem(line.entry));
        return null;
      default:
        end = line;
        return null;
    }
  }

  const misplaced = (): AuditFinding => ({ kind: 'unreadable', line: count });

  function judge({ start }: AuditHeader): AuditFinding | null {
    const { links } = (check ??= trailCheck(start, hash));
    const fingerprints = new Set(keptCheckpoints.map(({ fingerprint }) => fingerprint));
    const isStart = start.place === 0 ? start.hash === firstAuditLink(hash).hash : isNamed(start);
    const claims = claimsOf(row.known, fingerprints, start.place);
    const tampered = links.tampering(new Map(claims.map((claim) => [claim.place, claim.hash])));
    if (tampered !== null) return tampered;
    if (!isStart) return { kind: 'unproven', place: start.place + 1 };
    if (end === null) return { kind: 'half-a-file', place: links.length + 1 };
    const failed = firstFailed(links, claims);
    if (failed !== null) return failed;
    const there = new Set(row.known.map(({ fingerprint }) => fingerprint));
    const lost = keptCheckpoints.find(({ fingerprint }) => !there.has(fingerprint));
    if (lost !== undefined) return { kind: 'signed-anew', kept: lost.fingerprint, number: lost.number };
    if (unread !== null) return { kind: 'unreadable', line: unread };
    return isSealed(end) ? null : { kind: 'not-as-written' };
  }

  function isNamed({ place, hash: head }: AuditHeader['start']): boolean {
    return row.known.some(({ audit }) => audit.place === place && audit.hash === head);
  }

  function isSealed({ shown, hidden, signature }: Extract<AuditLine, { kind: 'end' }>): boolean {
    const { counts } = check ?? { counts: { shown: 0, hidden: 0 } };
    if (shown !== counts.shown || hidden !== counts.hidden || shown + hidden !== entries) return false;
    return options.isSigned(sealedText(sealed, shown, hidden, hash), signature);
  }

  function finish(): AuditVerdict {
    if (finding === null && header === null) finding = { kind: 'half-a-file', place: 1 };
    finding ??= header === null ? null : judge(header);
    if (finding !== null || header === null || check === null) {
      return { ok: false, trail: true, finding: finding ?? { kind: 'half-a-file', place: 1 } };
    }
    const { links, counts } = check;
    const last = row.known.at(-1);
    const checkpoint =
      last === undefined ? null : { number: last.number, at: last.at, fingerprint: last.fingerprint };
    return {
      ok: true,
      trail: true,
      asked: header.asked,
      from: header.start.place + 1,
      upTo: links.length,
      ...counts,
      unsigned: links.length - Math.max(header.start.place, Math.min(last?.audit.place ?? 0, links.length)),
      checkpoint,
    };
  }

  return { take, finish };
}

/** Verifies lines that are all there. */
export function verifyAuditExport(lines: Iterable<string>, options: TrailOptions): AuditVerdict {
  const verifier = auditVerifier(options);
  for (const line of lines) verifier.take(line);
  return verifier.finish();
}
