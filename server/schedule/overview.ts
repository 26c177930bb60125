import type { Sight } from '../../domain/access/sight.ts';
import type { BridgeId, ConferenceId, PersonId } from '../../domain/ids.ts';
import { headcountDuty } from '../../domain/reports/bodies.ts';
import { bridgesTaking } from '../../domain/schedule/session.ts';
import { instantOf, type Instant } from '../../domain/time.ts';
import type { DeadlineName } from '../../domain/wire/schedule.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import { namesOfPeople } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import { headcountRules } from '../reports/queries.ts';
import { readSessionsWithin, type SessionRecord } from './store.ts';

/** A conference as far as somebody sees it. */
export interface SeenConference {
  readonly id: AuthorizedConferenceId;
  readonly title: string;
  readonly number: string | null;
  readonly sight: Sight;
  /** Null for whoever may not see its people, or not organize it. */
  readonly people: AuthorizedConferenceId<'people'> | null;
  readonly organize: AuthorizedConferenceId<'organize'> | null;
}

/** A stretch of time, without its end. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

export interface SessionInTime {
  readonly session: SessionRecord;
  readonly bridgeCount: number;
  readonly names: ReadonlyMap<PersonId, string>;
}

/** Sessions of the conferences that somebody sees, within a stretch of time, by start. */
export async function sessionsInTime(
  context: Context,
  seen: readonly SeenConference[],
  { from, to }: Stretch,
): Promise<SessionInTime[]> {
  const byId = new Map<ConferenceId, SeenConference>(seen.map((one) => [one.id, one]));
  const sessions = await readSessionsWithin(context.database.read, [...byId.keys()], from, to);
  const trees = new Map<ConferenceId, Awaited<ReturnType<typeof bridgeTreeOf>>>();
  const names = new Map<ConferenceId, ReadonlyMap<PersonId, string>>();
  for (const conference of new Set(sessions.map((session) => session.conference))) {
    const one = byId.get(conference);
    if (one === undefined) continue;
    trees.set(conference, await bridgeTreeOf(context, one.id));
    const busy = sessions.filter((session) => session.conference === conference).flatMap(peopleAt);
    if (one.people !== null && busy.length > 0)
      names.set(conference, await namesOfPeople(context, one.people, [...new Set(busy)]));
  }
  return sessions.map((session) => {
    const tree = trees.get(session.conference) ?? null;
    const taking = bridgesTaking(session.bridges, tree);
    return {
      session,
      bridgeCount: taking === 'all' ? (tree?.bridges.length ?? 0) : taking.length,
      names: names.get(session.conference) ?? new Map<PersonId, string>(),
    };
  });
}

/** Chair and presenters of a session. */
export function peopleAt({ chair, agenda }: SessionRecord): PersonId[] {
  const presenters = agenda.flatMap(({ presenterPerson }) => presenterPerson ?? []);
  return [...new Set(chair === null ? presenters : [chair, ...presenters])];
}

export interface DeadlineInTime {
  readonly conference: ConferenceId;
  readonly of: DeadlineName;
  readonly dueBefore: Instant;
  readonly text: string | null;
  readonly owner: string | null;
  readonly bridge: { readonly id: BridgeId; readonly name: string } | null;
  readonly isHeadcount: boolean;
}

/** Deadlines of one conference within a stretch of time: the plan's, and the inner ones of bridges that somebody sees. */
export async function deadlinesInTime(
  context: Context,
  { id, sight }: Pick<SeenConference, 'id' | 'sight'>,
  { from, to }: Stretch,
): Promise<DeadlineInTime[]> {
  const [{ plan }, rules] = await Promise.all([planOf(context, id), headcountRules(context, id)]);
  // The last moment is what people go by: a deadline of midnight belongs to the day before.
  const isWithin = (due: Instant): boolean => due > from && due <= to;
  const headcount = headcountDuty(plan.duties);
  const ofPlan = plan.duties.flatMap((duty, at): DeadlineInTime[] => {
    const due = instantOf(duty.deadline?.dueBefore ?? '');
    if (due === null || !isWithin(due)) return [];
    return [
      {
        conference: id,
        of: { kind: 'plan', duty: at },
        dueBefore: due,
        text: duty.text,
        owner: duty.owner,
        bridge: null,
        isHeadcount: duty === headcount,
      },
    ];
  });
  const inner = Array.from(rules?.inner ?? []).flatMap(([bridge, due]): DeadlineInTime[] => {
    const name = rules?.tree.get(bridge)?.name;
    if (name === undefined || !sight.sees(bridge) || !isWithin(due)) return [];
    return [
      {
        conference: id,
        of: { kind: 'inner', bridge },
        dueBefore: due,
        text: null,
        owner: null,
        bridge: { id: bridge, name },
        isHeadcount: true,
      },
    ];
  });
  return [...ofPlan, ...inner];
}
