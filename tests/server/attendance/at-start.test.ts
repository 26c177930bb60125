import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import type { Operator } from '../../../server/access/gate.ts';
import { openAtStart } from '../../../server/attendance/at-start.ts';
import { ledgerOf } from '../../../server/attendance/ledger.ts';
import { bookOf } from '../../../server/attendance/live.ts';
import { startTestServer, testClock } from '../harness.ts';
import { arriveAt, sample } from '../sample.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'nhipcau-start-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

test('after a start the book of a session that is on is open before anybody asks, of one long over only when somebody does', async () => {
  const clock = testClock('2025-01-13T07:00:00+07:00');
  const s = await sample({ data, clock });
  const [bridge] = s.bridges;
  const [person] = await s.seatedAt(bridge!.id);
  await s.organizer.call(api.record, {
    params: { conference: s.conference, bridge: bridge!.id },
    body: { session: s.session, bridge: bridge!.id, events: [arriveAt(s, bridge!.id, person!.person)] },
  });
  await s.server.close();

  for (const [hours, isOpen] of [
    [0, true],
    [48, false],
  ] as const) {
    clock.advance(hours * 3_600_000);
    const again = await startTestServer({ data, clock });
    try {
      expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
      const book = bookOf(again.context(), s.session)?.book;
      expect(book?.presence(person!.person)?.state ?? null).toBe(isOpen ? 'present' : null);
    } finally {
      await again.close();
    }
  }
});

test('readiness waits for the books, and goes on where they cannot be opened', async () => {
  const s = await sample();
  try {
    const asked = Promise.withResolvers<undefined>();
    const conference = async (): Promise<never> => {
      await asked.promise;
      throw new Error('the disk does not answer');
    };
    const { job, check } = openAtStart(() => ({ conference }) as unknown as Operator);
    const running = job(s.server.context());
    const looked = check.look();
    const soon = Promise.resolve('not yet');
    expect(await Promise.race([looked, soon])).toBe('not yet');
    asked.resolve(undefined);
    expect(await looked).toEqual({ ok: true });
    await running.stop();
  } finally {
    await s.server.close();
  }
});

test('the ledger read ahead while events come in loses none and links each to the one before', async () => {
  const s = await sample();
  try {
    const [bridge] = s.bridges;
    const people = (await s.seatedAt(bridge!.id)).slice(0, 3);
    const { database } = s.server;
    const append = ledgerOf(database).append(
      people.map(({ person }) => ({
        event: arriveAt(s, bridge!.id, person),
        receivedAt: s.clock(),
        known: false,
      })),
    );
    await Promise.all([ledgerOf(database).readAhead(), append, ledgerOf(database).readAhead()]);
    expect((await append).map(({ receipt }) => receipt.place)).toEqual([1, 2, 3]);
    const [more] = await ledgerOf(database).append([
      { event: arriveAt(s, bridge!.id, people[0]!.person), receivedAt: s.clock(), known: false },
    ]);
    expect(more!.receipt.place).toBe(4);
  } finally {
    await s.server.close();
  }
});
