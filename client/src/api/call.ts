import type { AnswerOf, Contract, SentFile } from '../../../domain/wire/contract.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { requestOf, type CallInput, type WireRequest } from '../../../domain/wire/request.ts';
import { currentLanguage } from '../app/language.ts';

/** The server refused; the problem has the sentence that says why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  /** When the server answered, by its own clock to the second; null where the answer does not say so. */
  readonly serverTime: number | null;
  constructor(problem: Problem, serverTime: number | null = null) {
    super(problem.detail);
    this.problem = problem;
    this.serverTime = serverTime;
  }
}

/** No answer came: the line is down, or the server is. Nothing is known about what it did. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** An answer came that is not what the contract says: page and server are of different versions. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** A file that a person chose, as routes with the body `file` take it. */
export async function fileOf(file: File): Promise<SentFile> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** Signs a request, at a time of the server's clock as far as it is known; null where nothing is known. */
export type Sign = (request: WireRequest, serverTime: number | null) => Promise<WireRequest>;

/**
 * Calls a route of the API. Returns what the contract promises, read through its schema. Throws `Refused` with the
 * server's problem, `Unreachable` without an answer, `Unreadable` for one that is not understood.
 *
 * @param sign for what only this machine may ask; where the server does not take the signature, it is made once more at the time
 * that the server's answer bears
 */
export async function call<C extends Contract>(
  contract: C,
  input: CallInput<C>,
  signal?: AbortSignal,
  sign?: Sign,
): Promise<AnswerOf<C>> {
  const request = requestOf(contract, input, currentLanguage());
  if (sign === undefined) return await send(contract, request, signal);
  try {
    return await send(contract, await sign(request, null), signal);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'device-unproven') throw error;
    if (error.serverTime === null) throw error;
    return await send(contract, await sign(request, error.serverTime), signal);
  }
}

async function send<C extends Contract>(
  contract: C,
  { url, method, headers, body }: WireRequest,
  signal: AbortSignal | undefined,
): Promise<AnswerOf<C>> {
  let response: Response;
  try {
    const how = { method, headers, body, signal: signal ?? null, credentials: 'same-origin' } as const;
    response = await fetch(url, how);
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Unreachable('no answer', { cause: error });
  }
  if (!response.ok) throw await refusalOf(response);
  const { answer } = contract;
  if (answer === null || answer === 'stream') return undefined as AnswerOf<C>;
  const read = answer.safeParse(await response.json().catch(() => undefined));
  if (!read.success) throw new Unreadable(contract.path, { cause: read.error });
  return read.data as AnswerOf<C>;
}

async function refusalOf(response: Response): Promise<Error> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  // A proxy in between answers with pages of its own while the server is away.
  if (!problem.success)
    return response.status >= 502 ? new Unreachable('gateway') : new Unreadable('problem');
  const date = Date.parse(response.headers.get('date') ?? '');
  return new Refused(problem.data, Number.isNaN(date) ? null : date);
}

/** Whether an error says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === 'not-signed-in';
}

/** Whether an error says that somebody else has changed the same thing since it was read. */
export function isOutOfDate(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === 'out-of-date';
}
