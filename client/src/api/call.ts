import { API_PREFIX } from '../../../domain/wire/api.ts';
import type { AnswerOf, BodyInput, Contract, ParamsOf, QueryInput } from '../../../domain/wire/contract.ts';
import { Problem } from '../../../domain/wire/problem.ts';
import { currentLanguage } from '../app/language.ts';

/** The server refused; the problem has the sentence that says why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
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

type Part<Key extends string, Value> = [Value] extends [undefined]
  ? { readonly [K in Key]?: never }
  : object extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

/** What a call of a contract needs: its path parameters, query and body, each only where the contract has one. */
export type CallInput<C extends Contract> = Part<'params', ParamsOf<C>> &
  Part<'query', QueryInput<C>> &
  Part<'body', BodyInput<C>>;

interface LooseInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly body?: unknown;
}

/** Address of a route, for calls and for links that download a file. */
export function urlOf<C extends Contract>(contract: C, input: Omit<CallInput<C>, 'body'>): string {
  const { params = {}, query = {} } = input as LooseInput;
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const tail = search.size === 0 ? '' : `?${search.toString()}`;
  return `${API_PREFIX}${path}${tail}`;
}

/** Bytes of a file that a person chose, as routes with the body `file` take them. */
export async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

/**
 * Calls a route of the API. Returns what the contract promises, read through its schema. Throws `Refused` with the
 * server's problem, `Unreachable` without an answer, `Unreadable` for one that is not understood.
 */
export async function call<C extends Contract>(
  contract: C,
  input: CallInput<C>,
  signal?: AbortSignal,
): Promise<AnswerOf<C>> {
  const { body } = input as LooseInput;
  const isFile = body instanceof Uint8Array;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': currentLanguage(),
  };
  if (body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
  let response: Response;
  try {
    response = await fetch(urlOf(contract, input), {
      method: contract.method.toUpperCase(),
      headers,
      body: body === undefined ? null : isFile ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body),
      signal: signal ?? null,
      credentials: 'same-origin',
    });
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
  return new Refused(problem.data);
}

/** Whether an error says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === 'not-signed-in';
}
