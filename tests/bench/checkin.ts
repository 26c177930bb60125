/*
 * Check-ins a second, from a message on a socket to its acknowledgement after the commit. Program, bare server and clients are
 * processes of their own; the ledger is on disk; everything is on: authentication, validation, idempotency, hash chain,
 * tallies, flags.
 * - closed: each client sends the next as soon as one is answered, against bare socket.io that answers the same messages of
 *   the same clients with as many bytes, round by round in the same run;
 * - sustained: the same for a minute, the last five seconds against the first five;
 * - open: 5,000 a second over 15,345 lines, come what may, while control screens watch.
 *
 *   npm run bench:checkin                              npm run bench:checkin -- --only closed --clients 1000 --rounds 7
 */
import { parseArgs } from 'node:util';

import { at, count, median, round, sorted } from './load/figures.ts';
import type { To } from './load/held.ts';
import type { Answered } from './load/loops.ts';
import { BRIDGES, nation, PEOPLE } from './load/nation.ts';
import { delays, openScreens, placesOnScreens, watchedNodes } from './load/screens.ts';
import { onStage, type Stage } from './load/stage.ts';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    clients: { type: 'string', default: '1000' },
    people: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    lasts: { type: 'string' },
    rate: { type: 'string', default: '5000' },
    lines: { type: 'string' },
    processes: { type: 'string', default: '1' },
    flags: { type: 'string', multiple: true, default: [] },
  },
});
const CLIENTS = Number(flags.clients);
const CHECKED_IN = Number(flags.people ?? (flags.short ? 100_000 : PEOPLE));
const ROUNDS = Number(flags.rounds);
const ROUND_MS = Number(flags.lasts ?? (flags.short ? 1000 : 3000));
const WARM_UP_MS = 1000;
const SLICE_MS = 5000;
const SLICES = flags.short ? 2 : 12;
const PER_SECOND = Number(flags.rate);
const LINES = Number(flags.lines ?? (flags.short ? 3000 : BRIDGES));
const OPEN_MS = flags.short ? 5000 : 30_000;
const PROVINCES_WATCHED = 5;
/** The last figures are on their way for at most so long. */
const LAST_FIGURES_MS = 2500;

const setting = { processes: Number(flags.processes), flags: flags.flags };
const figures: Record<string, number> = {};
if (flags.only === undefined || flags.only === 'closed') await closed();
if (flags.only === undefined || flags.only === 'sustained') await sustained();
if (flags.only === undefined || flags.only === 'open') await open();
console.log(
  JSON.stringify({
    bench: 'checkin',
    clients: CLIENTS,
    people: CHECKED_IN,
    rounds: ROUNDS,
    roundMs: ROUND_MS,
    ...figures,
  }),
);

/** One measurement: what was answered in its time, and what the server used for it. */
interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly processorUsEach: number;
  /** The same of the load. */
  readonly loadUsEach: number;
  readonly commitsPerSecond: number;
  readonly eventsPerCommit: number;
}

async function loop({ servers, crowd }: Stage, to: To, inFlight: number, lastsMs: number): Promise<Round> {
  const before = await servers[to].tell();
  const answered = await crowd.order('closedLoop', { to, inFlight, lastsMs });
  const after = await servers[to].tell();
  return roundOf(answered, lastsMs, after.processorMs - before.processorMs, after.commits - before.commits);
}

function roundOf(
  answered: readonly Answered[],
  lastsMs: number,
  processorMs: number,
  commits: number,
): Round {
  const latencies = sorted(answered.map(({ latenciesMs }) => latenciesMs));
  return {
    perSecond: (1000 * latencies.length) / lastsMs,
    p50Ms: at(0.5, latencies),
    p99Ms: at(0.99, latencies),
    processorUsEach: (1000 * processorMs) / latencies.length,
    loadUsEach: (1000 * answered.reduce((sum, one) => sum + one.processorMs, 0)) / latencies.length,
    commitsPerSecond: (1000 * commits) / lastsMs,
    eventsPerCommit: latencies.length / commits,
  };
}

async function closed(): Promise<void> {
  await onStage(nation(CLIENTS, CHECKED_IN), setting, async (stage) => {
    await openLines(stage, ['bare', 'program'], CLIENTS);
    for (const inFlight of [1, 8]) {
      const rounds: Record<To, Round[]> = { program: [], bare: [] };
      for (const to of ['bare', 'program'] as const) await loop(stage, to, inFlight, WARM_UP_MS);
      for (let turn = 0; turn < ROUNDS; turn++) {
        for (const to of ['bare', 'program'] as const)
          rounds[to].push(await loop(stage, to, inFlight, ROUND_MS));
      }
      report(inFlight, rounds);
    }
  });
}

function report(inFlight: number, rounds: Readonly<Record<To, readonly Round[]>>): void {
  const middle = (to: To, figure: keyof Round): number => median(rounds[to].map((one) => one[figure]));
  const ratio = median(rounds.program.map((one, turn) => one.perSecond / rounds.bare[turn]!.perSecond));
  const timesP99 = middle('program', 'p99Ms') / middle('bare', 'p99Ms');
  console.log(
    `\n${count(CLIENTS)} clients, ${inFlight} in flight at each, median of ${ROUNDS} rounds of ${ROUND_MS} ms`,
  );
  const name = `inFlight${inFlight}`;
  for (const to of ['program', 'bare'] as const) {
    const [perSecond, p50Ms, p99Ms, usEach, loadUsEach] = (
      ['perSecond', 'p50Ms', 'p99Ms', 'processorUsEach', 'loadUsEach'] as const
    ).map((figure) => middle(to, figure)) as [number, number, number, number, number];
    console.log(
      `  ${to.padEnd(8)} ${count(perSecond).padStart(8)}/s   p50 ${p50Ms.toFixed(1)} ms   p99 ${p99Ms.toFixed(1)} ms   ${usEach.toFixed(1)} µs of processors each, the load beside it ${loadUsEach.toFixed(1)}`,
    );
    const whose = `${name}${to === 'bare' ? 'Bare' : ''}`;
    figures[`${whose}PerSecond`] = round(perSecond);
    figures[`${whose}P50Ms`] = round(p50Ms, 1);
    figures[`${whose}P99Ms`] = round(p99Ms, 1);
    figures[`${whose}ProcessorUsEach`] = round(usEach, 1);
    figures[`${whose}LoadUsEach`] = round(loadUsEach, 1);
  }
  console.log(
    `  ratio ${ratio.toFixed(2)}   p99 ${timesP99.toFixed(2)} times   ${count(middle('program', 'commitsPerSecond'))} commits/s of ${middle('program', 'eventsPerCommit').toFixed(0)} events`,
  );
  figures[`${name}Ratio`] = round(ratio, 3);
  figures[`${name}P99Times`] = round(timesP99, 2);
  figures[`${name}CommitsPerSecond`] = round(middle('program', 'commitsPerSecond'));
  figures[`${name}EventsPerCommit`] = round(middle('program', 'eventsPerCommit'), 1);
}

async function sustained(): Promise<void> {
  await onStage(nation(CLIENTS, CHECKED_IN), setting, async (stage) => {
    await openLines(stage, ['program'], CLIENTS);
    await loop(stage, 'program', 1, WARM_UP_MS);
    console.log(
      `\n${count(CLIENTS)} clients, 1 in flight at each, ${(SLICES * SLICE_MS) / 1000} seconds on end`,
    );
    const slices: Round[] = [];
    for (let slice = 0; slice < SLICES; slice++) {
      const one = await loop(stage, 'program', 1, SLICE_MS);
      slices.push(one);
      console.log(
        `  after ${String((slice * SLICE_MS) / 1000).padStart(2)} s ${count(one.perSecond).padStart(8)}/s   p99 ${one.p99Ms.toFixed(1)} ms   ${one.processorUsEach.toFixed(1)} µs of processors each`,
      );
    }
    const [first, last] = [slices[0]!, slices.at(-1)!];
    console.log(`  last five seconds against the first ${(last.perSecond / first.perSecond).toFixed(2)}`);
    figures['sustainedSeconds'] = (SLICES * SLICE_MS) / 1000;
    figures['sustainedFirst5sPerSecond'] = round(first.perSecond);
    figures['sustainedLast5sPerSecond'] = round(last.perSecond);
    figures['sustainedRatio'] = round(last.perSecond / first.perSecond, 3);
    figures['sustainedFirst5sProcessorUsEach'] = round(first.processorUsEach, 1);
    figures['sustainedLast5sProcessorUsEach'] = round(last.processorUsEach, 1);
  });
}

async function open(): Promise<void> {
  const country = nation(LINES, Math.round((PEOPLE * LINES) / BRIDGES));
  const nodes = watchedNodes(country, PROVINCES_WATCHED);
  const onScreens = placesOnScreens(country, nodes);
  const processes = Math.max(2, setting.processes);
  await onStage(country, { ...setting, processes, onScreens }, async ({ servers, crowd, ...stage }) => {
    await openLines({ servers, crowd, ...stage }, ['bare', 'program'], LINES);
    const screens = await openScreens(country, servers.program.url, nodes);
    const share = { perSecond: PER_SECOND / processes, lastsMs: OPEN_MS };
    // The bare server last: its load would use up the arrivals that the screens count.
    const before = await servers.program.tell();
    const program = roundOf(await crowd.order('openLoop', { to: 'program', ...share }), OPEN_MS, 0, 0);
    const after = await servers.program.tell();
    await new Promise((resolve) => void setTimeout(resolve, LAST_FIGURES_MS));
    const acknowledged = new Map((await crowd.order('acknowledged', null)).flatMap((own) => [...own]));
    const { delaysMs, missing } = delays(acknowledged, screens.shown());
    const { messages } = screens.shown();
    screens.close();
    const bare = roundOf(await crowd.order('openLoop', { to: 'bare', ...share }), OPEN_MS, 0, 0);
    const busy = (after.processorMs - before.processorMs) / OPEN_MS;
    console.log(
      [
        `\n${count(PER_SECOND)} check-ins/s for ${OPEN_MS / 1000} s over ${count(LINES)} lines, ${nodes.length} control screens (${count(messages)} messages to them)`,
        `  program  p50 ${program.p50Ms.toFixed(1)} ms   p99 ${program.p99Ms.toFixed(1)} ms   ${busy.toFixed(2)} processors busy`,
        `  bare     p50 ${bare.p50Ms.toFixed(1)} ms   p99 ${bare.p99Ms.toFixed(1)} ms`,
        `  screens  ${count(delaysMs.length)} check-ins followed: median ${at(0.5, delaysMs).toFixed(0)} ms behind their acknowledgement, worst ${at(1, delaysMs).toFixed(0)} ms, ${missing} never shown`,
      ].join('\n'),
    );
    figures['openLines'] = LINES;
    figures['openPerSecond'] = PER_SECOND;
    figures['openP50Ms'] = round(program.p50Ms, 1);
    figures['openP99Ms'] = round(program.p99Ms, 1);
    figures['openBareP50Ms'] = round(bare.p50Ms, 1);
    figures['openBareP99Ms'] = round(bare.p99Ms, 1);
    figures['openProcessorsBusy'] = round(busy, 2);
    figures['openScreenDelayMedianMs'] = round(at(0.5, delaysMs));
    figures['openScreenDelayWorstMs'] = round(at(1, delaysMs));
    figures['openScreenMissing'] = missing;
  });
}

async function openLines({ servers, crowd }: Stage, to: readonly To[], lines: number): Promise<void> {
  for (const one of to) {
    const opened = await crowd.order('open', { to: one, url: servers[one].url, watch: false });
    const took = Math.max(...opened.map(({ openMs }) => openMs));
    console.log(`${count(lines)} lines to the ${one} server open in ${(took / 1000).toFixed(1)} s`);
  }
}
