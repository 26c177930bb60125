import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket as Plain } from 'node:net';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { rawLine, websocketRequest } from '../raw-line.ts';
import { socket } from '../server/harness.ts';
import { arriveAt } from '../server/sample.ts';
import { chanceOf, SEED } from './chance.ts';
import { crowdOf } from './crowd.ts';
import { onCopy, witness } from './ledger.ts';
import { killAll, launch } from './program.ts';
import { pause, prepare, until, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterEach(killAll);
afterAll(() => scene.clear());

const plain = (url: string): Promise<Plain> => rawLine(Number(new URL(url).port));

/** A websocket opened by hand; reads nothing by itself. */
async function websocket(url: string, cookie: string): Promise<Plain> {
  const line = await plain(url);
  line.write(websocketRequest(cookie));
  await once(line, 'data');
  return line;
}

/** The same, let in: what comes before that is not listened to. */
async function joined(url: string): Promise<Plain> {
  const line = await websocket(url, scene.cookie);
  let heard = '';
  line.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  line.write(frame('40'));
  await until('the socket is let in', () => heard.includes('40{"sid"'));
  line.removeAllListeners('data');
  return line;
}

/** A masked frame of a client, as RFC 6455 has it; `of` is what it says of its length. */
function frame(payload: string | Buffer, { opcode = 1, of = Buffer.byteLength(payload) } = {}): Buffer {
  const body = Buffer.from(payload);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(of));
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | 127]), length, Buffer.alloc(4), body]);
}

function arrivals(count: number, device = 'may-la'): AttendanceEvent[] {
  const at = { session: scene.session, clock: (() => Date.now()) as never };
  return Array.from({ length: count }, (_, n) =>
    arriveAt(at, scene.bridges[0]!, scene.people[n % scene.people.length]!, { device }),
  );
}

test('clients that send garbage, half frames and nothing at all disturb nobody else', async () => {
  const chance = chanceOf(SEED);
  const crowd = crowdOf(scene, 3, chance, { batch: 20, rest: 10 });
  const program = launch(scene.data);
  const url = await program.ready();
  await crowd.go(url);

  const bad: Plain[] = [];
  for (let round = 0; round < 5; round++) {
    // No HTTP at all; half a request; a request that never ends.
    for (const words of [
      randomBytes(2000),
      'GET / HTTP/1.1\r\nHost: x\r\nX-Half: ',
      'POST /api/v1/sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n{',
    ]) {
      const line = await plain(url);
      line.write(words);
      bad.push(line);
    }
    const open = async (): Promise<Plain> => {
      const line = await websocket(url, scene.cookie);
      bad.push(line);
      return line;
    };
    // Never joins the namespace, never answers a ping.
    await open();
    // Not a frame; a frame that says it is longer than the world; half of one; packets that are none; a cut message.
    (await open()).write(randomBytes(500));
    (await open()).write(frame('', { of: 2 ** 40 }));
    (await open()).write(frame('40', { of: 200 }));
    for (const packet of [
      '40{"language":7}',
      '42',
      '42[',
      '42["attendance:record"',
      '42["attendance:record",{}]',
      '420["attendance:record",{"events":"x"}]',
      '421["attendance:record",null,null,null]',
      '422["no:such:message",{}]',
      '423["__proto__",{}]',
      '4999999["clock:ask"]',
      '451-["clock:ask",{"_placeholder":true,"num":0}]',
      '49',
      '4/other,',
      '0{}',
      '6',
      '9',
      'ÿ',
      '424["attendance:record",{"__proto__":{"x":1},"constructor":1}]',
    ]) {
      const line = await joined(url);
      bad.push(line);
      line.write(frame(packet));
    }
    const binary = await joined(url);
    bad.push(binary);
    binary.write(frame(randomBytes(1000), { opcode: 2 }));
  }
  const before = crowd.acknowledged();
  await until('the others go on', () => crowd.acknowledged() > before + 200);
  await crowd.halt();
  for (const line of bad) line.destroy();
  expect(crowd.journals.flatMap(({ refusals, complaints }) => [...refusals, ...complaints])).toEqual([]);
  // Nothing of it was a failure of the program's own.
  expect(program.log()).toBe('');
  expect(await program.stop()).toBe(0);
  const seen = witness();
  expect(await onCopy(scene.data, (file) => seen.look(file))).toEqual([]);
  expect(seen.compare(crowd.journals)).toEqual([]);
});

test('10,000 events in one message are refused in a sentence; in many messages at once they are all taken, once each', async () => {
  const program = launch(scene.data);
  const url = await program.ready();
  const door = await socket({ url }, scene.cookie);
  const at = { conference: scene.conference, session: scene.session, bridge: scene.bridges[0]! };
  const events = arrivals(10_000);

  const refused = await door.ask('attendance:record', { ...at, events });
  expect(refused).toMatchObject({ ok: false, reason: 'malformed' });
  expect(refused).toMatchObject({ message: expect.stringMatching(/events: dài quá 1000 mục/) });

  const messages = Array.from({ length: 10 }, (_, n) => events.slice(n * 1000, (n + 1) * 1000));
  // Each twice: the second time they are replays, on their way together with the first.
  const answers = await Promise.all(
    [...messages, ...messages].map((some) => door.ask('attendance:record', { ...at, events: some })),
  );
  const items = answers.flatMap((answer) => (answer.ok ? answer.items : []));
  expect(items).toHaveLength(20_000);
  expect(new Set(items.map(({ outcome }) => outcome))).toEqual(new Set(['recorded']));
  const receipts = new Map(items.map(({ id, receipt }) => [id, JSON.stringify(receipt)]));
  expect(items.every(({ id, receipt }) => receipts.get(id) === JSON.stringify(receipt))).toBe(true);
  door.close();
  expect(await program.stop()).toBe(0);

  const seen = witness();
  expect(await onCopy(scene.data, (file) => seen.look(file))).toEqual([]);
  const journal = {
    device: 'may-la',
    bridge: at.bridge,
    sent: new Map(events.map((event) => [event.id as string, event])),
    acknowledged: new Map(items.map(({ id, receipt }) => [id as string, receipt!])),
    waiting: new Set<string>(),
    refusals: [],
    complaints: [],
    longest: 0,
  };
  const missing = seen.compare([journal]).filter((fault) => !fault.endsWith('was sent by nobody'));
  expect(missing).toEqual([]);
});

test('a client that asks and never reads is let go before its answers fill the memory', async () => {
  const program = launch(scene.data, { environment: { NODE_OPTIONS: '--max-old-space-size=200' } });
  const url = await program.ready();
  const line = await joined(url);
  line.pause();
  const { conference, session, bridges } = scene;
  // Little to send, and each answer is a sentence for each of a thousand events.
  const body = { conference, session, bridge: bridges[0], events: Array.from({ length: 1000 }, () => 0) };
  const greedy = frame(`421["attendance:record",${JSON.stringify(body)}]`);
  await until(
    'it is let go',
    async () => {
      line.write(greedy);
      // As of somebody who is alive.
      line.write(frame('3'));
      await pause(5);
      return line.destroyed;
    },
    60_000,
  );
  // Others are served as before.
  const other = await socket({ url }, scene.cookie);
  expect((await other.ask('clock:ask', {})).ok).toBe(true);
  other.close();
  expect(program.log()).toBe('');
  expect(await program.stop()).toBe(0);
});

test('a client that sends without waiting for answers does not hold up the others', async () => {
  const program = launch(scene.data, { environment: { NODE_OPTIONS: '--max-old-space-size=200' } });
  const url = await program.ready();
  const crowd = crowdOf(scene, 3, chanceOf(SEED), { batch: 10, rest: 10 });
  await crowd.go(url);
  const line = await joined(url);
  line.pause();
  const { conference, session, bridges } = scene;
  const body = { conference, session, bridge: bridges[0], events: arrivals(300, 'may-lu') };
  const flood = frame(`421["attendance:record",${JSON.stringify(body)}]`);
  for (let sent = 0; sent < 200 && !line.destroyed; sent++) line.write(flood);
  const before = crowd.acknowledged();
  await until('the others go on', () => crowd.acknowledged() > before + 50, 60_000);
  await crowd.halt();
  line.destroy();
  expect(crowd.journals.flatMap(({ refusals, complaints }) => [...refusals, ...complaints])).toEqual([]);
  expect(program.log()).toBe('');
  expect(await program.stop()).toBe(0);
});
