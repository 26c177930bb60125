import { afterAll, beforeAll, expect, test } from 'vitest';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { api } from '../../../domain/wire/api.ts';
import { everyPage, sample, type Sample } from '../sample.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 6 });
});
afterAll(() => s.server.close());

const params = () => ({ conference: s.conference });
const effect = (change?: CompositionChange) =>
  s.organizer.call(api.placementEffect, { params: params(), body: change === undefined ? {} : { change } });
const apply = (change: CompositionChange, seen?: string) =>
  s.organizer.call(api.place, { params: params(), body: seen === undefined ? { change } : { change, seen } });
const changes = async () => (await s.organizer.call(api.compositionChanges, { params: params() })).items;
const placements = async () => {
  const items = await everyPage((cursor) =>
    s.organizer.call(api.placements, { params: params(), body: { limit: 1000, ...cursor } }),
  );
  return new Map(items.map(({ person, bridge }) => [person, bridge]));
};
const clauses = async () => (await s.organizer.call(api.clauses, { params: params() })).items;

test('a change shows its effect first, does exactly that when applied, and is taken back', async () => {
  const before = await placements();
  const clause = (await clauses()).find(({ counts }) => (counts?.seated ?? 0) > 0)!;
  const change: CompositionChange = {
    kind: 'clause',
    clause: clause.clause,
    rules: [{ kind: 'reporter', tiers: ['bloc'] }],
    correction: null,
  };
  const shown = await effect(change);
  expect(shown.changed).toBeGreaterThan(0);
  expect(await placements()).toEqual(before);

  const placed = await apply(change, shown.seen);
  expect(placed.seated).toBe(shown.seatedAfter);
  const after = await placements();
  const moved = [...after].filter(([person, bridge]) => before.get(person) !== bridge);
  expect(moved).toHaveLength(shown.changed);
  expect((await clauses()).find((one) => one.clause === clause.clause)).toMatchObject({ given: true });

  const [last] = await changes();
  expect(last).toMatchObject({ words: `${clause.clause}: sửa cách hiểu.`, undone: false });
  await s.organizer.call(api.undoComposition, { params: params(), body: { place: last!.place } });
  expect(await placements()).toEqual(before);
  expect((await changes())[0]).toMatchObject({ undone: true });
  const again = await s.organizer.refusal(api.undoComposition, {
    params: params(),
    body: { place: last!.place },
  });
  expect(again.code).toBe('out-of-date');
});

test('an effect that was looked at is not applied when something has changed since', async () => {
  const [first, second] = s.roster;
  const one: CompositionChange = { kind: 'pin', person: first!.id, bridge: null, note: 'đi học' };
  const other: CompositionChange = { kind: 'pin', person: second!.id, bridge: null, note: 'đi công tác' };
  const { seen } = await effect(one);
  await apply(other);
  const late = await s.organizer.refusal(api.place, { params: params(), body: { change: one, seen } });
  expect(late.code).toBe('out-of-date');
  const byHand = () => s.organizer.call(api.settledByHand, { params: params(), query: { kind: 'pin' } });
  expect((await byHand()).items.map(({ people }) => people[0]?.person)).toEqual([second!.id]);
  // Without having looked both hold.
  await Promise.all([apply(one), apply({ kind: 'unpin', person: second!.id })]);
  expect((await byHand()).items).toMatchObject([{ people: [{ name: first!.name }], words: 'đi học' }]);
  await apply({ kind: 'unpin', person: first!.id });
});

test('rooms stand worst first, with figures that add up', async () => {
  const bridge = s.bridge('97004');
  const at = { params: { ...params(), bridge: bridge.id } };
  await s.organizer.call(api.changeBridge, { ...at, body: { capacity: 1 } });
  const { items, counts } = await s.organizer.call(api.rooms, { params: params(), query: {} });
  expect(items[0]).toMatchObject({ bridge: bridge.id, state: 'over', capacity: 1 });
  expect(counts.over + counts.full + counts.free + counts.empty + counts.unknown).toBe(counts.all);
  expect(counts.all).toBe(s.bridges.length);
  const seated = items.reduce((sum, room) => sum + room.summoned + room.invited + room.conditional, 0);
  expect(seated).toBe([...(await placements()).values()].filter((id) => id !== null).length);
});

test('everybody without a seat is found under the reason', async () => {
  const summary = await s.organizer.call(api.placement, { params: params() });
  const sum = summary.unseated.reduce((all, { people }) => all + people, 0);
  expect(sum).toBe(summary.unplaced);
  for (const { reason, people } of summary.unseated) {
    const items = await everyPage((cursor) =>
      s.organizer.call(api.placements, { params: params(), body: { reason, limit: 1000, ...cursor } }),
    );
    expect(items).toHaveLength(people);
    expect(items.every(({ bridge, why }) => bridge === null && why.length > 10)).toBe(true);
  }
});

test('every clause has its passage in the document, and every finding what to do', async () => {
  const all = await clauses();
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter(({ passage }) => passage !== null).length).toBe(all.length);
  for (const { text, passage } of all) {
    expect(passage?.words.replaceAll(/\s+/g, ' ')).toContain(text.slice(0, 20).replaceAll(/\s+/g, ' '));
  }
  const { findings } = await s.organizer.call(api.placement, { params: params() });
  expect(findings.every(({ todo }) => todo.length > 10)).toBe(true);
});

test('who came after the last placement has no seat yet', async () => {
  const { id: _, ...known } = s.roster[0]!;
  const body = { ...known, name: 'Lò Thị Ổn', identity: null };
  const { id: person } = await s.organizer.call(api.addPerson, { params: params(), body });
  const { seat } = await s.organizer.call(api.seat, { params: { ...params(), person } });
  expect(seat).toBeNull();
  expect((await s.organizer.call(api.placement, { params: params() })).stale).toBe(true);
});
