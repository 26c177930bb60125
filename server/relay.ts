/* `npm run relay`: an engine on a machine of its own, which passes the program on to the bridges near it. Keeps nothing. */
import { isIPv4 } from 'node:net';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import type { Sentence } from '../domain/text/language.ts';
import { startRelay, type RelayEvent } from './media/relay/service.ts';
import { startEngine, viewersOf } from './media/start-engine.ts';
import { loadEnvFile } from './platform/env-file.ts';

const addresses = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((list) => list.every((one) => isIPv4(one)));

/** Each comes from a flag, or from the environment under the name beside it. */
const Settings = z.object({
  hub: z.url({ protocol: /^https?$/ }),
  /** From the environment or a file alone: a list of processes shows flags to everybody on the machine. */
  token: z.string().min(20),
  listen: z.string().refine(isIPv4).default('0.0.0.0'),
  port: z.coerce.number().int().min(0).max(65_535).default(44_400),
  address: addresses,
  capacity: z.coerce.number().int().min(1).max(100_000).optional(),
  engine: z.enum(['auto', 'embedded', 'mediasoup']).default('auto'),
});

const VARIABLES = {
  hub: 'RELAY_HUB',
  token: 'RELAY_TOKEN',
  listen: 'RELAY_LISTEN',
  port: 'RELAY_PORT',
  address: 'RELAY_ADDRESS',
  capacity: 'RELAY_CAPACITY',
  engine: 'RELAY_ENGINE',
} as const satisfies Record<keyof typeof Settings.shape, string>;

const EXPECTED: Record<keyof typeof VARIABLES, string> = {
  hub: 'địa chỉ máy chủ Nhịp Cầu, http:// hoặc https:// / the address of the server, with http:// or https://',
  token:
    'mã do lệnh "relays add" cấp, đặt trong biến môi trường / what "relays add" gave, in the environment',
  listen: 'một địa chỉ IPv4 của máy này / an IPv4 address of this machine',
  port: 'cổng UDP từ 0 đến 65535 / a UDP port from 0 to 65535',
  address:
    'các địa chỉ IPv4 mà điểm cầu dùng để gọi tới máy này, cách nhau bằng dấu phẩy / the IPv4 addresses by which bridges reach this machine, separated by commas',
  capacity: 'số điểm cầu nhận hình từ máy này / how many bridges view from this machine',
  engine: 'auto, embedded, mediasoup',
};

function readSettings(): z.output<typeof Settings> | null {
  const names = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[];
  const flags = names.filter((name) => name !== 'token');
  const { values } = parseArgs({
    options: Object.fromEntries(flags.map((name) => [name, { type: 'string' as const }])),
  });
  const given = Object.fromEntries(
    names.map((name) => [name, values[name] ?? (process.env[VARIABLES[name]] || undefined)]),
  );
  const read = Settings.safeParse(given);
  if (read.success) return read.data;
  const faulty = new Set(read.error.issues.map(({ path }) => path[0]));
  for (const name of names) {
    const flag = name === 'token' ? '' : ` (--${name})`;
    if (faulty.has(name)) process.stderr.write(`${VARIABLES[name]}${flag}: ${EXPECTED[name]}\n`);
  }
  return null;
}

/** Each viewer has a line, for a moment two; how many there may be is kept to by the server. */
const MOST = { transports: 4_000, streamsPerTransport: 64 };

function say(vi: string, en: string): void {
  process.stdout.write(`${vi}\n${en}\n`);
}

const ENDED: Record<Extract<RelayEvent, { event: 'ended' }>['why'], Sentence> = {
  refused: {
    vi: 'Máy chủ không nhận mã này. Xin người tổ chức cấp mã mới.',
    en: 'The server does not take this token. Ask an organizer for a new one.',
  },
  revoked: {
    vi: 'Mã đã bị thu hồi. Máy chuyển tiếp dừng.',
    en: 'The token was revoked. The relay ends.',
  },
  replaced: {
    vi: 'Một máy khác đã vào bằng cùng mã. Mỗi máy chuyển tiếp cần mã riêng. Máy này dừng.',
    en: 'Another machine has come with the same token. Each relay needs its own. This one ends.',
  },
};

function tell(event: RelayEvent): void {
  switch (event.event) {
    case 'in service':
      say(
        `Đã nối với máy chủ, chuyển tiếp tại điểm cầu ${event.bridgeName}.`,
        `In service at the bridge ${event.bridgeName}.`,
      );
      return;
    case 'line broken':
      say(
        'Mất đường nối với máy chủ. Hình đang chuyển vẫn chạy; đang nối lại.',
        'The line to the server broke. What is passed on goes on; trying again.',
      );
      return;
    case 'ended':
      say(ENDED[event.why].vi, ENDED[event.why].en);
      process.exit(1);
  }
}

async function main(): Promise<void> {
  const badFile = loadEnvFile();
  if (badFile !== null) process.stderr.write(`${badFile}\n`);
  const settings = badFile === null ? readSettings() : null;
  if (settings === null) {
    process.exitCode = 2;
    return;
  }
  const { hub, token, capacity, listen, port, address, engine } = settings;
  const announced = address.map((ip) => ({ ip }));
  const relay = await startRelay({
    hub,
    token,
    capacityOf: ({ name }) => capacity ?? viewersOf(name),
    startEngine: () => startEngine(engine, { listenIp: listen, port, announced, most: MOST }),
    on: tell,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void relay.close().then(() => process.exit(0)));
  }
}

await main().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') say('Cổng UDP đang được dùng.', 'The UDP port is in use.');
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
