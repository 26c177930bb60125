import type { BridgeTree } from '../bridges/bridge.ts';
import type { BridgeId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { conditionOf, neverConnected, type BridgeStanding, type Moment } from './standing.ts';

const MINUTE_MS = 60_000;

/** What needs somebody in the control room, of two as bad as each other the one first that cannot wait. */
export const ALERT_KINDS = [
  'never-connected',
  'not-opened',
  'line-lost',
  'feed-lost',
  'too-full',
  'few-came',
  'feed-poor',
  'line-unfit',
  'uploads-waiting',
  'agenda-late',
  'not-closed',
  'line-untested',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** 1 to keep an eye on (cần để ý), 2 urgent (gấp), 3 very urgent (rất gấp). */
export type AlertLevel = 1 | 2 | 3;

/** Something that a person has to see to. Kind and bridge name it: there is never a second one of the same. */
export interface Alert {
  readonly kind: AlertKind;
  /** Where; for many at once, the bridge right above them all. */
  readonly bridge: BridgeId;
  readonly level: AlertLevel;
  /** How many bridges it speaks of: 1 is `bridge` itself, more are bridges right below it. */
  readonly bridges: number;
  readonly present: number;
  readonly came: number;
  readonly summoned: number;
  /** Seats in the room, where `too-full` compares with them. */
  readonly capacity: number | null;
  /** Check-ins that wait on machines. */
  readonly waiting: number;
  /** Since when the line is lost, the program is away or arrives badly, or check-ins wait. */
  readonly since: Instant | null;
  /** By how much the agenda is going to end late. */
  readonly lateMs: number;
}

export interface AlertSettings {
  /** A bridge that was never heard of is said so long before the start, one that has not opened a little later. */
  readonly connectBeforeMs: number;
  readonly openBeforeMs: number;
  /** From here on it is urgent. */
  readonly urgentBeforeMs: number;
  /** How much of those summoned should be there so long before the start. */
  readonly fewBeforeMs: number;
  readonly fewShare: number;
  /** Below so many summoned a share says nothing. */
  readonly fewOf: number;
  /** Check-ins that wait on a machine without a line. */
  readonly waitingMs: number;
  /** A line that is lost so long during the session is very urgent. */
  readonly lostLongMs: number;
  readonly notClosedAfterMs: number;
  /** Lines that were not tested, or are not fit, are said so long before the start. */
  readonly testedBeforeMs: number;
  readonly agendaLateMs: number;
  /** From so many of a kind right below one bridge on, they are one alert: somebody calls that bridge, not all of them. */
  readonly together: number;
}
export const ALERT_SETTINGS: AlertSettings = {
  connectBeforeMs: 60 * MINUTE_MS,
  openBeforeMs: 30 * MINUTE_MS,
  urgentBeforeMs: 15 * MINUTE_MS,
  fewBeforeMs: 10 * MINUTE_MS,
  fewShare: 0.5,
  fewOf: 10,
  waitingMs: 10 * MINUTE_MS,
  lostLongMs: 5 * MINUTE_MS,
  notClosedAfterMs: 30 * MINUTE_MS,
  testedBeforeMs: 24 * 60 * MINUTE_MS,
  agendaLateMs: 5 * MINUTE_MS,
  together: 5,
};

/**
 * What needs somebody at a moment, worst first: by level, then by kind, then by how many bridges it speaks of, then in tree order.
 *
 * @param agendaLateMs by how much the agenda is going to end late as it runs now; 0 while it does not run
 */
export function alertsOf(
  tree: BridgeTree,
  standings: readonly BridgeStanding[],
  moment: Moment,
  agendaLateMs: number,
  settings: AlertSettings = ALERT_SETTINGS,
): Alert[] {
  const single = standings.flatMap((standing) => alertsAt(standing, moment, settings));
  const alerts = grouped(tree, single, settings.together);
  if (agendaLateMs >= settings.agendaLateMs && moment.now < moment.endsAt + settings.notClosedAfterMs) {
    const level = agendaLateMs >= 3 * settings.agendaLateMs ? 2 : 1;
    alerts.push({ ...NOTHING, kind: 'agenda-late', bridge: tree.root.id, level, lateMs: agendaLateMs });
  }
  return worstFirst(alerts);
}

const NOTHING = {
  bridges: 1,
  present: 0,
  came: 0,
  summoned: 0,
  capacity: null,
  waiting: 0,
  since: null,
  lateMs: 0,
} as const satisfies Partial<Alert>;

/** Of one bridge; what follows from another (nobody has come where it has not opened) is not said beside it. */
function alertsAt(standing: BridgeStanding, moment: Moment, settings: AlertSettings): Alert[] {
  const { bridge, present, came, summoned, line, takesPart } = standing;
  if (!takesPart) return [];
  const { now, startsAt, endsAt } = moment;
  const alert = (kind: AlertKind, level: AlertLevel, more: Partial<Alert> = {}): Alert => ({
    ...NOTHING,
    kind,
    bridge: bridge.id,
    level,
    present,
    came,
    summoned,
    ...more,
  });
  const condition = conditionOf(standing, moment);
  const found = pictureAlerts(standing, moment, settings).map(([kind, level, since]) =>
    alert(kind, level, { since }),
  );
  if (condition === 'unopened') {
    if (now >= endsAt) return found;
    const never = neverConnected(standing);
    if (now < startsAt - (never ? settings.connectBeforeMs : settings.openBeforeMs)) return found;
    const level = now >= startsAt ? 3 : now >= startsAt - settings.urgentBeforeMs ? 2 : 1;
    return [...found, alert(never ? 'never-connected' : 'not-opened', level)];
  }
  const { lastContact, waiting, waitingSince } = line;
  if (condition === 'lost' && now < endsAt) {
    const isLong = lastContact !== null && now - lastContact >= settings.lostLongMs;
    const level = now < startsAt - settings.urgentBeforeMs ? 1 : isLong && now >= startsAt ? 3 : 2;
    found.push(alert('line-lost', level, { since: lastContact, waiting }));
  } else if (waiting > 0 && waitingSince !== null && now - waitingSince >= settings.waitingMs) {
    found.push(alert('uploads-waiting', now >= endsAt ? 2 : 1, { waiting, since: waitingSince }));
  }
  if (condition === 'closed') return found;
  if (bridge.capacity !== null && bridge.capacity > 0 && present > bridge.capacity) {
    found.push(alert('too-full', 2, { capacity: bridge.capacity }));
  }
  const isTime = now >= startsAt - settings.fewBeforeMs && now < endsAt;
  if (isTime && condition === 'open' && summoned >= settings.fewOf && came < summoned * settings.fewShare) {
    found.push(alert('few-came', now >= startsAt ? 2 : 1));
  }
  if (now >= endsAt + settings.notClosedAfterMs) found.push(alert('not-closed', 1));
  return found;
}

/** Of the line of pictures and sound: its test before the session, and what its station tells during it. */
function pictureAlerts(
  { feed, lineTest, line }: BridgeStanding,
  { now, startsAt, endsAt }: Moment,
  { testedBeforeMs, urgentBeforeMs, lostLongMs, connectBeforeMs }: AlertSettings,
): [AlertKind, AlertLevel, Instant | null][] {
  if (now >= endsAt) return [];
  if (feed !== null) {
    const since = feed.since;
    const isLong = now >= startsAt && since !== null && now - since >= lostLongMs;
    // Whoever has lost all of their line is told of once.
    const isAlone = line.connected > 0 || line.lastContact === null;
    if (feed.state === 'dropped')
      return isAlone ? [['feed-lost', isLong ? 3 : now < startsAt - urgentBeforeMs ? 1 : 2, since]] : [];
    return feed.state === 'poor' && since !== null ? [['feed-poor', isLong ? 2 : 1, since]] : [];
  }
  if (now < startsAt - testedBeforeMs || now >= startsAt) return [];
  if (lineTest === 'unfit') return [['line-unfit', now >= startsAt - connectBeforeMs ? 2 : 1, null]];
  return lineTest === 'untested' || lineTest === 'old' ? [['line-untested', 1, null]] : [];
}

/** Puts many of one kind right below one bridge together. Not where the room itself is what matters. */
function grouped(tree: BridgeTree, alerts: readonly Alert[], together: number): Alert[] {
  const families = Map.groupBy(alerts, ({ kind, bridge }) => `${kind} ${tree.get(bridge)?.parent ?? ''}`);
  const all: Alert[] = [];
  for (const family of families.values()) {
    const [first] = family;
    const parent = first === undefined ? null : (tree.get(first.bridge)?.parent ?? null);
    if (first === undefined || parent === null || family.length < together || first.kind === 'too-full') {
      all.push(...family);
      continue;
    }
    all.push({
      ...first,
      bridge: parent,
      bridges: family.length,
      level: family.reduce<AlertLevel>((worst, { level }) => (level > worst ? level : worst), 1),
      present: sum(family, 'present'),
      came: sum(family, 'came'),
      summoned: sum(family, 'summoned'),
      waiting: sum(family, 'waiting'),
      since: earliest(family),
    });
  }
  return separate(all);
}

/** A bridge that is itself at fault and stands for those below it as well is told with them: one call reaches both. */
function separate(alerts: readonly Alert[]): Alert[] {
  const known = new Map<string, Alert>();
  for (const alert of alerts) {
    const key = alertKey(alert);
    const other = known.get(key);
    known.set(key, other === undefined ? alert : joined(other, alert));
  }
  return [...known.values()];
}

function joined(a: Alert, b: Alert): Alert {
  const group = a.bridges > 1 ? a : b;
  return { ...group, level: a.level > b.level ? a.level : b.level };
}

function sum(alerts: readonly Alert[], field: 'present' | 'came' | 'summoned' | 'waiting'): number {
  return alerts.reduce((total, alert) => total + alert[field], 0);
}

function earliest(alerts: readonly Alert[]): Instant | null {
  const times = alerts.flatMap(({ since }) => (since === null ? [] : [since]));
  return times.length === 0 ? null : times.reduce((a, b) => (a < b ? a : b));
}

/** The name of an alert among all of one session. */
export function alertKey({ kind, bridge }: Pick<Alert, 'kind' | 'bridge'>): string {
  return `${kind} ${bridge}`;
}

const RANK = new Map<AlertKind, number>(ALERT_KINDS.map((kind, at) => [kind, at]));

/** A stable sort: what came in tree order stays so. */
function worstFirst(alerts: Alert[]): Alert[] {
  const rank = ({ kind }: Alert): number => RANK.get(kind) ?? 0;
  return alerts.toSorted((a, b) => b.level - a.level || rank(a) - rank(b) || b.bridges - a.bridges);
}

/** How bad an alert was when somebody took it on. */
export interface Acknowledged {
  readonly level: number;
  readonly bridges: number;
}

/** Whether an acknowledgement still covers an alert: one that got worse since comes back. */
export function covers(
  acknowledged: Acknowledged,
  { level, bridges }: Pick<Alert, 'level' | 'bridges'>,
): boolean {
  return level <= acknowledged.level && bridges <= acknowledged.bridges;
}
