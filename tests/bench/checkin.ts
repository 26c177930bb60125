/*
 * Check-ins a second, from a message on a socket to its acknowledgement after the commit, against bare socket.io that answers
 * the same messages of the same clients with as many bytes, round by round in the same run. Program, bare server and clients
 * are processes of their own; the ledger is on disk; everything is on.
 *
 *   npm run bench:checkin                              npm run bench:checkin -- --only closed --clients 1000 --rounds 7
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { at, count, median, round, sorted } from './load/figures.ts';
import { cookieOf } from './load/cookies.ts';
import { openLine } from './load/line.ts';
import { personEvent, recordBody } from './load/messages.ts';
import { nation, type Nation } from './load/nation.ts';
import { dataOf } from './load/nation-data.ts';
import { startBare, startCrowd, startProgram, type Crowd, type Serving } from './load/processes.ts';
import type { Answered, To } from './load/clients.ts';

const { values: flags } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    clients: { type: 'string', default: '1000' },
    people: { type: 'string' },
    rounds: { type: 'string' },
    lasts: { type: 'string' },
    processes: { type: 'string', default: '1' },
    /** Flags of node for the program: `--flags=--cpu-prof`. */
    flags: { type: 'string', multiple: true, default: [] },
  },
});
const CLIENTS = Number(flags.clients);
const PEOPLE = Number(flags.people ?? (flags.short ? 200_000 : 978_532));
const ROUNDS = Number(flags.rounds ?? 5);
const LASTS_MS = Number(flags.lasts ?? (flags.short ? 1000 : 3000));
const WARM_UP_MS = 1000;

const figures: Record<string, number> = {};
const country = nation(CLIENTS, PEOPLE);
if (flags.only === undefined || flags.only === 'closed') await closed();
console.log(
  JSON.stringify({
    bench: 'checkin',
    clients: CLIENTS,
    people: PEOPLE,
    rounds: ROUNDS,
    roundMs: LASTS_MS,
    ...figures,
  }),
);

interface Stage {
  readonly servers: Readonly<Record<To, Serving>>;
  readonly crowd: Crowd;
}

/** Starts both servers, and the clients with a line to each. */
async function onStage(of: Nation, work: (stage: Stage) => Promise<void>): Promise<void> {
  const data = await dataOf(of);
  let stage: Stage | undefined;
  const crowd = startCrowd(Number(flags.processes));
  try {
    const program = await startProgram(data, flags.flags);
    const answer = await oneAnswer(of, program);
    const bare = await startBare({ 'attendance:record': answer });
    stage = { servers: { program, bare }, crowd };
    const each = Math.ceil(of.doors.length / crowd.size);
    await crowd.order('begin', (process) => ({
      bridges: of.doors.length,
      people: of.people,
      from: process * each,
      to: Math.min((process + 1) * each, of.doors.length),
    }));
    for (const to of ['bare', 'program'] as const) {
      const opened = await crowd.order('open', { to, url: stage.servers[to].url });
      const took = Math.max(...opened.map(({ tookMs }) => tookMs));
      console.log(
        `${count(of.doors.length)} lines to the ${to} server open in ${(took / 1000).toFixed(1)} s`,
      );
    }
    await work(stage);
  } finally {
    await crowd.stop();
    await stage?.servers.bare.stop();
    await stage?.servers.program.stop();
    await rm(data, { recursive: true, force: true });
  }
}

/** What the program answers to a check-in: the bare server answers with the like of it. The first also opens the book. */
async function oneAnswer(of: Nation, program: Serving): Promise<unknown> {
  const { hostname, port } = new URL(program.url);
  const line = await openLine({ host: hostname, port: Number(port), cookie: cookieOf(0), from: '127.0.0.1' });
  const door = of.doors[0]!;
  const began = performance.now();
  const body = recordBody(of, door, [personEvent(of, door, 'arrive', door.people - 1)]);
  const answer = await new Promise<string>((resolve) => {
    line.ask('attendance:record', body, (bytes) => resolve(bytes.toString()));
  });
  line.cut();
  const opened = (performance.now() - began) / 1000;
  console.log(
    `one message: ${body.length} bytes of body, answered with ${answer.length} by either server (book opened in ${opened.toFixed(1)} s)`,
  );
  return (JSON.parse(answer) as unknown[])[0];
}

/** As fast as the answers come, with one and with eight in flight. */
async function closed(): Promise<void> {
  await onStage(country, async ({ servers, crowd }) => {
    for (const inFlight of [1, 8]) {
      const rounds: Record<To, Round[]> = { program: [], bare: [] };
      const once = async (to: To, lastsMs: number): Promise<Round> => {
        const before = await servers[to].tell();
        const answered = await crowd.order('closedLoop', { to, inFlight, lastsMs });
        const after = await servers[to].tell();
        return roundOf(answered, after.processorMs - before.processorMs, after.commits - before.commits);
      };
      for (const to of ['bare', 'program'] as const) await once(to, WARM_UP_MS);
      for (let turn = 0; turn < ROUNDS; turn++) {
        for (const to of ['bare', 'program'] as const) rounds[to].push(await once(to, LASTS_MS));
      }
      report(inFlight, rounds);
    }
  });
}

interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly processorUsEach: number;
  readonly commitsPerSecond: number;
  readonly eventsPerCommit: number;
}

function roundOf(answered: readonly Answered[], processorMs: number, commits: number): Round {
  const latencies = sorted(answered.map(({ latenciesMs }) => latenciesMs));
  const seconds = Math.max(...answered.map(({ tookMs }) => tookMs)) / 1000;
  return {
    perSecond: latencies.length / seconds,
    p50Ms: at(0.5, latencies),
    p99Ms: at(0.99, latencies),
    processorUsEach: (1000 * processorMs) / latencies.length,
    commitsPerSecond: commits / seconds,
    eventsPerCommit: latencies.length / commits,
  };
}

function report(inFlight: number, rounds: Readonly<Record<To, readonly Round[]>>): void {
  const middle = (to: To, figure: keyof Round): number => median(rounds[to].map((one) => one[figure]));
  const ratio = median(rounds.program.map((one, turn) => one.perSecond / rounds.bare[turn]!.perSecond));
  console.log(
    `\n${count(CLIENTS)} clients, ${inFlight} in flight at each, median of ${ROUNDS} rounds of ${LASTS_MS} ms`,
  );
  for (const to of ['program', 'bare'] as const) {
    console.log(
      `  ${to.padEnd(8)} ${count(middle(to, 'perSecond')).padStart(8)}/s   p50 ${middle(to, 'p50Ms').toFixed(1)} ms   p99 ${middle(to, 'p99Ms').toFixed(1)} ms   ${middle(to, 'processorUsEach').toFixed(1)} µs of processors each`,
    );
  }
  console.log(
    `  ratio ${ratio.toFixed(2)}   p99 ${(middle('program', 'p99Ms') / middle('bare', 'p99Ms')).toFixed(2)} times   ${count(middle('program', 'commitsPerSecond'))} commits/s of ${middle('program', 'eventsPerCommit').toFixed(0)} events`,
  );
  const name = `inFlight${inFlight}`;
  figures[`${name}CheckInsPerSecond`] = round(middle('program', 'perSecond'));
  figures[`${name}BareMessagesPerSecond`] = round(middle('bare', 'perSecond'));
  figures[`${name}Ratio`] = round(ratio, 3);
  for (const to of ['program', 'bare'] as const) {
    figures[`${name}${to === 'bare' ? 'Bare' : ''}P50Ms`] = round(middle(to, 'p50Ms'), 1);
    figures[`${name}${to === 'bare' ? 'Bare' : ''}P99Ms`] = round(middle(to, 'p99Ms'), 1);
    figures[`${name}${to === 'bare' ? 'Bare' : ''}ProcessorUsEach`] = round(middle(to, 'processorUsEach'), 1);
  }
  figures[`${name}CommitsPerSecond`] = round(middle('program', 'commitsPerSecond'));
  figures[`${name}EventsPerCommit`] = round(middle('program', 'eventsPerCommit'), 1);
}
