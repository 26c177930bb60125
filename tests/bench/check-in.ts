/*
 * Check-ins a second, from a message on a socket to its acknowledgement after the commit: the program in a process of its
 * own, the sample province with its 192 bridges and 14,000 people, the sockets in this process. Beside it, in the same run and
 * over the same sockets, what the machine does at all: `clock:ask`, which asks the server for nothing but its clock.
 * Somebody watches the figures of the centre, and the door of the bridge at which half of the events happen.
 *
 *   npm run bench -- check-in            or  node tests/bench/check-in.ts 3000
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { api } from '../../domain/wire/api.ts';
import { client, signIn, socket, type TestClock, type TestSocket } from '../server/harness.ts';
import { arriveAt, sample, type Sample } from '../server/sample.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
/** How long each measurement lasts. */
const LASTS_MS = Number(process.argv[2] ?? 2000);
const ROUNDS = 5;

const clock: TestClock = Object.assign(() => Date.now() as Instant, { advance: () => {}, set: () => {} });
const data = await mkdtemp(join(tmpdir(), 'nhipcau-bench-'));
let child: ChildProcess | undefined;
try {
  const s = await sample({ communes: 178, data, clock });
  const { cookie } = await signIn(s.server);
  await s.server.close();
  const program = await start();
  child = program.child;
  console.log(
    `${count(s.bridges.length)} bridges, ${count(s.roster.length)} people, ${ROUNDS} rounds of ${LASTS_MS} ms`,
  );
  await measure(s, program.url, cookie);
} finally {
  child?.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });
}

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const started = spawn(process.execPath, [MAIN, '--data', data, '--port', '0'], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of started.stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    const url = /Nhịp Cầu: (\S+)/.exec(said)?.[1];
    if (url !== undefined) return { child: started, url };
  }
  throw new Error(`the program did not start: ${said}`);
}

/** One way of sending: over how many sockets, how many at a time on each, how many events in a message. */
interface Way {
  readonly name: string;
  readonly sockets: number;
  readonly inFlight: number;
  readonly batch: number;
}

async function measure(s: Sample, url: string, cookie: string): Promise<void> {
  const ways: Way[] = [
    { name: 'one socket, one at a time', sockets: 1, inFlight: 1, batch: 1 },
    { name: 'one socket, 50 at a time', sockets: 1, inFlight: 50, batch: 1 },
    { name: 'one socket, messages of 100', sockets: 1, inFlight: 4, batch: 100 },
    { name: '50 sockets, one at a time each', sockets: 50, inFlight: 1, batch: 1 },
    { name: '50 sockets, 8 at a time each', sockets: 50, inFlight: 8, batch: 1 },
  ];
  const sockets = await Promise.all(Array.from({ length: 50 }, () => socket({ url }, cookie)));
  const watcher = await socket({ url }, cookie);
  const organizer = client({ url }, cookie);
  const figures: Record<string, number> = {};
  for (const way of ways) {
    const used = sockets.slice(0, way.sockets);
    // Each in a session of its own: nobody is checked in hundreds of times.
    const hours = { startsAt: clock(), endsAt: (clock() + 3_600_000) as Instant };
    const { session } = await organizer.call(api.addSession, {
      params: { conference: s.conference },
      body: { kind: 'rehearsal', title: way.name, ...hours },
    });
    const watch = { conference: s.conference, session: session.id };
    await watcher.ask('figures:watch', { ...watch, bridge: s.bridges[0]!.id });
    await watcher.ask('door:watch', { ...watch, bridge: s.first('province').id });
    const nextEvent = arrivals({ ...s, session: session.id });
    const record = async (by: TestSocket): Promise<number> => {
      const { bridge, events } = nextEvent(way.batch);
      const answer = await by.ask('attendance:record', { ...watch, bridge, events });
      if (!answer.ok || answer.items.some(({ outcome }) => outcome !== 'recorded')) {
        throw new Error(`not recorded: ${JSON.stringify(answer).slice(0, 300)}`);
      }
      return events.length;
    };
    const rounds = { record: [] as Round[], ask: [] as Round[] };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.ask.push(await run(used, way.inFlight, askClock));
      rounds.record.push(await run(used, way.inFlight, record));
    }
    const perSecond = median(rounds.record.map((round) => round.perSecond));
    const baseline = median(rounds.ask.map((round) => round.perSecond));
    const p50 = median(rounds.record.map((round) => round.p50));
    const p99 = median(rounds.record.map((round) => round.p99));
    console.log(
      `${way.name.padEnd(32)} ${count(perSecond).padStart(7)} check-ins/s  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms   clock:ask ${count(baseline).padStart(7)} messages/s`,
    );
    const key = `sockets${way.sockets}InFlight${way.inFlight}Batch${way.batch}`;
    figures[`${key}CheckInsPerSecond`] = Math.round(perSecond);
    figures[`${key}P50Ms`] = Number(p50.toFixed(1));
    figures[`${key}P99Ms`] = Number(p99.toFixed(1));
    figures[`${key}BaselineClockAsksPerSecond`] = Math.round(baseline);
  }
  for (const one of [...sockets, watcher]) one.close();
  console.log(
    JSON.stringify({
      bench: 'check-in',
      bridges: s.bridges.length,
      people: s.roster.length,
      rounds: ROUNDS,
      ...figures,
    }),
  );
}

async function askClock(by: TestSocket): Promise<number> {
  await by.ask('clock:ask', {});
  return 1;
}

/** Everybody of the roster in turn; half of the messages come from the province's bridge, the others from all in turn. */
function arrivals(s: Sample): (batch: number) => { bridge: BridgeId; events: AttendanceEvent[] } {
  const province = s.first('province').id;
  let message = 0;
  let person = 0;
  return (batch) => {
    message += 1;
    const bridge = message % 2 === 0 ? province : s.bridges[message % s.bridges.length]!.id;
    const events = Array.from({ length: batch }, () =>
      arriveAt(s, bridge, s.roster[person++ % s.roster.length]!.id),
    );
    return { bridge, events };
  };
}

interface Round {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function run(
  used: readonly TestSocket[],
  inFlight: number,
  send: (by: TestSocket) => Promise<number>,
): Promise<Round> {
  const began = performance.now();
  const took: number[] = [];
  let done = 0;
  const sender = async (by: TestSocket): Promise<void> => {
    while (performance.now() - began < LASTS_MS) {
      const sent = performance.now();
      // In two steps: `done +=` would read it before waiting.
      const sentNow = await send(by);
      done += sentNow;
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(used.flatMap((by) => Array.from({ length: inFlight }, () => sender(by))));
  const seconds = (performance.now() - began) / 1000;
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: done / seconds, p50: at(0.5), p99: at(0.99) };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}
