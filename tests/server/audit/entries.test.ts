import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fieldsWithoutWords } from '../../../domain/audit/fields.ts';
import { LONGEST_PAUSE_MS } from '../../../domain/audit/looks.ts';
import { readStatement } from '../../../domain/ledger/checkpoint.ts';
import { api } from '../../../domain/wire/api.ts';
import { auditHead, everyEntry } from '../../../server/audit/queries.ts';
import { verifyTrail } from '../../../server/audit/verification.ts';
import { signCheckpoint } from '../../../server/ledger/commands.ts';
import { testMachine } from '../../machines.ts';
import { hostAt, signIn, socket } from '../harness.ts';
import { eventAt, sample, type Sample } from '../sample.ts';
import { enteredBy } from './scene.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 3 });
});
afterAll(() => s.server.close());

const at = () => ({ conference: s.conference });

describe('a look', () => {
  test('leaves one entry: who, from where, at which list, by which filter', async () => {
    const entered = await enteredBy(s.server, () =>
      s.organizer.call(api.people, { params: at(), body: { q: 'thử', limit: 5 } }),
    );
    expect(entered.map(({ deed }) => [deed.step, deed.act, deed.by])).toEqual([
      ['look', 'people', s.organizer.account],
    ]);
    expect(entered[0]?.deed.on).toEqual([['conference', s.conference]]);
    expect(entered[0]?.words).toMatchObject({
      who: 'Trần Thử Nghiệm',
      address: '127.0.0.1',
      filter: JSON.stringify({ q: 'thử' }),
    });
  });

  test('is entered before its answer is out, and a look at figures is none', async () => {
    const bridge = s.bridges[0]!.id;
    const entered = await enteredBy(s.server, () =>
      s.organizer.call(api.figures, { params: { ...at(), bridge, session: s.session } }),
    );
    expect(entered).toEqual([]);
  });

  test('of a door that watches its list is entered; its check-ins are not, as they are in the ledger', async () => {
    const bridge = s.bridges.at(-1)!.id;
    const host = await signIn(s.server, [hostAt(s.conference, bridge)]);
    const line = await socket(s.server, host.cookie);
    const device = testMachine('may-1').device;
    const entered = await enteredBy(s.server, async () => {
      const watch = { conference: s.conference, session: s.session, bridge, device };
      expect(await line.ask('door:watch', watch)).toMatchObject({ ok: true });
      const events = [eventAt(s, bridge, 'open', {})];
      const batch = { conference: s.conference, session: s.session, bridge, events };
      expect(await line.ask('attendance:record', batch)).toMatchObject({ ok: true });
    });
    line.close();
    const looks = entered.filter(({ deed }) => deed.by === host.account);
    expect(looks.map(({ deed }) => [deed.step, deed.act])).toEqual([['look', 'door:watch']]);
    expect(looks[0]?.deed.on).toEqual([
      ['bridge', bridge],
      ['conference', s.conference],
      ['device', device],
      ['session', s.session],
    ]);
    expect(looks[0]?.words).toMatchObject({ address: '127.0.0.1' });
  });

  test('at a list that the page reads again by itself is one entry, and every other look one of its own', async () => {
    const call = (q: string) => s.organizer.call(api.people, { params: at(), body: { q } });
    const entered = await enteredBy(s.server, async () => {
      for (let times = 0; times < 20; times++) {
        await call('lặng');
        s.clock.advance(15_000);
      }
      await call('khác');
      await call('lặng');
      await (await signIn(s.server)).call(api.people, { params: at(), body: { q: 'lặng' } });
      s.clock.advance(LONGEST_PAUSE_MS + 1);
      await call('lặng');
    });
    const filters = entered.map(({ words }) => words?.['filter']);
    expect(filters).toEqual(['lặng', 'khác', 'lặng', 'lặng'].map((q) => JSON.stringify({ q })));
    expect(entered[2]?.deed.by).not.toBe(s.organizer.account);
    s.clock.set('2025-01-13T07:00:00+07:00');
  });

  test('that takes a file away is entered each time', async () => {
    const bridge = s.bridges[0]!.id;
    const take = async () => {
      const query = { format: 'csv' } as const;
      const params = { ...at(), bridge, session: s.session };
      await (await s.organizer.response(api.exportReport, { params, query })).text();
    };
    const entered = await enteredBy(s.server, async () => {
      await take();
      await take();
    });
    expect(entered.map(({ deed }) => deed.act)).toEqual(['exportReport', 'exportReport']);
  });

  test('by somebody who may not is entered as refused', async () => {
    const host = await signIn(s.server, [hostAt(s.conference, s.bridges.at(-1)!.id)]);
    const entered = await enteredBy(s.server, () => host.refusal(api.people, { params: at() }));
    expect(entered.map(({ deed }) => [deed.step, deed.by])).toEqual([['refused', host.account]]);
    expect(['forbidden', 'not-found']).toContain(entered[0]?.deed.reason);
  });
});

describe('a change', () => {
  test('is entered when it is asked for and when it is done', async () => {
    const bridge = s.bridges.at(-1)!.id;
    const body = { address: 'Hội trường tầng 2' };
    const entered = await enteredBy(s.server, () =>
      s.organizer.call(api.changeBridge, { params: { ...at(), bridge }, body }),
    );
    expect(entered.map(({ deed }) => deed.step)).toEqual(['asked', 'done']);
    expect(entered[1]?.deed.of).toBe(entered[0]?.deed.id);
    expect(entered[1]?.deed.on).toEqual([
      ['bridge', bridge],
      ['conference', s.conference],
    ]);
  });

  test('that is refused is entered with the reason', async () => {
    const person = 'khong-co-ai';
    const bridge = s.bridges[0]!.id;
    const entered = await enteredBy(s.server, () =>
      s.organizer.refusal(api.reissuePass, {
        params: { ...at(), bridge, person },
        body: { reason: 'mất thẻ' },
      }),
    );
    expect(entered.map(({ deed }) => [deed.step, deed.reason])).toEqual([
      ['asked', null],
      ['refused', 'not-found'],
    ]);
  });
});

describe('the trail', () => {
  test('has words for everything that preparing a conference has entered', async () => {
    const context = s.server.context();
    const { place } = await auditHead(context);
    const nameless = new Set<string>();
    for await (const { texts } of everyEntry(context, 0, place)) {
      for (const field of ['before', 'after', 'filter']) {
        const text = texts?.texts[field];
        if (text !== undefined) for (const name of fieldsWithoutWords(JSON.parse(text))) nameless.add(name);
      }
    }
    expect(place).toBeGreaterThan(10);
    expect([...nameless]).toEqual([]);
  });

  test('cannot be changed, and nothing can be taken out of it', async () => {
    const { write } = s.server.database;
    await expect(write('audit_entry').where({ place: 1 }).update({ at: 0 })).rejects.toThrow('append only');
    await expect(write('audit_entry').where({ place: 1 }).delete()).rejects.toThrow('append only');
    await expect(write('audit_object').delete()).rejects.toThrow('append only');
  });

  test('is covered by the next checkpoint, and the statement names its head', async () => {
    const context = s.server.context();
    await s.organizer.call(api.people, { params: at() });
    const head = await auditHead(context);
    const signed = await signCheckpoint(context);
    expect(readStatement(signed!.statement)?.audit).toEqual(head);
    expect(await signCheckpoint(context)).toMatchObject({ number: signed!.number });
    await s.organizer.call(api.people, { params: at(), body: { q: 'chốt' } });
    // What is only wanted for chains of the ledger does not sign for a look.
    expect(await signCheckpoint(context, undefined, false)).toMatchObject({ number: signed!.number });
    expect(await signCheckpoint(context)).toMatchObject({ number: signed!.number + 1 });
  });

  test('written by many at once is one chain', async () => {
    const entered = await enteredBy(s.server, () =>
      Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          s.organizer.call(api.people, { params: at(), body: { limit: 1, q: `người ${n}` } }),
        ),
      ),
    );
    expect(entered).toHaveLength(60);
    expect(await verifyTrail(s.server.context())).toMatchObject({ finding: null });
  });
});
