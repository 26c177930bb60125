import { firstLink, nextLink, type Link } from '../../domain/ledger/chain.ts';
import { hasDigestsOf, type Texts } from '../../domain/ledger/form.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { uuidOfBytes } from './ids.ts';
import { sha256 } from './keys.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { checkTrail, type TrailFindings } from './trail-check.ts';

/** The first event of the ledger that is not as it was written. */
export interface BadEvent {
  readonly seq: number;
  readonly session: string;
  readonly bridge: string;
  readonly place: number;
  readonly receivedAt: Instant;
  /**
   * `changed`: its hash does not follow from the one before. `missing`: one or more before it are gone from its chain.
   * `text`: what people wrote in it is not what its digests say.
   */
  readonly what: 'changed' | 'missing' | 'text';
}

export interface LedgerFindings {
  readonly events: number;
  readonly lastSeq: number;
  readonly lastReceivedAt: Instant | null;
  readonly bad: BadEvent | null;
  readonly checkpoint: CheckpointRow | null;
  /** The last checkpoint covers events that are not there. */
  readonly cut: boolean;
  /** The audit trail beside it; null where the file is of before there was one. */
  readonly trail: TrailFindings | null;
}

/** Whether ledger and trail are as they were written, to their ends. */
export function isWhole({ bad, cut, trail }: LedgerFindings): boolean {
  return bad === null && !cut && (trail === null || (trail.bad === null && !trail.cut));
}

export interface CheckpointRow {
  readonly number: number;
  readonly seq: number;
  readonly at: Instant;
  readonly statement: string;
  readonly signature: string;
}

interface Row {
  readonly seq: number;
  readonly id: Buffer;
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly received_at: Instant;
  readonly place: number;
  readonly hash: string;
  readonly form: string;
  readonly salt: string | null;
  readonly texts: string | null;
}

/** Rows read at a time. */
const CHUNK = 5000;

/**
 * Reads the whole ledger of a file, and the audit trail beside it, and computes every chain anew, up to the first event and the first
 * entry that is not as it was written.
 * A million events take about ten seconds: not to be done where anybody waits.
 */
export async function checkLedger(file: SqliteFile): Promise<LedgerFindings> {
  const [checkpoint = null] = await file.all<CheckpointRow>(
    'select number, seq, at, statement, signature from checkpoint order by number desc limit 1',
  );
  const heads = new Map<string, Link>();
  let events = 0;
  let lastSeq = 0;
  let lastReceivedAt: Instant | null = null;
  let bad: BadEvent | null = null;
  for (;;) {
    const rows = await file.all<Row>(
      `select e.seq, e.id, e.session, e.bridge, e.received_at, e.place, lower(hex(e.hash)) as hash, e.form, t.salt, t.texts
       from attendance_event e left join attendance_text t on t.seq = e.seq
       where e.seq > ? order by e.seq limit ${CHUNK}`,
      lastSeq,
    );
    for (const row of rows) {
      const chain = `${row.session} ${row.bridge}`;
      const before = heads.get(chain) ?? firstLink(row.session, row.bridge, sha256);
      const what: BadEvent['what'] | null = bad === null ? judge(row, before) : null;
      if (what !== null) {
        const { seq, session, bridge, place, received_at: receivedAt } = row;
        bad = { seq, session, bridge, place, receivedAt, what };
      }
      heads.set(chain, { place: row.place, hash: row.hash });
      events += 1;
      lastReceivedAt = row.received_at;
    }
    const last = rows.at(-1);
    if (last !== undefined) lastSeq = last.seq;
    if (rows.length < CHUNK) break;
  }
  const cut = checkpoint !== null && checkpoint.seq > lastSeq;
  const trail = await checkTrail(file, checkpoint?.statement ?? null);
  return { events, lastSeq, lastReceivedAt, bad, checkpoint, cut, trail };
}

function judge(row: Row, before: Link): BadEvent['what'] | null {
  if (row.place > before.place + 1) return 'missing';
  const link = nextLink(before, row.received_at, row.form, sha256);
  if (link.place !== row.place || link.hash !== row.hash) return 'changed';
  // The hash vouches for the form, the form for the columns beside it.
  const own = `"${uuidOfBytes(row.id)}","${row.session}","${row.bridge}",`;
  if (!row.form.startsWith(own, row.form.indexOf(',') + 1)) return 'changed';
  // Texts that were erased leave their digests, which nothing is held against.
  if (row.texts === null || row.salt === null) return null;
  try {
    const texts = { salt: row.salt, texts: JSON.parse(row.texts) as Texts };
    return hasDigestsOf(row.form, texts, sha256) ? null : 'text';
  } catch {
    return 'text';
  }
}
