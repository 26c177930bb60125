/*
 * A national conference in one book: 15,345 bridges and 978,532 people, as published for 13/01/2025, and a million events.
 * How long to take the events in, how long to bring one more up to every total, how much memory; beside it, in the same
 * run, what it would take to fold everything again.
 *
 *   npm run bench -- roll-up            or  node --expose-gc tests/bench/roll-up.ts 100000 15345
 */
import { performance } from 'node:perf_hooks';

import { openBook } from '../../domain/attendance/book.ts';
import type { AttendanceEvent, RecordedEvent } from '../../domain/attendance/event.ts';
import { foldAttendance } from '../../domain/attendance/fold.ts';
import type { Expected } from '../../domain/attendance/presence.ts';
import type { BridgeClass, BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, DeviceId, EventId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { HeadcountLine } from '../../domain/reports/headcount.ts';
import { rollUpHeadcounts } from '../../domain/reports/roll-up.ts';
import type { StandingLine } from '../../domain/reports/standing.ts';
import { aBridge, at, treeOf } from '../domain/attendance/factory.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const BRIDGES = Number(process.argv[3] ?? 15_345);
const PEOPLE = Math.round(978_532 * (BRIDGES / 15_345));
const ROUNDS = 5;

const random = randomFrom(20250113);
const tree = country(BRIDGES);
const expected = delegates(tree, PEOPLE);
const events = morning(tree, expected, EVENTS);
console.log(`${count(EVENTS)} events, ${count(BRIDGES)} bridges, ${count(PEOPLE)} people expected`);

const before = memory();
let opening = performance.now();
const book = openBook(tree, expected);
opening = performance.now() - opening;
let folding = performance.now();
book.addAll(events);
folding = performance.now() - folding;
const held = memory() - before;
console.log(`open the book           ${seconds(opening)}`);
console.log(
  `take the events in      ${seconds(folding)}   ${count((EVENTS / folding) * 1000)} events/s on one core`,
);
console.log(`memory of the book      ${mebibytes(held)}   ${Math.round(held / EVENTS)} bytes/event`);

const more = morning(tree, expected, 20_000, 'later');
const single = median(ROUNDS, (turn) => {
  const batch = more.slice((turn * more.length) / ROUNDS, ((turn + 1) * more.length) / ROUNDS);
  const begun = performance.now();
  for (const event of batch) book.add(event);
  return ((performance.now() - begun) / batch.length) * 1000;
});
console.log(`one more event          ${single.toFixed(1)} µs, every total above it up to date`);

const reading = median(ROUNDS, () => {
  const begun = performance.now();
  for (const bridge of tree.bridges) book.node(bridge.id);
  return performance.now() - begun;
});
console.log(`read all figures        ${reading.toFixed(0)} ms, own and subtree of every bridge`);

let naive = performance.now();
const folded = foldAttendance({ bridges: tree, expected, events: [...events, ...more] });
naive = performance.now() - naive;
console.log(`baseline: fold again    ${seconds(naive)} to bring one more event up to every total`);

const lines = new Map(tree.bridges.map((bridge, index) => [bridge.id, headcountOf(bridge.id, index)]));
const headcounts = median(ROUNDS, () => {
  const begun = performance.now();
  rollUpHeadcounts(tree, lines);
  return performance.now() - begun;
});
console.log(
  `headcounts rolled up    ${headcounts.toFixed(0)} ms, every bridge, by class, clause and category`,
);

const same = JSON.stringify(folded.nodes.get(tree.root.id)) === JSON.stringify(book.node(tree.root.id));
console.log(`both say the same       ${same ? 'yes' : 'NO'}`);
console.log(
  JSON.stringify({
    bench: 'roll-up',
    events: EVENTS,
    bridges: BRIDGES,
    people: PEOPLE,
    openSeconds: round(opening / 1000),
    foldSeconds: round(folding / 1000),
    eventsPerSecond: Math.round((EVENTS / folding) * 1000),
    oneMoreEventMicroseconds: round(single),
    readAllFiguresMs: round(reading),
    headcountRollUpMs: round(headcounts),
    memoryMiB: Math.round(held / 2 ** 20),
    baselineFoldAgainSeconds: round(naive / 1000),
    same,
  }),
);

/** Centre, provinces, districts and communes in about the proportions of 2025. */
function country(size: number): BridgeTree {
  const bridges = [aBridge('TW', null, { class: 'central' as BridgeClass })];
  const provinces = Math.max(1, Math.round(size * 0.0041));
  const districts = Math.max(1, Math.round(size * 0.0454));
  for (let index = 0; bridges.length < size; index++) {
    if (index < provinces) bridges.push(aBridge(`T${index}`, 'TW', { class: 'province' as BridgeClass }));
    else if (index < provinces + districts) {
      bridges.push(
        aBridge(`H${index - provinces}`, `T${index % provinces}`, { class: 'district' as BridgeClass }),
      );
    } else bridges.push(aBridge(`X${index}`, `H${index % districts}`));
  }
  return treeOf(bridges);
}

function delegates(bridges: BridgeTree, size: number): Expected[] {
  return Array.from({ length: size }, (_, index) => ({
    person: `nguoi-${index}` as PersonId,
    bridge: bridges.bridges[index % bridges.bridges.length]!.id,
    basis: index % 50 === 0 ? 'invited' : 'summoned',
  }));
}

/** What a bridge reports; every tenth report was sent back. */
function headcountOf(bridge: BridgeId, index: number): Pick<StandingLine, 'line' | 'state'> {
  const line = HeadcountLine.parse({
    bridge,
    total: index % 90,
    byClause: { [`C${(index % 21) + 1}`]: index % 90 },
    byCategory: { partyMember: index % 70 },
    chairName: 'Lò Thị Hà',
  });
  return { line, state: index % 10 === 0 ? 'returned' : 'submitted' };
}

/** The events of a morning in the order in which they reach a server: nine in ten are arrivals, some come late or twice over. */
function morning(
  bridges: BridgeTree,
  people: readonly Expected[],
  size: number,
  label = 'first',
): RecordedEvent[] {
  const doorsOpen = at('07:00');
  const recorded: RecordedEvent[] = [];
  for (let index = 0; index < size; index++) {
    const seat = people[Math.floor(random() * people.length)]!;
    const elsewhere = bridges.bridges[Math.floor(random() * bridges.bridges.length)]!.id;
    const time = (doorsOpen + Math.floor((index / size) * 16_200_000)) as Instant;
    const event = anything(index, label, seat, elsewhere, time, size);
    const delay = random() < 0.02 ? 3_600_000 : 300;
    // Through JSON, as events come: texts put together here would hold pieces that no real one has.
    const record = { event, receivedAt: time + Math.floor(random() * delay) };
    recorded.push(JSON.parse(JSON.stringify(record)) as RecordedEvent);
  }
  return recorded.toSorted((a, b) => a.receivedAt - b.receivedAt);
}

function anything(
  index: number,
  label: string,
  seat: Expected,
  elsewhere: BridgeId,
  time: Instant,
  size: number,
): AttendanceEvent {
  const id = idOf(index, label);
  const { person, bridge } = seat;
  const device = `may-${bridge}` as DeviceId;
  const common = { id, session: 's1' as SessionId, bridge, device, at: time, offset: 0 };
  const draw = random();
  if (draw < 0.9) {
    const where = random() < 0.01 ? elsewhere : bridge;
    return {
      ...common,
      bridge: where,
      kind: 'arrive',
      person,
      mode: random() < 0.05 ? 'online' : 'in-person',
    };
  }
  if (draw < 0.94) return { ...common, kind: 'leave', person };
  if (draw < 0.95) return { ...common, kind: 'excuse', person, reason: 'ốm' };
  if (draw < 0.96)
    return { ...common, kind: 'walk-in', name: 'Lò Thị Hà', unit: 'Bản Mới', mode: 'in-person' };
  if (draw < 0.98) {
    const counts = { partyMember: Math.floor(random() * 40), other: Math.floor(random() * 10) };
    return { ...common, kind: 'count', point: 'cửa 1', counts };
  }
  if (draw < 0.99) return { ...common, kind: 'open' };
  if (draw < 0.995 || index < size * 0.9) {
    return { ...common, kind: 'void', target: idOf(Math.floor(random() * index), label), reason: 'nhầm' };
  }
  return { ...common, kind: 'close' };
}

/** 36 characters, as devices make them. */
function idOf(index: number, label: string): EventId {
  const digits = index.toString(16).padStart(12, '0');
  const family = label === 'first' ? '7000' : '7001';
  return `01945d3a-${digits.slice(0, 4)}-${family}-8000-${digits}` as EventId;
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function median(rounds: number, run: (turn: number) => number): number {
  const results = Array.from({ length: rounds }, (_, turn) => run(turn)).toSorted((a, b) => a - b);
  return results[rounds >> 1]!;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
