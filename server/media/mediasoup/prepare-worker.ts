/* `npm run media:worker`: puts mediasoup's worker where the server finds it, and starts it once. */
import { spawn } from 'node:child_process';

import type { Sentence } from '../../../domain/text/language.ts';
import { startMediasoupEngine } from './engine.ts';
import { isWorkerPresent, workerBinary } from './worker-binary.ts';

/** The package's own step: it downloads a worker for this kind of machine, else compiles one. */
const STEP = ['explore', 'mediasoup', '--', 'npm', 'run', 'postinstall'];

const NEEDS: Sentence = {
  vi:
    'Sẽ tải bộ xử lý hình của mediasoup cho loại máy này từ github.com. Nếu không có bản dựng sẵn, máy tự biên dịch: cần trình biên dịch C++20 ' +
    '(g++ 10 trở lên), make, python3 có pip và mạng tới nơi chứa các thư viện; mất 5 đến 20 phút.',
  en:
    "mediasoup's worker for this kind of machine is downloaded from github.com. Where there is none ready it is compiled here: that takes a " +
    'C++20 compiler (g++ 10 or later), make, python3 with pip, a network to where its libraries are, and 5 to 20 minutes.',
};
/** For a network without the way out. */
const CLOSED_NETWORK: Sentence = {
  vi:
    'Không có bộ xử lý hình của mediasoup. Nhịp Cầu vẫn chạy bằng bộ máy hình đi kèm (MEDIA=embedded). Mạng đóng: chạy lệnh này trên một máy cùng ' +
    'hệ điều hành và cùng loại bộ xử lý có mạng, chép tệp mediasoup-worker sang đây và đặt MEDIASOUP_WORKER_BIN chỉ tới tệp đó.',
  en:
    'There is no worker of mediasoup. Nhịp Cầu runs all the same, with the engine that comes with it (MEDIA=embedded). Without a network: run this ' +
    'on a machine with one, of the same system and kind of processor, copy its file mediasoup-worker here, and let MEDIASOUP_WORKER_BIN name it.',
};

function say({ vi, en }: Sentence): void {
  process.stdout.write(`${vi}\n${en}\n`);
}

function runStep(): Promise<boolean> {
  return new Promise((resolve) => {
    const step = spawn('npm', STEP, { stdio: 'inherit' });
    step.once('error', () => resolve(false));
    step.once('exit', (code) => resolve(code === 0));
  });
}

/** Null where it starts; else what it said. */
async function tryWorker(): Promise<string | null> {
  try {
    const options = {
      listenIp: '127.0.0.1',
      port: 0,
      announced: [],
      most: { transports: 1, streamsPerTransport: 1 },
    };
    const engine = await startMediasoupEngine({ ...options, cores: 1 });
    await engine.close();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function prepare(): Promise<boolean> {
  const binary = workerBinary();
  const isNamed = Boolean(process.env['MEDIASOUP_WORKER_BIN']);
  if (!isNamed && !isWorkerPresent()) {
    say(NEEDS);
    await runStep();
  }
  if (!isWorkerPresent()) {
    if (isNamed) {
      say({
        vi: `MEDIASOUP_WORKER_BIN chỉ tới ${binary}, nhưng ở đó không có tệp chạy được.`,
        en: `MEDIASOUP_WORKER_BIN names ${binary}, but there is no file there that may be run.`,
      });
    } else say(CLOSED_NETWORK);
    return false;
  }
  const fault = await tryWorker();
  if (fault === null) {
    say({
      vi: `Bộ xử lý hình chạy được: ${binary}. Khởi động lại Nhịp Cầu để dùng.`,
      en: `The worker runs: ${binary}. Restart Nhịp Cầu to use it.`,
    });
  } else {
    say({
      vi: `Bộ xử lý hình có tại ${binary} nhưng không chạy được trên máy này: ${fault}`,
      en: `There is a worker at ${binary}, but it does not run on this machine: ${fault}`,
    });
  }
  return fault === null;
}

process.exitCode = (await prepare()) ? 0 : 1;
