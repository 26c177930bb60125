import type { BridgeState } from '../attendance/presence.ts';
import type { Bridge } from '../bridges/bridge.ts';
import type { LineStanding } from '../media/line-standing.ts';
import type { Feed } from '../media/quality.ts';
import { assertNever } from '../result.ts';
import type { Instant } from '../time.ts';

const MINUTE_MS = 60_000;

/** How the machines of a bridge are connected, all of them together. */
export interface BridgeLine {
  /** Paired and not revoked. */
  readonly machines: number;
  /** Of them, those on line now. */
  readonly connected: number;
  /** When any of them was heard of last; null for a bridge that never was. */
  readonly lastContact: Instant | null;
  /** Check-ins that they said wait on them, and since when. */
  readonly waiting: number;
  readonly waitingSince: Instant | null;
}

export const NO_LINE: BridgeLine = {
  machines: 0,
  connected: 0,
  lastContact: null,
  waiting: 0,
  waitingSince: null,
};

/** One bridge as the control room knows it: its own figures, without what is below. */
export interface BridgeStanding {
  readonly bridge: Bridge;
  /** Whether the session is one of this bridge; a level that only adds up what is below it is waited for by nobody. */
  readonly takesPart: boolean;
  readonly state: BridgeState;
  /** Everybody who was there, heads counted included. */
  readonly present: number;
  /** Of those summoned here, those who came here. */
  readonly came: number;
  readonly summoned: number;
  readonly line: BridgeLine;
  /** How the program arrives; null where no station tells. */
  readonly feed: Feed | null;
  /** By the last test of its line; null where the conference tests no lines. */
  readonly lineTest: LineStanding | null;
}

/** A bridge of which nothing has been told yet. */
export function untoldStanding(bridge: Bridge, takesPart: boolean): BridgeStanding {
  return {
    bridge,
    takesPart,
    state: 'unopened',
    present: 0,
    came: 0,
    summoned: 0,
    line: NO_LINE,
    feed: null,
    lineTest: null,
  };
}

/** The hours of a session, and the moment at which it is looked at. */
export interface Moment {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly now: Instant;
}

/** `unopened` chưa mở, `open` đã mở, `lost` mất kết nối, `closed` đã đóng. */
export type Condition = 'unopened' | 'open' | 'lost' | 'closed';

export interface ConditionSettings {
  /** A bridge that has not opened so long before the start is late. */
  readonly lateBeforeMs: number;
  /** A page that is loaded again, or a short break of the line, is no loss. */
  readonly lostAfterMs: number;
}
export const CONDITION_SETTINGS: ConditionSettings = {
  lateBeforeMs: 15 * MINUTE_MS,
  lostAfterMs: MINUTE_MS,
};

/** In which condition a bridge is. One whose machines were never on line (it sends by other ways) has no line to lose. */
export function conditionOf(
  { state, line }: Pick<BridgeStanding, 'state' | 'line'>,
  { now }: Pick<Moment, 'now'>,
  { lostAfterMs }: ConditionSettings = CONDITION_SETTINGS,
): Condition {
  switch (state) {
    case 'unopened':
    case 'closed':
      return state;
    case 'open':
      return line.connected === 0 && line.lastContact !== null && now - line.lastContact >= lostAfterMs
        ? 'lost'
        : 'open';
    default:
      return assertNever(state);
  }
}

/** Whether a bridge should have opened by now (mở muộn). */
export function isLate(
  { state, takesPart }: Pick<BridgeStanding, 'state' | 'takesPart'>,
  { now, startsAt }: Moment,
  { lateBeforeMs }: ConditionSettings = CONDITION_SETTINGS,
): boolean {
  return takesPart && state === 'unopened' && now >= startsAt - lateBeforeMs;
}

/** Whether nothing was ever heard of a bridge: no machine came on line, and nothing was recorded there. */
export function neverConnected({
  state,
  line,
  takesPart,
}: Pick<BridgeStanding, 'state' | 'line' | 'takesPart'>): boolean {
  return takesPart && state === 'unopened' && line.lastContact === null;
}
