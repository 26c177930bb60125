/*
 * National conferences in one book: 15,345 bridges and 978,532 people, as published for 13/01/2025, with a million events;
 * and 40,000 bridges, 2,500,000 people and as many events. How long to open the book and to take the events in, how long
 * to bring one more up to every total and to read what a door is answered, how much memory. Beside it, in the same run,
 * the least that anybody could do (note the ids of events and people in two maps), and at the first size the naive way,
 * which folds everything again.
 *
 * Times are of the processor, all threads of this process together, as a book does nothing but compute: what else runs on
 * the machine is in them only as far as it takes the caches away.
 *
 *   npm run bench -- roll-up            or  node --expose-gc tests/bench/roll-up.ts 100000 15345
 */
import { openBook } from '../../domain/attendance/book.ts';
import type { AttendanceBook } from '../../domain/attendance/book.ts';
import type { RecordedEvent } from '../../domain/attendance/event.ts';
import { foldAttendance } from '../../domain/attendance/fold.ts';
import { personIn } from '../../domain/attendance/person.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, EventId } from '../../domain/ids.ts';
import { HeadcountLine } from '../../domain/reports/headcount.ts';
import { rollUpHeadcounts } from '../../domain/reports/roll-up.ts';
import type { StandingLine } from '../../domain/reports/standing.ts';
import type { Instant } from '../../domain/time.ts';
import { count, median, round } from './load/figures.ts';
import { country, delegates, morning } from './roll-up/country.ts';

const PEOPLE_PER_BRIDGE = 978_532 / 15_345;
const ROUNDS = 5;
const MORE = 50_000;
/** Folding two and a half million events again takes most of a minute and gigabytes, to say the same once more. */
const FOLDED_AGAIN = 1_000_000;

const [events, bridges = 15_345] = process.argv.slice(2).map(Number);
const sizes =
  events === undefined
    ? ([
        [1_000_000, 15_345],
        [2_500_000, 40_000],
      ] as const)
    : ([[events, bridges]] as const);
const results = sizes.map(([size = 0, width = 0], index) => {
  if (index > 0) console.log('');
  return measure(size, width);
});
console.log(JSON.stringify({ bench: 'roll-up', sizes: results }));

function measure(size: number, width: number): Record<string, unknown> {
  const tree = country(width);
  const expected = delegates(tree, Math.round(width * PEOPLE_PER_BRIDGE));
  const roster = expected.map(({ person }) => person);
  console.log(`${count(size)} events, ${count(width)} bridges, ${count(expected.length)} people expected`);

  const empty = memory();
  const opening = timed(() => openBook(tree, expected, roster));
  const book = opening.result;
  const opened = memory();
  let taking = 0;
  let bare = 0;
  const ids = { events: new Map<string, number>(), people: new Map<string, number>() };
  for (const slice of morning(tree, expected, size)) {
    taking += timed(() => book.addAll(slice)).ms;
  }
  const full = memory();
  for (const slice of morning(tree, expected, size)) bare += timed(() => noteIds(slice, ids)).ms;
  const noted = memory() - full;
  const [perPerson, perEvent] = [(opened - empty) / expected.length, (full - opened) / size];
  console.log(`open the book           ${seconds(opening.ms)}`);
  console.log(
    `take the events in      ${seconds(taking)}   ${count((size / taking) * 1000)} events/s on one core`,
  );
  console.log(
    `baseline: note ids      ${seconds(bare)}   the book takes ${(taking / bare).toFixed(2)} times as long`,
  );
  console.log(
    `memory of the book      ${mebibytes(full - empty)}   ${perPerson.toFixed(0)} bytes/person, ${perEvent.toFixed(0)} bytes/event`,
  );
  console.log(
    `baseline: noted ids     ${mebibytes(noted)}   with the texts of the ids, which the book does not keep`,
  );

  const more = [...morning(tree, expected, MORE, size)].flat();
  const single = perTurn(more, (record) => book.add(record));
  const answer = perTurn(more, ({ event }) => book.facts(event.id));
  const second = more.filter(({ event }) => event.kind === 'arrive').map(scanAgain);
  const again = perTurn(second, (record) => {
    book.add(record);
    book.facts(record.event.id);
  });
  console.log(`one more event          ${single.toFixed(2)} µs, every total above it up to date`);
  console.log(`what a door is answered ${answer.toFixed(2)} µs, flags, clash, presence and seat`);
  console.log(`a second scan           ${again.toFixed(2)} µs, taken in and answered`);
  const reading = median(rounds(() => timed(() => tree.bridges.map(({ id }) => book.node(id))).ms));
  console.log(`read all figures        ${reading.toFixed(0)} ms, own and subtree of every bridge`);
  const lines = new Map(tree.bridges.map((bridge, index) => [bridge.id, headcountOf(bridge.id, index)]));
  const headcounts = median(rounds(() => timed(() => rollUpHeadcounts(tree, lines)).ms));
  console.log(
    `headcounts rolled up    ${headcounts.toFixed(0)} ms, every bridge, by class, clause and category`,
  );

  return {
    events: size,
    bridges: width,
    people: expected.length,
    openSeconds: round(opening.ms / 1000, 3),
    foldSeconds: round(taking / 1000, 3),
    eventsPerSecond: Math.round((size / taking) * 1000),
    oneMoreEventMicroseconds: round(single, 3),
    answerMicroseconds: round(answer, 3),
    secondScanMicroseconds: round(again, 3),
    readAllFiguresMs: round(reading, 3),
    headcountRollUpMs: round(headcounts, 3),
    memoryMiB: Math.round((full - empty) / 2 ** 20),
    bytesPerPerson: Math.round(perPerson),
    bytesPerEvent: Math.round(perEvent),
    baselineNoteIdsSeconds: round(bare / 1000, 3),
    ratioToBaseline: round(taking / bare, 3),
    ...(size <= FOLDED_AGAIN && foldAgain(tree, expected, size, [...more, ...second], book)),
  };
}

/** The same person at the same door, a second later. */
function scanAgain({ event, receivedAt }: RecordedEvent): RecordedEvent {
  const id = `${event.id.slice(0, -1)}${event.id.endsWith('0') ? '1' : '0'}` as EventId;
  const [at, received] = [(event.at + 1000) as Instant, (receivedAt + 1000) as Instant];
  return { event: { ...event, id, at }, receivedAt: received };
}

/** The least that anybody could do: to know which events there are and what was last heard of whom. */
function noteIds(
  slice: readonly RecordedEvent[],
  { events: known, people }: { readonly events: Map<string, number>; readonly people: Map<string, number> },
): void {
  for (const { event } of slice) {
    if (known.has(event.id)) continue;
    const at = known.size;
    known.set(event.id, at);
    const person = personIn(event);
    if (person !== null) people.set(person, at);
  }
}

/** The naive way to bring one more event up to every total, and whether it says the same. */
function foldAgain(
  tree: BridgeTree,
  expected: ReturnType<typeof delegates>,
  size: number,
  more: readonly RecordedEvent[],
  book: AttendanceBook,
): Record<string, unknown> {
  const all = [...morning(tree, expected, size)].flat().concat(more);
  const folding = timed(() => foldAttendance({ bridges: tree, expected, events: all }));
  console.log(`baseline: fold again    ${seconds(folding.ms)} to bring one more event up to every total`);
  const { nodes } = folding.result;
  const same = tree.bridges.every(
    ({ id }) => JSON.stringify(nodes.get(id)) === JSON.stringify(book.node(id)),
  );
  console.log(`both say the same       ${same ? 'yes' : 'NO'}`);
  return { baselineFoldAgainSeconds: round(folding.ms / 1000, 3), same };
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

function timed<Result>(run: () => Result): { readonly result: Result; readonly ms: number } {
  const begun = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(begun);
  return { result, ms: (user + system) / 1000 };
}

/** Microseconds for one of many, the median of several turns through a part of them each. */
function perTurn<Item>(items: readonly Item[], run: (item: Item) => unknown): number {
  const turns = rounds((turn) => {
    const part = items.slice((turn * items.length) / ROUNDS, ((turn + 1) * items.length) / ROUNDS);
    const { ms } = timed(() => {
      for (const item of part) run(item);
    });
    return (ms / part.length) * 1000;
  });
  return median(turns);
}

function rounds(run: (turn: number) => number): number[] {
  return Array.from({ length: ROUNDS }, (_, turn) => run(turn));
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
