/*
 * How fast a roster of 100,000 people is imported, and how much memory it takes: from the bytes of a CSV and of an XLSX
 * to the preview, and on to everybody written into SQLite. Each step runs in a process of its own, so that its peak of
 * memory is its own. Beside it, in the same run, the bare readers that others would use (csv-parse, hucre), which only
 * take the cells apart: the yardstick that the machine's mood cannot bend.
 *
 *   npm run bench -- people-import       PEOPLE=20000 for fewer
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { readXlsx } from 'hucre/xlsx';

import { ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { sampleRoster, type RosterRow } from '../../fixtures/sample/roster.ts';
import { provinceUnits } from '../../fixtures/sample/units.ts';
import { writeWorkbook } from '../../server/documents/xlsx.ts';
import { confirmPeople, previewPeople } from '../../server/people/import-commands.ts';
import { openDatabase } from '../../server/platform/database.ts';
import { uuidv7Maker } from '../../server/platform/ids.ts';
import { openKeys } from '../../server/platform/keys.ts';
import { createLog } from '../../server/platform/log.ts';
import { NO_NOTES } from '../../server/platform/trail.ts';
import { operatorOf } from '../server/operator.ts';
import { addBridge, addConference } from '../server/rows.ts';

const PEOPLE = Number(process.env['PEOPLE'] ?? 100_000);
const ROUNDS = 3;

type Kind = 'csv' | 'xlsx';

const clock = (): Instant => Date.now() as Instant;

/** What one step took, in its own process. */
interface Measured {
  readonly rows: number;
  readonly seconds: number;
  /** Of `seconds`, in the order of the step's parts. */
  readonly parts: readonly number[];
  readonly peakMemoryMB: number;
  /** Of all threads together: what others do on the machine counts less here than in `seconds`. */
  readonly processorSeconds: number;
  /** The longest that everything else of the process had to wait. */
  readonly heldUpMs: number;
}

/** People of as many provinces as it takes, each with a card of their own. */
function rosterOf(count: number): RosterRow[] {
  const units = provinceUnits();
  const rows: RosterRow[] = [];
  for (let seed = 1; rows.length < count; seed += 1) rows.push(...sampleRoster(units, seed));
  return rows.slice(0, count).map((row, at) => ({ ...row, 'Số thẻ': `SC${String(at).padStart(7, '0')}` }));
}

async function barely(kind: Kind, bytes: Uint8Array): Promise<number> {
  if (kind === 'xlsx') return ((await readXlsx(bytes)).sheets[0]?.rows.length ?? 1) - 1;
  let rows = -1;
  const parser = parse({ bom: true });
  parser.end(Buffer.from(bytes));
  for await (const _ of parser) rows += 1;
  return rows;
}

async function imported(kind: Kind, bytes: Uint8Array): Promise<{ rows: number; parts: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
  const database = await openDatabase(join(folder, 'bench.sqlite'));
  try {
    const newId = uuidv7Maker(clock);
    const context = {
      database,
      clock,
      newId,
      keys: openKeys(folder),
      log: createLog('silent'),
      actor: null,
      language: 'vi',
      origin: null,
      audit: NO_NOTES,
    } as const;
    const conference = ConferenceId.parse('hoi-nghi');
    await addConference(database.write, conference);
    await addBridge(database.write, conference, 'cau' as never, null);
    const { conference: scope } = await operatorOf(context, conference, 'cau' as never);

    const start = performance.now();
    const read = await previewPeople(context, scope, { fileName: `dai-bieu.${kind}`, bytes });
    if (!read.ok) throw new Error(read.reason);
    const preview = read.value;
    const shown = performance.now();
    if (preview.errorCount > 0) throw new Error(JSON.stringify(preview.errors[0]));
    const confirmed = await confirmPeople(context, scope, preview.id);
    if (!confirmed.ok) throw new Error(confirmed.reason);
    const parts = [shown - start, performance.now() - shown].map((ms) => ms / 1000);
    return { rows: confirmed.value.total, parts };
  } finally {
    await database.close();
    await rm(folder, { recursive: true });
  }
}

/** One step, as its own process prints it. */
async function step(name: string, file: string): Promise<void> {
  const kind: Kind = file.endsWith('.csv') ? 'csv' : 'xlsx';
  const bytes = new Uint8Array(await readFile(file));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  const done =
    name === 'barely' ? { rows: await barely(kind, bytes), parts: [] } : await imported(kind, bytes);
  const whole = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const measurement: Measured = {
    ...done,
    seconds: done.parts.length > 0 ? done.parts.reduce((sum, part) => sum + part) : whole,
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
    processorSeconds: (user + system) / 1e6,
    heldUpMs: Math.round(delay.max / 1e6),
  };
  console.log(JSON.stringify(measurement));
}

/** The step of the middle among some rounds: the machine's other work only ever adds. */
function measured(name: string, file: string): Measured {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const { stdout, status, stderr } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), name, file],
      {
        encoding: 'utf8',
      },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Measured;
  });
  return rounds.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(ROUNDS / 2)] as Measured;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
  try {
    const rows = rosterOf(PEOPLE);
    const header = Object.keys(rows[0] ?? {});
    const files: Record<Kind, string> = {
      csv: join(folder, 'dai-bieu.csv'),
      xlsx: join(folder, 'dai-bieu.xlsx'),
    };
    await writeFile(files.csv, stringify(rows, { header: true, bom: true }));
    const cells = rows.map((row) => Object.values<string>({ ...row }));
    await writeWorkbook(
      [{ name: 'Danh sách', columns: header.map((name) => ({ header: name })), rows: cells }],
      createWriteStream(files.xlsx),
    );
    const result: Record<string, number> = { people: PEOPLE, columns: header.length };
    for (const kind of ['csv', 'xlsx'] as const) {
      const { size } = await stat(files[kind]);
      const bare = measured('barely', files[kind]);
      const whole = measured('import', files[kind]);
      if (bare.rows !== PEOPLE || whole.rows !== PEOPLE) throw new Error(`${bare.rows}, ${whole.rows} rows`);
      const [preview = 0, confirm = 0] = whole.parts;
      const perSecond = (seconds: number): number => Math.round(PEOPLE / seconds);
      console.log(
        `${kind.toUpperCase()}, ${PEOPLE.toLocaleString('en')} people, ${(size / 1e6).toFixed(1)} MB:`,
        `\n  read and checked   ${perSecond(preview).toLocaleString('en')} rows/s (${preview.toFixed(2)} s)`,
        `\n  written            ${perSecond(confirm).toLocaleString('en')} rows/s (${confirm.toFixed(2)} s)`,
        `\n  the whole import   ${perSecond(whole.seconds).toLocaleString('en')} rows/s, ${whole.processorSeconds.toFixed(1)} s of processor time, peak memory ${whole.peakMemoryMB} MB, others waited ${whole.heldUpMs} ms at most`,
        `\n  ${kind === 'csv' ? 'csv-parse' : 'hucre'} alone     ${perSecond(bare.seconds).toLocaleString('en')} rows/s, peak memory ${bare.peakMemoryMB} MB`,
      );
      Object.assign(result, {
        [`${kind}InputBytes`]: size,
        [`${kind}PreviewRowsPerSecond`]: perSecond(preview),
        [`${kind}ConfirmRowsPerSecond`]: perSecond(confirm),
        [`${kind}ImportRowsPerSecond`]: perSecond(whole.seconds),
        [`${kind}ImportPeakMemoryMB`]: whole.peakMemoryMB,
        [`${kind}ImportProcessorSeconds`]: Number(whole.processorSeconds.toFixed(2)),
        [`${kind}ImportHeldUpMs`]: whole.heldUpMs,
        [`${kind}BareReaderProcessorSeconds`]: Number(bare.processorSeconds.toFixed(2)),
        [`${kind}BareReaderRowsPerSecond`]: perSecond(bare.seconds),
        [`${kind}BareReaderPeakMemoryMB`]: bare.peakMemoryMB,
      });
    }
    console.log(JSON.stringify({ bench: 'people-import', ...result }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [name, file] = process.argv.slice(2);
if (name !== undefined && file !== undefined) await step(name, file);
else await main();
