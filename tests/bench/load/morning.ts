import type { Held } from './held.ts';
import { bridgeEvent, mustAllBeRecorded, personEvent, recordBody } from './messages.ts';
import { moment, Samples } from './samples.ts';

/** The morning that is played, in seconds: doors open from 06:45 on, the last people come at 08:15. */
const MORNING_S = 90 * 60;
/** By when half of a bridge's people are there: about 07:40, a little earlier or later from bridge to bridge. */
const MIDDLE_S = 55 * 60;
const SPREAD_S = 8 * 60;
const BETWEEN_BRIDGES_S = 5 * 60;
/** The page at a door sends at most so many events in one message. */
const BATCH = 100;
/** Each so many-th message is sent once more, as by a machine that has lost the answer. */
const REPEAT_EVERY = 500;

/** What a process has played. */
export interface Played {
  readonly events: number;
  readonly messages: number;
  readonly repeated: number;
  readonly latenciesMs: Float32Array;
  /** When the first was sent and the last acknowledged, by `moment`. */
  readonly from: number;
  readonly to: number;
}

/**
 * Plays the morning as fast as it goes: everybody comes in the order in which they would have come. At most `window` events
 * of the process wait for their answer at a time. A door has one message under way, as its page does; whoever comes
 * meanwhile goes with the next one.
 */
export function playMorning(held: Held, window: number): Promise<Played> {
  const { country, doors } = held;
  const arrivals = inOrderOfArrival(held);
  const come = new Uint32Array(doors.length);
  const outbox: string[][] = doors.map(() => []);
  const busy = new Uint8Array(doors.length);
  const latencies = new Samples();
  const from = moment();
  let next = 0;
  let flying = 0;
  let messages = 0;
  let repeated = 0;
  let events = 0;

  return new Promise((resolve) => {
    const send = (at: number): void => {
      const batch = outbox[at]!.splice(0, BATCH);
      const body = recordBody(country, doors[at]!, batch);
      const sentAt = performance.now();
      const acknowledged = held.acknowledged.get(held.firstDoor + at);
      busy[at] = 1;
      messages += 1;
      const again = messages % REPEAT_EVERY === 0;
      held.lines.program[at]!.ask('attendance:record', body, (answer) => {
        mustAllBeRecorded(answer, batch.length);
        const now = moment();
        for (const event of acknowledged === undefined ? [] : batch)
          if (event.includes('"kind":"arrive"')) acknowledged?.push(now);
        latencies.add(performance.now() - sentAt);
        flying -= batch.length;
        events += batch.length;
        if (again) repeat(at, body, answer.toString());
        else goOn(at);
      });
    };
    const repeat = (at: number, body: string, before: string): void => {
      repeated += 1;
      held.lines.program[at]!.ask('attendance:record', body, (answer) => {
        if (receiptsIn(answer.toString()) !== receiptsIn(before))
          throw new Error(`another receipt: ${before} then ${answer.toString()}`);
        goOn(at);
      });
    };
    const goOn = (at: number): void => {
      busy[at] = 0;
      if (outbox[at]!.length > 0) send(at);
      fill();
      if (next === arrivals.length && flying === 0 && busy.every((one) => one === 0)) {
        resolve({ events, messages, repeated, latenciesMs: latencies.all(), from, to: moment() });
      }
    };
    const fill = (): void => {
      while (flying < window && next < arrivals.length) {
        const at = arrivals[next++]!;
        const number = come[at]!++;
        if (number === 0) {
          outbox[at]!.push(bridgeEvent(country, doors[at]!, 'open'));
          flying += 1;
        }
        outbox[at]!.push(personEvent(country, doors[at]!, 'arrive', number));
        flying += 1;
        if (busy[at] === 0) send(at);
      }
    };
    fill();
  });
}

/** The receipts of an answer, which a replay has to give again. */
function receiptsIn(answer: string): string {
  const [{ items }] = JSON.parse(answer) as [{ items: { id: string; outcome: string; receipt?: unknown }[] }];
  return JSON.stringify(items.map(({ id, outcome, receipt }) => [id, outcome, receipt]));
}

/** At which of the process's doors the next person comes, for everybody. */
function inOrderOfArrival({ doors }: Held): Uint32Array {
  const seconds = new Uint16Array(doors.reduce((sum, { people }) => sum + people, 0));
  const door = new Uint32Array(seconds.length);
  let person = 0;
  for (const [at, { people }] of doors.entries()) {
    const middle = MIDDLE_S + BETWEEN_BRIDGES_S * bell();
    for (let one = 0; one < people; one++, person++) {
      seconds[person] = Math.min(MORNING_S - 1, Math.max(0, middle + SPREAD_S * bell()));
      door[person] = at;
    }
  }
  const starts = new Uint32Array(MORNING_S + 1);
  for (const second of seconds) starts[second + 1]! += 1;
  for (let second = 0; second < MORNING_S; second++) starts[second + 1]! += starts[second]!;
  const order = new Uint32Array(seconds.length);
  // Within a second all bridges are mixed: a stride that shares no factor with the number visits everybody once.
  const stride = coprimeTo(seconds.length);
  for (let one = 0, at = 0; one < seconds.length; one++, at = (at + stride) % seconds.length) {
    order[starts[seconds[at]!]!++] = door[at]!;
  }
  return order;
}

/** About normal, by the sum of some chances. */
function bell(): number {
  let sum = -6;
  for (let one = 0; one < 12; one++) sum += Math.random();
  return sum;
}

function coprimeTo(length: number): number {
  let stride = Math.floor(length * 0.618) || 1;
  while (divisor(stride, length) !== 1) stride += 1;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
