/*
 * How many viewers of a megabit one core carries, with either engine: one producer and so many viewers on pipes, which are sealed and sent
 * like a browser's. The engine has this process and its workers for itself; whoever produces and receives is another. The last line is JSON.
 */
import { fork } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

import { readRtp, writeRtpHeader } from '../../server/media/embedded/rtp.ts';
import { COUNTER, SrtpReceiver, SrtpSender } from '../../server/media/embedded/srtp.ts';
import { ENGINES } from '../server/media/engines.ts';
import { got } from '../server/media/feed.ts';

const VIEWERS = (process.env['VIEWERS'] ?? '100,300,500').split(',').map(Number);
const SECONDS = Number(process.env['SECONDS'] ?? 10);
const PAYLOAD_BYTES = 1_000;
const PACKETS_PER_SECOND = 125;
const SSRC = 77;
const KEY = Buffer.alloc(30, 5);
const parts = [KEY.subarray(0, 16), KEY.subarray(16), COUNTER] as const;
/** What comes for all but the first viewer is shared by so many sockets. */
const SINKS = 8;

interface Load {
  /** Where the engine listens, and with what it seals what viewer 0 gets; it alone is opened and looked at. */
  readonly port: number;
  readonly watchedKey: string;
}
interface Seen {
  readonly packets: number;
  /** Milliseconds from the producer to viewer 0. */
  readonly delays: readonly number[];
}

const say = (message: unknown): void => void process.send?.(message);
const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

async function open(): Promise<Socket> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', () => resolve()));
  socket.setRecvBufferSize(4 * 1024 * 1024);
  return socket;
}

/** The other process: produces at the port that it is told, receives at ports of its own, says what came when it is asked. */
async function load(): Promise<void> {
  const [source, watched] = [await open(), await open()];
  const sinks = await Promise.all(Array.from({ length: SINKS }, open));
  say([source, watched, ...sinks].map((socket) => socket.address().port));
  const { port, watchedKey } = await new Promise<Load>((resolve) => void process.once('message', resolve));
  const key = Buffer.from(watchedKey, 'base64');
  const receiver = new SrtpReceiver(key.subarray(0, 16), key.subarray(16), COUNTER);
  let packets = 0;
  const delays: number[] = [];
  for (const sink of sinks) sink.on('message', () => void (packets += 1));
  watched.on('message', (datagram) => {
    const header = readRtp(datagram);
    if (header === null || ((datagram[1] ?? 0) >= 192 && (datagram[1] ?? 0) <= 223)) return;
    packets += 1;
    const came = receiver.rtp(datagram, header.length);
    if (came !== null) delays.push(nowMs() - came.payload.readDoubleBE(8));
  });
  const sender = new SrtpSender(...parts);
  const began = nowMs();
  let number = 1;
  setInterval(() => {
    for (const due = ((nowMs() - began) * PACKETS_PER_SECOND) / 1_000; number < due; number += 1) {
      const payload = Buffer.alloc(PAYLOAD_BYTES);
      // A key frame of VP8 every two seconds.
      payload.set([0x10, number % 250 === 1 ? 0 : 1]);
      payload.writeDoubleBE(nowMs(), 8);
      const head = {
        payloadType: 101,
        isMarked: true,
        sequence: number & 0xffff,
        timestamp: number * 720,
        ssrc: SSRC,
      };
      source.send(
        sender.rtp(writeRtpHeader(head, Buffer.alloc(0)), payload, SSRC, number),
        port,
        '127.0.0.1',
      );
    }
  }, 4);
  process.on('message', () => {
    const seen: Seen = { packets, delays: delays.splice(0) };
    packets = 0;
    say(seen);
  });
}

/** What this process and its children but one have used of processors (seconds), and have of memory (bytes). */
function used(but: number | undefined): { readonly seconds: number; readonly bytes: number } {
  const { user, system } = process.cpuUsage();
  let [seconds, bytes] = [(user + system) / 1e6, process.memoryUsage.rss()];
  for (const task of readdirSync('/proc/self/task')) {
    for (const pid of readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' ')) {
      if (pid === '' || Number(pid) === but) continue;
      // After the name in brackets: user and system time are the 12th and 13th field, in hundredths of a second.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      seconds += (Number(fields[11]) + Number(fields[12])) / 100;
      bytes += Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    }
  }
  return { seconds, bytes };
}

interface Figures {
  readonly engine: string;
  readonly viewers: number;
  readonly cores: number;
  readonly viewersPerCore: number;
  readonly arrivedPercent: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly kilobytesPerViewer: number;
}

async function measure({ name, start }: (typeof ENGINES)[number], viewers: number): Promise<Figures> {
  const most = { transports: viewers + 1, streamsPerTransport: 2 };
  const options = { listenIp: '127.0.0.1', port: 0, announced: [{ ip: '127.0.0.1' }], most };
  const engine = await start(options, 1);
  const child = fork(import.meta.filename, ['load']);
  const said = <Message>(): Promise<Message> =>
    new Promise((resolve) => void child.once('message', (message) => resolve(message as Message)));
  const [source = 0, watched = 0, ...sinks] = await said<number[]>();
  const ip = '127.0.0.1';
  const keyBase64 = KEY.toString('base64');
  const before = used(child.pid);
  const form = 'plain';
  const up = got(await engine.openPipe({ form }));
  got(await engine.connectPipe({ pipe: up.id, remote: { ip, port: source, keyBase64 } }));
  const codecs = [{ mimeType: 'video/VP8' as const, payloadType: 101, clockRate: 90_000 }];
  const rtpParameters = { codecs, encodings: [{ ssrc: SSRC }] };
  const producer = got(await engine.produce({ transport: up.id, kind: 'video', rtpParameters })).id;
  const rtpCapabilities = { ...got(await engine.capabilities()), headerExtensions: [] };
  let watchedKey = '';
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const pipe = got(await engine.openPipe({ form }));
    if (viewer === 0) watchedKey = pipe.keyBase64;
    const remote = { ip, port: viewer === 0 ? watched : sinks[viewer % SINKS]!, keyBase64 };
    got(await engine.connectPipe({ pipe: pipe.id, remote }));
    got(await engine.consume({ transport: pipe.id, producer, rtpCapabilities, isPaused: false }));
  }
  const begin: Load = { port: up.port, watchedKey };
  child.send(begin);
  await wait(3_000);
  child.send('reset');
  await said();
  const [from, at] = [used(child.pid), nowMs()];
  await wait(SECONDS * 1_000);
  const till = used(child.pid);
  const elapsedMs = nowMs() - at;
  child.send('count');
  const { packets, delays } = await said<Seen>();
  const inOrder = delays.toSorted((a, b) => a - b);
  const quantile = (share: number): number =>
    Number((inOrder[Math.floor(inOrder.length * share)] ?? NaN).toFixed(1));
  const cores = (till.seconds - from.seconds) / (elapsedMs / 1_000);
  child.kill();
  await engine.close();
  return {
    engine: name,
    viewers,
    cores: Number(cores.toFixed(2)),
    viewersPerCore: Math.round(viewers / cores),
    // More than all: reports of the sender come beside.
    arrivedPercent: Number(
      ((packets / ((viewers * PACKETS_PER_SECOND * elapsedMs) / 1_000)) * 100).toFixed(1),
    ),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    kilobytesPerViewer: Math.round((till.bytes - before.bytes) / 1024 / viewers),
  };
}

/** Each in a process of its own: what the one before has left would count as the next one's memory. */
async function run(engine: string, viewers: number): Promise<Figures> {
  const child = fork(import.meta.filename, ['measure', engine, String(viewers)]);
  const figures = await new Promise<Figures>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Figures));
    child.once('exit', (code) => reject(new Error(`the measurement ended with ${code}`)));
  });
  const { cores, viewersPerCore, arrivedPercent, p50Ms, p99Ms, kilobytesPerViewer } = figures;
  console.log(
    `${engine}, ${viewers} viewers: ${cores} cores, ${viewersPerCore} viewers a core; arrived ${arrivedPercent} %; ` +
      `delay p50 ${p50Ms} ms, p99 ${p99Ms} ms; ${kilobytesPerViewer} kB a viewer`,
  );
  return figures;
}

const [, , part, named, viewers] = process.argv;
if (part === 'load') await load();
else if (part === 'measure') {
  const engine = ENGINES.find(({ name }) => name === named);
  if (engine === undefined) throw new Error(`no engine is called ${named}`);
  say(await measure(engine, Number(viewers)));
} else {
  const results: Figures[] = [];
  for (const { name, missing } of ENGINES) {
    if (missing === null) for (const count of VIEWERS) results.push(await run(name, count));
    else console.log(`${name}: ${missing}`);
  }
  console.log(
    JSON.stringify({ bench: 'media', megabits: (PAYLOAD_BYTES * PACKETS_PER_SECOND * 8) / 1e6, results }),
  );
}
