import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import type { EventId, PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { createGate } from '../../server/access/gate.ts';
import { ledgerOf } from '../../server/attendance/ledger.ts';
import { trustIn, verifyFile } from '../../server/cli/evidence.ts';
import { verifyLedger } from '../../server/ledger/verification.ts';
import { signCheckpoint } from '../../server/ledger/commands.ts';
import { exportLedger } from '../../server/ledger/exports.ts';
import type { Context } from '../../server/platform/context.ts';
import { databaseFile, openDatabase } from '../../server/platform/database.ts';
import { openKeys } from '../../server/platform/keys.ts';
import { createLog } from '../../server/platform/log.ts';
import { PAGES } from '../../server/platform/pages.ts';
import { NO_NOTES } from '../../server/platform/trail.ts';
import { count } from './load/figures.ts';
import { eventId } from './load/messages.ts';
import { BRIDGES, nation } from './load/nation.ts';
import { dataOf } from './load/nation-data.ts';

/**
 * What the tamper evidence costs: signing with every chain new and with a few that grew, exporting a nation's ledger, and
 * verifying it out of the file, in the database and with the verifier that stands alone.
 *
 *   npm run bench -- verify          or  node tests/bench/verify.ts 1000000
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000);
const BATCH = 5000;

const country = nation(BRIDGES, BRIDGES);
const data = await dataOf(country);
const database = await openDatabase(databaseFile(data));
try {
  const context: Context = {
    database,
    clock: () => Date.now() as Instant,
    newId: () => eventId(Date.now()),
    keys: openKeys(data),
    log: createLog('warn'),
    actor: null,
    language: 'vi',
    origin: null,
    audit: NO_NOTES,
  };
  const { doors, session } = country;
  const append = (events: readonly AttendanceEvent[]): Promise<unknown> =>
    ledgerOf(database).append(
      events.map((event) => ({ event, receivedAt: Date.now() as Instant, known: false })),
    );
  const anEvent = (number: number, kind: 'arrive' | 'close'): AttendanceEvent => {
    const { bridge, machine } = doors[number % doors.length]!;
    const { device } = machine;
    const now = Date.now() as Instant;
    const common = { id: eventId(now) as EventId, session, bridge, device, at: now, offset: 0 };
    if (kind === 'close') return { ...common, kind };
    return { ...common, kind, person: `p${number}` as PersonId, mode: 'in-person' };
  };

  await timed(`${count(EVENTS)} events into ${count(doors.length)} chains`, async () => {
    for (let from = 0; from < EVENTS; from += BATCH) {
      const length = Math.min(BATCH, EVENTS - from);
      await append(Array.from({ length }, (_, at) => anEvent(from + at, 'arrive')));
    }
  });
  await timed('first checkpoint, every chain read and hashed', () => signCheckpoint(context));
  for (const some of [1, 100, BATCH]) {
    await append(Array.from({ length: some }, (_, at) => anEvent(at * 3, 'arrive')));
    await timed(`next checkpoint, ${count(some)} chains grown`, () => signCheckpoint(context));
  }
  for (let from = 0; from < doors.length; from += BATCH) {
    const length = Math.min(BATCH, doors.length - from);
    await append(Array.from({ length }, (_, at) => anEvent(from + at, 'close')));
  }
  await timed('checkpoint that closes every bridge, their proofs kept', () => signCheckpoint(context));

  const operator = createGate().operator(context);
  const conference = await operator.conference(country.conference);
  const top = await operator.bridge(country.conference, doors[0]!.bridge);
  if (!conference.ok || !top.ok) throw new Error('no conference');
  const file = join(data, 'export.ndjson');
  await timed('export of all of it', async () => {
    const asked = { under: [], texts: true };
    const exported = await exportLedger(context, conference.value, top.value, session, asked);
    if (!exported.ok) throw new Error(exported.reason);
    await exported.value.write(createWriteStream(file), new AbortController().signal);
  });
  console.log(`  the file has ${count(Math.round((await stat(file)).size / 1e6))} MB`);

  await timed('verifying the file', async () => {
    const verdict = verifyFile(file, trustIn(context.keys.ledger.publicKey)!);
    if (!verdict.ok || !('closed' in verdict && verdict.closed))
      throw new Error(JSON.stringify(verdict).slice(0, 500));
  });
  await timed('verifying the database', async () => {
    const { finding } = await verifyLedger(context, { checkpoints: [], heads: [] });
    if (finding !== null) throw new Error(JSON.stringify(finding));
  });
  const alone = join(PAGES, 'verify.mjs');
  if (existsSync(alone)) {
    await timed('the verifier that stands alone, with its start', async () => {
      const { stdout, status } = spawnSync(process.execPath, [alone, file, context.keys.ledger.publicKey]);
      if (status !== 0) throw new Error(stdout.toString());
    });
  }
  console.log(`  ${count(Math.round(process.memoryUsage().rss / 1e6))} MB of memory at the end`);
} finally {
  await database.close();
  await rm(data, { recursive: true, force: true });
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  console.log(`  ${took < 1000 ? `${Math.round(took)} ms` : `${(took / 1000).toFixed(1)} s`}  ${what}`);
}
