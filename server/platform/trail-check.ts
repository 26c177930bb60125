import { firstAuditLink, hasWordsOf, linkedForm } from '../../domain/audit/entry.ts';
import { nextLink, type Link } from '../../domain/ledger/chain.ts';
import { readStatement } from '../../domain/ledger/checkpoint.ts';
import type { Texts } from '../../domain/ledger/form.ts';
import type { Instant } from '../../domain/time.ts';
import { sha256 } from './keys.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** What the audit trail of a file comes to. */
export interface TrailFindings {
  readonly entries: number;
  /** The first entry that is not as it was written. */
  readonly bad: number | null;
  /** The last checkpoint names a head that the trail does not have: its end is lost, or another in its place. */
  readonly cut: boolean;
}

/** An entry with the words beside it, as it is stored. */
export interface TrailRow {
  readonly place: number;
  readonly at: Instant;
  readonly hash: string;
  readonly form: string;
  readonly salt: string | null;
  readonly texts: string | null;
}

/** Rows read at a time. */
const CHUNK = 5000;

/** Computes the trail of a file anew, with the words that were not erased; null where it is of before there was one. */
export async function checkTrail(file: SqliteFile, statement: string | null): Promise<TrailFindings | null> {
  const tables = await file.all(`select 1 from sqlite_master where name = 'audit_entry'`);
  if (tables.length === 0) return null;
  const signed = (statement === null ? null : readStatement(statement)?.audit) ?? null;
  let link: Link = firstAuditLink(sha256);
  let isThere = signed === null || signed.place === 0;
  let entries = 0;
  let bad: number | null = null;
  for (;;) {
    const rows = await file.all<TrailRow>(
      `select e.place, e.at, lower(hex(e.hash)) as hash, e.form, t.salt, t.texts
       from audit_entry e left join audit_text t on t.place = e.place
       where e.place > ? order by e.place limit ${CHUNK}`,
      link.place,
    );
    for (const row of rows) {
      const next = nextLink(link, row.at, linkedForm(row.form, sha256), sha256);
      const isRight = next.place === row.place && next.hash === row.hash && hasItsWords(row);
      if (!isRight) bad ??= next.place;
      link = { place: row.place, hash: row.hash };
      if (signed?.place === link.place) isThere = signed.hash === link.hash;
      entries += 1;
    }
    if (rows.length < CHUNK) break;
  }
  return { entries, bad, cut: !isThere };
}

/** Words that were erased leave their digests, which nothing is held against. */
function hasItsWords({ form, salt, texts }: TrailRow): boolean {
  if (salt === null || texts === null) return true;
  try {
    return hasWordsOf(form, { salt, texts: JSON.parse(texts) as Texts }, sha256);
  } catch {
    return false;
  }
}
