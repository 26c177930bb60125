import { isDeepStrictEqual } from 'node:util';
import type { Writable } from 'node:stream';

import type { Express, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';

import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import { assertNever } from '../../domain/result.ts';
import { contracts, type RouteName } from '../../domain/wire/api.ts';
import {
  auditOf,
  FileName,
  type BodyOf,
  type Contract,
  type ParamsOf,
  type QueryOf,
} from '../../domain/wire/contract.ts';
import { API_PREFIX, FILE_NAME_HEADER } from '../../domain/wire/request.ts';
import { bodyParser, NOT_JSON, type BodyRoom } from './bodies.ts';
import type { ConnectionBounds } from './connections.ts';
import type { Context } from './context.ts';
import { readInput } from './intake.ts';
import type { RequestLimits } from './limits.ts';
import { sayErased } from '../../domain/retention/erased.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import { admitted, ProblemError } from './problems.ts';
import type { ConferenceOf, Gate, ScopeOf } from './scopes.ts';
import { sendJson } from './send-json.ts';
import { audited, enterTurnedAway, type Act, type Trail } from './trail.ts';

/** Path parameters whose name tells whose id they are; any other is a plain text. */
interface KnownIds {
  readonly conference: ConferenceId;
  readonly bridge: BridgeId;
  readonly session: SessionId;
}
type PathOf<C extends Contract> = {
  readonly [Name in keyof ParamsOf<C>]: Name extends keyof KnownIds ? KnownIds[Name] : string;
};

/** A document that is written as it is read. */
export interface Document {
  /** Media type, one of the contract's `streams`. */
  readonly type: string;
  /** As a person finds it among their downloads: `Báo cáo điểm danh.xlsx` */
  readonly filename: string;
  /**
   * Writes everything and ends. An error before the first byte is answered as a problem; after it the connection is
   * cut, so that nobody takes half a file for a whole one. `signal` says that the reader has gone.
   */
  write(out: Writable, signal: AbortSignal): Promise<void>;
}

/** What a handler is given: everything parsed, and the scope already checked. */
export interface Input<C extends Contract> {
  readonly params: PathOf<C>;
  readonly query: QueryOf<C>;
  readonly body: BodyOf<C>;
  readonly scope: ScopeOf<C>;
  readonly conference: ConferenceOf<C>;
  readonly context: Context;
  readonly request: Request;
  readonly response: Response;
}
export type AnswerFor<C extends Contract> = C['answer'] extends 'stream'
  ? Document
  : C['answer'] extends z.ZodType
    ? z.output<C['answer']>
    : void;
export type Handler<C extends Contract> = (input: Input<C>) => Promise<AnswerFor<C>>;

/** One contract with the code that answers it. */
export interface Route {
  readonly contract: Contract;
  readonly handle: (input: never) => Promise<unknown>;
}

/** Answers a contract. The handler's types follow from it. */
export function implement<C extends Contract>(contract: C, handler: Handler<C>): Route {
  return { contract, handle: handler };
}

/** Contracts of the API that none of the routes answers. Throws when two answer the same. */
export function missingImplementations(routes: readonly Route[]): RouteName[] {
  const implemented = new Set(routes.map((route) => route.contract));
  if (implemented.size < routes.length) {
    const twice = routes.find(
      (route, i) => routes.findIndex((other) => other.contract === route.contract) < i,
    );
    throw new Error(`implemented twice: ${twice?.contract.method} ${twice?.contract.path}`);
  }
  return (Object.keys(contracts) as RouteName[]).filter((name) => !implemented.has(contracts[name]));
}

const NO_FILE: Sentence = { vi: 'Chưa có tệp nào được gửi lên.', en: 'No file was sent.' };

const FOR_THE_LEVEL_ABOVE: Sentence = {
  vi: 'Việc này do cấp trên trực tiếp quyết định. Chưa có gì thay đổi.',
  en: 'This is for the level above to decide. Nothing has changed.',
};

const PathId = z.string().min(1).max(64);

export type MachineOf = (context: Context, request: Request) => string | null;

export interface Mounting {
  readonly gate: Gate;
  /** Has an entry of every change and of every look at people. */
  readonly trail: Trail;
  /** How often somebody may ask. */
  readonly limits: RequestLimits;
  /** The machine that a request says it was signed by, where one of that key is paired at the request's bridge. */
  readonly machineOf: MachineOf;
  /** How long they may take to send it. */
  readonly bounds: ConnectionBounds;
  /** Memory for what is sent. */
  readonly room: BodyRoom;
  readonly contextOf: (request: Request) => Promise<Context>;
  /**
   * Whether every answer is held against its contract, and one that differs fails. On in tests; off where people work,
   * as an answer with a flaw serves them better than none.
   */
  readonly checkAnswers: boolean;
}

/** Puts routes on the server, each: who asks, may they, what do they send, answer. */
export function mountRoutes(app: Express, routes: readonly Route[], mounting: Mounting): void {
  for (const route of routes) {
    const path = API_PREFIX + route.contract.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[route.contract.method](path, serve(route, mounting));
  }
}

function serve({ contract, handle }: Route, mounting: Mounting): RequestHandler {
  const { trail, gate, checkAnswers, limits, room } = mounting;
  const parseBody = bodyParser(contract, room, mounting.bounds);
  const enters = auditOf(contract);
  const isFile = contract.answer === 'stream';
  return async (request, response) => {
    const context = await mounting.contextOf(request);
    const { language, actor } = context;
    const account = actor?.account ?? null;
    const machine = mounting.machineOf(context, request);
    limits.admit(contract, { account, address: request.ip ?? '', machine });
    const params = readParams(request);
    const act = enters === null ? null : actOf(contract, enters, params);
    // Who may not is told so before anything of theirs is read into memory.
    const scopes = await scopesOrEntry(contract, params, context, gate, trail, act);
    const query = contract.query ? readInput(contract.query, { ...request.query }, language) : {};
    await parseBody?.(request, response, account);
    const body = readBody(contract, request, context);
    const answerTo = async (own: Context): Promise<unknown> => {
      const input = { params, query, body, ...scopes, context: own, request, response };
      const given = await handle(input as never);
      if (checkAnswers) checkAnswer(contract, given);
      return given;
    };
    const asked =
      act?.kind === 'look' ? { ...act, filter: filterIn({ ...query, ...(body as object) }), isFile } : act;
    const answer = asked === null ? await answerTo(context) : await audited(trail, context, asked, answerTo);
    response.setHeader('Cache-Control', 'no-store');
    if (contract.answer === null) response.status(204).end();
    else if (contract.answer === 'stream') await sendDocument(answer as Document, response);
    else await sendJson(request, response, jsonIn(answer, language));
  };
}

/**
 * An answer as JSON. What stands where names were deleted is said in the reader's language here, for every list at once: it is kept
 * in Vietnamese, in the very place of the name.
 */
function jsonIn(answer: unknown, language: Language): string {
  if (language === 'vi') return JSON.stringify(answer);
  return JSON.stringify(answer, (_, value: unknown) =>
    typeof value === 'string' ? sayErased(value, language) : value,
  );
}

/** The name of a route in the audit trail. */
const names = new Map<Contract, string>(
  Object.entries(contracts).map(([name, contract]) => [contract, name]),
);

function actOf(contract: Contract, kind: Act['kind'], params: Readonly<Record<string, string>>): Act {
  const act = names.get(contract) ?? `${contract.method} ${contract.path}`;
  return { act, kind, on: Object.entries(params) };
}

/** What a look was narrowed down to; that it went on behind a page, and not where. */
function filterIn(asked: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { cursor, limit: _, ...filter } = asked;
  return cursor === undefined ? filter : { ...filter, more: true };
}

/** The scopes of a request. That somebody who is signed in was turned away is entered, where the trail has the route. */
async function scopesOrEntry(
  contract: Contract,
  params: Record<string, string>,
  context: Context,
  gate: Gate,
  trail: Trail,
  act: Act | null,
): Promise<{ scope: unknown; conference: unknown }> {
  try {
    return await scopesFor(contract, params, context, gate);
  } catch (error) {
    if (act !== null && context.actor !== null && error instanceof ProblemError) {
      await enterTurnedAway(trail, context, act, error);
    }
    throw error;
  }
}

function readParams(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => {
      const id = PathId.safeParse(value);
      // No id is like that: there is nothing of this name.
      if (!id.success || id.data.includes('\0') || !id.data.isWellFormed())
        throw new ProblemError('not-found');
      return [name, id.data.normalize('NFC')];
    }),
  );
}

async function scopesFor(
  contract: Contract,
  params: Record<string, string>,
  context: Context,
  gate: Gate,
): Promise<{ scope: unknown; conference: unknown }> {
  const { scope } = contract;
  switch (scope.at) {
    case 'public':
      return { scope: undefined, conference: undefined };
    case 'account':
      return { scope: admitted(gate.account(context)), conference: undefined };
    case 'installation':
      return { scope: admitted(await gate.installation(context, scope.right)), conference: undefined };
    case 'conference': {
      const id = params['conference'] as ConferenceId;
      const conference = admitted(await gate.conference(context, id, scope.right));
      return { scope: conference, conference };
    }
    case 'bridge': {
      const id = params['conference'] as ConferenceId;
      const conference = admitted(await gate.conference(context, id, 'belong'));
      const bridge = params['bridge'] as BridgeId;
      const { right } = scope;
      const found =
        scope.above === true
          ? gate.fromAbove(context, id, bridge, right)
          : scope.below === true
            ? gate.subtree(context, id, bridge, right)
            : gate.bridge(context, id, bridge, right);
      const admission = await found;
      if (scope.above === true && !admission.ok && admission.reason === 'forbidden')
        throw new ProblemError('forbidden', FOR_THE_LEVEL_ABOVE);
      return { scope: admitted(admission), conference };
    }
    default:
      return assertNever(scope);
  }
}

function readBody(contract: Contract, request: Request, context: Context): unknown {
  const body: unknown = request.body;
  if (contract.body === undefined || contract.body === null) return undefined;
  if (contract.body === 'file') {
    if (!Buffer.isBuffer(body) || body.length === 0) throw new ProblemError('malformed', NO_FILE);
    return { name: fileNameIn(request, context), bytes: new Uint8Array(body) };
  }
  if (body === undefined) throw new ProblemError('malformed', NOT_JSON);
  return readInput(contract.body, body, context.language);
}

function fileNameIn(request: Request, { language }: Context): string {
  const written = request.get(FILE_NAME_HEADER) ?? '';
  let name: string;
  try {
    name = decodeURIComponent(written);
  } catch {
    name = written;
  }
  const named = z.object({ [FILE_NAME_HEADER]: FileName });
  return readInput(named, { [FILE_NAME_HEADER]: name }, language)[FILE_NAME_HEADER];
}

function checkAnswer(contract: Contract, answer: unknown): void {
  if (contract.answer === null || contract.answer === 'stream') return;
  const plain: unknown = JSON.parse(JSON.stringify(answer));
  const parsed: unknown = JSON.parse(JSON.stringify(contract.answer.parse(plain)));
  // What the contract does not know is dropped by parsing: an answer that has it says more than it may.
  if (!isDeepStrictEqual(parsed, plain)) {
    throw new Error(`the answer of ${contract.method} ${contract.path} is not what its contract says`);
  }
}

/** Sends a document as a file to keep. */
export async function sendDocument(document: Document, response: Response): Promise<void> {
  // A pipeline listens seven times for its end; with the figures, the log, the body's memory and the line below that is eleven.
  response.setMaxListeners(20);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.attachment(document.filename);
  response.setHeader('Content-Type', document.type);
  try {
    await document.write(response, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    if (response.headersSent) {
      response.destroy();
    } else {
      response.removeHeader('Content-Disposition');
      response.removeHeader('Content-Type');
    }
    throw error;
  }
  if (!response.writableEnded) response.end();
}
