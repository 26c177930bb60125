import type { Language } from '../text/language.ts';
import type { BodyInput, Contract, ParamsOf, QueryInput, SentFile } from './contract.ts';

/** Where the routes of the API live. */
export const API_PREFIX = '/api/v1';

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

/** Address of a route from the root of the server on, for calls and for links that download a file. */
export function urlOf<C extends Contract>(contract: C, input: Omit<CallInput<C>, 'body'>): string {
  const { params = {}, query = {} } = input as LooseInput;
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const asked = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `${API_PREFIX}${path}${asked.length === 0 ? '' : `?${asked.join('&')}`}`;
}

/** Names a file that is sent, percent-encoded: its name may be somebody's, and addresses are written down on the way. */
export const FILE_NAME_HEADER = 'x-file-name';

/** A request as `fetch` takes it. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

/** The request that calls a contract. A body whose fields may all be left out may be left out. */
export function requestOf<C extends Contract>(
  contract: C,
  input: CallInput<C>,
  language: Language,
): WireRequest {
  const request = { url: urlOf(contract, input), method: contract.method.toUpperCase() };
  const headers = { accept: 'application/json', 'accept-language': language };
  const { body } = input as LooseInput;
  if (contract.body === undefined || contract.body === null) return { ...request, headers, body: null };
  if (contract.body === 'file') {
    const { name, bytes } = body as SentFile;
    const named = {
      'content-type': 'application/octet-stream',
      [FILE_NAME_HEADER]: encodeURIComponent(name),
    };
    return { ...request, headers: { ...headers, ...named }, body: bytes };
  }
  const json = { 'content-type': 'application/json' };
  return { ...request, headers: { ...headers, ...json }, body: JSON.stringify(body ?? {}) };
}
