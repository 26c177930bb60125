import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { verifyAuditExport } from '../../domain/audit/verify.ts';
import { AccountId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { exportTrail } from '../../server/audit/exports.ts';
import { listEntries, type Part } from '../../server/audit/queries.ts';
import { trailOf } from '../../server/audit/trail.ts';
import { verifyTrail } from '../../server/audit/verification.ts';
import { createGate } from '../../server/access/gate.ts';
import type { Context } from '../../server/platform/context.ts';
import { databaseFile, openDatabase } from '../../server/platform/database.ts';
import { uuidv7Maker } from '../../server/platform/ids.ts';
import { openKeys } from '../../server/platform/keys.ts';
import { createLog } from '../../server/platform/log.ts';
import { signatureCheck } from '../../server/platform/signatures.ts';
import { audited, NO_NOTES } from '../../server/platform/trail.ts';
import { PassThrough } from 'node:stream';

/**
 * What the audit trail costs: as many looks at once as there are doors, a trail of a million entries looked through, exported
 * and verified.
 *
 *   npm run bench -- audit          or  node tests/bench/audit.ts 1000000
 */
const DOORS = 15_345;
const ENTRIES = Number(process.argv[2] ?? 300_000);

const folder = await mkdtemp(join(tmpdir(), 'nhipcau-bench-audit-'));
const database = await openDatabase(databaseFile(folder));
const clock = (): Instant => Date.now() as Instant;
const newId = uuidv7Maker(clock);
const count = (number: number): string => Math.round(number).toLocaleString('en-GB');
const conference = newId();

function contextOf(door: number): Context {
  const account = AccountId.parse(`00000000-0000-7000-8000-${String(door).padStart(12, '0')}`);
  return {
    database,
    clock,
    newId,
    keys: openKeys(folder),
    log: createLog('warn'),
    actor: { account, name: `Nguyễn Văn Thử ${door}` },
    language: 'vi',
    origin: { address: `10.0.${door % 250}.${door % 240}`, agent: 'Mozilla/5.0 (Windows NT 6.1) Chrome/109' },
    audit: NO_NOTES,
  };
}

const base = contextOf(0);
const trail = trailOf(database);

/** Every door opens its list at the same moment; the answers of all wait for their entries. */
async function everyDoorLooks(): Promise<number[]> {
  const waits: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: DOORS }, async (_, door) => {
      const on = [
        ['conference', conference],
        ['bridge', `cau-${door}`],
        ['session', 'buoi-1'],
      ] as const;
      const look = { act: 'door', kind: 'look', on, filter: { device: `may-${door}` } } as const;
      const context = { ...base, actor: { account: `d-${door}` as AccountId, name: `Người Thử ${door}` } };
      await audited(trail, context, look, async () => null);
      waits.push(performance.now() - start);
    }),
  );
  return waits.toSorted((a, b) => a - b);
}

try {
  console.log(`${count(DOORS)} looks at once, one entry each`);
  for (let round = 1; round <= 3; round++) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const waits = await everyDoorLooks();
    delay.disable();
    const at = (share: number): string => count(waits[Math.floor((waits.length - 1) * share)] ?? 0);
    const rate = DOORS / ((waits.at(-1) ?? 1) / 1000);
    console.log(
      `  p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, last ${at(1)} ms: ${count(rate)} a second; ` +
        `the loop stood still for ${count(delay.max / 1e6)} ms at most`,
    );
  }
  while ((await size()) < ENTRIES) await everyDoorLooks();
  const operator = createGate().operator(base);
  const part: Part = { of: 'installation', scope: operator.installation };
  console.log(`a trail of ${count(await size())} entries`);
  await timed('its newest page', () => listEntries(base, part, {}, Number.MAX_SAFE_INTEGER, 50));
  await timed('the trail of one bridge', () =>
    listEntries(base, part, { object: 'bridge cau-77' }, Number.MAX_SAFE_INTEGER, 50),
  );
  await timed('what one person did', () =>
    listEntries(base, part, { who: 'd-77' }, Number.MAX_SAFE_INTEGER, 50),
  );
  await timed('verifying the database', async () => {
    const { finding } = await verifyTrail(base);
    if (finding !== null) throw new Error(JSON.stringify(finding));
  });
  const document = await exportTrail(base, part, {}, 'trail', 'bench');
  let text = '';
  await timed('exporting all of it', async () => {
    const out = new PassThrough();
    out.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await document.write(out, new AbortController().signal);
  });
  console.log(`  the file has ${count(text.length / 1e6)} MB`);
  const isSigned = signatureCheck(base.keys.ledger.publicKey)!;
  await timed('verifying the file', async () => {
    const { sha256 } = await import('../../server/platform/keys.ts');
    const options = { hash: sha256, key: base.keys.ledger.publicKey, isSigned };
    const verdict = verifyAuditExport(text.split('\n'), options);
    if (!verdict.ok) throw new Error(JSON.stringify(verdict.finding));
  });
} finally {
  await database.close();
  await rm(folder, { recursive: true, force: true });
}

async function size(): Promise<number> {
  const row = await database.read('audit_entry').max<{ last: number | null }>({ last: 'place' }).first();
  return row?.last ?? 0;
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  console.log(`  ${what}: ${count(performance.now() - start)} ms`);
}
