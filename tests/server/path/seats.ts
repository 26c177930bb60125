import { expect, test } from 'vitest';

import type { PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { PlacedPerson } from '../../../domain/wire/placement.ts';
import { MINISTRY } from '../sample.ts';
import { DELEGATES, type DelegateName } from './delegates.ts';
import { fileOf } from './files.ts';
import { found, HOUR, type Walk } from './walk.ts';

/** The roster, who sits where and why, a change of chairs, and the issue of the plan. */
export function seatPeople(walk: Walk): void {
  test('the roster is shown first, refused with an error, and written as a whole when confirmed', async () => {
    const { organizer, conference, people, roster, rosterKind, person } = walk;
    const file = `dai-bieu.${rosterKind}`;
    const bad = roster.map((row, index) => (index === 4 ? { ...row, 'Thứ bậc': 'cao' } : row));
    const faulty = await organizer.call(api.previewPeople, {
      params: { conference },
      body: { name: file, bytes: await fileOf(rosterKind, bad) },
    });
    expect(faulty).toMatchObject({ errorCount: 1, errors: [{ at: 'dòng 6, cột Thứ bậc' }] });
    const refusal = await organizer.refusal(api.confirmPeople, {
      params: { conference, import: faulty.id },
      body: {},
    });
    expect(refusal.code).toBe('has-errors');
    expect((await organizer.call(api.people, { params: { conference } })).items).toEqual([]);

    const preview = await organizer.call(api.previewPeople, {
      params: { conference },
      body: { name: file, bytes: await fileOf(rosterKind, roster) },
    });
    expect(preview).toMatchObject({ people: roster.length, errorCount: 0 });
    expect(preview.notes).toMatchObject([{ at: `dòng ${roster.length + 1}` }]);
    const params = { conference, import: preview.id };
    const done = await organizer.call(api.confirmPeople, { params, body: {} });
    expect(done).toEqual({ added: roster.length, merged: 0, total: roster.length });
    expect((await organizer.refusal(api.confirmPeople, { params, body: {} })).code).toBe('wrong-state');

    for (const [name, { name: full }] of Object.entries(DELEGATES)) {
      const { items } = await organizer.call(api.people, { params: { conference }, body: { q: full } });
      const known = items.find((one) => one.name === full);
      people.set(name as DelegateName, found(known, full).id);
    }
    // Those of the plan's precedence come first, found without their marks; the words may stand in a post or unit as well.
    const { items } = await organizer.call(api.people, {
      params: { conference },
      body: { q: 'hoang duc khoi' },
    });
    expect(items[0]?.id).toBe(person('secretary'));
  });

  test('everybody has one seat or a reason, in words that quote the clause', async () => {
    const { organizer, conference, ids, roster, bridge, root, seatOf } = walk;
    const summary = await organizer.call(api.place, { params: { conference }, body: {} });
    expect(summary.people).toBe(roster.length);
    expect(summary.seated + summary.unplaced).toBe(roster.length);
    expect(summary.stale).toBe(false);
    const clause = (id: string): string => found(ids.get(id)?.at(-1), id);

    const seats: [DelegateName, string | null, PlacedPerson['basis'], string | null][] = [
      // Nobody chairs anything yet: whoever fits the centre's clause sits there.
      ['secretary', root().id, 'summoned', 'C2'],
      ['deputy', root().id, 'summoned', 'C2'],
      ['minister', root().id, 'summoned', 'C4'],
      ['elder', root().id, 'invited', 'C3'],
      ['director', bridge(MINISTRY).id, 'summoned', 'C8'],
      ['both', bridge('97').id, 'summoned', 'C11'],
      ['treasury', bridge('97').id, 'summoned', 'C13'],
      ['secondary', bridge('97001').id, 'summoned', 'C21'],
      ['village', bridge('97002').id, 'summoned', 'C20'],
      ['official', null, null, null],
      ['primary', null, null, null],
      ['nothing', null, null, null],
    ];
    const told = await Promise.all(seats.map(([name]) => seatOf(name)));
    expect(told.map((seat, index) => [seats[index]?.[0], seat.bridge, seat.basis, seat.clause])).toEqual(
      seats.map(([name, where, basis, id]) => [name, where, basis, id === null ? null : clause(id)]),
    );
    const why = new Map(told.map((seat, index) => [seats[index]?.[0], seat.why]));
    expect(why.get('secondary')).toContain(`${clause('C21')}: “`);
    expect(why.get('secondary')).toMatch(/^Được triệu tập dự tại /);
    expect(why.get('elder')).toMatch(/^Được mời dự tại /);
    // On two committees: the higher bridge first, and the setting that chose says so.
    expect(why.get('both')).toContain(clause('C16'));
    expect(why.get('both')).toContain(bridge('971').name);
    // The extension was not switched on: a seat for nobody of its kind, and nobody of them is absent.
    expect(why.get('official')).toContain(`${clause('C10')}: “`);
    expect(why.get('official')).toContain('không tính là vắng');
    expect(why.get('primary')).toContain('Không mục thành phần nào');
    expect(why.get('nothing')).toMatch(/Chưa có chức vụ/);
    const english = await organizer.call(api.placements, {
      params: { conference },
      body: { q: DELEGATES.nothing.name },
      language: 'en',
    });
    expect(english.items.map((seat) => seat.why)).toEqual([
      expect.stringMatching(/^Not seated: no position/),
    ]);
  });

  test('a chair keeps to their bridge, and when the chair changes the seats follow', async () => {
    const { organizer, conference, ids, bridge, root, person, seatOf } = walk;
    const chair = async (one: BridgeRow, who: PersonId | null) =>
      organizer.call(api.changeBridge, { params: { conference, bridge: one.id }, body: { chair: who } });
    await chair(bridge('97'), person('secretary'));
    expect((await organizer.call(api.placement, { params: { conference } })).stale).toBe(true);
    await organizer.call(api.place, { params: { conference }, body: {} });
    const chairs = await seatOf('secretary');
    expect(chairs).toMatchObject({ bridge: bridge('97').id, as: 'chair' });
    expect(chairs.why).toMatch(/^Chủ trì tại /);
    expect(chairs.why).toContain(found(ids.get('C2')?.[0], 'C2'));
    expect(chairs.why).toMatch(/trừ/);

    await chair(bridge('97'), person('deputy'));
    await organizer.call(api.place, { params: { conference }, body: {} });
    expect(await seatOf('secretary')).toMatchObject({ bridge: root().id, clause: ids.get('C2')?.[0] });
    expect(await seatOf('deputy')).toMatchObject({ bridge: bridge('97').id, as: 'chair' });

    await chair(bridge('97'), person('secretary'));
    await chair(bridge('971'), person('both'));
    const twice = await organizer.refusal(api.changeBridge, {
      params: { conference, bridge: bridge('972').id },
      body: { chair: person('both') },
    });
    expect(twice.code).toBe('conflict');
    await organizer.call(api.place, { params: { conference }, body: {} });
    expect(await seatOf('both')).toMatchObject({ bridge: bridge('971').id, as: 'chair' });
    await walk.lookAtBridges();
  });

  test('the plan is issued, once', async () => {
    const { organizer, conference, clock } = walk;
    const { conference: issued, issuedAt } = await organizer.call(api.issuePlan, { params: { conference } });
    expect(issued.state).toBe('issued');
    expect(issuedAt).toBe(clock());
    clock.advance(HOUR);
    expect((await organizer.call(api.issuePlan, { params: { conference } })).issuedAt).toBe(issuedAt);
  });
}
