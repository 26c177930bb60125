import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, vi } from 'vitest';

import { shared } from '../../shared.ts';
import { startTestServer } from '../harness.ts';
import { holdTheDay } from './day.ts';
import { reportHeadcounts } from './headcounts.ts';
import { prepare } from './preparation.ts';
import { report } from './report.ts';
import { seatPeople } from './seats.ts';
import { beginWalk, type Beginning } from './walk.ts';

/*
 * One conference through the real server, from the link of the first start to the file of the report, over HTTP and
 * sockets alone. Once with our own plan document, once with the document that it is modelled on. The chapters of one
 * pass stand on one another in this order.
 */

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FIXTURE = fileURLToPath(new URL('../../../fixtures/plans/national-clean.md', import.meta.url));
const SOURCE = shared('domain/sources/000_ca6d9dc7822bc781.txt');

describe('the whole path with our own plan document', () => {
  walkWith({ plan: FIXTURE, unitKind: 'csv', rosterKind: 'xlsx' });
});

// The source documents lie beside the project and are not part of it.
describe.skipIf(SOURCE === null)('the whole path with the source document 000', () => {
  walkWith({ plan: SOURCE ?? '', unitKind: 'xlsx', rosterKind: 'csv' });
});

function walkWith(beginning: Beginning): void {
  const walk = beginWalk(beginning);
  beforeAll(async () => {
    walk.server = await startTestServer({ clock: walk.clock });
  });
  afterAll(() => walk.close());
  prepare(walk);
  seatPeople(walk);
  reportHeadcounts(walk);
  holdTheDay(walk);
  report(walk);
}
