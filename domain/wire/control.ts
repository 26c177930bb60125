import { z } from 'zod';

import { ALERT_KINDS } from '../control/alerts.ts';
import { BridgeId, SessionId, UnitCode } from '../ids.ts';
import { FeedState } from '../media/quality.ts';
import { Instant } from '../time.ts';
import { contract, page, PageQuery } from './contract.ts';

/** `unopened` chưa mở, `open` đã mở, `lost` mất kết nối, `closed` đã đóng. */
export const Condition = z.enum(['unopened', 'open', 'lost', 'closed']);
export type Condition = z.infer<typeof Condition>;

/** One bridge with everything below it, as the control room sees it. */
export const ControlTile = z.object({
  bridge: BridgeId,
  name: z.string(),
  unit: UnitCode.nullable(),
  class: z.string(),
  childCount: z.int(),
  /** Whether the session is one of this bridge, or only of some below it. */
  takesPart: z.boolean(),
  /** Of the bridge itself. */
  condition: Condition,
  /** How the program arrives at the bridge itself; null where no station tells. */
  feed: FeedState.nullable(),
  late: z.boolean(),
  never: z.boolean(),
  /** At the bridge itself: everybody present, those summoned who came, and those summoned. */
  own: z.object({ present: z.int(), came: z.int(), summoned: z.int() }),
  /** Over the whole subtree. */
  present: z.int(),
  came: z.int(),
  summoned: z.int(),
  /** Bridges of the subtree: all, those opened and closed, and of them those whose line is lost; late ones; those never heard of. */
  bridges: z.int(),
  opened: z.int(),
  closed: z.int(),
  lost: z.int(),
  lateBridges: z.int(),
  neverBridges: z.int(),
  /** When anything in the subtree was recorded last; null where nothing was since the server looks. */
  changedAt: Instant.nullable(),
});
export type ControlTile = z.infer<typeof ControlTile>;

/** How many had come by the end of each stretch of `stepMs`, the first from `from` on. */
export const CurveFigures = z.object({ from: Instant, stepMs: z.int(), points: z.array(z.int()) });
export type CurveFigures = z.infer<typeof CurveFigures>;

export const CallContact = z.object({
  as: z.enum(['technical', 'organizer', 'chair', 'above']),
  name: z.string().nullable(),
  phone: z.string().nullable(),
});

/** Something that a person has to see to; a page says it in a sentence that runs with the clock. */
export const AlertRow = z.object({
  id: z.string(),
  kind: z.enum(ALERT_KINDS),
  bridge: BridgeId,
  bridgeName: z.string(),
  underName: z.string().nullable(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  bridges: z.int(),
  present: z.int(),
  came: z.int(),
  summoned: z.int(),
  capacity: z.int().nullable(),
  waiting: z.int(),
  since: Instant.nullable(),
  lateMs: z.int(),
  raisedAt: Instant,
  contact: CallContact.nullable(),
  /** Who has taken it on, as bad as it is; null while nobody has, and again once it got worse. */
  acknowledged: z.object({ by: z.string(), at: Instant }).nullable(),
});
export type AlertRow = z.infer<typeof AlertRow>;

/** What needs somebody under a node: those that nobody has taken on first, each part worst first, and how many there are in all. */
export const AlertList = z.object({ items: z.array(AlertRow), total: z.int(), open: z.int() });
export type AlertList = z.infer<typeof AlertList>;

/** The situation of a node and of everything right below it. */
export const ControlBoard = z.object({
  session: SessionId,
  bridge: BridgeId,
  sequence: z.int(),
  asOf: Instant,
  startsAt: Instant,
  endsAt: Instant,
  node: ControlTile,
  tiles: z.array(ControlTile),
  curve: CurveFigures,
  /** The last rehearsal before the session, on its own clock; null where there was none. */
  rehearsal: z.object({ title: z.string(), startsAt: Instant, curve: CurveFigures }).nullable(),
  alerts: AlertList,
});
export type ControlBoard = z.infer<typeof ControlBoard>;

/** What has changed: whole tiles, and curve and alerts as a whole where they did. */
export const ControlChange = z.object({
  session: SessionId,
  /** The node that was asked for; `tiles` are itself and those of its children that changed. */
  watched: BridgeId,
  sequence: z.int(),
  asOf: Instant,
  tiles: z.array(ControlTile),
  /** What is right below, in order, where that is not what was told last; `tiles` has those that are new. */
  below: z.array(BridgeId).optional(),
  curve: CurveFigures.optional(),
  alerts: AlertList.optional(),
});
export type ControlChange = z.infer<typeof ControlChange>;

/** An alert as the log has it. */
export const LoggedAlert = z.object({
  id: z.string(),
  kind: z.enum(ALERT_KINDS),
  bridge: BridgeId,
  bridgeName: z.string(),
  raisedAt: Instant,
  /** Null while it lasts. */
  overAt: Instant.nullable(),
  /** The worst that it came to. */
  level: z.int(),
  bridges: z.int(),
  /** Everybody who took it on, first first. */
  acknowledged: z.array(z.object({ by: z.string(), at: Instant, level: z.int() })),
});
export type LoggedAlert = z.infer<typeof LoggedAlert>;

export const controlContracts = {
  acknowledgeAlert: contract({
    method: 'post',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/alerts/{alert}/acknowledgement',
    summary: 'Take an alert on by name, as bad as it was seen; every control room sees it at once',
    scope: { at: 'bridge', right: 'control', below: true },
    body: z.object({ level: z.int().min(1).max(3), bridges: z.int().min(1) }),
    answer: z.object({ by: z.string(), at: Instant }),
  }),
  alertLog: contract({
    method: 'get',
    path: '/conferences/{conference}/bridges/{bridge}/sessions/{session}/alerts',
    summary: 'Alerts of a subtree that were raised, with who took them on, the newest first',
    scope: { at: 'bridge', right: 'control', below: true },
    query: PageQuery,
    answer: page(LoggedAlert),
    audit: 'look',
  }),
};
