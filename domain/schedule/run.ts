import { z } from 'zod';

import { Limit } from '../plan/plan.ts';
import { assertNever } from '../result.ts';
import { Instant } from '../time.ts';
import { AgendaEntryId } from './session.ts';

const MINUTE_MS = 60_000;

/**
 * What the chair's desk says of an item (điều hành chương trình). Steps are only ever added, never changed; one that was said by
 * mistake is taken back, and counts as never said from then on.
 */
export const RunStep = z.object({
  item: AgendaEntryId,
  step: z.enum(['start', 'pause', 'resume', 'skip', 'extend', 'finish']),
  at: Instant,
  /** With `extend`: the minutes added; else null. */
  minutes: z.int().min(1).max(600).nullable(),
  /** When it was taken back; null while it stands. */
  undoneAt: Instant.nullable(),
});
export type RunStep = z.infer<typeof RunStep>;

/** An item as far as running it goes. */
export interface RunItem {
  readonly id: AgendaEntryId;
  readonly minutes: number | null;
  readonly limit: Limit | null;
}

export interface RunPlan {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly agenda: readonly RunItem[];
}

export type ItemState = 'waiting' | 'running' | 'paused' | 'done' | 'skipped';

/**
 * Beyond its time. `max` ("không quá"): beyond the plan's hard limit, said at once and whatever was granted since. `about`
 * ("khoảng"): beyond the target and the tolerance. `own`: beyond the organizer's own minutes, or what was added to them.
 */
export interface Overrun {
  readonly limit: 'max' | 'about' | 'own';
  /** Beyond the minutes themselves, tolerance not taken off. */
  readonly byMs: number;
}

export interface ItemRun {
  readonly id: AgendaEntryId;
  readonly state: ItemState;
  /** By the minutes of the plan; null from the first item on whose start depends on one without minutes. */
  readonly plannedStart: Instant | null;
  readonly plannedMinutes: number | null;
  readonly addedMinutes: number;
  /** When it starts if all before it goes on as planned and the items without minutes take none; null once it has started or is over. */
  readonly forecastStart: Instant | null;
  readonly startedAt: Instant | null;
  /** The end of the last stretch; null while it runs or is paused. */
  readonly endedAt: Instant | null;
  /** Time that it ran, pauses not counted, up to now. */
  readonly actualMs: number;
  readonly pausedMs: number;
  readonly overrun: Overrun | null;
}

/** Why a step changed nothing. */
export type IgnoredReason =
  | 'unknown item'
  | 'already running'
  | 'not running'
  | 'not paused'
  | 'already over'
  | 'no minutes';

export interface AgendaRun {
  /** In the order of the agenda. */
  readonly items: readonly ItemRun[];
  readonly startedAt: Instant | null;
  /** The end of the last item, once none is waiting, running or paused. */
  readonly endedAt: Instant | null;
  readonly plannedEnd: Instant;
  /** When it ends if all goes on as planned and the items without minutes took none: the earliest honest end. */
  readonly forecastEnd: Instant;
  /** Items ahead, the running one included, that state no minutes: the forecast cannot count them. */
  readonly untimedAhead: number;
  /** `forecastEnd` after `plannedEnd`; 0 when it fits. */
  readonly lateMs: number;
  /** Left until `plannedEnd` for the items without minutes; 0 when late. */
  readonly spareMs: number;
  readonly ignored: readonly { readonly step: RunStep; readonly reason: IgnoredReason }[];
  readonly asOf: Instant;
}

export interface RunSettings {
  /** By how much of its minutes an `about` item may run over before it is said. */
  readonly aboutTolerance: number;
}

/** Three minutes on the usual thirty: what "khoảng" allows is not written anywhere, so it is a setting. */
export const RUN_SETTINGS: RunSettings = { aboutTolerance: 0.1 };

interface Clocked {
  state: ItemState;
  addedMinutes: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Time of the stretches that are over. */
  ranMs: number;
  pausedMs: number;
  /** Start of the stretch that runs or is paused. */
  since: number;
}

function fresh(): Clocked {
  return {
    state: 'waiting',
    addedMinutes: 0,
    startedAt: null,
    endedAt: null,
    ranMs: 0,
    pausedMs: 0,
    since: 0,
  };
}

/** Closes the stretch that runs or is paused. */
function settle(clocked: Clocked, at: number): void {
  if (clocked.state === 'running') clocked.ranMs += at - clocked.since;
  if (clocked.state === 'paused') clocked.pausedMs += at - clocked.since;
  clocked.since = at;
}

function end(clocked: Clocked, at: number, state: 'done' | 'skipped'): void {
  settle(clocked, at);
  clocked.state = state;
  clocked.endedAt = at;
}

function begin(clocked: Clocked, at: number): void {
  // Taken up again after its end: the time between was a pause.
  if (clocked.state === 'done' && clocked.endedAt !== null) clocked.pausedMs += at - clocked.endedAt;
  settle(clocked, at);
  clocked.state = 'running';
  clocked.startedAt ??= at;
  clocked.endedAt = null;
}

/** Applies one step to its item, and tells why where it does not apply. */
function apply(clocked: Clocked, { step, at, minutes }: RunStep): IgnoredReason | null {
  const { state } = clocked;
  switch (step) {
    case 'start':
      if (state === 'running') return 'already running';
      if (state === 'done') return 'already over';
      begin(clocked, at);
      return null;
    case 'pause':
      if (state !== 'running') return 'not running';
      settle(clocked, at);
      clocked.state = 'paused';
      return null;
    case 'resume':
      if (state !== 'paused' && state !== 'done') return 'not paused';
      begin(clocked, at);
      return null;
    case 'finish':
      if (state !== 'running' && state !== 'paused')
        return state === 'waiting' ? 'not running' : 'already over';
      end(clocked, at, 'done');
      return null;
    case 'skip':
      if (state === 'done' || state === 'skipped') return 'already over';
      // What has begun and is cut short was held.
      end(clocked, at, state === 'waiting' ? 'skipped' : 'done');
      return null;
    case 'extend':
      if (minutes === null) return 'no minutes';
      if (state === 'done' || state === 'skipped') return 'already over';
      clocked.addedMinutes += minutes;
      return null;
    default:
      return assertNever(step);
  }
}

function overrunOf(item: RunItem, clocked: Clocked, ranMs: number, settings: RunSettings): Overrun | null {
  if (item.minutes === null && clocked.addedMinutes === 0) return null;
  const statedMs = (item.minutes ?? 0) * MINUTE_MS;
  if (item.limit === 'max' && item.minutes !== null) {
    return ranMs > statedMs ? { limit: 'max', byMs: ranMs - statedMs } : null;
  }
  const grantedMs = statedMs + clocked.addedMinutes * MINUTE_MS;
  const isAbout = item.limit === 'about';
  const toleratedMs = isAbout ? grantedMs * (1 + settings.aboutTolerance) : grantedMs;
  return ranMs > toleratedMs ? { limit: isAbout ? 'about' : 'own', byMs: ranMs - grantedMs } : null;
}

/** Time that an item still takes by its minutes; 0 where it has none or has used them up. */
function leftOf(item: RunItem, clocked: Clocked, ranMs: number): number {
  return Math.max(0, ((item.minutes ?? 0) + clocked.addedMinutes) * MINUTE_MS - ranMs);
}

/**
 * Where the agenda stands at `now`: a fold over the steps said so far, in any order; steps of one instant apply in the order
 * given, and what is said for after `now` does not count yet. One item runs at a time: starting or resuming one finishes the
 * one that runs and leaves a paused one paused.
 */
export function runAgenda(
  plan: RunPlan,
  steps: readonly RunStep[],
  now: Instant,
  settings: RunSettings = RUN_SETTINGS,
): AgendaRun {
  const clocks = new Map(plan.agenda.map((item) => [item.id, fresh()]));
  const ignored: { step: RunStep; reason: IgnoredReason }[] = [];
  const inOrder = steps.filter(({ at, undoneAt }) => at <= now && (undoneAt === null || undoneAt > now));
  // oxlint-disable-next-line unicorn/no-array-sort -- a copy; Chrome 109 has no toSorted
  inOrder.sort((a, b) => a.at - b.at);
  for (const step of inOrder) {
    const clocked = clocks.get(step.item);
    const reason = clocked === undefined ? 'unknown item' : apply(clocked, step);
    if (reason !== null) ignored.push({ step, reason });
    else if (clocked?.state === 'running' && (step.step === 'start' || step.step === 'resume')) {
      for (const other of clocks.values()) {
        if (other !== clocked && other.state === 'running') end(other, step.at, 'done');
      }
    }
  }

  let plannedStart: number | null = plan.startsAt;
  // Nothing starts before its hour as long as nothing has started.
  const hasStarted = [...clocks.values()].some((clocked) => clocked.startedAt !== null);
  let forecast: number = hasStarted ? now : Math.max(now, plan.startsAt);
  let untimedAhead = 0;
  const items = plan.agenda.map((item): ItemRun => {
    const clocked = clocks.get(item.id) ?? fresh();
    const { state, since } = clocked;
    const ranMs = clocked.ranMs + (state === 'running' ? now - since : 0);
    const isAhead = state === 'waiting' || state === 'running' || state === 'paused';
    const forecastStart = state === 'waiting' ? forecast : null;
    if (isAhead) forecast += leftOf(item, clocked, ranMs);
    if (isAhead && item.minutes === null && clocked.addedMinutes === 0) untimedAhead++;
    const run: ItemRun = {
      id: item.id,
      state,
      plannedStart: plannedStart as Instant | null,
      plannedMinutes: item.minutes,
      addedMinutes: clocked.addedMinutes,
      forecastStart: forecastStart as Instant | null,
      startedAt: clocked.startedAt as Instant | null,
      endedAt: clocked.endedAt as Instant | null,
      actualMs: ranMs,
      pausedMs: clocked.pausedMs + (state === 'paused' ? now - since : 0),
      overrun: overrunOf(item, clocked, ranMs, settings),
    };
    plannedStart =
      plannedStart === null || item.minutes === null ? null : plannedStart + item.minutes * MINUTE_MS;
    return run;
  });

  const ends = items.flatMap((item) => (item.endedAt === null ? [] : [item.endedAt]));
  const isOver = items.length > 0 && ends.length === items.length;
  const starts = items.flatMap((item) => (item.startedAt === null ? [] : [item.startedAt]));
  const endedAt = isOver ? Math.max(...ends) : null;
  const forecastEnd = (endedAt ?? forecast) as Instant;
  return {
    items,
    startedAt: starts.length === 0 ? null : (Math.min(...starts) as Instant),
    endedAt: endedAt as Instant | null,
    plannedEnd: plan.endsAt,
    forecastEnd,
    untimedAhead,
    lateMs: Math.max(0, forecastEnd - plan.endsAt),
    spareMs: Math.max(0, plan.endsAt - forecastEnd),
    ignored,
    asOf: now,
  };
}
