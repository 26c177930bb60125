import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { BridgeId, ConferenceId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { Role, type Grant } from '../../domain/wire/access.ts';
import { contracts, type RouteName } from '../../domain/wire/api.ts';
import { isRead, type Right, type Scope } from '../../domain/wire/contract.ts';
import { Problem } from '../../domain/wire/problem.ts';
import { requestOf } from '../../domain/wire/request.ts';
import { clientMessages, type ClientMessage } from '../../domain/wire/sockets.ts';
import { capabilities } from '../../server/capabilities.ts';
import type { Route } from '../../server/platform/endpoint.ts';
import { ProblemError } from '../../server/platform/problems.ts';
import {
  grantOf,
  newId,
  signIn,
  socket,
  startTestServer,
  testClock,
  type TestServer,
  type TestSocket,
} from './harness.ts';
import { messageSamples, nowhere, routeSamples, type Around } from './matrix-samples.ts';
import { addBridge, addConference } from './rows.ts';
import { sample } from './sample.ts';

/**
 * Every route and every socket message against every role, at every place in the tree. What is expected follows from the
 * declared scope by the two tables below, which are written by hand and not taken from the program.
 */
const MAY: Readonly<Record<Role, string>> = {
  organizer: 'read people host devices control audit organize',
  'unit-organizer': 'read people host devices control organize',
  host: 'read people host',
  'control-room': 'read control',
  auditor: 'read people audit',
  technician: 'read devices',
};
/** Where somebody can stand, seen from the bridge that is asked about: does their role hold there, and at the level above it? */
const STANDS = {
  at: { here: true, above: false, whole: false, standing: false, belongs: true },
  'one level above': { here: true, above: true, whole: false, standing: false, belongs: true },
  below: { here: false, above: false, whole: false, standing: false, belongs: true },
  beside: { here: false, above: false, whole: false, standing: false, belongs: true },
  'over the conference': { here: true, above: true, whole: true, standing: false, belongs: true },
  standing: { here: true, above: true, whole: true, standing: true, belongs: true },
  'in another conference': { here: false, above: false, whole: false, standing: false, belongs: false },
  'until yesterday': { here: false, above: false, whole: false, standing: false, belongs: false },
  'from tomorrow': { here: false, above: false, whole: false, standing: false, belongs: false },
} as const;
type Stand = keyof typeof STANDS;

interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly stand: Stand | null;
  readonly cookie: string | null;
}

/** What is expected: the handler is reached, or why not. */
type Outcome = 'reached' | 'not-signed-in' | 'forbidden' | 'not-found';

function expected(scope: Scope, asker: Asker): Outcome {
  if (scope.at === 'public') return 'reached';
  if (asker.cookie === null) return 'not-signed-in';
  if (scope.at === 'account') return 'reached';
  const stand = asker.stand === null ? STANDS['in another conference'] : STANDS[asker.stand];
  const has = asker.role !== null && MAY[asker.role].split(' ').includes((scope as { right: string }).right);
  if (scope.at === 'installation') return stand.standing && has ? 'reached' : 'forbidden';
  if (!stand.belongs) return 'not-found';
  if (scope.at === 'conference') {
    if (scope.right === 'belong') return 'reached';
    return stand.whole && has ? 'reached' : 'forbidden';
  }
  // A host's role is over one bridge: from the level above it does not reach down.
  const reachesDown = asker.role !== 'host';
  const isHere = stand.here && (reachesDown || asker.stand === 'at');
  if (!isHere) return 'not-found';
  if (!has) return 'forbidden';
  if (scope.above === true) return stand.above && reachesDown ? 'reached' : 'forbidden';
  // There are bridges below the one that is asked about.
  if (scope.below === true) return reachesDown ? 'reached' : 'forbidden';
  return 'reached';
}

let data: string;
let server: TestServer;
let around: Around;
let leaf: BridgeId;
const askers: Asker[] = [];
/** Which route each request reached, by the number that it carries. */
const reached = new Set<string>();

/** The route as it is, but a change ends where it begins: what is asked here is only who gets that far. */
function watched(route: Route): Route {
  const handle = async (input: never): Promise<unknown> => {
    const { request } = input as { request: { get(header: string): string | undefined } };
    reached.add(request.get('x-asked') ?? '');
    if (!isRead(route.contract)) throw new ProblemError('out-of-date');
    return route.handle(input);
  };
  return { contract: route.contract, handle };
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-matrix-'));
  const clock = testClock();
  const seeded = await sample({ data, clock });
  const bridge = seeded.bridge('971').id;
  const child = seeded.bridges.find(({ parent }) => parent === bridge);
  if (child === undefined) throw new Error('the sample has nothing below the district');
  leaf = child.id;
  around = {
    conference: seeded.conference,
    bridge,
    session: seeded.session,
    person: seeded.roster[0]!.id,
  };
  const places = { above: seeded.bridge('97').id, below: leaf, beside: seeded.bridge('972').id };
  await seeded.server.close();
  server = await startTestServer({
    data,
    clock,
    capabilities: (parts) => {
      const own = capabilities(parts);
      return { ...own, routes: own.routes.map(watched) };
    },
  });
  const other = newId() as ConferenceId;
  const elsewhere = newId() as BridgeId;
  await addConference(server.database.write, other);
  await addBridge(server.database.write, other, elsewhere, null);
  await addAskers(clock(), { ...places, other, elsewhere });
}, 120_000);

afterAll(async () => {
  await server?.close();
  await rm(data, { recursive: true, force: true });
});

interface Places {
  readonly above: BridgeId;
  readonly below: BridgeId;
  readonly beside: BridgeId;
  readonly other: ConferenceId;
  readonly elsewhere: BridgeId;
}

async function addAskers(now: Instant, places: Places): Promise<void> {
  const { conference, bridge } = around;
  const { above, below, beside, other, elsewhere } = places;
  const DAY = 24 * 3_600_000;
  for (const role of Role.options) {
    const overBridges = role !== 'organizer';
    const overWholes = role !== 'unit-organizer' && role !== 'host';
    const here = overBridges ? grantOf(role, conference, bridge) : grantOf(role, conference);
    const grants: Partial<Record<Stand, Grant>> = {
      ...(overBridges && {
        at: here,
        'one level above': grantOf(role, conference, above),
        below: grantOf(role, conference, below),
        beside: grantOf(role, conference, beside),
      }),
      ...(overWholes && {
        'over the conference': grantOf(role, conference),
        standing: grantOf(role, null),
      }),
      'in another conference': overBridges ? grantOf(role, other, elsewhere) : grantOf(role, other),
      'until yesterday': { ...here, until: (now - DAY) as Instant },
      'from tomorrow': { ...here, from: (now + DAY) as Instant },
    };
    for (const [stand, grant] of Object.entries(grants) as [Stand, Grant][]) {
      const { cookie } = await signIn(server, [grant]);
      askers.push({ name: `${role}, ${stand}`, role, stand, cookie });
    }
  }
  const { cookie } = await signIn(server, []);
  askers.push({ name: 'an account without roles', role: null, stand: null, cookie });
  askers.push({ name: 'nobody signed in', role: null, stand: null, cookie: null });
}

interface Answer {
  readonly isReached: boolean;
  readonly status: number;
  /** Null for what is no problem. */
  readonly problem: Omit<Problem, 'instance'> | null;
}

async function ask(name: RouteName, asker: Asker, of: Around): Promise<Answer> {
  const contract = contracts[name];
  const given = routeSamples[name]!(of);
  const { conference, bridge, session } = of;
  const request = requestOf(
    contract,
    { ...given, params: { conference, bridge, session, ...given.params } } as never,
    'vi',
  );
  const number = newId();
  const response = await fetch(server.url + request.url, {
    method: request.method,
    body: request.body,
    redirect: 'manual',
    headers: {
      ...request.headers,
      'x-asked': number,
      ...(asker.cookie !== null && { cookie: asker.cookie }),
    },
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.includes('problem+json') ?? false;
  const { instance: _, ...problem } = isProblem ? Problem.parse(JSON.parse(text)) : ({} as Problem);
  return { isReached: reached.delete(number), status: response.status, problem: isProblem ? problem : null };
}

function found({ isReached, problem }: Answer): string {
  return isReached ? 'reached' : (problem?.code ?? 'no problem');
}

function said({ problem }: Answer): string {
  return (problem?.faults ?? []).map(({ at, message }) => `${at}: ${message}`).join(', ');
}

/** What went other than expected, one line for each, so that all of it is seen at once. */
async function differences(name: RouteName): Promise<string[]> {
  const contract = contracts[name];
  const { scope } = contract;
  const { answers } = routeSamples[name]!(around);
  const some = scope.at === 'public' || scope.at === 'account';
  // Nothing there depends on roles: whoever is signed in, and whoever is not, tell as much as all.
  const asking = some ? askers.filter(({ role }) => role === null || role === 'host') : askers;
  const lines: string[] = [];
  for (let from = 0; from < asking.length; from += 8) {
    const parts = asking.slice(from, from + 8).map(async (asker) => {
      const wanted = expected(scope, asker);
      const answer = await ask(name, asker, around);
      if (found(answer) !== wanted) {
        lines.push(`${asker.name}: ${found(answer)}, expected ${wanted} ${said(answer)}`);
      } else if (wanted === 'reached' && isRead(contract) && answer.status >= 400) {
        if (answer.problem?.code !== answers)
          lines.push(`${asker.name} may, and got ${answer.problem?.code} ${said(answer)}`);
      } else if (wanted === 'not-found' && scope.at === 'bridge') {
        const nothing = await ask(name, asker, nowhere(around));
        if (
          JSON.stringify([nothing.status, nothing.problem]) !==
          JSON.stringify([answer.status, answer.problem])
        )
          lines.push(`${asker.name}: what exists is refused otherwise than what does not`);
      }
    });
    await Promise.all(parts);
  }
  return lines;
}

const routes = Object.keys(contracts) as RouteName[];

test('every route and every message has a sample', () => {
  const missing = [
    ...routes.filter((name) => routeSamples[name] === undefined),
    ...Object.keys(clientMessages).filter((name) => messageSamples[name] === undefined),
  ];
  expect(missing, 'add to tests/server/matrix-samples.ts what it takes to call these').toEqual([]);
});

test('every message says who may send it', () => {
  const silent = Object.entries(clientMessages).filter(([, message]) => !('scope' in message));
  expect(
    silent.map(([name]) => name),
    'add `scope` to these in domain/wire/sockets.ts',
  ).toEqual([]);
});

describe('every route against everybody', () => {
  test.each(routes.filter((name) => routeSamples[name] !== undefined))(
    '%s',
    async (name) => {
      expect(await differences(name)).toEqual([]);
    },
    60_000,
  );
});

async function answersTo(name: ClientMessage, of: Around): Promise<Map<Asker, unknown>> {
  const answers = new Map<Asker, unknown>();
  const signedIn = askers.filter(({ cookie }) => cookie !== null);
  for (let from = 0; from < signedIn.length; from += 8) {
    const parts = signedIn.slice(from, from + 8).map(async (asker) => {
      let line: TestSocket | undefined;
      try {
        line = await socket(server, asker.cookie ?? undefined);
        answers.set(asker, await line.ask(name, messageSamples[name]!(of) as never));
      } finally {
        line?.close();
      }
    });
    await Promise.all(parts);
  }
  return answers;
}

describe('every message against everybody', () => {
  test('nobody opens a line without having signed in', async () => {
    await expect(socket(server)).rejects.toThrow('not-signed-in');
  });

  test.each((Object.keys(clientMessages) as ClientMessage[]).filter((name) => messageSamples[name]))(
    '%s',
    async (name) => {
      const scope: Scope = clientMessages[name].scope;
      const [real, nothing] = [await answersTo(name, around), await answersTo(name, nowhere(around))];
      const lines: string[] = [];
      for (const [asker, answer] of real) {
        const wanted = expected(scope, asker);
        const { ok, reason } = answer as { ok: boolean; reason?: string };
        const is =
          !ok && ['forbidden', 'not-found', 'not-signed-in'].includes(reason ?? '') ? reason : 'reached';
        if (is !== wanted) lines.push(`${asker.name}: ${JSON.stringify(answer)}, expected ${wanted}`);
        else if (wanted === 'not-found' && JSON.stringify(answer) !== JSON.stringify(nothing.get(asker)))
          lines.push(`${asker.name}: what exists is refused otherwise than what does not`);
      }
      expect(lines).toEqual([]);
    },
    60_000,
  );
});

test('a host of a bridge with nothing below it may see everything below it', async () => {
  const { cookie } = await signIn(server, [grantOf('host', around.conference, leaf)]);
  const host: Asker = { name: 'host of the leaf', role: 'host', stand: 'at', cookie };
  for (const name of routes) {
    const { scope } = contracts[name];
    if (scope.at !== 'bridge' || scope.below !== true) continue;
    const wanted = MAY.host.split(' ').includes(scope.right) ? 'reached' : 'forbidden';
    const answer = await ask(name, host, { ...around, bridge: leaf });
    expect([name, found(answer)]).toEqual([name, wanted]);
  }
});

test('a conference that does not exist is refused as one that is not theirs', async () => {
  const strangers = askers.filter(
    ({ stand, cookie }) => stand === 'in another conference' && cookie !== null,
  );
  const gone = { ...around, conference: newId() as ConferenceId };
  for (const name of ['plan', 'people', 'bridge', 'door', 'changeBridge'] as const) {
    for (const asker of strangers) {
      const [theirs, nothing] = [await ask(name, asker, around), await ask(name, asker, gone)];
      expect([nothing.status, nothing.problem]).toEqual([theirs.status, theirs.problem]);
    }
  }
});

test('the tables know every right', () => {
  const rights = new Set(Object.values(MAY).flatMap((all) => all.split(' ')));
  const asked = routes.flatMap((name) => {
    const { scope } = contracts[name];
    return 'right' in scope && scope.right !== 'belong' ? [scope.right satisfies Right] : [];
  });
  expect(asked.filter((right) => !rights.has(right))).toEqual([]);
});
