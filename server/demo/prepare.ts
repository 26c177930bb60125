import { readFile } from 'node:fs/promises';

import { stringify } from 'csv-stringify/sync';

import { BridgeClass } from '../../domain/bridges/bridge.ts';
import { CivilDate, startOfDay } from '../../domain/time.ts';
import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow } from '../../domain/wire/bridges.ts';
import { sampleRoster } from '../../fixtures/sample/roster.ts';
import { provinceUnits, SAMPLE_PROVINCE } from '../../fixtures/sample/units.ts';
import type { Visitor } from './visitor.ts';

const PLAN = new URL('../../fixtures/plans/national-clean.md', import.meta.url);

/** The sample conference, ready for the day. */
export interface Prepared {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  /** The day before, at two. */
  readonly rehearsal: SessionId;
  readonly bridges: readonly BridgeRow[];
  readonly people: number;
}

const HOUR_MS = 3_600_000;

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Plays the weeks before the conference through the API: plan, units, bridges, people, who sits where, who chairs. */
export async function prepare(organizer: Visitor): Promise<Prepared> {
  const units = provinceUnits();
  await organizer.call(api.importUnits, {
    query: { dryRun: 'false' },
    body: { name: 'don-vi.csv', bytes: encode(stringify(units, { header: true })) },
  });
  const text = await readFile(PLAN, 'utf8');
  const { conference } = await organizer.call(api.createConference, {
    body: { text, plan: null, treeDate: CivilDate.parse('2025-01-13') },
  });
  const params = { conference: conference.id };
  await organizer.call(api.buildBridges, {
    params,
    body: {
      scope: [],
      extra: [
        {
          class: BridgeClass.parse('agency'),
          name: 'Điểm cầu Bộ Khoa học và Công nghệ',
          unit: null,
          organisation: 'Bộ Khoa học và Công nghệ',
          under: null,
        },
        {
          class: BridgeClass.parse('party-bloc'),
          name: `Điểm cầu Đảng ủy Khối tỉnh ${SAMPLE_PROVINCE.name}`,
          unit: null,
          organisation: `Đảng ủy Khối tỉnh ${SAMPLE_PROVINCE.name}`,
          under: SAMPLE_PROVINCE.code,
        },
      ],
    },
  });
  const preview = await organizer.call(api.previewPeople, {
    params,
    body: { name: 'dai-bieu.csv', bytes: encode(stringify(sampleRoster(units), { header: true })) },
  });
  const { total } = await organizer.call(api.confirmPeople, {
    params: { ...params, import: preview.id },
    body: { merge: [] },
  });
  await organizer.call(api.place, { params, body: {} });
  await assignChairs(organizer, conference.id);
  await organizer.call(api.place, { params, body: {} });
  await numberSeats(organizer, conference.id);
  await organizer.call(api.issuePlan, { params });
  const { items } = await organizer.call(api.sessions, { params });
  const session = items.find((item) => item.kind === 'session');
  if (session === undefined) throw new Error('the sample plan has no session');
  const rehearsal = await organizer.call(api.addSession, {
    params,
    body: {
      kind: 'rehearsal',
      title: 'Tổng duyệt',
      startsAt: startOfDay(CivilDate.parse('2025-01-12')) + 14 * HOUR_MS,
      endsAt: startOfDay(CivilDate.parse('2025-01-12')) + 15 * HOUR_MS,
    },
  });
  // What an office would have in its schedule around them.
  const others = [
    { kind: 'line-test', title: 'Thử đường truyền', day: '2025-01-10', from: 8, hours: 3 },
    { kind: 'follow-up', title: 'Buổi học bù', day: '2025-01-20', from: 8, hours: 3 },
  ] as const;
  for (const { kind, title, day, from, hours } of others) {
    const startsAt = startOfDay(CivilDate.parse(day)) + from * HOUR_MS;
    await organizer.call(api.addSession, {
      params,
      body: { kind, title, startsAt, endsAt: startsAt + hours * HOUR_MS },
    });
  }
  return {
    conference: conference.id,
    session: session.id,
    rehearsal: rehearsal.session.id,
    bridges: await allBridges(organizer, conference.id),
    people: total,
  };
}

/** One chair for each bridge ("Phân công một đồng chí lãnh đạo chủ trì"): whoever comes first among those seated there. */
async function assignChairs(organizer: Visitor, conference: ConferenceId): Promise<void> {
  for (const bridge of await allBridges(organizer, conference)) {
    const params = { conference, bridge: bridge.id };
    const chair = await firstSeated(organizer, conference, bridge.id);
    const capacity = Math.ceil((bridge.summoned + 10) / 10) * 10;
    await organizer.call(api.changeBridge, {
      params,
      body: { capacity, ...(chair !== null && { chair }), ready: ['room', 'equipment', 'line', 'line-test'] },
    });
  }
}

async function firstSeated(organizer: Visitor, conference: ConferenceId, bridge: BridgeId) {
  const { items } = await organizer.call(api.placements, {
    params: { conference },
    body: { bridge, limit: 1000 },
  });
  // A secretary chairs where there is one.
  const secretary = items.find(({ positions }) => positions.some((post) => post.startsWith('Bí thư ')));
  return (secretary ?? items[0])?.person ?? null;
}

/** The centre's hall and one commune's room have numbered chairs; elsewhere people sit as they come. */
async function numberSeats(organizer: Visitor, conference: ConferenceId): Promise<void> {
  const bridges = await allBridges(organizer, conference);
  const commune = bridges.find((bridge) => bridge.class === 'commune');
  for (const { id: bridge, capacity } of [bridges[0], commune].filter((one) => one !== undefined)) {
    const params = { conference, bridge };
    const seats = 12;
    const layout = {
      rowNames: 'letters',
      rowSeats: Array.from({ length: Math.ceil((capacity ?? seats) / seats) }, () => seats),
    } as const;
    const { revision } = await organizer.call(api.seatNumbers, { params });
    await organizer.call(api.numberSeats, { params, body: { layout, revision } });
  }
}

async function allBridges(organizer: Visitor, conference: ConferenceId): Promise<BridgeRow[]> {
  const { items } = await organizer.call(api.bridges, { params: { conference }, query: { limit: 1000 } });
  return items;
}
