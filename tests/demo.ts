import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { BARE_ENVIRONMENT } from './environment.ts';

const PROGRAM = fileURLToPath(new URL('../server/demo/main.ts', import.meta.url));

/** The demo as somebody has it who has just started it. */
export interface Demo {
  readonly url: string;
  readonly conference: string;
  readonly username: string;
  readonly password: string;
  /** The page of somebody who is invited. */
  readonly personal: string;
  /** When its doors began to open, by this machine's clock. */
  readonly openedAt: number;
  stop(): void;
}

/** Starts the demo and reads what it says. */
export async function startDemo(): Promise<Demo> {
  const demo = spawn(process.execPath, [PROGRAM, '--port', '0'], {
    env: BARE_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const line of createInterface(demo.stdout)) {
    said += `${line}\n`;
    const address = /(http\S+)\/conferences\/([^/]+)\/control/.exec(said);
    const username = /user name: (\S+)/.exec(said)?.[1];
    const password = /password: +(\S+)/.exec(said)?.[1];
    const personal = /http\S+\?letter=\S+/.exec(said)?.[0];
    if (address !== null && username !== undefined && password !== undefined && personal !== undefined) {
      demo.stdout.resume();
      const [, url = '', conference = ''] = address;
      return {
        url,
        conference,
        username,
        password,
        personal,
        openedAt: Date.now(),
        stop: () => void demo.kill(),
      };
    }
  }
  throw new Error(`The demo has ended:\n${said}`);
}
