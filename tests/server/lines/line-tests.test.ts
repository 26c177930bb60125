import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import type { LineMeasures } from '../../../domain/media/line-test.ts';
import { TEST_COUNTS_MS } from '../../../domain/media/line-standing.ts';
import { forestOf } from '../../../domain/bridges/forest.ts';
import { api } from '../../../domain/wire/api.ts';
import { signIn } from '../harness.ts';
import { sample, type Sample } from '../sample.ts';
import { FINE_LINE } from '../../fine-line.ts';

let set: Sample;
beforeAll(async () => {
  set = await sample({ communes: 6, until: 'bridges' });
});
afterAll(() => set.server.close());

const at = (bridge: BridgeId) => ({ conference: set.conference, bridge });
const send = (bridge: BridgeId, measures: Partial<LineMeasures> = {}, id: string = randomUUID()) =>
  set.organizer.call(api.addLineTest, {
    params: at(bridge),
    body: { id, seconds: 120, measures: { ...FINE_LINE, ...measures } },
  });
const history = (bridge: BridgeId) => set.organizer.call(api.lineTests, { params: at(bridge) });
const lacks = async (bridge: BridgeId) => {
  const { table } = await set.organizer.call(api.bridgeTable, { params: { conference: set.conference } });
  const node = forestOf(table!).nodes.find(({ id }) => id === bridge);
  const { findings } = await set.organizer.call(api.bridge, { params: at(bridge) });
  const ofTable = node?.lacks.includes('line-test');
  expect(findings.some(({ code }) => code === 'line-test')).toBe(ofTable);
  return ofTable;
};
const communes = () => set.bridges.filter((bridge) => bridge.class === 'commune');

test('a fit test makes the bridge ready for it, a later unfit one takes that back', async () => {
  const { id } = communes()[0]!;
  expect(await lacks(id)).toBe(true);
  const passed = await send(id);
  expect(passed).toMatchObject({ verdict: 'fit', findings: [], byName: expect.any(String) });
  expect(await lacks(id)).toBe(false);
  set.clock.advance(1000);
  const unfit = await send(id, { upKbps: 300, sound: false });
  expect(unfit.verdict).toBe('unfit');
  expect(unfit.findings.map(({ weight }) => weight)).toEqual(['fault', 'fault']);
  expect(await lacks(id)).toBe(true);
  expect((await history(id)).items.map(({ verdict }) => verdict)).toEqual(['unfit', 'fit']);
});

test('a fit test that was ticked by nobody stands in the table that the page of bridges reads', async () => {
  const { id } = communes()[1]!;
  await send(id, { loss: 0.02 });
  expect((await history(id)).standing).toBe('fit with remarks');
  const { table } = await set.organizer.call(api.lineTable, { params: { conference: set.conference } });
  expect(table?.loss[table.ids.indexOf(id)]).toBe(0.02);
});

test('the same test sent twice is one; another one under its id is refused, and so is one of another bridge', async () => {
  const { id: bridge } = communes()[2]!;
  const id = randomUUID();
  const first = await send(bridge, {}, id);
  expect(await send(bridge, {}, id)).toEqual(first);
  for (const [where, measures] of [
    [bridge, { upKbps: 5 }],
    [communes()[3]!.id, {}],
  ] as const) {
    const refused = await set.organizer.refusal(api.addLineTest, {
      params: at(where),
      body: { id, seconds: 120, measures: { ...FINE_LINE, ...measures } },
    });
    expect(refused.code).toBe('conflict');
  }
  expect((await history(bridge)).items).toHaveLength(1);
});

test('the last hundred tests of a bridge are kept', async () => {
  const { id } = communes()[3]!;
  const { write } = set.server.database;
  for (let n = 0; n < 102; n++) {
    await write('line_test').insert({
      id: randomUUID(),
      conference: set.conference,
      bridge: id,
      at: set.clock() - 1000 + n,
      seconds: 120,
      up_kbps: n,
    });
  }
  await send(id, { upKbps: 1102 });
  const { items } = await history(id);
  expect(items).toHaveLength(100);
  expect(items[0]?.measures.upKbps).toBe(1102);
  expect(items.at(-1)?.measures.upKbps).toBe(3);
});

test('the file lists the worst first, with whom to call, and only those asked for', async () => {
  const { id } = communes()[4]!;
  await send(id, { downKbps: null });
  await set.organizer.call(api.changeBridge, {
    params: at(id),
    body: { contacts: { technical: { name: 'Lò Văn Dây', phone: '0901234567' } } },
  });
  const root = set.bridges[0]!.id;
  const file = async (query: { readonly standing?: 'unfit' }) => {
    const answer = await set.organizer.response(api.exportLines, {
      params: at(root),
      query: { format: 'csv', ...query },
    });
    return (await answer.text()).split('\r\n');
  };
  const [header, first, ...others] = await file({});
  expect(header).toContain('Điện thoại kỹ thuật');
  expect(first).toContain('chưa đạt');
  expect(others.filter((line) => line !== '')).toHaveLength(set.bridges.length - 1);
  const unfit = (await file({ standing: 'unfit' })).slice(1).filter((line) => line !== '');
  expect(unfit.some((line) => line.includes('Lò Văn Dây') && line.includes('0901234567'))).toBe(true);
  expect(unfit.every((line) => line.includes('chưa đạt'))).toBe(true);
});

test('a test grows old until the conference begins, and no older', async () => {
  const { id } = communes()[5]!;
  await send(id);
  const { items } = await set.organizer.call(api.sessions, { params: { conference: set.conference } });
  set.clock.advance(items[0]!.startsAt - set.clock() + 10 * TEST_COUNTS_MS);
  const later = await signIn(set.server);
  const standing = async () => (await later.call(api.lineTests, { params: at(id) })).standing;
  expect(await standing()).toBe('fit');
  await set.server.database
    .write('line_test')
    .where({ bridge: id })
    .update({ at: items[0]!.startsAt - TEST_COUNTS_MS - 1 });
  expect(await standing()).toBe('old');
});
