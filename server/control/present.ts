import { allPresent } from '../../domain/attendance/ratios.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import { conditionOf, isLate, neverConnected, untoldStanding } from '../../domain/control/standing.ts';
import type { CallContact } from '../../domain/control/sentences.ts';
import type { BridgeId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type * as wire from '../../domain/wire/control.ts';
import type { RaisedAlert } from './alerts.ts';
import { curveOf, type ControlRoom } from './live.ts';
import type { LoggedAlert } from './queries.ts';

/** One bridge with everything below it. */
export function presentTile(room: ControlRoom, bridge: Bridge, now: Instant): wire.ControlTile {
  const { live, situation, session, changedAt } = room;
  // None of the session stands below one that the situation does not have, nor is it one itself.
  const standing = situation.standing(bridge.id) ?? untoldStanding(bridge, false);
  const { subtree } = live.book.node(bridge.id);
  const { bridges, opened, closed, lost, late, never } = situation.counts(bridge.id);
  const moment = { startsAt: session.startsAt, endsAt: session.endsAt, now };
  const { present, came, summoned } = standing;
  return {
    bridge: bridge.id,
    name: bridge.name,
    unit: bridge.unit,
    class: bridge.class,
    childCount: live.tree.children(bridge.id).length,
    takesPart: standing.takesPart,
    condition: conditionOf(standing, moment),
    feed: standing.feed?.state ?? null,
    late: isLate(standing, moment),
    never: neverConnected(standing),
    own: { present, came, summoned },
    present: allPresent(subtree),
    came: subtree.ofExpected,
    summoned: subtree.summoned,
    bridges,
    opened,
    closed,
    lost,
    lateBridges: late,
    neverBridges: never,
    changedAt: changedAt.get(bridge.id) ?? null,
  };
}

/** A bridge and those of the session right below it; null for one that the conference does not have. */
export function presentTiles(
  room: ControlRoom,
  bridge: BridgeId,
  now: Instant,
): { readonly node: wire.ControlTile; readonly tiles: wire.ControlTile[] } | null {
  const { tree, whole } = room.live;
  const own = whole.get(bridge);
  if (own === undefined) return null;
  return {
    node: presentTile(room, own, now),
    tiles: tree.children(bridge).map((child) => presentTile(room, child, now)),
  };
}

/** The whole situation of a bridge, for a page that comes up; null for a bridge that the conference does not have. */
export function presentBoard(
  room: ControlRoom,
  bridge: BridgeId,
  alerts: wire.AlertList,
  now: Instant,
): wire.ControlBoard | null {
  const tiles = presentTiles(room, bridge, now);
  if (tiles === null) return null;
  const { session, live, rehearsal } = room;
  return {
    session: session.id,
    bridge,
    sequence: live.sequence,
    asOf: now,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    ...tiles,
    curve: presentCurve(room, bridge, now),
    rehearsal:
      rehearsal === null
        ? null
        : {
            title: rehearsal.session.title,
            startsAt: rehearsal.session.startsAt,
            curve: presentCurveOf(room, rehearsal.arrivals, bridge, rehearsal.session.endsAt),
          },
    alerts,
  };
}

/** The arrival curve of a bridge with everything below it. */
export function presentCurve(room: ControlRoom, bridge: BridgeId, now: Instant): wire.CurveFigures {
  return presentCurveOf(room, room.arrivals, bridge, now);
}

function presentCurveOf(
  room: ControlRoom,
  arrivals: ControlRoom['arrivals'],
  bridge: BridgeId,
  until: Instant,
): wire.CurveFigures {
  const { from, stepMs, points } = curveOf(room, arrivals, bridge, until);
  return { from, stepMs, points: [...points] };
}

/** An alert with the names that it is told with, and whom to call. */
export function presentAlert(
  { live }: ControlRoom,
  { id, raisedAt, alert, acknowledged }: RaisedAlert,
  contact: CallContact | null,
): wire.AlertRow {
  const [own, above] = live.tree.path(alert.bridge);
  return {
    ...alert,
    id,
    bridgeName: own?.name ?? '',
    underName: above?.name ?? null,
    raisedAt,
    contact,
    acknowledged,
  };
}

export function presentLogged({ record, bridgeName, acknowledgements }: LoggedAlert): wire.LoggedAlert {
  const { id, kind, bridge, raised_at: raisedAt, over_at: overAt, level, bridges } = record;
  return {
    id,
    kind,
    bridge,
    bridgeName,
    raisedAt,
    overAt,
    level,
    bridges,
    acknowledged: acknowledgements.map(({ name, at, level: of }) => ({ by: name, at, level: of })),
  };
}
