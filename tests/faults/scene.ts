import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BridgeId, ConferenceId, PersonId, SessionId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { signIn, type TestClock } from '../server/harness.ts';
import { machineNamed, pair } from '../server/paired.ts';
import { sample } from '../server/sample.ts';

/** Words of the machines that the tests let speak. */
const MACHINES = ['may-1', 'may-2', 'may-3', 'may-4', 'may-5', 'may-6', 'may-la'];

/** The long form takes minutes: `npm run faults`. */
export const LONG = process.env['FAULTS'] === 'long';

/** A data folder with a conference that is ready for its day, and whoever works at its doors. */
export interface Scene {
  readonly data: string;
  readonly cookie: string;
  readonly conference: ConferenceId;
  readonly session: SessionId;
  /** All bridges, the topmost first. */
  readonly bridges: readonly BridgeId[];
  readonly people: readonly PersonId[];
  clear(): Promise<void>;
}

const clock: TestClock = Object.assign(() => Date.now() as Instant, { advance: () => {}, set: () => {} });

/** Makes the folder and fills it through the server's own routes; nothing runs on it afterwards. */
export async function prepare(folder?: string): Promise<Scene> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'nhipcau-faults-')));
  const filled = await sample({ communes: 3, data, clock });
  const { cookie } = await signIn(filled.server);
  // The machines of the tests stand at every door.
  for (const { id } of filled.bridges) {
    for (const word of MACHINES) await pair(filled.server, filled.conference, id, machineNamed(word));
  }
  await filled.server.close();
  return {
    data,
    cookie,
    conference: filled.conference,
    session: filled.session,
    bridges: filled.bridges.map(({ id }) => id),
    people: filled.roster.map(({ id }) => id),
    clear: () => rm(data, { recursive: true, force: true }),
  };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds));
}

/** Waits until something holds. Throws with its name after so long. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  atMost = 60_000,
): Promise<void> {
  for (const from = Date.now(); !(await holds()); await pause(10)) {
    if (Date.now() - from > atMost) throw new Error(`still not after ${atMost} ms: ${what}`);
  }
}
