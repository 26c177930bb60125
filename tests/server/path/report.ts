import { expect, test } from 'vitest';

import { presenceWord, presenceWordOf } from '../../../domain/attendance/sentences.ts';
import { sayBridgeClass } from '../../../domain/bridges/sentences.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { client, instant, newId } from '../harness.ts';
import { DELEGATES } from './delegates.ts';
import { FORMATS, rowsOfXlsx } from './files.ts';
import { figuresOf, linesOf, readLedger } from './ledger.ts';
import { found, type Walk } from './walk.ts';

/** The close, what comes late, and the report out as files. */
export function report(walk: Walk): void {
  const compareAll = async (): Promise<void> => {
    const { organizer, conference, session, at } = walk;
    const ledger = await readLedger(organizer, conference, session);
    for (const one of ledger.bridges) {
      const { node } = await organizer.call(api.figures, { params: at(one) });
      expect(node).toEqual(figuresOf(ledger, one));
    }
    expect(ledger.flagged).toEqual(ledger.attendance.flags);
  };

  test('before the close nobody is absent, and the figures of every bridge are those of the ledger', async () => {
    const { organizer, root, at } = walk;
    await compareAll();
    const { node } = await organizer.call(api.figures, { params: at(root()) });
    expect([node.subtree.absentWithout, node.subtree.absentWithReason]).toEqual([0, 0]);
    expect(node.subtree.unmarked).toBeGreaterThan(0);
  });

  test('after the close whoever was not marked is absent, at the bridges that closed and nowhere else', async () => {
    const { organizer, conference, session, bridges, line, clock, bridge, root, at, event, send } = walk;
    clock.set('2025-01-13T11:35:00+07:00');
    for (const one of bridges.filter(({ unit }) => unit !== '97012')) {
      const [answer] = await send(line, one, [event(one, 'close', {})]);
      expect(answer).toMatchObject({ outcome: 'recorded' });
    }
    await compareAll();
    const ledger = await readLedger(organizer, conference, session);
    expect(ledger.attendance.presence.get(found(walk.unmarked, 'unmarked'))).toEqual({
      state: 'absent',
      reason: null,
    });
    const { node } = await organizer.call(api.figures, { params: at(root()) });
    expect(node).toMatchObject({ opened: 26, closed: 26 });
    expect(node.subtree.absentWithReason).toBe(1);
    // The commune that never opened: its people are unmarked, not absent.
    const { node: silent } = await organizer.call(api.figures, { params: at(bridge('97012')) });
    expect(silent).toMatchObject({
      state: 'unopened',
      own: { unmarked: bridge('97012').summoned, absentWithout: 0 },
    });
    // The guest of honour who came is no part of the summoned, and one who had not come would be no absence.
    expect(node.subtree).toMatchObject({ invited: 1, ofInvited: 1 });
    const { summoned, ofExpected, attendedElsewhere, absentWithReason, absentWithout } = node.subtree;
    const others = node.subtree.excused + node.subtree.unmarked;
    expect(ofExpected + attendedElsewhere + absentWithReason + absentWithout + others).toBe(summoned);
  });

  test('each close froze a report; what is uploaded late makes its next version, which says what changed', async () => {
    const { organizer, line, clock, bridge, root, at, event, send, seated } = walk;
    const commune = bridge('97002');
    const versions = async (one: BridgeRow) =>
      (await organizer.call(api.reportVersions, { params: at(one) })).items;
    await expect.poll(async () => (await versions(commune)).length).toBe(1);
    const whole = await organizer.call(api.freezeReport, { params: at(root()) });
    expect(whole.version).toBeGreaterThanOrEqual(1);
    const count = (await versions(root())).length;

    clock.set('2025-01-13T14:10:00+07:00');
    const [, , , , , missed] = seated.get(commune.id) ?? [];
    const late = event(
      commune,
      'arrive',
      { person: found(missed, 'sixth'), mode: 'in-person' },
      { at: instant('2025-01-13T07:58:00+07:00') },
    );
    const [answer] = await send(line, commune, [late]);
    expect(answer).toMatchObject({ outcome: 'recorded', flags: ['late-upload'] });
    await expect.poll(async () => (await versions(commune)).length).toBe(2);
    const changes = (await versions(commune)).find(({ version }) => version === 2)?.differences ?? [];
    expect(changes).toContainEqual({
      bridge: commune.id,
      bridgeName: commune.name,
      figure: 'absentWithout',
      before: expect.any(Number),
      after: expect.any(Number),
    });
    const absent = changes.find(({ figure }) => figure === 'absentWithout');
    expect((absent?.before ?? 0) - (absent?.after ?? 0)).toBe(1);

    const next = await organizer.call(api.freezeReport, { params: at(root()) });
    // Whether the server has frozen it by itself meanwhile, or this did: there is one more version of it.
    expect(next.version).toBe(whole.version + 1);
    const same = await organizer.call(api.freezeReport, { params: at(root()) });
    expect(same).toMatchObject({ version: next.version, differs: false });
    expect(await versions(root())).toHaveLength(count + 1);
    await compareAll();
  });

  test.each(['xlsx', 'csv', 'json'] as const)(
    'the report out as %s has every figure of the ledger, line by line',
    async (format) => {
      const { organizer, conference, session, root, at } = walk;
      const ledger = await readLedger(organizer, conference, session);
      const lines = linesOf(ledger);
      // 27 bridges, and those with others below: the centre, the province, nine districts.
      expect(lines).toHaveLength(27 + 11);
      const response = await organizer.response(api.exportReport, {
        params: at(root()),
        query: { format, by: 'bridge' },
      });
      expect(response.status).toBe(200);
      const { read, want } = FORMATS[format];
      expect(await read(new Uint8Array(await response.arrayBuffer()))).toEqual(lines.map((one) => want(one)));
    },
  );

  test('the report by level adds up the bridges of each, and by person has everybody once', async () => {
    const { organizer, conference, session, bridge, root, at } = walk;
    const ledger = await readLedger(organizer, conference, session);
    const file = async (by: 'level' | 'person') => {
      const response = await organizer.response(api.exportReport, {
        params: at(root()),
        query: { format: 'xlsx', by },
      });
      return rowsOfXlsx(new Uint8Array(await response.arrayBuffer()));
    };
    const lines = linesOf(ledger);
    const levels = await file('level');
    const sums = new Map<string, number>();
    for (const [index, one] of ledger.bridges.entries()) {
      const level = sayBridgeClass(one.class, 'vi');
      sums.set(level, (sums.get(level) ?? 0) + (lines[index]?.figures.attended ?? 0));
    }
    expect(new Map(levels.slice(0, -1).map((row) => [row['Cấp'], row['Có mặt']]))).toEqual(sums);
    expect(levels.at(-1)).toMatchObject({
      Cấp: 'Tất cả các cấp',
      'Triệu tập': lines.at(-1)?.figures.summoned,
      'Tổng số có mặt, kể cả đếm thêm': lines.at(-1)?.figures.allPresent,
      // 46 + 130 + 25 + 60 + 0 + 55, as reported before the day.
      'Số đại biểu đã báo cáo': 316,
    });

    const persons = await file('person');
    const { presence } = ledger.attendance;
    const byPerson = await organizer.response(api.exportReport, {
      params: at(root()),
      query: { format: 'json', by: 'person' },
    });
    const told = (await byPerson.json()) as { person: PersonId; presence: string; at: string | null }[];
    expect(new Map(told.map((one) => [one.person, [one.presence, one.at]]))).toEqual(
      new Map([...presence].map(([who, one]) => [who, [presenceWordOf(one), 'at' in one ? one.at : null]])),
    );
    expect(told).toHaveLength(presence.size);
    expect(persons.map((row) => row['TT'])).toEqual(told.map((_, index) => index + 1));
    expect(persons.map((row) => row['Trạng thái'])).toEqual(
      told.map((one) => presenceWord(presence.get(one.person) ?? { state: 'unmarked' }, 'vi')),
    );
    const secretary = persons.find((row) => row['Họ và tên'] === DELEGATES.secretary.name);
    expect(secretary).toMatchObject({ 'Điểm cầu được xếp': bridge('97').name, 'Thành phần': 'triệu tập' });
    expect(persons.filter((row) => row['Họ và tên'] === 'Lò Văn Khách')).toHaveLength(1);
  });

  test('whoever has no right gets none of it', async () => {
    const { server, conference, session, hostCookie, bridge, at } = walk;
    const host = client(server, hostCookie);
    const params = at(bridge('97001'));
    const above = { params: at(bridge('97')), query: { format: 'xlsx' } } as const;
    expect((await host.response(api.exportReport, above)).status).toBe(404);
    const stranger = client(server);
    expect((await stranger.response(api.exportReport, { params, query: { format: 'csv' } })).status).toBe(
      401,
    );
    expect(
      (
        await stranger.refusal(api.record, {
          params: { conference, bridge: bridge('97001').id },
          body: { session, bridge: bridge('97001').id, events: [{ id: newId() }] },
        })
      ).code,
    ).toBe('not-signed-in');
  });
}
