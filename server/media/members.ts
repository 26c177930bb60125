import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { FloorState } from '../../domain/media/floor.ts';
import type { QualityLevel } from '../../domain/media/quality.ts';
import type { Instant } from '../../domain/time.ts';
import type { MediaStream, Program, Station, StationOrders } from '../../domain/wire/media.ts';
import type { ServerSocket } from '../platform/sockets.ts';
import type { MediaEngine } from './engine.ts';

/** One page in the video plane, and what it has at the engines. */
export interface Member {
  readonly socket: ServerSocket;
  readonly as: 'station' | 'control' | 'test';
  readonly conference: ConferenceId;
  /** A station's own bridge, or the one that a control room is over. */
  readonly bridge: BridgeId;
  /** Null for whoever tests a line. */
  readonly room: Room | null;
  readonly transports: Map<string, Transport>;
  /** Whose each transport of this server is, for what engines tell of it. */
  readonly owners: Map<string, Member>;
  /** By producer; one for each source. */
  readonly streams: Map<string, MediaStream>;
  readonly consumers: Map<string, Consumer>;
  /** It left, perhaps while an engine still worked for it. */
  hasLeft: boolean;
  /** Orders as they were told last, as text. */
  toldOrders: string;
  /** The program that it was told last. */
  toldProgram: number;
}

interface Transport {
  readonly engine: MediaEngine;
  readonly direction: 'send' | 'receive';
  readonly producers: Set<string>;
}

interface Consumer {
  readonly engine: MediaEngine;
  readonly transport: string;
  /** The stream, as everybody calls it. */
  readonly producer: string;
}

export function newMember(
  own: Pick<Member, 'socket' | 'as' | 'conference' | 'bridge' | 'room' | 'owners'>,
): Member {
  return {
    ...own,
    transports: new Map(),
    streams: new Map(),
    consumers: new Map(),
    hasLeft: false,
    toldOrders: '',
    toldProgram: 0,
  };
}

/** What has changed since it was told; emptied by whoever tells it. */
export interface RoomNews {
  /** Stations whose orders may be others. */
  readonly orders: Set<BridgeId>;
  /** Stations that boards show otherwise. */
  readonly stations: Set<BridgeId>;
  floor: boolean;
}

/** The video plane of one session: who is there, what they send, who has the floor. In memory; of it only the floor is kept. */
export interface Room {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly members: ReadonlySet<Member>;
  /** Of the members, those that are told of the board. */
  readonly controls: ReadonlySet<Member>;
  readonly news: RoomNews;
  tree(): BridgeTree | null;
  floor(): FloorState;
  setFloor(floor: FloorState): void;
  join(member: Member, at: Instant): void;
  leave(member: Member): void;
  /** Whose cameras a control room looks at. */
  look(member: Member, bridges: readonly BridgeId[]): void;
  /** What a member sends has changed. */
  streamsChanged(member: Member): void;
  noteQuality(bridge: BridgeId, level: QualityLevel): void;
  /** Everything that everybody is shown, and its number: a higher one is another program. */
  program(): { readonly number: number; readonly value: Program };
  ordersOf(member: Member): StationOrders;
  /** Whether its camera and its sound are asked for, and it is the machine of its bridge that sends them. */
  maySend(member: Member): boolean;
  mayReceive(member: Member, producer: string): boolean;
  station(bridge: BridgeId): Station | null;
  stations(): readonly BridgeId[];
  /** The machines of a bridge, the one that sends last. */
  machinesAt(bridge: BridgeId): readonly Member[];
  /** Lets those rest whose grace is over; in how many milliseconds the next one's is, null where nobody waits. */
  rest(nowMs: number): number | null;
}
