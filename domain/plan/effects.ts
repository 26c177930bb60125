import type { BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import { headcountDuty } from '../reports/bodies.ts';
import { isSame } from './patch.ts';
import type { Plan } from './plan.ts';

/** What stands on a plan already when it is changed. */
export interface Standing {
  readonly issued: boolean;
  readonly bridges: ReadonlyMap<BridgeClass, number>;
  /** People with a seat by each clause. */
  readonly seated: ReadonlyMap<ClauseId, number>;
  /** Whether people were placed at all. */
  readonly placed: boolean;
  /** Headcount reports that were sent. */
  readonly reports: number;
  /** Of the plan's own session: there is none yet, it waits, or its agenda has begun to run. */
  readonly session: 'none' | 'waits' | 'ran';
}

/** Something that a change of the plan touches beyond the plan. `to`: the page where it is seen to. */
export type Effect =
  | { readonly code: 'session-made' | 'session-moves' | 'session-follows'; readonly to: 'live' }
  | { readonly code: 'session-ran'; readonly to: 'live' }
  | {
      readonly code: 'class-gone';
      readonly class: BridgeClass;
      readonly bridges: number;
      readonly to: 'bridges';
    }
  | { readonly code: 'class-new'; readonly class: BridgeClass; readonly to: 'bridges' }
  | {
      readonly code: 'clause-gone' | 'clause-changed';
      readonly clause: ClauseId;
      readonly people: number;
      readonly to: 'placement';
    }
  | { readonly code: 'clause-new'; readonly clause: ClauseId; readonly to: 'placement' }
  | { readonly code: 'place-again'; readonly to: 'placement' }
  | {
      readonly code: 'deadline-moves';
      readonly before: string | null;
      readonly after: string | null;
      readonly reports: number;
      readonly to: 'reports';
    }
  | { readonly code: 'already-issued'; readonly to: null };

/** What a change of the plan touches: the session, the bridges, the seats, the reports that are due. */
export function effectsOf(before: Plan, after: Plan, standing: Standing): Effect[] {
  return [
    ...effectsOnSession(before, after, standing),
    ...effectsOnBridges(before, after, standing),
    ...effectsOnSeats(before, after, standing),
    ...effectsOnReports(before, after, standing),
    ...(standing.issued && !isSame(before, after) ? [{ code: 'already-issued', to: null } as const] : []),
  ];
}

const hasHours = ({ startsAt, endsAt }: Plan): boolean =>
  startsAt !== null && endsAt !== null && startsAt.includes('T') && endsAt.includes('T') && startsAt < endsAt;

function effectsOnSession(before: Plan, after: Plan, { session }: Standing): Effect[] {
  const differs = (names: readonly (keyof Plan)[]): boolean =>
    names.some((name) => !isSame(before[name], after[name]));
  const moves = differs(['startsAt', 'endsAt']);
  if (!moves && !differs(['title', 'venue', 'format', 'agenda'])) return [];
  if (session === 'ran') return [{ code: 'session-ran', to: 'live' }];
  if (!hasHours(after)) return [];
  if (session === 'none') return [{ code: 'session-made', to: 'live' }];
  return [{ code: moves ? 'session-moves' : 'session-follows', to: 'live' }];
}

function effectsOnBridges(before: Plan, after: Plan, { bridges }: Standing): Effect[] {
  if (bridges.size === 0) return [];
  const gone = before.bridgeClasses.filter((each) => !after.bridgeClasses.includes(each));
  const fresh = after.bridgeClasses.filter((each) => !before.bridgeClasses.includes(each));
  return [
    ...gone.flatMap((each): Effect[] => {
      const count = bridges.get(each) ?? 0;
      return count === 0 ? [] : [{ code: 'class-gone', class: each, bridges: count, to: 'bridges' }];
    }),
    ...fresh.flatMap((each): Effect[] =>
      bridges.has(each) ? [] : [{ code: 'class-new', class: each, to: 'bridges' }],
    ),
  ];
}

function effectsOnSeats(before: Plan, after: Plan, { seated, placed }: Standing): Effect[] {
  if (!placed) return [];
  const was = new Map(before.clauses.map((clause) => [clause.id, clause]));
  const is = new Map(after.clauses.map((clause) => [clause.id, clause]));
  const effects: Effect[] = [];
  for (const [clause, old] of was) {
    const now = is.get(clause);
    if (now !== undefined && isSame(now, old)) continue;
    const code = now === undefined ? 'clause-gone' : 'clause-changed';
    effects.push({ code, clause, people: seated.get(clause) ?? 0, to: 'placement' });
  }
  for (const clause of is.keys())
    if (!was.has(clause)) effects.push({ code: 'clause-new', clause, to: 'placement' });
  return effects.length === 0 ? [] : [...effects, { code: 'place-again', to: 'placement' }];
}

function dueOf({ duties }: Plan): string | null {
  return headcountDuty(duties)?.deadline?.dueBefore ?? null;
}

function effectsOnReports(before: Plan, after: Plan, { reports }: Standing): Effect[] {
  const [was, is] = [dueOf(before), dueOf(after)];
  return was === is ? [] : [{ code: 'deadline-moves', before: was, after: is, reports, to: 'reports' }];
}
