import type { Instant } from '../time.ts';

const MINUTE_MS = 60_000;

/** An agenda against the time that its entry has (khung chương trình), in minutes. */
export interface AgendaWindow {
  readonly windowMinutes: number;
  /** Sum of the minutes that the items state. */
  readonly statedMinutes: number;
  /** What is left for the items without minutes and for breaks; below zero the agenda does not fit. */
  readonly remainingMinutes: number;
  /** How many items state no minutes. */
  readonly untimedItems: number;
  /** The stated minutes leave room, and some of it for the items without minutes where there are any. */
  readonly fits: boolean;
}

/** Nothing is assumed of the items without minutes but that they need some time. */
export function agendaWindow(
  startsAt: Instant,
  endsAt: Instant,
  agenda: readonly { readonly minutes: number | null }[],
): AgendaWindow {
  const windowMinutes = Math.floor((endsAt - startsAt) / MINUTE_MS);
  const statedMinutes = agenda.reduce((sum, item) => sum + (item.minutes ?? 0), 0);
  const untimedItems = agenda.filter((item) => item.minutes === null).length;
  const remainingMinutes = windowMinutes - statedMinutes;
  const fits = untimedItems === 0 ? remainingMinutes >= 0 : remainingMinutes > 0;
  return { windowMinutes, statedMinutes, remainingMinutes, untimedItems, fits };
}
