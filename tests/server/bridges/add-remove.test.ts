import { afterAll, beforeAll, expect, test } from 'vitest';

import { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { api } from '../../../domain/wire/api.ts';
import { signIn, unitOrganizerAt } from '../harness.ts';
import { allBridges, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 2 });
});
afterAll(() => s.server.close());

const at = (bridge: Sample['bridges'][number]['id']) => ({ conference: s.conference, bridge });
const village = {
  class: BridgeClass.parse('village'),
  name: 'Điểm cầu xóm 3',
  unit: null,
  organisation: 'Xóm 3',
};

async function add() {
  return s.organizer.call(api.addBridge, { params: at(s.first('commune').id), body: village });
}

test('a bridge hangs under the one it was added to, in tree order, and a rebuild keeps it', async () => {
  const commune = s.first('commune');
  const added = await add();
  expect(added).toMatchObject({ name: 'Điểm cầu xóm 3', parent: commune.id, childCount: 0 });
  await s.organizer.call(api.buildBridges, { params: { conference: s.conference }, body: {} });
  const all = await allBridges(s.organizer, s.conference);
  expect(all.find(({ id }) => id === added.id)?.parent).toBe(commune.id);
  expect(all.findIndex(({ id }) => id === added.id)).toBeGreaterThan(
    all.findIndex(({ id }) => id === commune.id),
  );
  await s.organizer.call(api.removeBridge, { params: at(added.id) });
});

test('a bridge that nothing was kept of can be taken out, and is gone', async () => {
  const before = (await allBridges(s.organizer, s.conference)).map(({ id }) => id);
  const added = await add();
  await s.organizer.call(api.removeBridge, { params: at(added.id) });
  expect((await allBridges(s.organizer, s.conference)).map(({ id }) => id)).toEqual(before);
  expect((await s.organizer.refusal(api.bridge, { params: at(added.id) })).code).toBe('not-found');
});

test('one where people are seated stays, and so does one that has recorded anything', async () => {
  const seated = await s.organizer.refusal(api.removeBridge, { params: at(s.first('commune').id) });
  expect(seated.code).toBe('conflict');
  const added = await add();
  await s.organizer.call(api.record, {
    params: at(added.id),
    body: { session: s.session, bridge: added.id, events: [eventAt(s, added.id, 'open', {})] },
  });
  expect((await s.organizer.refusal(api.removeBridge, { params: at(added.id) })).code).toBe('conflict');
  expect((await s.organizer.call(api.bridge, { params: at(added.id) })).bridge.name).toBe(village.name);
});

test('the root and a bridge with others below it stay', async () => {
  expect((await s.organizer.refusal(api.removeBridge, { params: at(s.first('central').id) })).code).toBe(
    'has-errors',
  );
  const above = s.first('commune').parent;
  if (above === null) throw new Error('a commune at the top');
  expect((await s.organizer.refusal(api.removeBridge, { params: at(above) })).code).toBe('has-errors');
});

test('a unit organizer adds and takes out below their bridge, and never takes out their own', async () => {
  const commune = s.first('commune').id;
  const own = await signIn(s.server, [unitOrganizerAt(s.conference, commune)]);
  const added = await own.call(api.addBridge, { params: at(commune), body: village });
  expect((await own.refusal(api.removeBridge, { params: at(commune) })).code).toBe('forbidden');
  const keeper = await signIn(s.server, [unitOrganizerAt(s.conference, added.id)]);
  expect((await keeper.refusal(api.removeBridge, { params: at(added.id) })).code).toBe('forbidden');
  await own.call(api.removeBridge, { params: at(added.id) });
  expect((await own.refusal(api.addBridge, { params: at(s.first('province').id), body: village })).code).toBe(
    'not-found',
  );
});
