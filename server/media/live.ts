import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import type { Program } from '../../domain/wire/media.ts';
import { trailOf } from '../audit/trail.ts';
import { lookAtTree, treeNow } from '../bridges/live.ts';
import type { Context } from '../platform/context.ts';
import { again, type RunningJob, type StartJob } from '../platform/jobs.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import type { ServerSocket, Sockets } from '../platform/sockets.ts';
import { enteredWhereDone } from '../platform/trail.ts';
import { sessionOf, type SessionRecord } from '../schedule/queries.ts';
import type { EngineNotice, MediaEngine } from './engine.ts';
import type { EngineSet } from './engines.ts';
import { openFloor, type Floor } from './floor-commands.ts';
import { newMember, type Member, type Room } from './members.ts';
import type { HlsPrograms } from './hls/programs.ts';
import { createRoom } from './room.ts';
import { closeAll, forgetTransport } from './signalling.ts';
import { createTelling, inParts, tellSome, type Telling } from './telling.ts';

/** Whoever has the floor and whose line breaks keeps it for so long. */
const KEEPS_FLOOR_MS = 15_000;
const LOOK_EVERY_MS = 1000;
/** A session that is changed, or called off, is seen after this long. */
const FRESH_MS = 5000;

/** The room of a session with its floor. */
export interface OpenRoom {
  /** The session, as it was a few seconds ago at most. */
  readonly record: SessionRecord;
  readonly room: Room;
  readonly floor: Floor;
  readonly telling: Telling;
}

/** The video plane of this process: rooms that were opened, who is in them, what engines tell of their lines. */
export interface MediaPlane {
  readonly engines: EngineSet;
  /** Opens it where nobody has yet; null where the conference has no such session. */
  open(context: Context, conference: AuthorizedConferenceId, session: SessionId): Promise<OpenRoom | null>;
  /** Null where its line broke meanwhile. */
  join(
    context: Context,
    own: Pick<Member, 'as' | 'bridge'> & { readonly conference: ConferenceId; readonly socket: ServerSocket },
    room: Room | null,
  ): Member | null;
  leave(member: Member): void;
  readonly job: StartJob;
}

export function createMediaPlane(engines: EngineSet, programs: HlsPrograms, sockets: Sockets): MediaPlane {
  const rooms = new Map<SessionId, Promise<Omit<OpenRoom, 'record'>>>();
  const records = new Map<SessionId, { readonly record: SessionRecord; readonly at: number }>();
  const members = new Set<Member>();
  const owners = new Map<string, Member>();
  let toldEngine = JSON.stringify(engines.now());

  /** A nation's stations come within a minute: the session is not read for each of them. */
  async function recordOf(
    context: Context,
    conference: AuthorizedConferenceId,
    session: SessionId,
  ): Promise<SessionRecord | null> {
    const known = records.get(session);
    if (
      known !== undefined &&
      performance.now() - known.at < FRESH_MS &&
      known.record.conference === conference
    )
      return known.record;
    const record = await sessionOf(context, conference, session);
    if (record !== null) records.set(session, { record, at: performance.now() });
    return record;
  }

  async function openRoom(
    context: Context,
    conference: ConferenceId,
    session: SessionId,
  ): Promise<Omit<OpenRoom, 'record'>> {
    const first = await lookAtTree(context, conference);
    let known = first === 'no conference' ? null : first.tree;
    const tree = (): BridgeTree | null => {
      const there = treeNow(context, conference);
      // While bridges are read anew, those of before stand.
      if (there !== undefined && there !== 'no conference') known = there.tree;
      return known;
    };
    const floor = await openFloor(context.database, session, (state) => room.setFloor(state));
    const telling = createTelling(context, sockets, () => room);
    const room: Room = createRoom({
      conference,
      session,
      floor: floor.state,
      tree,
      hls: () => programs.addressOf(conference, session),
      nowMs,
      changed: telling.soon,
    });
    return { room, floor, telling };
  }

  /** A relay that comes or goes is nothing to pages: whoever received from it is told that their line is gone. */
  async function tellEngine(): Promise<void> {
    const now = JSON.stringify(engines.now());
    if (now === toldEngine) return;
    toldEngine = now;
    await inParts(members, (part) => tellSome(sockets, part, 'media:engine', engines.now()));
  }

  function closed(transport: string): void {
    const member = owners.get(transport);
    if (member === undefined || !forgetTransport(member, transport)) return;
    member.socket.emit('media:transport-closed', { transport });
  }

  async function gone(engine: MediaEngine): Promise<void> {
    const lost = [...owners].filter(([id, { transports }]) => transports.get(id)?.engine === engine);
    await tellEngine();
    for (const [transport] of lost) closed(transport);
  }

  async function heard(engine: MediaEngine, notice: EngineNotice): Promise<void> {
    if (notice.notice === 'gone') await gone(engine);
    else if (notice.notice === 'back') await tellEngine();
    else if (notice.notice === 'transport closed') closed(notice.transport);
    else if (notice.notice === 'consumer closed') {
      const member = owners.get(notice.transport);
      const was = member?.consumers.get(notice.consumer);
      member?.consumers.delete(notice.consumer);
      // What went off program is told with the program.
      const isTold = member?.as !== 'station' || isOnProgram(member.room?.program().value, was?.producer);
      if (was !== undefined && isTold)
        member?.socket.emit('media:consumer-closed', { consumer: notice.consumer });
    }
  }

  /** Whose floor it is and who is not there for too long gives it up. */
  async function takeFromAbsent(context: Context, absent: Map<SessionId, number>): Promise<void> {
    for (const [session, opened] of rooms) {
      const own = await opened.catch(() => null);
      const holder = own?.room.floor().holder ?? null;
      if (own === null || holder === null || own.room.machinesAt(holder.bridge).length > 0) {
        absent.delete(session);
        continue;
      }
      const since = absent.get(session) ?? performance.now();
      absent.set(session, since);
      if (performance.now() - since >= KEEPS_FLOOR_MS) await loseFloor(context, own, holder.bridge);
    }
  }

  async function loseFloor(
    context: Context,
    { room, floor }: Omit<OpenRoom, 'record'>,
    bridge: BridgeId,
  ): Promise<void> {
    await enteredWhereDone(trailOf(context.database), context, 'media:floor', async (own) => {
      await floor.step(own, 'lost', bridge);
      const { conference, session } = room;
      own.audit.note({ on: { conference, session, bridge }, after: { step: 'lost' } });
    });
  }

  function job(context: Context): RunningJob {
    const failed = (error: unknown): void => context.log.error({ err: error }, 'rooms were not looked after');
    const absent = new Map<SessionId, number>();
    const looking = again(() => takeFromAbsent(context, absent), LOOK_EVERY_MS, failed);
    const deafen = engines.listen((engine, notice) => void heard(engine, notice).catch(failed));
    return {
      async stop() {
        deafen();
        await looking.stop();
        for (const opened of rooms.values()) (await opened.catch(() => null))?.telling.stop();
      },
    };
  }

  return {
    engines,
    async open(context, conference, session) {
      const record = await recordOf(context, conference, session);
      if (record === null) return null;
      const known = rooms.get(session);
      if (known !== undefined) return { ...(await known), record };
      const opened = openRoom(context, conference, session);
      rooms.set(session, opened);
      opened.catch(() => rooms.delete(session));
      return { ...(await opened), record };
    },
    join({ clock }, own, room) {
      if (!own.socket.connected) return null;
      const member = newMember({ ...own, room, owners });
      members.add(member);
      room?.join(member, clock());
      if (room !== null) {
        // Its answer says these.
        member.toldProgram = room.program().number;
        if (member.as === 'station') member.toldOrders = JSON.stringify(room.ordersOf(member));
      }
      return member;
    },
    leave(member) {
      members.delete(member);
      closeAll(member);
      const { room, as, conference, bridge } = member;
      room?.leave(member);
      if (as === 'station' && room?.machinesAt(bridge).length === 0) engines.leave(conference, bridge);
    },
    job,
  };
}

function nowMs(): number {
  return performance.now();
}

function isOnProgram(program: Program | undefined, producer: string | undefined): boolean {
  return program?.streams.some((stream) => stream.producer === producer) === true;
}
