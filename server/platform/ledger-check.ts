import type { SaltedTexts, Texts } from '../../domain/ledger/form.ts';
import {
  faultIn,
  followChain,
  type FollowedChain,
  type StoredFault,
} from '../../domain/ledger/stored-event.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
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
  readonly what: StoredFault;
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
  readonly id: string;
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
 * A million events take about ten seconds: not to be done where anybody waits. What it asks of each event is what `verifyLedger` asks;
 * but it needs nothing beside the file, which may be a copy without its keys, of an earlier form, or damaged: so it goes on to the end, and
 * leaves signatures, roots and proofs to that one.
 */
export async function checkLedger(file: SqliteFile): Promise<LedgerFindings> {
  const [checkpoint = null] = await file.all<CheckpointRow>(
    'select number, seq, at, statement, signature from checkpoint order by number desc limit 1',
  );
  const chains = new Map<string, FollowedChain>();
  let events = 0;
  let lastSeq = 0;
  let lastReceivedAt: Instant | null = null;
  let bad: BadEvent | null = null;
  for (;;) {
    const rows = await file.all<Row>(
      `select e.seq, lower(hex(e.id)) as id, e.session, e.bridge, e.received_at, e.place, lower(hex(e.hash)) as hash, e.form, t.salt, t.texts
       from attendance_event e left join attendance_text t on t.seq = e.seq
       where e.seq > ? order by e.seq limit ${CHUNK}`,
      lastSeq,
    );
    for (const row of rows) {
      const name = `${row.session} ${row.bridge}`;
      const chain = chains.get(name) ?? followChain(row.session, row.bridge, sha256);
      chains.set(name, chain);
      const what: StoredFault | null = bad === null ? judge(row, chain) : null;
      if (what !== null) {
        const { seq, session, bridge, place, received_at: receivedAt } = row;
        bad = { seq, session, bridge, place, receivedAt, what };
      }
      chain.link = { place: row.place, hash: row.hash };
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

function judge(row: Row, chain: FollowedChain): StoredFault | null {
  const event = { ...row, receivedAt: row.received_at };
  const texts = textsOf(row);
  return texts === 'unreadable'
    ? (faultIn({ ...event, texts: null }, chain, sha256) ?? 'text')
    : faultIn({ ...event, texts }, chain, sha256);
}

function textsOf({ salt, texts }: Row): SaltedTexts | null | 'unreadable' {
  if (salt === null || texts === null) return null;
  try {
    return { salt, texts: JSON.parse(texts) as Texts };
  } catch {
    return 'unreadable';
  }
}
