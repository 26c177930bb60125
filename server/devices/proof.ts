import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Worker } from 'node:worker_threads';

import {
  deviceIdOf,
  lineText,
  readSignature,
  requestText,
  SIGNATURE_HEADER,
  SIGNATURE_HOLDS_MS,
} from '../../domain/devices/proof.ts';
import type { BridgeId, DeviceId } from '../../domain/ids.ts';
import { ok, type Result, type Soon } from '../../domain/result.ts';
import type { DeviceProof } from '../../domain/wire/devices.ts';
import { bodyDigestOf } from '../platform/body-digest.ts';
import type { Context } from '../platform/context.ts';
import type { ServerSocket } from '../platform/sockets.ts';
import { isKnownPair } from './trust.ts';

/** Public key, text, signature. */
export type ToCheck = readonly [key: string, text: string, signature: string];

interface Waiting {
  readonly what: ToCheck;
  readonly resolve: (isSigned: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread, and what it was given and has not answered. */
interface Checker {
  readonly worker: Worker;
  readonly given: (readonly Waiting[])[];
}

/** One for the process: what the machines of a nation sign in ten seconds it checks in two. */
let checker: Checker | null = null;
let queue: Waiting[] = [];

/** Whether the key signed the text: found out in a thread of its own, with all that are asked in the same turn at once. */
function isSigned(what: ToCheck): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (queue.push({ what, resolve, reject }) === 1) setImmediate(handOver);
  });
}

function handOver(): void {
  const own = queue;
  queue = [];
  checker ??= startChecker();
  checker.given.push(own);
  checker.worker.ref();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  checker.worker.postMessage(own.map(({ what }) => what));
}

function startChecker(): Checker {
  const worker = new Worker(new URL('./proof-worker.ts', import.meta.url), { execArgv: [], env: {} });
  const own: Checker = { worker, given: [] };
  worker.on('message', (answers: readonly boolean[]) => {
    for (const [at, { resolve }] of (own.given.shift() ?? []).entries()) resolve(answers[at] === true);
    // The process may end while the thread waits for work.
    if (own.given.length === 0) worker.unref();
  });
  const gone = (error: unknown): void => {
    if (checker === own) checker = null;
    for (const { reject } of own.given.splice(0).flat()) reject(error);
  };
  worker.once('error', gone);
  worker.once('exit', (code) => gone(new Error(`the thread that checks signatures ended with ${code}`)));
  return own;
}

/** The machine that a public key belongs to. */
function deviceOf(key: string): DeviceId {
  return deviceIdOf(hash('sha256', Buffer.from(key, 'base64url'), 'hex'));
}

/** Whose line it is, for lines on which a machine has shown its key or is about to. */
const lines = new WeakMap<ServerSocket, Soon<DeviceId | null>>();

/** Which machine a line belongs to; null where none has shown that it is its own. At once unless it is being found out. */
export function machineOn(socket: ServerSocket): Soon<DeviceId | null> {
  return lines.get(socket) ?? null;
}

/**
 * A machine shows that a line is its own: it signs the id of the line, which the server drew at random for this line alone and
 * has told nobody else. Good for as long as the line stands, and tried once.
 */
export function proveLine(
  socket: ServerSocket,
  { key, signature }: DeviceProof,
): Soon<Result<DeviceId, { readonly reason: 'proven before' | 'not signed' }>> {
  if (lines.has(socket)) return { ok: false, reason: 'proven before' };
  const device = deviceOf(key);
  const proving = isSigned([key, lineText(socket.id), signature]).then(
    (fits) => {
      lines.set(socket, fits ? device : null);
      return fits;
    },
    (error: unknown) => {
      lines.delete(socket);
      throw error;
    },
  );
  lines.set(
    socket,
    proving.then(
      (fits) => (fits ? device : null),
      () => null,
    ),
  );
  return proving.then((fits) => (fits ? ok(device) : { ok: false, reason: 'not signed' }));
}

/** The machine that signed a request, and its key. */
export interface Signer {
  readonly device: DeviceId;
  readonly publicKey: string;
}

/**
 * The machine that says it signed a request, where one of its key is known to be paired at the request's bridge; null else. At
 * once and before the body is read: whether it did sign is for `signerOf` to find out.
 */
export function machineSaidBy(
  { database }: Context,
  {
    headers,
    params,
  }: Pick<IncomingMessage, 'headers'> & { readonly params: Readonly<Record<string, unknown>> },
): DeviceId | null {
  const header = headers[SIGNATURE_HEADER];
  const { bridge } = params;
  if (typeof header !== 'string' || typeof bridge !== 'string') return null;
  const said = readSignature(header);
  if (said === null) return null;
  const device = deviceOf(said.key);
  return isKnownPair(database, bridge as BridgeId, device) ? device : null;
}

export type SignatureFailure = { readonly reason: 'not signed' | 'other time' };

/**
 * Who signed a request, over its method, address, time and the digest of its body; null where it bears no signature. A signature
 * that does not fit is a failure of the whole request: what it brings is not what a machine sent.
 */
export async function signerOf(
  context: Context,
  request: IncomingMessage & { readonly originalUrl: string },
): Promise<Result<Signer | null, SignatureFailure>> {
  const header = request.headers[SIGNATURE_HEADER];
  if (header === undefined) return ok(null);
  const said = typeof header === 'string' ? readSignature(header) : null;
  if (said === null) return { ok: false, reason: 'not signed' };
  const { key, at, signature } = said;
  const { method = '', originalUrl: target } = request;
  const text = requestText({ method, target, at, body: bodyDigestOf(request) });
  if (!(await isSigned([key, text, signature]))) return { ok: false, reason: 'not signed' };
  if (Math.abs(context.clock() - at) > SIGNATURE_HOLDS_MS) return { ok: false, reason: 'other time' };
  return ok({ device: deviceOf(key), publicKey: key });
}
