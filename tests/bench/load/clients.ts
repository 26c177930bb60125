/*
 * One process of the load: it holds the lines of some doors and does with them what it is ordered to. Its clock is the
 * machine's own, so that moments of several processes can be compared.
 */
import { cookieOf } from './cookies.ts';
import { openLine, type Line } from './line.ts';
import { mustBeRecorded, personEvent, recordBody } from './messages.ts';
import { nation, type Door, type Nation } from './nation.ts';

/** To which server a line goes: the program, or the bare one beside it. */
export type To = 'program' | 'bare';

/** What a load process can be told to do, and what it answers. */
export interface Orders {
  /** Which doors are its own. */
  begin(order: {
    readonly bridges: number;
    readonly people: number;
    readonly from: number;
    readonly to: number;
  }): void;
  /** Opens a line for each of its doors, all at once. */
  open(order: { readonly to: To; readonly url: string }): Promise<{ readonly tookMs: number }>;
  /** Each door sends its next check-in as soon as one was answered, so many in flight at each. */
  closedLoop(order: {
    readonly to: To;
    readonly inFlight: number;
    readonly lastsMs: number;
  }): Promise<Answered>;
}

/** Answers that came within the time of a measurement. */
export interface Answered {
  readonly tookMs: number;
  /** How long each of them took, in milliseconds. */
  readonly latenciesMs: Float32Array;
  /** How many came in each second. */
  readonly perSecond: readonly number[];
}

let country: Nation;
let doors: readonly Door[] = [];
let firstDoor = 0;
const lines: Record<To, Line[]> = { program: [], bare: [] };
/** How many check-ins each door has sent: everybody arrives, then everybody leaves, and so on. */
let sent = new Uint32Array();

const orders: Orders = {
  begin({ bridges, people, from, to }) {
    country = nation(bridges, people);
    firstDoor = from;
    doors = country.doors.slice(from, to);
    sent = new Uint32Array(doors.length);
  },
  async open({ to, url }) {
    const { hostname, port } = new URL(url);
    const began = performance.now();
    lines[to] = await Promise.all(
      doors.map((_, at) =>
        openLine({
          host: hostname,
          port: Number(port),
          from: addressOf(firstDoor + at),
          cookie: cookieOf(firstDoor + at),
          lost: fail,
        }),
      ),
    );
    return { tookMs: performance.now() - began };
  },
  closedLoop: ({ to, inFlight, lastsMs }) =>
    new Promise((resolve) => {
      const began = performance.now();
      const latencies = new Samples();
      const perSecond: number[] = [];
      let flying = 0;
      const next = (at: number): void => {
        const sentAt = performance.now();
        if (sentAt - began >= lastsMs) {
          if (flying === 0) resolve({ tookMs: lastsMs, latenciesMs: latencies.all(), perSecond });
          return;
        }
        flying += 1;
        lines[to][at]!.ask('attendance:record', nextCheckIn(at), (answer) => {
          flying -= 1;
          mustBeRecorded(answer);
          const now = performance.now();
          // What was on its way when the time was up belongs to no second of it.
          if (now - began < lastsMs) {
            latencies.add(now - sentAt);
            const second = Math.floor((now - began) / 1000);
            perSecond[second] = (perSecond[second] ?? 0) + 1;
          }
          next(at);
        });
      };
      for (let at = 0; at < doors.length; at++) for (let one = 0; one < inFlight; one++) next(at);
    }),
};

function nextCheckIn(at: number): string {
  const door = doors[at]!;
  const number = sent[at]!;
  sent[at] = number + 1;
  const kind = Math.floor(number / door.people) % 2 === 0 ? 'arrive' : 'leave';
  return recordBody(country, door, [personEvent(country, door, kind, number % door.people)]);
}

/** Numbers that are many, without an array of objects. */
class Samples {
  #kept = new Float32Array(1 << 16);
  #length = 0;
  add(value: number): void {
    if (this.#length === this.#kept.length) {
      const wider = new Float32Array(2 * this.#length);
      wider.set(this.#kept);
      this.#kept = wider;
    }
    this.#kept[this.#length++] = value;
  }
  all(): Float32Array {
    return this.#kept.slice(0, this.#length);
  }
}

/** Of the machine's own addresses, so that no two thousand lines share the ports of one. */
function addressOf(door: number): string {
  return `127.0.${1 + (Math.floor(door / 2000) % 200)}.1`;
}

function fail(why: unknown): never {
  process.stderr.write(`a load process: ${why instanceof Error ? why.stack : String(why)}\n`);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { readonly order: keyof Orders; readonly with: never }) => {
  void Promise.resolve(orders[message.order](message.with)).then((answer) => process.send?.({ answer }));
});
