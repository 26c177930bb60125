import {
  firstAuditLink,
  hasWordsOf,
  linkedForm,
  readAuditForm,
  type AuditEntry,
} from '../../domain/audit/entry.ts';
import { itemOf, trailCheck, type AuditFinding } from '../../domain/audit/verify.ts';
import { nextLink } from '../../domain/ledger/chain.ts';
import { fingerprintOf, readStatement } from '../../domain/ledger/checkpoint.ts';
import type { KeptCheckpoint } from '../../domain/ledger/verify-bridge.ts';
import { everyCheckpoint } from '../ledger/queries.ts';
import type { Context } from '../platform/context.ts';
import { sha256 } from '../platform/keys.ts';
import { auditHead, everyEntry } from './queries.ts';
import { misfiled } from './store.ts';

/** What the trail of a data folder comes to. */
export interface TrailVerdict {
  readonly finding: AuditFinding | null;
  readonly entries: number;
  /** Entries whose words were erased. */
  readonly erased: number;
  /** Entries behind the last checkpoint. */
  readonly unsigned: number;
}

/** A head that a checkpoint names. */
interface Signed {
  readonly number: number;
  readonly fingerprint: string;
  readonly place: number;
  readonly hash: string;
}

/**
 * Verifies the audit trail of a data folder as it stands: the chain from its first entry, the words that were not erased,
 * where entries are filed, and every head that a checkpoint signed. Whether the checkpoints themselves hold, the
 * verification of the ledger says.
 */
export async function verifyTrail(
  context: Context,
  kept: readonly KeptCheckpoint[] = [],
): Promise<TrailVerdict> {
  const { place: upTo } = await auditHead(context);
  const signed = await signedHeads(context);
  let link = firstAuditLink(sha256);
  let entries = 0;
  let erased = 0;
  let next = 0;
  let sure = 0;
  const verdict = (finding: AuditFinding | null): TrailVerdict => {
    const last = signed.at(-1)?.place ?? 0;
    return { finding, entries, erased, unsigned: Math.max(0, entries - last) };
  };
  const lost = kept.find(({ fingerprint }) => !signed.some((one) => one.fingerprint === fingerprint));
  for (; signed[next]?.place === 0; next++);
  for await (const entry of everyEntry(context, 0, upTo)) {
    const before = link;
    link = nextLink(before, entry.at, linkedForm(entry.form, sha256), sha256);
    if (link.place !== entry.place || link.hash !== entry.hash || !isSound(entry)) {
      return verdict(await tamperingOf(context, upTo, signed));
    }
    entries += 1;
    if (entry.texts === null && hasWords(entry)) erased += 1;
    for (let head = signed[next]; head !== undefined && head.place <= entry.place; head = signed[++next]) {
      if (head.place === entry.place && head.hash === entry.hash) sure = entry.place;
      else return verdict({ kind: 'rewritten', place: sure + 1, upTo: head.place, against: head.number });
    }
  }
  const head = signed[next];
  if (head !== undefined) {
    return verdict({ kind: 'cut', place: entries + 1, upTo: head.place, against: head.number });
  }
  if (lost !== undefined) {
    return verdict({ kind: 'signed-anew', kept: lost.fingerprint, number: lost.number });
  }
  const place = await misfiled(context.database.read);
  return verdict(place === null ? null : { kind: 'changed', place, id: null });
}

async function signedHeads(context: Context): Promise<Signed[]> {
  const heads: Signed[] = [];
  for await (const { number, statement } of everyCheckpoint(context)) {
    const audit = readStatement(statement)?.audit;
    if (audit !== undefined) {
      heads.push({ number, fingerprint: fingerprintOf(statement, sha256), ...audit });
    }
  }
  return heads;
}

function isSound({ form, texts }: AuditEntry): boolean {
  try {
    return texts === null || hasWordsOf(form, texts, sha256);
  } catch {
    return false;
  }
}

function hasWords({ form }: AuditEntry): boolean {
  return Object.keys(readAuditForm(form).digests).length > 0;
}

/** What was done to a trail that does not hold: the whole of it tells. */
async function tamperingOf(context: Context, upTo: number, signed: readonly Signed[]): Promise<AuditFinding> {
  const { links } = trailCheck(firstAuditLink(sha256), sha256);
  for await (const entry of everyEntry(context, 0, upTo)) links.take(itemOf(entry, sha256));
  const vouched = new Map(signed.map(({ place, hash }) => [place, hash]));
  return links.tampering(vouched) ?? { kind: 'changed', place: links.length + 1, id: null };
}
