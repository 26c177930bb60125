import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { ACTS } from '../../../domain/audit/acts.ts';
import { readAuditForm, type Deed } from '../../../domain/audit/entry.ts';
import { REASONS } from '../../../domain/audit/sentences.ts';
import { contracts, type RouteName } from '../../../domain/wire/api.ts';
import { auditOf, isRead, type Contract } from '../../../domain/wire/contract.ts';
import { PROBLEMS } from '../../../domain/wire/problem.ts';
import { FILE_NAME_HEADER, urlOf } from '../../../domain/wire/request.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import { implement, type Route } from '../../../server/platform/endpoint.ts';
import { ProblemError } from '../../../server/platform/problems.ts';
import { grantOf, newId, signIn, startTestServer, type SignedInClient, type TestServer } from '../harness.ts';
import { addBridge, addConference } from '../rows.ts';
import { ConferenceId, BridgeId } from '../../../domain/ids.ts';

const routes = Object.entries(contracts) as [RouteName, Contract][];

/**
 * Reads that show no people: names of units, bridges and sessions, figures, keys, or what is one's own. A read that is
 * neither here nor says what the trail has of it is a decision that nobody has made.
 */
const SHOW_NOBODY: ReadonlySet<string> = new Set([
  'agendaRun',
  'bridge',
  'calendar',
  'calendarFeeds',
  'checkpoints',
  'clauses',
  'conferenceAttendance',
  'conferenceRequirement',
  'conferences',
  'correction',
  'correctionEffects',
  'draft',
  'drafts',
  'dueTable',
  'figures',
  'hostCounts',
  'invitationSettings',
  'ledgerKey',
  'ledgerVerifier',
  'letterTemplates',
  'levels',
  'me',
  'mySingleSignOn',
  'myAccount',
  'paperFile',
  'papers',
  'programPart',
  'programPlaylist',
  'passkeys',
  'plan',
  'reportDifferences',
  'reportVersions',
  'reportsDue',
  'requirement',
  'retention',
  'rooms',
  'secondFactor',
  'sessions',
  'signIns',
  'step',
  'units',
  'ways',
]);

describe('every route', () => {
  test('that reads says whether it is a look, or is known to show nobody', () => {
    const undecided = routes.filter(
      ([name, { method, audit }]) => method === 'get' && audit === undefined && !SHOW_NOBODY.has(name),
    );
    expect(undecided.map(([name]) => name)).toEqual([]);
    const gone = [...SHOW_NOBODY].filter((name) => !(name in contracts));
    expect(gone).toEqual([]);
  });

  test('for which the right to see people is asked is a look or a change', () => {
    const hidden = routes.filter(
      ([, contract]) =>
        'right' in contract.scope && contract.scope.right === 'people' && auditOf(contract) === null,
    );
    expect(hidden.map(([name]) => name)).toEqual([]);
  });

  test('that leaves entries has words for them in both languages', () => {
    const speechless = routes.filter(([name, contract]) => auditOf(contract) !== null && !(name in ACTS));
    expect(speechless.map(([name]) => name)).toEqual([]);
    expect(Object.keys(PROBLEMS).filter((code) => !(code in REASONS))).toEqual([]);
  });

  test('that leaves none although it is no read says why', () => {
    const without = routes.filter(([, contract]) => !isRead(contract) && auditOf(contract) === null);
    expect(without.every(([, { audit }]) => typeof audit === 'object' && audit.none.length > 20)).toBe(true);
  });
});

/** The same route with whatever body and query; it is entered by its path, as the name goes with the contract itself. */
function loosened(contract: Contract): Contract {
  const { query: _, ...loose } = contract;
  const { body } = loose;
  return body === undefined || body === null || body === 'file' ? loose : { ...loose, body: z.unknown() };
}
/** What it leaves when it is answered, and when it is refused. */
function stepsOf(kind: ReturnType<typeof auditOf>): Record<'done' | 'refused', readonly string[]> {
  if (kind === null) return { done: [], refused: [] };
  if (kind === 'look') return { done: ['look'], refused: [] };
  return { done: ['asked', 'done'], refused: ['asked', 'refused'] };
}
const entryName = ({ method, path }: Contract): string => `${method} ${path}`;

/** Every contract answered by nothing but an outcome, so that what stands before and after it is seen alone. */
let outcome: 'done' | 'refused' = 'done';
const answered = (contract: Contract): Route =>
  implement(contract, async () => {
    if (outcome === 'refused') throw new ProblemError('wrong-state');
    return contract.answer === 'stream'
      ? ({
          type: 'text/plain',
          filename: 'x.txt',
          write: async (out: NodeJS.WritableStream) => void out.end(),
        } as never)
      : ({} as never);
  });

describe('every route that is called', () => {
  let server: TestServer;
  let organizer: SignedInClient;
  let stranger: SignedInClient;
  const conference = ConferenceId.parse(newId());
  const bridge = BridgeId.parse(newId());
  beforeAll(async () => {
    // Bodies and queries are not what this is about: each takes whatever it is sent.
    const loose = routes.map(([, contract]) => loosened(contract));
    server = await startTestServer({
      checkAnswers: false,
      capabilities: () => ({ routes: loose.map(answered), socketHandlers: [] }),
    });
    await addConference(server.database.write, conference);
    await addBridge(server.database.write, conference, bridge, null);
    organizer = await signIn(server, [grantOf('organizer', null)]);
    stranger = await signIn(server, []);
  });
  afterAll(() => server.close());

  async function entered(work: () => Promise<unknown>): Promise<Deed[]> {
    const context = server.context();
    const { place: after } = await auditHead(context);
    await work();
    const { place: upTo } = await auditHead(context);
    const deeds: Deed[] = [];
    for await (const { form } of everyEntry(context, after, upTo)) deeds.push(readAuditForm(form).deed);
    return deeds;
  }

  /** Calls a route with what its path names, and no body that its schema would take. */
  const ask = (who: SignedInClient, contract: Contract): Promise<Response> => {
    const ids: Readonly<Record<string, string>> = { conference, bridge };
    const params = Object.fromEntries(
      [...contract.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, ids[name] ?? newId()]),
    );
    const url = urlOf(contract, { params });
    const { body } = contract;
    const sent = body === undefined || body === null ? null : body === 'file' ? new Uint8Array([1]) : '{}';
    const type = body === 'file' ? 'application/octet-stream' : 'application/json';
    const headers = { 'content-type': type, [FILE_NAME_HEADER]: 'a.csv' };
    return who.fetch(url, { method: contract.method.toUpperCase(), headers, body: sent });
  };

  test.each(routes)(
    '%s leaves what it should, when it is answered and when it is refused',
    async (_name, contract) => {
      const wanted = stepsOf(auditOf(contract));
      for (const how of ['done', 'refused'] as const) {
        outcome = how;
        let status = 0;
        const deeds = await entered(async () => {
          status = (await ask(organizer, contract)).status;
        });
        expect(status).toBe(
          how === 'refused' ? PROBLEMS['wrong-state'] : contract.answer === null ? 204 : 200,
        );
        const steps = deeds.filter(({ act }) => act === entryName(contract)).map(({ step }) => step);
        expect(steps).toEqual(wanted[how]);
        expect(deeds.every(({ by }) => by === organizer.account)).toBe(true);
      }
    },
  );

  test.each(routes.filter(([, { scope }]) => scope.at !== 'public' && scope.at !== 'account'))(
    '%s enters that somebody was turned away',
    async (_name, contract) => {
      const deeds = await entered(() => ask(stranger, contract));
      const expected = auditOf(contract) === null ? [] : [['refused', entryName(contract), stranger.account]];
      expect(deeds.map(({ step, act, by }) => [step, act, by])).toEqual(expected);
    },
  );
});
