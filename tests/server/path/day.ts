import { expect, test } from 'vitest';

import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { testMachine } from '../../machines.ts';
import { client, socket } from '../harness.ts';
import { MINISTRY, PARTY_BLOC } from '../sample.ts';
import { cookieOf, type Walk } from './walk.ts';

const device = testMachine('may-tai-cua').device;

/** The morning of the conference at the doors. */
export function holdTheDay(walk: Walk): void {
  test('a host comes in by their link, and gets no further than their door', async () => {
    const { server, organizer, conference, bridge, at, laterOn } = walk;
    await laterOn('2025-01-13T07:00:00+07:00');
    const { activation } = await organizer.call(api.addAccount, {
      params: { conference },
      body: { username: 'cua-tan-lap', name: 'Bế Thị Cửa', role: 'host', bridge: bridge('97001').id },
    });
    const token = activation?.split('#')[1] ?? '';
    const body = { token, password: 'mật khẩu của cửa' };
    const response = await client(server).response(api.activate, { body });
    walk.hostCookie = cookieOf(response);
    const host = client(server, walk.hostCookie);
    const door = await host.call(api.door, { params: at(bridge('97001')), query: { device } });
    expect(door.items.length).toBe(bridge('97001').summoned);
    expect((await host.refusal(api.door, { params: at(bridge('97010')), query: { device } })).code).toBe(
      'not-found',
    );
    expect((await host.refusal(api.people, { params: { conference } })).code).toBe('forbidden');
  });

  test('the doors open over sockets, and a screen sees the tree fill', async () => {
    const {
      server,
      organizer,
      conference,
      session,
      bridges,
      cookie,
      clock,
      bridge,
      at,
      seatedAt,
      event,
      send,
      seated,
    } = walk;
    const line = await socket(server, cookie);
    const screen = await socket(server, cookie);
    Object.assign(walk, { line, screen });
    const seen: ServerBody<'figures:changed'>[] = [];
    screen.socket.on('figures:changed', (change) => seen.push(change));
    const watching = await screen.ask('figures:watch', { conference, session, bridge: bridge('97').id });
    expect(watching).toMatchObject({ ok: true });

    clock.set('2025-01-13T07:20:00+07:00');
    // One commune never opens.
    for (const one of bridges.filter(({ unit }) => unit !== '97012')) {
      seated.set(
        one.id,
        (await seatedAt(one)).map((seat) => seat.person),
      );
      const [answer] = await send(line, one, [event(one, 'open', {})]);
      expect(answer).toMatchObject({ outcome: 'recorded', flags: [] });
    }
    clock.set('2025-01-13T07:30:00+07:00');
    const province = bridge('97');
    const came = seated.get(province.id)?.slice(0, -2) ?? [];
    expect(came.length).toBeGreaterThan(50);
    const items = await send(
      line,
      province,
      came.map((who, index) =>
        event(province, 'arrive', { person: who, mode: index % 10 === 3 ? 'online' : 'in-person' }),
      ),
    );
    expect(items.every(({ outcome, tone }) => outcome === 'recorded' && tone === 'done')).toBe(true);
    await expect
      .poll(() => seen.at(-1)?.nodes.find((node) => node.bridge === province.id)?.own.attended)
      .toBe(came.length);
    const { sequence } = await organizer.call(api.figures, { params: at(province) });
    expect(seen.at(-1)?.sequence).toBe(sequence);
  });

  test('a door checks in one and many, says again, elsewhere and unknown, and takes back', async () => {
    const { server, organizer, conference, session, hostCookie, clock, bridge, at, event, send, seated } =
      walk;
    const commune = bridge('97001');
    const other = bridge('97010');
    const door = await socket(server, hostCookie);
    try {
      const here = seated.get(commune.id) ?? [];
      const there = seated.get(other.id) ?? [];
      const [one, leaver, excused, mistaken, ...many] = here;
      const [visitor, twice] = there;
      const last = many.splice(-3);
      if (!one || !leaver || !excused || !mistaken || !visitor || !twice || !last[0]) throw new Error('few');
      walk.unmarked = last[0];

      const first = event(commune, 'arrive', { person: one, mode: 'in-person' });
      const [single] = await send(door, commune, [first]);
      expect(single).toMatchObject({ outcome: 'recorded', tone: 'done', flags: [] });
      clock.advance(60_000);
      const again = await send(door, commune, [event(commune, 'arrive', { person: one, mode: 'in-person' })]);
      expect(again).toMatchObject([{ outcome: 'recorded', tone: 'again', flags: ['already-present'] }]);
      expect(again[0]?.message).toContain('07:30');

      const batch = [
        ...many.map((who) => event(commune, 'arrive', { person: who, mode: 'in-person' as const })),
        event(commune, 'arrive', { person: leaver, mode: 'in-person' }),
        event(commune, 'arrive', { person: mistaken, mode: 'in-person' }),
        event(commune, 'excuse', { person: excused, reason: 'đi công tác' }),
        // Somebody whose seat is in the other ward, somebody of no list, and a card that nobody knows.
        event(commune, 'arrive', { person: visitor, mode: 'in-person' }),
        event(commune, 'walk-in', { name: 'Lò Văn Khách', unit: 'Hội Khuyến học', mode: 'in-person' }),
        event(commune, 'arrive', { person: PersonId.parse('THE-LA-001'), mode: 'in-person' }),
        // Two doors; the second of one door takes the first one's place.
        event(commune, 'count', { point: 'cửa chính', counts: { partyMember: 3, other: 9 } }),
        event(commune, 'count', { point: 'cửa sau', counts: { other: 4 } }),
      ];
      const items = await send(door, commune, [
        ...batch,
        { ...event(commune, 'open', {}), kind: 'fly' },
        event(other, 'open', {}),
      ]);
      expect(items.slice(0, batch.length).every(({ outcome }) => outcome === 'recorded')).toBe(true);
      expect(items.at(-2)).toMatchObject({ outcome: 'refused', reason: 'malformed' });
      expect(items.at(-1)).toMatchObject({ outcome: 'refused', reason: 'other-bridge' });
      const flagsOf = (index: number) => items[many.length + index]?.flags;
      expect(flagsOf(3)).toEqual(['other-bridge']);
      expect(flagsOf(5)).toEqual(['not-on-list']);

      clock.advance(60_000);
      const count = event(commune, 'count', { point: 'cửa chính', counts: { partyMember: 2, other: 10 } });
      const undo = event(commune, 'void', {
        target: batch[many.length + 1]?.id as AttendanceEvent['id'],
        reason: 'bấm nhầm tên',
      });
      await send(door, commune, [count, undo, event(commune, 'leave', { person: leaver })]);

      // A replay is answered as it was and changes nothing; the same id with another content is a conflict.
      const before = await organizer.call(api.figures, { params: at(commune) });
      const [replay] = await send(door, commune, [first]);
      expect(replay).toMatchObject({ outcome: 'recorded' });
      const [conflict] = await send(door, commune, [{ ...first, mode: 'online' }]);
      expect(conflict).toMatchObject({ outcome: 'conflict', reason: 'other-content' });
      const after = await organizer.call(api.figures, { params: at(commune) });
      expect({ ...after, asOf: before.asOf }).toEqual(before);

      // Over HTTP as well, and at the other door: the visitor of before, and somebody who came to two doors.
      await send(door, commune, [event(commune, 'arrive', { person: twice, mode: 'in-person' })]);
      clock.advance(60_000);
      const both = event(other, 'arrive', { person: twice, mode: 'in-person' });
      const { items: posted } = await organizer.call(api.record, {
        params: { conference, bridge: other.id },
        body: { session, bridge: other.id, events: [both] },
      });
      expect(posted).toMatchObject([{ outcome: 'recorded', flags: ['present-elsewhere'] }]);

      expect((await organizer.call(api.figures, { params: at(commune) })).node.own).toMatchObject({
        // The first, the many, the leaver, and the visitor; not the mistaken one.
        named: many.length + 3,
        walkIn: 1,
        toResolve: 1,
        excused: 1,
        counted: { partyMember: 2, other: 14 },
        inRoom: many.length + 3,
      });
    } finally {
      door.close();
    }
  });

  test('the bloc only counts heads, the ministry is online, the chairs come', async () => {
    const { organizer, line, clock, bridge, root, at, event, send } = walk;
    clock.set('2025-01-13T07:50:00+07:00');
    const bloc = bridge(PARTY_BLOC);
    await send(line, bloc, [event(bloc, 'count', { point: '', counts: { partyMember: 61 } })]);
    for (const one of [root(), bridge(MINISTRY), bridge('971'), bridge('97002'), bridge('97010')]) {
      const came = (walk.seated.get(one.id) ?? []).filter((_, index) => index % 6 !== 5);
      const mode = one.class === 'agency' ? ('online' as const) : ('in-person' as const);
      await send(
        line,
        one,
        came.map((who) => event(one, 'arrive', { person: who, mode })),
      );
    }
    const { node, children } = await organizer.call(api.figures, { params: at(root()) });
    expect(node).toMatchObject({ bridges: 27, opened: 26, closed: 0 });
    expect(node.subtree.counted).toEqual({ other: 14, partyMember: 63 });
    expect(children.map((child) => child.class).toSorted()).toEqual(['agency', 'agency', 'province']);
  });
}
