import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';

import { BridgeClass } from '../../domain/bridges/bridge.ts';
import { UnitCode, type BridgeId, type ConferenceId, type EventId } from '../../domain/ids.ts';
import type { PersonId, SessionId } from '../../domain/ids.ts';
import { CivilDate, type Instant } from '../../domain/time.ts';
import type { AttendanceEvent } from '../../domain/attendance/event.ts';
import { api } from '../../domain/wire/api.ts';
import type { BridgeRow, ExtraBridge } from '../../domain/wire/bridges.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { PlacedPerson, PlacementSummary } from '../../domain/wire/placement.ts';
import { sampleRoster, type RosterRow } from '../../fixtures/sample/roster.ts';
import { provinceUnits, SAMPLE_PROVINCE } from '../../fixtures/sample/units.ts';
import type { MediaSettings } from '../../server/platform/media-settings.ts';
import type { MailSettings } from '../../server/platform/mail-server.ts';
import type { Parts } from '../../server/server.ts';
import { newId, signIn, startTestServer, testClock } from './harness.ts';
import type { SignedInClient, TestClock, TestServer } from './harness.ts';
import { machineNamed } from './paired.ts';
import { samplePlan, SAMPLE_TEXT } from './plans/sample.ts';

export const MINISTRY = 'Bộ Khoa học và Công nghệ';
export const PARTY_BLOC = `Đảng ủy Khối tỉnh ${SAMPLE_PROVINCE.name}`;
/** What the units do not give: a ministry below the centre, a Party bloc below the province. */
export const EXTRAS: readonly z.infer<typeof ExtraBridge>[] = [
  { class: BridgeClass.parse('agency'), name: MINISTRY, unit: null, organisation: MINISTRY, under: null },
  {
    class: BridgeClass.parse('party-bloc'),
    name: PARTY_BLOC,
    unit: null,
    organisation: PARTY_BLOC,
    under: UnitCode.parse(SAMPLE_PROVINCE.code),
  },
];

/** The bytes of a file that a person would upload: the rows as CSV, as Excel writes it. */
export function csv(rows: readonly object[]): Uint8Array<ArrayBuffer> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return new TextEncoder().encode(stringify([...rows], { header: true, bom: true, columns }));
}

/** A server with the sample conference on it. */
export interface Sample {
  readonly server: TestServer;
  readonly clock: TestClock;
  /** A standing organizer. */
  readonly organizer: SignedInClient;
  readonly conference: ConferenceId;
  readonly session: SessionId;
  /** All of them, in tree order, as they are after placing. */
  readonly bridges: readonly BridgeRow[];
  /** The bridge of a unit, or of an organisation. */
  bridge(unitOrOrganisation: string): BridgeRow;
  /** The first one of a class. */
  first(bridgeClass: string): BridgeRow;
  readonly roster: readonly Person[];
  readonly summary: PlacementSummary;
  /** Who is seated at a bridge. */
  seatedAt(bridge: BridgeId): Promise<PlacedPerson[]>;
}

export interface SampleSize {
  /** Communes of the province. */
  readonly communes?: number;
  /** Stop before people are seated. */
  readonly until?: 'bridges' | 'people';
  readonly clock?: TestClock;
  readonly data?: string;
  /** How the server sends mail; left out it sends none. */
  readonly mail?: MailSettings;
  /** What carries its pictures; left out nothing does. */
  readonly media?: MediaSettings;
  readonly startMedia?: Parts['startMedia'];
  /** The roster, in place of the sample's own. */
  readonly people?: readonly RosterRow[];
}

/** Plays the weeks before the conference through the real routes: units, plan, bridges, roster, chairs, seats. */
export async function sample(size: SampleSize = {}): Promise<Sample> {
  const clock = size.clock ?? testClock();
  const server = await startTestServer({
    clock,
    mail: size.mail ?? null,
    media: size.media ?? null,
    startMedia: size.startMedia,
    ...(size.data !== undefined && { data: size.data }),
  });
  try {
    return await fill(server, clock, size);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function fill(server: TestServer, clock: TestClock, size: SampleSize): Promise<Sample> {
  const organizer = await signIn(server);
  const units = provinceUnits(size.communes ?? 12);
  await importUnits(organizer, units);
  const created = await organizer.call(api.createConference, {
    body: { text: SAMPLE_TEXT, plan: null, treeDate: CivilDate.parse('2025-01-13') },
  });
  const conference = created.conference.id;
  const params = { conference };
  await organizer.call(api.buildBridges, {
    params,
    body: { scope: [UnitCode.parse(SAMPLE_PROVINCE.code)], extra: [...EXTRAS] },
  });
  let summary: PlacementSummary | null = null;
  if (size.until !== 'bridges') await importRoster(organizer, conference, size.people ?? sampleRoster(units));
  if (size.until === undefined) {
    await organizer.call(api.place, { params, body: {} });
    await assignChairs(organizer, conference);
    summary = await organizer.call(api.place, { params, body: {} });
  }
  const { items } = await organizer.call(api.sessions, { params });
  const bridges = await allBridges(organizer, conference);
  const find = (what: string, fits: (bridge: BridgeRow) => boolean): BridgeRow => {
    const bridge = bridges.find(fits);
    if (bridge === undefined) throw new Error(`the sample has no bridge ${what}`);
    return bridge;
  };
  return {
    server,
    clock,
    organizer,
    conference,
    session: items[0]!.id,
    bridges,
    bridge: (name) => find(name, ({ unit, organisation }) => unit === name || organisation === name),
    first: (name) => find(name, (bridge) => bridge.class === name),
    roster: await allPeople(organizer, conference),
    get summary() {
      if (summary === null) throw new Error('nobody was placed');
      return summary;
    },
    seatedAt: (bridge) => seatedAt(organizer, conference, bridge),
  };
}

export async function importUnits(
  organizer: SignedInClient,
  units: readonly object[],
  validFrom = '2020-01-01',
): Promise<void> {
  const { imported, errors } = await organizer.call(api.importUnits, {
    query: { validFrom, dryRun: 'false' },
    body: { name: 'don-vi.csv', bytes: csv(units) },
  });
  if (!imported) throw new Error(JSON.stringify(errors.slice(0, 3)));
}

/** Another conference with the plan of the sample, and nothing else yet. */
export async function addConference(organizer: SignedInClient): Promise<ConferenceId> {
  const { conference } = await organizer.call(api.createConference, {
    body: { text: null, plan: samplePlan(), treeDate: null },
  });
  return conference.id;
}

/** Previews and confirms a roster; rows in `merge` become whom the preview proposes. */
export async function importRoster(
  organizer: SignedInClient,
  conference: ConferenceId,
  rows: readonly object[],
  merge: number[] = [],
) {
  const preview = await organizer.call(api.previewPeople, {
    params: { conference },
    body: { name: 'dai-bieu.csv', bytes: csv(rows) },
  });
  const confirmed = await organizer.call(api.confirmPeople, {
    params: { conference, import: preview.id },
    body: { merge },
  });
  return { preview, confirmed };
}

/** One chair for each bridge where anybody sits: a secretary where there is one. */
async function assignChairs(organizer: SignedInClient, conference: ConferenceId): Promise<void> {
  for (const { id, summoned } of await allBridges(organizer, conference)) {
    const seated = await seatedAt(organizer, conference, id);
    const chair = seated.find(({ positions }) => positions.some((post) => post.startsWith('Bí thư ')));
    const someone = chair ?? seated[0];
    await organizer.call(api.changeBridge, {
      params: { conference, bridge: id },
      body: { capacity: summoned + 10, ...(someone !== undefined && { chair: someone.person }) },
    });
  }
}

async function seatedAt(
  organizer: SignedInClient,
  conference: ConferenceId,
  bridge: BridgeId,
): Promise<PlacedPerson[]> {
  return everyPage((cursor) =>
    organizer.call(api.placements, { params: { conference }, body: { bridge, limit: 1000, ...cursor } }),
  );
}

export function allBridges(organizer: SignedInClient, conference: ConferenceId): Promise<BridgeRow[]> {
  return everyPage((cursor) =>
    organizer.call(api.bridges, { params: { conference }, query: { limit: 1000, ...cursor } }),
  );
}

export function allPeople(organizer: SignedInClient, conference: ConferenceId): Promise<Person[]> {
  return everyPage((cursor) =>
    organizer.call(api.people, { params: { conference }, body: { limit: 1000, ...cursor } }),
  );
}

/** Every item of a list, page by page. */
export async function everyPage<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let next: string | null | undefined; next !== null;) {
    const { items: found, next: after }: { items: Item[]; next: string | null } = await page(
      next === undefined ? {} : { cursor: next },
    );
    items.push(...found);
    next = after;
  }
  return items;
}

type Own<Kind extends AttendanceEvent['kind']> = Omit<
  Extract<AttendanceEvent, { kind: Kind }>,
  'id' | 'session' | 'bridge' | 'device' | 'at' | 'offset' | 'kind'
>;

/** What a device at a bridge writes; a device is named by its word or its id. */
export function eventAt<Kind extends AttendanceEvent['kind']>(
  { session, clock }: Pick<Sample, 'session' | 'clock'>,
  bridge: BridgeId,
  kind: Kind,
  own: Own<Kind>,
  common: { readonly id?: string; readonly at?: number; readonly device?: string } = {},
): AttendanceEvent {
  return {
    id: (common.id ?? newId()) as EventId,
    session,
    bridge,
    device: machineNamed(common.device ?? 'may-1').device,
    at: (common.at ?? clock()) as Instant,
    offset: 0,
    kind,
    ...own,
  } as unknown as AttendanceEvent;
}

export function arriveAt(
  sampled: Pick<Sample, 'session' | 'clock'>,
  bridge: BridgeId,
  person: PersonId,
  common: Parameters<typeof eventAt>[4] = {},
): AttendanceEvent {
  return eventAt(sampled, bridge, 'arrive', { person, mode: 'in-person' }, common);
}
