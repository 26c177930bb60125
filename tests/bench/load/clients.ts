/*
 * One process of the load: it holds the lines of some doors and does with them what it is ordered to. The official client is
 * not used: it limits the load before the server is at its limit.
 */
import { cookieOf } from './cookies.ts';
import type { Held, To } from './held.ts';
import { openLine, type Line } from './line.ts';
import { closedLoop, openLoop, type Answered } from './loops.ts';
import { doorWatchBody, proofBody, watchBody } from './messages.ts';
import { playMorning, type Played } from './morning.ts';
import { nation } from './nation.ts';
import { moment } from './samples.ts';

/** What a load process can be told to do, and what it answers. */
export interface Orders {
  /** Which doors are its own, and which stand on a screen. */
  begin(order: {
    readonly bridges: number;
    readonly people: number;
    readonly from: number;
    readonly to: number;
    readonly onScreens: readonly number[];
  }): void;
  /**
   * Opens a line for each of its doors, all at once; each shows whose machine it is, and with `watch` asks to be told of its door.
   */
  open(order: { readonly to: To; readonly url: string; readonly watch: boolean }): Promise<Opened>;
  /** Cuts all lines to a server, as a lost network does. */
  cut(order: { readonly to: To }): void;
  /** Every door joins the room of the session as a station. */
  joinStations(order: null): Promise<{ readonly answeredMs: number }>;
  /** Of what they were told since this was asked last. */
  programs(order: null): { readonly count: number; readonly lastAt: number };
  closedLoop(order: {
    readonly to: To;
    readonly inFlight: number;
    readonly lastsMs: number;
  }): Promise<Answered>;
  openLoop(order: {
    readonly to: To;
    readonly perSecond: number;
    readonly lastsMs: number;
  }): Promise<Answered>;
  playMorning(order: { readonly window: number }): Promise<Played>;
  /** When the check-ins of doors that stand on screens were acknowledged. */
  acknowledged(order: null): ReadonlyMap<number, readonly number[]>;
}

/** How long it took until all lines were open, and until all were answered. */
export interface Opened {
  readonly openMs: number;
  readonly answeredMs: number;
}

let held: Held;

const orders: Orders = {
  begin({ bridges, people, from, to, onScreens }) {
    const country = nation(bridges, people);
    held = {
      country,
      doors: country.doors.slice(from, to),
      firstDoor: from,
      lines: { program: [], bare: [] },
      sent: new Uint32Array(to - from),
      acknowledged: new Map(onScreens.filter((at) => at >= from && at < to).map((at) => [at, []])),
      programs: { count: 0, lastAt: 0 },
    };
  },
  async open({ to, url, watch }) {
    const began = performance.now();
    let openMs = 0;
    held.lines[to] = await Promise.all(
      held.doors.map(async (door, at) => {
        const line = await open(held.firstDoor + at, url);
        openMs = performance.now() - began;
        // As the page does: what it asks next does not wait for the answer.
        const proven = answered(line, 'device:prove', proofBody(door, line.id));
        if (watch) await answered(line, 'door:watch', doorWatchBody(held.country, door));
        await proven;
        return line;
      }),
    );
    return { openMs, answeredMs: performance.now() - began };
  },
  cut({ to }) {
    for (const line of held.lines[to]) line.cut();
    held.lines[to] = [];
  },
  async joinStations() {
    const began = performance.now();
    await Promise.all(
      held.doors.map((door, at) =>
        answered(held.lines.program[at]!, 'media:join-station', watchBody(held.country, door)),
      ),
    );
    return { answeredMs: performance.now() - began };
  },
  programs() {
    const { programs } = held;
    const told = { ...programs };
    programs.count = 0;
    return told;
  },
  closedLoop: ({ to, inFlight, lastsMs }) => closedLoop(held, to, inFlight, lastsMs),
  openLoop: ({ to, perSecond, lastsMs }) => openLoop(held, to, perSecond, lastsMs),
  playMorning: ({ window }) => playMorning(held, window),
  acknowledged: () => held.acknowledged,
};

/** Tried again, as any page does, where the kernel's queue of connections ran over before the server came to take them. */
async function open(door: number, url: string): Promise<Line> {
  const { hostname: host, port } = new URL(url);
  const from = addressOf(door);
  const to = { host, port: Number(port), from, cookie: cookieOf(door), lost: fail, heard: noteProgram };
  for (;;) {
    try {
      return await openLine(to);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('ECONNRESET'))) throw error;
    }
  }
}

const PROGRAM = Buffer.from('["media:program"');

function noteProgram(event: Buffer): void {
  if (event.compare(PROGRAM, 0, PROGRAM.length, 0, PROGRAM.length) !== 0) return;
  held.programs.count += 1;
  held.programs.lastAt = moment();
}

function answered(line: Line, name: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    line.ask(name, body, (answer) => {
      if (answer.includes('"ok":true')) resolve();
      else reject(new Error(answer.toString()));
    });
  });
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
