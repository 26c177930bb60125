import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { FloorState } from '../../domain/media/floor.ts';
import { placesAsking, streamsOnAir, wantedBridges } from '../../domain/media/on-air.ts';
import type { QualityLevel } from '../../domain/media/quality.ts';
import type { Instant } from '../../domain/time.ts';
import type { MediaStream, Program } from '../../domain/wire/media.ts';
import type { Member, Room, RoomNews } from './members.ts';

/** Who leaves the program and comes back at once finds its camera running. */
export const GRACE_MS = 4000;

interface AtBridge {
  /** In the order of coming: the last one sends. */
  readonly machines: Member[];
  since: Instant | null;
  quality: QualityLevel | null;
}

export interface RoomParts {
  readonly conference: ConferenceId;
  readonly session: SessionId;
  readonly floor: FloorState;
  readonly tree: () => BridgeTree | null;
  /** Where the program is to be had without WebRTC. */
  readonly hls: () => string | null;
  readonly nowMs: () => number;
  /** Something may have to be told. */
  readonly changed: () => void;
}

export function createRoom({ conference, session, floor: kept, tree, hls, nowMs, changed }: RoomParts): Room {
  const members = new Set<Member>();
  const controls = new Set<Member>();
  const bridges = new Map<BridgeId, AtBridge>();
  const looks = new Map<Member, readonly BridgeId[]>();
  /** By producer: who sends it. */
  const senders = new Map<string, Member>();
  const news: RoomNews = { orders: new Set(), stations: new Set(), floor: false };
  /** Until when those are wanted whom nobody looks at any more. */
  const resting = new Map<BridgeId, number>();
  let floor = kept;
  let wanted = wantedBridges(floor, []);
  let places = placesAsking(floor);
  let program: { readonly number: number; readonly value: Program } = { number: 1, value: programNow() };

  function sentBy(bridge: BridgeId): readonly MediaStream[] {
    return [...(bridges.get(bridge)?.machines.at(-1)?.streams.values() ?? [])];
  }

  function nameOf(bridge: BridgeId): string {
    return tree()?.get(bridge)?.name ?? '';
  }

  function programNow(): Program {
    const { program: bridge } = floor;
    const streams = [...streamsOnAir(floor, sentBy)];
    return { session, bridge, bridgeName: bridge === null ? null : nameOf(bridge), streams, hls: hls() };
  }

  function lookAtProgram(): void {
    const value = programNow();
    if (JSON.stringify(value) !== JSON.stringify(program.value))
      program = { number: program.number + 1, value };
  }

  function lookAtWanted(): void {
    const next = wantedBridges(floor, looks.values());
    for (const bridge of wanted) if (!next.has(bridge)) resting.set(bridge, nowMs() + GRACE_MS);
    for (const bridge of next) {
      resting.delete(bridge);
      if (!wanted.has(bridge)) news.orders.add(bridge);
    }
    wanted = next;
    changed();
  }

  function isSender(member: Member): boolean {
    return bridges.get(member.bridge)?.machines.at(-1) === member;
  }

  function stationChanged(bridge: BridgeId): void {
    news.orders.add(bridge);
    news.stations.add(bridge);
    lookAtProgram();
    changed();
  }

  const maySend = (member: Member): boolean =>
    isSender(member) && (wanted.has(member.bridge) || resting.has(member.bridge));

  return {
    conference,
    session,
    members,
    controls,
    news,
    tree,
    floor: () => floor,
    setFloor(next) {
      const touched = [floor.program, floor.holder?.bridge, next.program, next.holder?.bridge];
      for (const bridge of touched) if (bridge != null) news.orders.add(bridge);
      floor = next;
      places = placesAsking(floor);
      news.floor = true;
      lookAtWanted();
      lookAtProgram();
    },
    join(member, at) {
      members.add(member);
      if (member.as === 'control') controls.add(member);
      if (member.as !== 'station') return;
      const own = bridges.get(member.bridge) ?? { machines: [], since: null, quality: null };
      bridges.set(member.bridge, own);
      own.machines.push(member);
      own.since ??= at;
      stationChanged(member.bridge);
    },
    leave(member) {
      members.delete(member);
      controls.delete(member);
      if (looks.delete(member)) lookAtWanted();
      const own = bridges.get(member.bridge);
      if (member.as !== 'station' || own === undefined) return;
      own.machines.splice(own.machines.indexOf(member), 1);
      if (own.machines.length === 0) Object.assign(own, { since: null, quality: null });
      for (const producer of member.streams.keys()) senders.delete(producer);
      stationChanged(member.bridge);
    },
    look(member, at) {
      looks.set(member, at);
      lookAtWanted();
    },
    streamsChanged(member) {
      for (const [producer, sender] of senders)
        if (sender === member && !member.streams.has(producer)) senders.delete(producer);
      for (const producer of member.streams.keys()) senders.set(producer, member);
      stationChanged(member.bridge);
    },
    noteQuality(bridge, level) {
      const own = bridges.get(bridge);
      if (own === undefined || own.quality === level) return;
      own.quality = level;
      news.stations.add(bridge);
      changed();
    },
    program: () => program,
    ordersOf: (member) => ({
      session,
      bridge: member.bridge,
      isWanted: maySend(member),
      isReplaced: !isSender(member),
      isOnProgram: floor.program === member.bridge,
      hasFloor: floor.holder?.bridge === member.bridge,
      place: places.get(member.bridge) ?? null,
    }),
    maySend,
    mayReceive(member, producer) {
      const sender = senders.get(producer);
      if (sender === undefined || !isSender(sender)) return false;
      if (program.value.streams.some((stream) => stream.producer === producer)) return true;
      if (member.as !== 'control') return false;
      return (
        tree()
          ?.path(sender.bridge)
          .some(({ id }) => id === member.bridge) === true
      );
    },
    station(bridge) {
      const own = bridges.get(bridge);
      if (own === undefined) return null;
      const { since, quality } = own;
      return { bridge, name: nameOf(bridge), since, streams: [...sentBy(bridge)], quality };
    },
    stations: () => [...bridges.keys()],
    machinesAt: (bridge) => bridges.get(bridge)?.machines ?? [],
    rest(now) {
      let next: number | null = null;
      for (const [bridge, until] of resting) {
        if (until <= now) {
          resting.delete(bridge);
          news.orders.add(bridge);
        } else next = Math.min(next ?? Infinity, until - now);
      }
      return next;
    },
  };
}
