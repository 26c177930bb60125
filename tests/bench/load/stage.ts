import { rm } from 'node:fs/promises';

import { cookieOf } from './cookies.ts';
import { count } from './figures.ts';
import type { To } from './held.ts';
import { openLine } from './line.ts';
import { doorWatchBody, personEvent, proofBody, recordBody } from './messages.ts';
import type { Nation } from './nation.ts';
import { dataOf } from './nation-data.ts';
import { startBare, startCrowd, startProgram, type Crowd, type Serving } from './processes.ts';

/** The program on a folder of its own, bare socket.io beside it, and the processes of the load. */
export interface Stage {
  readonly data: string;
  readonly servers: Readonly<Record<To, Serving>>;
  readonly crowd: Crowd;
}

export interface Setting {
  /** How many processes hold the lines. */
  readonly processes: number;
  /** Flags of node for the program. */
  readonly flags?: readonly string[];
  /** Places of bridges whose acknowledgements are kept. */
  readonly onScreens?: readonly number[];
}

/** Sets the stage for some work, and clears it whatever comes. */
export async function onStage(
  country: Nation,
  { processes, flags = [], onScreens = [] }: Setting,
  work: (stage: Stage) => Promise<void>,
): Promise<void> {
  const data = await dataOf(country);
  const crowd = startCrowd(processes);
  const servers: Serving[] = [];
  try {
    const program = await startProgram(data, flags);
    servers.push(program);
    const bare = await startBare(await answersOf(country, program));
    servers.push(bare);
    const each = Math.ceil(country.doors.length / processes);
    await crowd.order('begin', (process) => ({
      bridges: country.doors.length,
      people: country.people,
      from: process * each,
      to: Math.min((process + 1) * each, country.doors.length),
      onScreens,
    }));
    await work({ data, servers: { program, bare }, crowd });
  } finally {
    await crowd.stop();
    await Promise.all(servers.map((server) => server.stop()));
    await rm(data, { recursive: true, force: true });
  }
}

/**
 * What the program answers to the messages of this bench: the bare server answers with the like of it. The check-in is of the
 * last person at the last bridge, which stands on no screen. Asking also opens the book.
 */
async function answersOf(country: Nation, { url }: Serving): Promise<Record<string, unknown>> {
  const { hostname: host, port } = new URL(url);
  const last = country.doors.length - 1;
  const door = country.doors[last]!;
  const line = await openLine({ host, port: Number(port), cookie: cookieOf(last), from: '127.0.0.1' });
  const ask = (name: string, body: string): Promise<string> =>
    new Promise((resolve) => line.ask(name, body, (answer) => resolve(answer.toString())));
  const prove = await ask('device:prove', proofBody(door, line.id));
  const began = performance.now();
  const watch = await ask('door:watch', doorWatchBody(country, door));
  const opened = (performance.now() - began) / 1000;
  const body = recordBody(country, door, [personEvent(country, door, 'arrive', door.people - 1)]);
  const record = await ask('attendance:record', body);
  line.cut();
  console.log(
    `a check-in: ${count(body.length)} bytes, answered with ${count(record.length)} by either server (book opened in ${opened.toFixed(1)} s)`,
  );
  return {
    'attendance:record': bodyIn(record),
    'door:watch': bodyIn(watch),
    'device:prove': bodyIn(prove),
  };
}

/** An acknowledgement is a list of one. */
function bodyIn(answer: string): unknown {
  return (JSON.parse(answer) as unknown[])[0];
}
