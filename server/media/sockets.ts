import type { RtpCapabilities, RtpParameters, DtlsParameters } from 'mediasoup/types';

import type { BridgeId, ConferenceId, SessionId } from '../../domain/ids.ts';
import { stepFloor, type FloorFailure, type FloorState, type FloorStep } from '../../domain/media/floor.ts';
import type { Result } from '../../domain/result.ts';
import { takesPartOf } from '../../domain/schedule/session.ts';
import type { RtpParameters as WireParameters } from '../../domain/wire/media-line.ts';
import type { MediaRefusal } from '../../domain/wire/media.ts';
import { trailOf } from '../audit/trail.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { stationCame, stationGone, takeSample, type SamplingPlace } from '../lines/quality-commands.ts';
import type { Context } from '../platform/context.ts';
import { admitted, ProblemError } from '../platform/problems.ts';
import type { Gate } from '../platform/scopes.ts';
import { onMessage, type SocketHandlers } from '../platform/sockets.ts';
import { audited, enterLook } from '../platform/trail.ts';
import type { MediaPlane, OpenRoom } from './live.ts';
import type { Member } from './members.ts';
import { presentBoard, presentFloor } from './present.ts';
import { MEDIA_REFUSALS, NOT_OF_SESSION } from './sentences.ts';
import {
  closeConsumer,
  closeProducer,
  connectTransport,
  consume,
  mute,
  openTransport,
  preferSize,
  produce,
  restartIce,
  setResting,
} from './signalling.ts';

/** The room of a session, for whoever belongs to the conference. */
async function roomFor(
  plane: MediaPlane,
  gate: Gate,
  context: Context,
  conference: ConferenceId,
  session: SessionId,
) {
  const scope = admitted(await gate.conference(context, conference, 'belong'));
  const opened = await plane.open(context, scope, session);
  if (opened === null) throw new ProblemError('not-found');
  return { scope, opened };
}

/** The video plane over a page's line: it joins a room once, and everything after is of that joining. */
export function mediaSockets({
  gate,
  plane,
}: {
  readonly gate: Gate;
  readonly plane: MediaPlane;
}): SocketHandlers {
  const { engines } = plane;
  return (connection) => {
    const { socket } = connection;
    let joined: { readonly member: Member; readonly opened: OpenRoom | null } | null = null;
    /** Where the station that has joined tells how the program arrives, and by which clock it was let in. */
    let sampling: { readonly context: Context; readonly place: SamplingPlace } | null = null;
    const leave = (isByItself: boolean): void => {
      if (joined !== null) plane.leave(joined.member);
      if (sampling !== null) stationGone(sampling.context, sampling.place, isByItself);
      joined = sampling = null;
    };
    const joinAs = (
      context: Context,
      own: Pick<Member, 'as' | 'bridge' | 'conference'>,
      opened: OpenRoom | null,
    ): Member => {
      leave(true);
      const member = plane.join(context, { ...own, socket }, opened?.room ?? null);
      if (member === null) throw new ProblemError('not-found');
      joined = { member, opened };
      return member;
    };
    socket.once('disconnect', () => leave(false));

    onMessage(connection, 'media:join-station', async ({ conference, session, bridge: id }, context) => {
      const bridge = admitted(await gate.bridge(context, conference, id, 'host'));
      const { scope, opened } = await roomFor(plane, gate, context, conference, session);
      const { room } = opened;
      if (!takesPartOf(opened.record.bridges, room.tree(), bridge))
        throw new ProblemError('wrong-state', NOT_OF_SESSION);
      const member = joinAs(context, { as: 'station', bridge, conference }, opened);
      sampling = { context, place: { conference: scope, session, bridge } };
      stationCame(context, sampling.place);
      return { ok: true, ...engines.now(), program: room.program().value, orders: room.ordersOf(member) };
    });
    onMessage(connection, 'media:join-control', async ({ conference, session, bridge: id }, context) => {
      const bridge = admitted(await gate.subtree(context, conference, id, 'control'));
      const { opened } = await roomFor(plane, gate, context, conference, session);
      const directs = (await gate.conference(context, conference, 'control')).ok;
      // Pictures show people.
      await enterLook(trailOf(context.database), context, 'media:join-control', {
        conference,
        session,
        bridge,
      });
      joinAs(context, { as: 'control', bridge, conference }, opened);
      const { room } = opened;
      const board = { ...presentBoard(room, bridge, room.stations()), directs };
      return { ok: true, ...engines.now(), program: room.program().value, board };
    });
    onMessage(connection, 'media:join-test', async ({ conference, bridge: id }, context) => {
      const bridge = admitted(await gate.bridge(context, conference, id, 'host'));
      joinAs(context, { as: 'test', bridge, conference }, null);
      return { ok: true, ...engines.now() };
    });
    onMessage(connection, 'media:leave', () => {
      leave(true);
      return { ok: true };
    });

    onMessage(connection, 'media:transport', async ({ direction }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      const opened = await openTransport(engines, joined.member, direction);
      return opened.ok ? { ok: true, transport: opened.value } : refusal(opened.reason, language);
    });
    onMessage(connection, 'media:connect', async ({ transport, dtlsParameters }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      return done(
        await connectTransport(joined.member, transport, dtlsParameters as DtlsParameters),
        language,
      );
    });
    onMessage(connection, 'media:restart-ice', async ({ transport }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      const restarted = await restartIce(joined.member, transport);
      return restarted.ok
        ? { ok: true, iceParameters: restarted.value }
        : refusal(restarted.reason, language);
    });
    onMessage(connection, 'media:produce', async ({ rtpParameters, ...sent }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      const produced = await produce(joined.member, {
        ...sent,
        rtpParameters: rtpParameters as RtpParameters,
      });
      return produced.ok ? { ok: true, producer: produced.value } : refusal(produced.reason, language);
    });
    onMessage(connection, 'media:mute', ({ producer, isMuted }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      return done(mute(joined.member, producer, isMuted), language);
    });
    onMessage(connection, 'media:close-producer', ({ producer }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      closeProducer(joined.member, producer);
      return { ok: true };
    });
    onMessage(connection, 'media:consume', async ({ rtpCapabilities, ...asked }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      const capabilities = rtpCapabilities as RtpCapabilities;
      const consumed = await consume(joined.member, { ...asked, rtpCapabilities: capabilities });
      if (!consumed.ok) return refusal(consumed.reason, language);
      const { id: consumer, kind, rtpParameters } = consumed.value;
      return { ok: true, consumer, kind, rtpParameters: rtpParameters as WireParameters };
    });
    onMessage(connection, 'media:pause', async ({ consumer }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      return done(await setResting(joined.member, consumer, true), language);
    });
    onMessage(connection, 'media:resume', async ({ consumer }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      return done(await setResting(joined.member, consumer, false), language);
    });
    onMessage(connection, 'media:close-consumer', ({ consumer }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      closeConsumer(joined.member, consumer);
      return { ok: true };
    });
    onMessage(connection, 'media:prefer', async ({ consumer, size }, { language }) => {
      if (joined === null) return refusal('not-joined', language);
      return done(await preferSize(joined.member, consumer, size), language);
    });

    onMessage(connection, 'media:floor', async ({ step }, context) => {
      const { language } = context;
      if (joined?.member.as !== 'station' || joined.opened === null) return refusal('not-joined', language);
      const { member, opened } = joined;
      const stepped = await stepIn(context, opened, 'media:floor', step, member.bridge);
      if (!stepped.ok) return refusal(FLOOR_REASONS[stepped.reason], language);
      return { ok: true, orders: opened.room.ordersOf(member) };
    });
    onMessage(connection, 'media:direct', async ({ conference, session, bridge, step }, context) => {
      admitted(await gate.conference(context, conference, 'control'));
      const { scope, opened } = await roomFor(plane, gate, context, conference, session);
      if ((await bridgeTreeOf(context, scope))?.get(bridge) === undefined)
        throw new ProblemError('not-found');
      const stepped = await stepIn(context, opened, 'media:direct', step, bridge);
      if (!stepped.ok) return refusal(FLOOR_REASONS[stepped.reason], context.language);
      return { ok: true, floor: presentFloor(stepped.value) };
    });
    onMessage(connection, 'media:want', ({ bridges }, { language }) => {
      if (joined?.member.as !== 'control') return refusal('not-joined', language);
      const { member } = joined;
      const tree = member.room?.tree() ?? null;
      const own = bridges.filter(
        (bridge) => tree?.path(bridge).some(({ id }) => id === member.bridge) === true,
      );
      member.room?.look(member, own);
      return { ok: true };
    });
    onMessage(connection, 'media:quality', (sample, context) => {
      if (joined === null || sampling === null) return refusal('not-joined', context.language);
      const { member } = joined;
      member.room?.noteQuality(member.bridge, takeSample(context, sampling.place, sample));
      return { ok: true };
    });
  };
}

const FLOOR_REASONS = { 'not asking': 'not-asking', 'not holding': 'not-holding' } as const satisfies Record<
  FloorFailure['reason'],
  MediaRefusal['reason']
>;

/** Takes a step of the floor, so that the trail has it. What is refused, or would change nothing, leaves no entry. */
async function stepIn(
  context: Context,
  { room, floor }: OpenRoom,
  act: 'media:floor' | 'media:direct',
  step: FloorStep['step'],
  bridge: BridgeId,
): Promise<Result<FloorState, FloorFailure>> {
  const before = floor.state;
  const foreseen = stepFloor(before, { step, bridge, at: context.clock() });
  if (!foreseen.ok || foreseen.value === before) return foreseen;
  const { conference, session } = room;
  const on = Object.entries({ conference, session, bridge });
  return audited(trailOf(context.database), context, { act, kind: 'change', on }, async (own) => {
    const stepped = await floor.step(own, step, bridge);
    own.audit.note({ after: { step, done: stepped.ok } });
    return stepped;
  });
}

function refusal(reason: MediaRefusal['reason'], language: Context['language']): MediaRefusal {
  return { ok: false, reason, message: MEDIA_REFUSALS[reason][language] };
}

function done(
  answer: Result<null, { readonly reason: MediaRefusal['reason'] }>,
  language: Context['language'],
): MediaRefusal | { ok: true } {
  return answer.ok ? { ok: true } : refusal(answer.reason, language);
}
