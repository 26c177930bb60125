import type { Knex } from 'knex';

import type { AccountId, BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { LineMeasures } from '../../domain/media/line-test.ts';
import type { Instant } from '../../domain/time.ts';

/** One test of a bridge's line. */
export interface StoredTest {
  readonly id: string;
  readonly bridge: BridgeId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly seconds: number;
  readonly measures: LineMeasures;
}

interface TestRow {
  readonly id: string;
  readonly bridge: BridgeId;
  readonly at: Instant;
  readonly by: AccountId | null;
  readonly seconds: number;
  readonly up_kbps: number | null;
  readonly down_kbps: number | null;
  readonly loss: number | null;
  readonly jitter_ms: number | null;
  readonly delay_ms: number | null;
  readonly camera: number | null;
  readonly sound: number | null;
}

const COLUMNS = [
  'id',
  'bridge',
  'by',
  'seconds',
  'up_kbps',
  'down_kbps',
  'loss',
  'jitter_ms',
  'delay_ms',
  'camera',
  'sound',
] satisfies (keyof TestRow)[];

const truth = (value: number | null): boolean | null => (value === null ? null : value === 1);

function testOf({ id, bridge, at, by, seconds, ...row }: TestRow): StoredTest {
  const measures: LineMeasures = {
    upKbps: row.up_kbps,
    downKbps: row.down_kbps,
    loss: row.loss,
    jitterMs: row.jitter_ms,
    delayMs: row.delay_ms,
    camera: truth(row.camera),
    sound: truth(row.sound),
  };
  return { id, bridge, at, by, seconds, measures };
}

/** A bridge's tests before these are forgotten. */
export const KEPT_TESTS = 100;

/** Adds a test, and forgets the oldest of the bridge. A unique violation says that its id is there. */
export async function insertTest(db: Knex, conference: ConferenceId, test: StoredTest): Promise<void> {
  const { id, bridge, at, by, seconds, measures } = test;
  await db('line_test').insert({
    id,
    conference,
    bridge,
    at,
    by,
    seconds,
    up_kbps: measures.upKbps,
    down_kbps: measures.downKbps,
    loss: measures.loss,
    jitter_ms: measures.jitterMs,
    delay_ms: measures.delayMs,
    camera: measures.camera,
    sound: measures.sound,
  });
  const kept = db('line_test').where({ conference, bridge }).orderBy(NEWEST).limit(KEPT_TESTS).select('id');
  await db('line_test').where({ conference, bridge }).whereNotIn('id', kept).delete();
}

const NEWEST = [
  { column: 'at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

/** The tests of a bridge, newest first. */
export async function readTests(db: Knex, conference: ConferenceId, bridge: BridgeId): Promise<StoredTest[]> {
  const rows = await db('line_test')
    .where({ conference, bridge })
    .orderBy(NEWEST)
    .select<TestRow[]>([...COLUMNS, 'at']);
  return rows.map(testOf);
}

/** One test by its id, whichever bridge it is of. */
export async function readTest(db: Knex, id: string): Promise<StoredTest | null> {
  const row = await db('line_test')
    .where({ id })
    .first<TestRow | undefined>([...COLUMNS, 'at']);
  return row === undefined ? null : testOf(row);
}

/** The last test of each bridge that has tested, or of one of them. SQLite takes the other columns from the row of `max(at)`. */
export async function readLastTests(
  db: Knex,
  conference: ConferenceId,
  bridge?: BridgeId,
): Promise<StoredTest[]> {
  const rows = await db('line_test')
    .where({ conference, ...(bridge !== undefined && { bridge }) })
    .groupBy('bridge')
    .max('at as at')
    .select<TestRow[]>(COLUMNS);
  return rows.map(testOf);
}
