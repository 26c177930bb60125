import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, PersonId, SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import { sampleRoster } from '../../../fixtures/sample/roster.ts';
import { provinceUnits } from '../../../fixtures/sample/units.ts';
import { createGate } from '../../../server/access/gate.ts';
import { bridgeTreeOf } from '../../../server/bridges/queries.ts';
import { expectedOf } from '../../../server/composition/queries.ts';
import type { Context } from '../../../server/platform/context.ts';
import { testMachine } from '../../machines.ts';
import { newId, signIn, type SignedInClient, type TestServer } from '../harness.ts';
import { SAMPLE_TEXT } from '../plans/sample.ts';

/** A small province on its way through the real server: plan, bridges, roster and seats, with one session. */
export interface Scene {
  readonly server: TestServer;
  readonly organizer: SignedInClient;
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly bridges: readonly Bridge[];
  readonly root: Bridge;
  readonly province: Bridge;
  /** The first district that has communes, and those. */
  readonly district: Bridge;
  readonly communes: readonly Bridge[];
  below(bridge: Bridge): readonly Bridge[];
  /** Who has a seat at a bridge. */
  seatedAt(bridge: BridgeId): readonly PersonId[];
}

export async function setScene(server: TestServer, communes = 12): Promise<Scene> {
  const organizer = await signIn(server);
  const units = provinceUnits(communes);
  await organizer.call(api.importUnits, {
    query: { dryRun: 'false' },
    body: { name: 'units.csv', bytes: csvOf(units) },
  });
  const made = await organizer.call(api.createConference, {
    body: { text: SAMPLE_TEXT, plan: null, treeDate: null },
  });
  const conference = made.conference.id;
  await organizer.call(api.buildBridges, { params: { conference }, body: { scope: ['97'], extra: [] } });

  const roster = sampleRoster(units);
  const preview = await organizer.call(api.previewPeople, {
    params: { conference },
    body: { name: 'roster.csv', bytes: csvOf(roster) },
  });
  if (preview.errorCount > 0) throw new Error(JSON.stringify(preview.errors.slice(0, 3)));
  const params = { conference, import: preview.id };
  await organizer.call(api.confirmPeople, { params, body: {} });
  await organizer.call(api.place, { params: { conference }, body: {} });

  const context = server.context();
  const scope = await conferenceScope(context, conference);
  const tree = await bridgeTreeOf(context, scope);
  if (tree === null) throw new Error('no bridges');
  const seats = Map.groupBy(await expectedOf(context, scope), (seat) => seat.bridge);
  const province = find(tree.bridges, 'province');
  const district = tree.bridges.find(
    (bridge) => bridge.class === 'district' && tree.children(bridge.id).length > 0,
  );
  const { items } = await organizer.call(api.sessions, { params: { conference } });
  const [session] = items;
  if (district === undefined || session === undefined) throw new Error('no district or session');
  return {
    server,
    organizer,
    conference,
    session: session.id,
    bridges: tree.bridges,
    root: tree.root,
    province,
    district,
    communes: tree.children(district.id),
    below: (bridge) => tree.children(bridge.id),
    seatedAt: (bridge) => (seats.get(bridge) ?? []).map((seat) => seat.person),
  };
}

function csvOf(rows: readonly object[]): Uint8Array<ArrayBuffer> {
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row) as string[])];
  return new TextEncoder().encode(
    lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n'),
  );
}

function find(bridges: readonly Bridge[], of: string): Bridge {
  const found = bridges.find((bridge) => bridge.class === of);
  if (found === undefined) throw new Error(`no bridge of the class ${of}`);
  return found;
}

/** The right over a whole conference that whoever works at the machine has. */
export async function conferenceScope(context: Context, conference: ConferenceId) {
  const gate = createGate();
  const scope = await gate.operator(context).conference(conference);
  if (!scope.ok) throw new Error(scope.reason);
  return scope.value;
}

type Kind = AttendanceEvent['kind'];
type Own<K extends Kind> = Omit<
  Extract<AttendanceEvent, { kind: K }>,
  'id' | 'session' | 'bridge' | 'device' | 'at' | 'offset' | 'kind'
>;

/** What a device at a door writes. */
export function anEvent<K extends Kind>(
  scene: Scene,
  bridge: BridgeId,
  kind: K,
  own: Own<K>,
  at = scene.server.context().clock(),
): AttendanceEvent {
  const common = {
    id: newId(),
    session: scene.session,
    bridge,
    device: testMachine('may-1').device,
    at,
    offset: 0,
  };
  return { ...common, kind, ...own } as unknown as AttendanceEvent;
}

/** Records events of one bridge through the route; throws where one is not recorded. */
export async function record(
  scene: Scene,
  bridge: BridgeId,
  events: readonly AttendanceEvent[],
): Promise<void> {
  const { items } = await scene.organizer.call(api.record, {
    params: { conference: scene.conference, bridge },
    body: { session: scene.session, bridge, events: [...events] },
  });
  const bad = items.find((item) => item.outcome !== 'recorded');
  if (bad !== undefined) throw new Error(JSON.stringify(bad));
}
