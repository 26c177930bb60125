import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { firstLink, nextLink } from '../../../domain/ledger/chain.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { digestTexts, textsOf } from '../../../domain/ledger/form.ts';
import type { BridgeId, PersonId, SessionId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import { recordEvents } from '../../../server/attendance/commands.ts';
import { databaseFile, openDatabase } from '../../../server/platform/database.ts';
import { sha256 } from '../../../server/platform/keys.ts';
import { operatorOf } from '../operator.ts';
import { arriveAt, eventAt, sample, type Sample } from '../sample.ts';

let s: Sample;
beforeAll(async () => {
  s = await sample({ communes: 12 });
});
afterAll(() => s.server.close());

const record = async (bridge: BridgeId, events: unknown[]) => {
  const body = { session: s.session, bridge, events };
  return (await s.organizer.call(api.record, { params: { conference: s.conference, bridge }, body })).items;
};

interface Row {
  readonly seq: number;
  readonly session: SessionId;
  readonly bridge: BridgeId;
  readonly received_at: Instant;
  readonly place: number;
  readonly hash: Buffer;
  readonly form: string;
}
const rows = (): Promise<Row[]> => s.server.database.read<Row>('attendance_event').orderBy('seq');

/** Every chain of the ledger, computed anew from its first link; names the rows whose hash is another. */
async function brokenLinks(): Promise<Row[]> {
  const heads = new Map<string, ReturnType<typeof firstLink>>();
  return (await rows()).filter(({ session, bridge, received_at: receivedAt, place, hash, form }) => {
    const before = heads.get(session + bridge) ?? firstLink(session, bridge, sha256);
    const link = nextLink(before, receivedAt, form, sha256);
    heads.set(session + bridge, link);
    return link.place !== place || link.hash !== hash.toString('hex');
  });
}

describe('a chain of a bridge', () => {
  test('holds what was sent byte for byte, whatever characters it has, and links it', async () => {
    const bridge = s.bridge('97004').id;
    const odd = [
      'thẻ "lạ" \\ 7',
      "d'Hà; drop",
      'tab\tvà dòng\nmới',
      '{"a":[1]}',
      '😀 cờ 🇻🇳',
      '\u2028',
      '\ue000',
    ];
    await record(
      bridge,
      odd.map((code) => arriveAt(s, bridge, code as PersonId)),
    );
    const counts = { [odd[0]!]: 3, 'đảng "viên"': 0 };
    await record(bridge, [eventAt(s, bridge, 'count', { point: odd[2]!, counts })]);
    const own = (await rows()).filter((row) => row.bridge === bridge);
    expect(own.map((row) => row.place)).toEqual(own.map((_, at) => at + 1));
    expect(own.map((row) => (JSON.parse(row.form) as unknown[])[7])).toEqual([...odd, odd[2]]);
    expect(own.map((row) => row.form)).toEqual(own.map((row) => JSON.stringify(JSON.parse(row.form))));
    expect(await brokenLinks()).toEqual([]);
  });

  test('holds no word that people wrote: names, units and reasons stand beside it', async () => {
    const bridge = s.bridge('97005').id;
    const walkIn = eventAt(s, bridge, 'walk-in', { name: 'Lò Thị Hà', unit: 'Bản Mới', mode: 'in-person' });
    const undo = eventAt(s, bridge, 'void', { target: walkIn.id, reason: 'ghi nhầm chị Hà' });
    await record(bridge, [walkIn, undo]);
    const own = (await rows()).filter((row) => row.bridge === bridge);
    expect(JSON.stringify(own.map((row) => row.form))).not.toMatch(/Hà|Bản|nhầm/);
    const texts = await s.server.database
      .read('attendance_text')
      .whereIn(
        'seq',
        own.map(({ seq }) => seq),
      )
      .orderBy('seq')
      .select<{ salt: string; texts: string }[]>('salt', 'texts');
    for (const [at, event] of ([walkIn, undo] as AttendanceEvent[]).entries()) {
      const { salt, texts: kept } = texts[at]!;
      expect(JSON.parse(kept)).toEqual(textsOf(event));
      const digests = Object.values(digestTexts(textsOf(event)!, salt, sha256));
      for (const digest of digests) expect(own[at]!.form).toContain(digest);
    }
    // Without its text an event is still there, and the same event is still a replay.
    await s.server.database.write('attendance_text').delete();
    expect(await brokenLinks()).toEqual([]);
    expect((await record(bridge, [walkIn]))[0]).toMatchObject({ outcome: 'recorded', receipt: { place: 1 } });
    const other = { ...walkIn, mode: 'online' };
    expect((await record(bridge, [other]))[0]).toMatchObject({ outcome: 'conflict', receipt: null });
  });
});

describe('a replay', () => {
  test('gets the first outcome byte for byte, also where others came in between, and writes nothing', async () => {
    const bridge = s.bridge('97006').id;
    const people = await s.seatedAt(bridge);
    const events = people.slice(0, 3).map(({ person }) => arriveAt(s, bridge, person));
    const first = await record(bridge, events);
    s.clock.advance(60_000);
    await record(bridge, [arriveAt(s, bridge, people[3]!.person)]);
    const before = (await rows()).length;
    const again = await record(bridge, [...events.toReversed(), ...events]);
    expect(again.map((item) => JSON.stringify([item.id, item.outcome, item.receipt]))).toEqual(
      [...first.toReversed(), ...first].map((item) => JSON.stringify([item.id, item.outcome, item.receipt])),
    );
    expect(await rows()).toHaveLength(before);
  });

  test('within its own batch is one event; another content under the id is a conflict there as well', async () => {
    const bridge = s.bridge('97007').id;
    const [person, other] = await s.seatedAt(bridge);
    const event = arriveAt(s, bridge, person!.person);
    const items = await record(bridge, [event, event, { ...event, person: other!.person }]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'conflict']);
    expect(items[1]!.receipt).toEqual(items[0]!.receipt);
  });

  test('of an id that another bridge has used is a conflict, and the rest of the batch is recorded', async () => {
    const [one, two] = [s.bridge('97007').id, s.bridge('97008').id];
    const [person] = await s.seatedAt(two);
    const taken = arriveAt(s, one, person!.person);
    await record(one, [taken]);
    const items = await record(two, [{ ...taken, bridge: two }, arriveAt(s, two, person!.person)]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['conflict', 'recorded']);
    expect(items[1]!.receipt?.place).toBe(1);
    expect(await brokenLinks()).toEqual([]);
  });
});

test('two processes that write at once keep one chain: no place twice, no event lost', async () => {
  const bridge = s.bridge('97009').id;
  const database = await openDatabase(databaseFile(s.server.data));
  try {
    const context = { ...s.server.context(), database };
    const scope = await operatorOf(context, s.conference, bridge);
    const people = await s.seatedAt(bridge);
    const here = Array.from({ length: 30 }, (_, at) =>
      arriveAt(s, bridge, people[at % people.length]!.person),
    );
    const there = here.map((event) => arriveAt(s, bridge, (event as { person: PersonId }).person));
    await Promise.all([
      ...here.map((event) => record(bridge, [event])),
      ...there.map((event) =>
        recordEvents(context, scope.conference, scope.bridge, s.session, [event], 'vouched'),
      ),
      // Both bring the same one.
      record(bridge, [here[0]!]),
      recordEvents(context, scope.conference, scope.bridge, s.session, [here[0]!], 'vouched'),
    ]);
    const own = (await rows()).filter((row) => row.bridge === bridge);
    expect(own.map((row) => row.place)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
    expect(await brokenLinks()).toEqual([]);
  } finally {
    await database.close();
  }
});
