import { cp, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { firstLink, nextLink, type Link } from '../../domain/ledger/chain.ts';
import { digestTexts, isSameEvent, ledgerForm, readForm, type Texts } from '../../domain/ledger/form.ts';
import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import type { BridgeId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { Journal } from './crowd.ts';

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

interface Kept extends Link {
  readonly receivedAt: Instant;
  readonly form: string;
  readonly texts: Texts | null;
}

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The ledger as an eye beside the program sees it: it reads the file and nothing else. */
export interface Witness {
  /**
   * Reads what is new in a database file, and everything wrong with it: a hash that does not follow from the one before,
   * a place left out, a text that is not the one of its digest, an id twice.
   */
  look(file: string): string[];
  /** What a machine remembers and the ledger does not say, and what the ledger has that nobody sent. */
  compare(journals: readonly Journal[]): string[];
  /** Who attended by a plain count: people with an arrival that is not undone, and walk-ins. */
  attended(): number;
  readonly events: number;
  has(id: string): boolean;
}

export function witness(): Witness {
  const heads = new Map<string, Link>();
  const kept = new Map<string, Kept>();
  let last = 0;

  return {
    look(file) {
      const faults: string[] = [];
      const database = new DatabaseSync(file);
      try {
        database.exec('pragma busy_timeout = 5000');
        const before = database
          .prepare('select count(*) as n from attendance_event where seq <= ?')
          .get(last);
        if (before?.['n'] !== kept.size)
          faults.push(`${String(before?.['n'])} of ${kept.size} events are left`);
        const rows = database
          .prepare(
            `select e.seq, lower(hex(e.id)) as id, e.session, e.bridge, e.received_at, e.place, lower(hex(e.hash)) as hash,
                    e.form, t.salt, t.texts
             from attendance_event e left join attendance_text t on t.seq = e.seq where e.seq > ? order by e.seq`,
          )
          .iterate(last) as Iterable<object> as Iterable<Row>;
        for (const row of rows) {
          if (row.seq !== last + 1) faults.push(`${row.seq} follows ${last}`);
          last = row.seq;
          faults.push(...read(row));
        }
      } finally {
        database.close();
      }
      return faults;
    },
    compare: (journals) => journals.flatMap((journal) => compareWith(journal)).concat(strangers(journals)),
    attended() {
      const all = [...kept.values()].map(({ form, texts }) => readForm(form, texts));
      const undone = new Set<string>(all.flatMap((event) => (event.kind === 'void' ? [event.target] : [])));
      const people = new Set(
        all.flatMap((event): string[] => {
          if (undone.has(event.id)) return [];
          return event.kind === 'arrive' ? [event.person] : event.kind === 'walk-in' ? [event.id] : [];
        }),
      );
      return people.size;
    },
    has: (id) => kept.has(id),
    get events() {
      return kept.size;
    },
  };

  function read(row: Row): string[] {
    const faults: string[] = [];
    const chain = `${row.session} ${row.bridge}`;
    const before = heads.get(chain) ?? firstLink(row.session, row.bridge, sha256);
    const link = nextLink(before, row.received_at, row.form, sha256);
    if (link.place !== row.place) faults.push(`${row.seq} stands at ${row.place}, not ${link.place}`);
    if (link.hash !== row.hash) faults.push(`${row.seq} has another hash than its chain`);
    heads.set(chain, { place: row.place, hash: row.hash });
    const texts = row.texts === null ? null : (JSON.parse(row.texts) as Texts);
    const event = readForm(row.form, texts);
    const digests = texts === null ? null : digestTexts(texts, row.salt ?? '', sha256);
    if (ledgerForm(event, digests) !== row.form) faults.push(`${row.seq} has texts that are not its own`);
    const { id } = event;
    if (id.replaceAll('-', '') !== row.id) faults.push(`${row.seq} stands under another id than its own`);
    if (kept.has(id)) faults.push(`${id} is there twice`);
    kept.set(id, { place: row.place, hash: row.hash, receivedAt: row.received_at, form: row.form, texts });
    return faults;
  }

  function compareWith(journal: Journal): string[] {
    const faults = journal.complaints.map((complaint) => `${journal.device}: ${complaint}`);
    for (const [id, receipt] of journal.acknowledged) {
      const found = kept.get(id);
      if (found === undefined) {
        faults.push(`${journal.device}: ${id} was acknowledged and is not there`);
        continue;
      }
      const { place, hash: head, receivedAt, form, texts } = found;
      if (place !== receipt.place || head !== receipt.hash || receivedAt !== receipt.receivedAt) {
        faults.push(`${journal.device}: ${id} stands elsewhere than its receipt says`);
      }
      if (!isSameEvent(journal.sent.get(id) as AttendanceEvent, form, texts)) {
        faults.push(`${journal.device}: ${id} is not what was sent`);
      }
    }
    return faults;
  }

  function strangers(journals: readonly Journal[]): string[] {
    return [...kept.keys()]
      .filter((id) => !journals.some(({ sent }) => sent.has(id)))
      .map((id) => `${id} was sent by nobody`);
  }
}

/**
 * Works on a copy of the database files of a program that is gone: to open the file itself would mend it, and the next start
 * would have nothing to do.
 */
export async function onCopy<Value>(data: string, work: (file: string) => Value): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-witness-'));
  try {
    const file = join(folder, 'nhipcau.sqlite');
    for (const end of ['', '-wal']) {
      const from = join(data, `nhipcau.sqlite${end}`);
      if (existsSync(from)) await cp(from, file + end);
    }
    return work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
