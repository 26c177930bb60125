import type { AttendanceEvent } from '../../../domain/attendance/event.ts';
import type { Bridge } from '../../../domain/bridges/bridge.ts';
import type { ConferenceId, PersonId, SessionId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import type { RecordAnswer } from '../../../domain/wire/attendance.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { PlacedPerson } from '../../../domain/wire/placement.ts';
import { sampleRoster } from '../../../fixtures/sample/roster.ts';
import { provinceUnits } from '../../../fixtures/sample/units.ts';
import {
  client,
  testClock,
  type Client,
  type TestClock,
  type TestServer,
  type TestSocket,
} from '../harness.ts';
import { everyPage, eventAt } from '../sample.ts';
import { delegateRows, DELEGATES, type DelegateName } from './delegates.ts';

export const HOUR = 3_600_000;
export const SECOND_MINISTRY = 'Bộ Tài chính';
export const FIRST = { username: 'ban-to-chuc', password: 'một mật khẩu đủ dài' };

export type FileKind = 'csv' | 'xlsx';

/** What a pass starts from: the plan document, and in which kind of file offices send their lists. */
export interface Beginning {
  readonly plan: string;
  readonly unitKind: FileKind;
  readonly rosterKind: FileKind;
}

/** One conference on its way: the chapters of a pass fill it, each standing on the ones before. */
export interface Walk extends Beginning {
  readonly clock: TestClock;
  readonly units: ReturnType<typeof provinceUnits>;
  readonly roster: readonly object[];
  server: TestServer;
  /** The first organizer, signed in anew on each day. */
  readonly organizer: Client;
  cookie: string;
  conference: ConferenceId;
  session: SessionId;
  bridges: readonly BridgeRow[];
  /** Ids of the plan's clauses by what the requirements call them. */
  ids: ReadonlyMap<string, readonly string[]>;
  readonly people: Map<DelegateName, PersonId>;
  /** The organizer's, over which doors are played. */
  line: TestSocket | null;
  screen: TestSocket | null;
  hostCookie: string;
  /** Who was seated where when the doors opened. */
  readonly seated: Map<string, readonly PersonId[]>;
  /** Somebody who never came and whom nobody marked. */
  unmarked: PersonId | null;

  /** The bridge of a unit, or of an organisation. */
  readonly bridge: (unitOrOrganisation: string) => BridgeRow;
  readonly root: () => BridgeRow;
  readonly at: (bridge: Pick<Bridge, 'id'>) => Readonly<Record<'conference' | 'bridge' | 'session', string>>;
  readonly person: (name: DelegateName) => PersonId;
  readonly seatOf: (name: DelegateName) => Promise<PlacedPerson>;
  readonly seatedAt: (bridge: Pick<Bridge, 'id'>) => Promise<PlacedPerson[]>;
  /** Reads the bridges anew, as they stand. */
  readonly lookAtBridges: () => Promise<void>;
  readonly comeIn: (response: Response) => void;
  /** On another day: a sign-in of the days before has ended. */
  readonly laterOn: (iso: string) => Promise<void>;
  readonly event: <Kind extends AttendanceEvent['kind']>(
    bridge: Pick<Bridge, 'id'>,
    kind: Kind,
    own: Parameters<typeof eventAt<Kind>>[3],
    common?: Parameters<typeof eventAt<Kind>>[4],
  ) => AttendanceEvent;
  /** Records events at a door through a socket. */
  readonly send: (
    through: TestSocket | null,
    bridge: Pick<Bridge, 'id'>,
    events: readonly unknown[],
  ) => Promise<RecordAnswer[]>;
  readonly close: () => Promise<void>;
}

export function beginWalk(beginning: Beginning): Walk {
  const units = provinceUnits(12);
  let current: Client | null = null;
  const signedIn = (): Client => found(current, 'organizer');
  const walk: Walk = {
    ...beginning,
    clock: testClock('2025-01-02T09:00:00+07:00'),
    units,
    roster: [...sampleRoster(units), ...delegateRows()],
    // Filled by the first chapter, before anything asks for them.
    server: undefined as unknown as TestServer,
    organizer: {
      call: (contract, ...args) => signedIn().call(contract, ...args),
      refusal: (contract, ...args) => signedIn().refusal(contract, ...args),
      response: (contract, ...args) => signedIn().response(contract, ...args),
      fetch: (path, init) => signedIn().fetch(path, init),
    },
    conference: '' as ConferenceId,
    session: '' as SessionId,
    cookie: '',
    bridges: [],
    ids: new Map(),
    people: new Map(),
    line: null,
    screen: null,
    hostCookie: '',
    seated: new Map(),
    unmarked: null,

    bridge: (name) =>
      found(
        walk.bridges.find(({ unit, organisation }) => unit === name || organisation === name),
        name,
      ),
    root: () =>
      found(
        walk.bridges.find(({ parent }) => parent === null),
        'at the top',
      ),
    at: ({ id: bridge }) => ({ conference: walk.conference, bridge, session: walk.session }),
    person: (name) => found(walk.people.get(name), name),
    async seatOf(name) {
      const { items } = await walk.organizer.call(api.placements, {
        params: { conference: walk.conference },
        body: { q: DELEGATES[name].name, limit: 1000 },
      });
      return found(
        items.find((one) => one.person === walk.person(name)),
        name,
      );
    },
    seatedAt: ({ id: bridge }) =>
      everyPage((cursor) =>
        walk.organizer.call(api.placements, {
          params: { conference: walk.conference },
          body: { bridge, limit: 1000, ...cursor },
        }),
      ),
    async lookAtBridges() {
      walk.bridges = await everyPage((cursor) =>
        walk.organizer.call(api.bridges, {
          params: { conference: walk.conference },
          query: { limit: 10, ...cursor },
        }),
      );
    },
    comeIn(response) {
      walk.cookie = cookieOf(response);
      current = client(walk.server, walk.cookie);
    },
    async laterOn(iso) {
      walk.clock.set(iso);
      walk.comeIn(await client(walk.server).response(api.signIn, { body: FIRST }));
    },
    event: (bridge, kind, own, common = {}) => eventAt(walk, bridge.id, kind, own, common),
    async send(through, { id: bridge }, events) {
      const { conference, session } = walk;
      const body = { conference, session, bridge, events: [...events] };
      const answer = await found(through, 'socket').ask('attendance:record', body);
      if (!answer.ok) throw new Error(answer.message);
      return answer.items;
    },
    async close() {
      walk.line?.close();
      walk.screen?.close();
      await walk.server.close();
    },
  };
  return walk;
}

export function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

export function found<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
