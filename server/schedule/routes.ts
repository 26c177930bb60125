import { deadlineEffects, describeDeadlineEffect, warningOn } from '../../domain/schedule/deadline-effect.ts';
import { dutyDeadline, withDeadline } from '../../domain/schedule/plan-times.ts';
import { describeIgnored } from '../../domain/schedule/sentences.ts';
import type { ConferenceId, SessionId } from '../../domain/ids.ts';
import { headcountDuty } from '../../domain/reports/bodies.ts';
import type { Finding } from '../../domain/wire/conferences.ts';
import { scheduleContracts } from '../../domain/wire/schedule.ts';
import { absenteesOf } from '../attendance/queries.ts';
import { bridgeTreeOf } from '../bridges/queries.ts';
import type { Context } from '../platform/context.ts';
import { implement, type Route } from '../platform/endpoint.ts';
import { admitted, ProblemError, valueOrProblem } from '../platform/problems.ts';
import type { AuthorizedConferenceId, Gate } from '../platform/scopes.ts';
import { conferencesOf, conferenceSummary, planOf } from '../plans/queries.ts';
import { namesOfPeople } from '../people/queries.ts';
import { headcountSources, planDeadlines } from '../reports/queries.ts';
import { clashesOf, type Sees } from './clashes.ts';
import {
  addSession,
  cancelSession,
  changeSession,
  undoSessionChange,
  withEdit,
  type Changed,
} from './commands.ts';
import { deadlinesInTime, peopleAt, sessionsInTime, type SeenConference } from './overview.ts';
import {
  presentAdvice,
  presentChange,
  presentClashes,
  presentConference,
  presentConflicts,
  presentDeadline,
  presentInTime,
  presentListed,
  presentRun,
  presentSession,
} from './present.ts';
import { agendaRunOf, sessionChanges, sessionOf, sessionsOf, type SessionRecord } from './queries.ts';
import { MINUTES, noSuchSession, saidMeanwhile, sessionProblems, UNDO_PROBLEMS } from './sentences.ts';
import { stepAgenda, undoStep } from './stepping.ts';

/** So many conferences one schedule shows, the newest first; and so many conflicts. */
const MOST_CONFERENCES = 500;
const MOST_CONFLICTS = 200;

/** Sessions of one conference and of all of them with their conflicts, and the agenda as it runs. */
export function scheduleRoutes({ gate }: { readonly gate: Gate }): Route[] {
  /** Conferences of which the caller sees all; remembered for one request. */
  function seenBy(context: Context): Sees {
    const known = new Map<ConferenceId, ReturnType<Sees>>();
    const look: Sees = async (id) => {
      const belongs = await gate.conference(context, id, 'belong');
      if (!belongs.ok || !(await gate.sight(context, belongs.value)).whole) return null;
      const { title } = await conferenceSummary(context, belongs.value);
      return { id: belongs.value, title, people: (await gate.conference(context, id, 'people')).ok };
    };
    return (id) => {
      const found = known.get(id) ?? look(id);
      known.set(id, found);
      return found;
    };
  }

  async function seenConference(
    context: Context,
    conference: { readonly id: ConferenceId; readonly title: string; readonly number: string | null },
  ): Promise<SeenConference> {
    const { title, number } = conference;
    const id = admitted(await gate.conference(context, conference.id, 'belong'));
    const [people, organize] = [
      await gate.conference(context, id, 'people'),
      await gate.conference(context, id, 'organize'),
    ];
    return {
      id,
      title,
      number,
      sight: await gate.sight(context, id),
      people: people.ok ? people.value : null,
      organize: organize.ok ? organize.value : null,
    };
  }

  /** A change with what the session now stands in the way of. */
  async function presentChanged(context: Context, { session, change }: Changed) {
    const clashes = await clashesOf(context, [session], seenBy(context));
    const own = session.cancelled === null ? [session] : [];
    return {
      session: presentSession(session),
      conflicts: presentConflicts(own, clashes, context.language),
      change,
    };
  }

  /** How many who were not there a follow-up session is for; null of any other. */
  async function audienceOf(
    context: Context,
    conference: AuthorizedConferenceId<'organize'>,
    session: SessionRecord,
  ): Promise<number | null> {
    if (session.kind !== 'follow-up') return null;
    const { tops } = await gate.sight(context, conference);
    const wanted = session.bridges === 'all' ? tops.map(({ bridge }) => bridge.id) : session.bridges.tops;
    const people = new Set<string>();
    for (const bridge of wanted) {
      const scope = await gate.subtree(context, conference, bridge, 'people');
      if (!scope.ok) continue;
      const below = session.bridges === 'all' || session.bridges.below;
      const absentees = await absenteesOf(context, conference, scope.value, { missed: 'none', below });
      for (const { person } of absentees) people.add(person.id);
    }
    return people.size;
  }

  return [
    implement(scheduleContracts.schedule, async ({ scope, query, context }) => {
      const { from, to, conference } = query;
      const all = await conferencesOf(context, scope, null, MOST_CONFERENCES);
      const asked = conference === undefined ? all : all.filter(({ id }) => id === conference);
      const seen = await Promise.all(asked.map((one) => seenConference(context, one)));
      const sessions = await sessionsInTime(context, seen, { from, to });
      const whole = new Set<ConferenceId>(seen.filter(({ sight }) => sight.whole).map(({ id }) => id));
      const judged = sessions.map(({ session }) => session).filter((one) => whole.has(one.conference));
      const clashes = await clashesOf(context, judged, seenBy(context));
      const deadlines = await Promise.all(
        seen.map(async (one) => {
          const found = await deadlinesInTime(context, one, { from, to });
          return await Promise.all(
            found.map(async (deadline) =>
              presentDeadline(
                deadline,
                deadline.bridge === null
                  ? one.organize !== null
                  : (await gate.bridge(context, one.id, deadline.bridge.id, 'organize')).ok,
              ),
            ),
          );
        }),
      );
      const shown = { ...clashes, conflicts: clashes.conflicts.slice(0, MOST_CONFLICTS) };
      return {
        conferences: seen.map(presentConference),
        sessions: sessions.map(presentInTime),
        deadlines: deadlines.flat().toSorted((a, b) => a.dueBefore - b.dueBefore),
        conflicts: presentClashes(shown, context.language),
        conflictCount: clashes.conflicts.length,
        asOf: context.clock(),
      };
    }),

    implement(scheduleContracts.sessions, async ({ scope, context }) => {
      const sessions = await sessionsOf(context, scope);
      // Conflicts speak of rooms, chairs and presenters everywhere: they are for whoever sees the whole conference.
      const sight = await gate.sight(context, scope);
      const judged = sight.whole ? sessions : [];
      const tree = await bridgeTreeOf(context, scope);
      const clashes = await clashesOf(context, judged, seenBy(context));
      return {
        items: sessions.map((session) => presentListed(session, tree, sight)),
        conflicts: presentConflicts(judged, clashes, context.language),
      };
    }),

    implement(scheduleContracts.addSession, async ({ scope, body, context }) => {
      const added = await addSession(context, scope, body);
      return await presentChanged(context, valueOrProblem(added, sessionProblems(context.language)));
    }),

    implement(scheduleContracts.previewSession, async ({ scope, body, context }) => {
      const before = body.session === null ? null : await sessionOf(context, scope, body.session);
      if (body.session !== null && before === null) throw noSuchSession();
      const drafted = withEdit(before ?? newSession(context, scope), body.input);
      const judged = drafted.endsAt > drafted.startsAt ? [{ ...drafted, cancelled: null }] : [];
      const clashes = await clashesOf(context, judged, seenBy(context));
      const others = (await sessionsOf(context, scope)).filter(({ id }) => id !== drafted.id);
      // What it leads to is what it stands in the way of: a new session cannot be opened yet.
      const conflicts = presentClashes(clashes, context.language).map((conflict) => ({
        ...conflict,
        sessions: conflict.sessions.filter(({ session }) => session !== drafted.id),
      }));
      return {
        conflicts,
        advice: presentAdvice(drafted, others, context.language),
        audience: await audienceOf(context, scope, drafted),
      };
    }),

    implement(scheduleContracts.session, async ({ scope, params, context }) => {
      const session = await sessionOf(context, scope, params.session);
      if (session === null) throw noSuchSession();
      const names = await namesOfPeople(context, scope, peopleAt(session));
      return {
        session: presentSession(session),
        names: Array.from(names, ([id, name]) => ({ id, name })),
        changes: (await sessionChanges(context, scope, session.id)).map(presentChange),
      };
    }),

    implement(scheduleContracts.changeSession, async ({ scope, params, body, context }) => {
      const changed = await changeSession(context, scope, params.session, body.revision, body.change);
      return await presentChanged(context, valueOrProblem(changed, sessionProblems(context.language)));
    }),

    implement(scheduleContracts.cancelSession, async ({ scope, params, body, context }) => {
      const cancelled = await cancelSession(context, scope, params.session, body.revision, body.reason);
      return await presentChanged(context, valueOrProblem(cancelled, sessionProblems(context.language)));
    }),

    implement(scheduleContracts.undoSessionChange, async ({ scope, params, context }) => {
      const undone = await undoSessionChange(context, scope, params.session, params.change);
      const { session, change, left } = valueOrProblem(undone, UNDO_PROBLEMS);
      return { session: session === null ? null : presentSession(session), change, left };
    }),

    implement(scheduleContracts.previewDeadline, async ({ scope, body, context }) => {
      const { language } = context;
      const [{ plan }, before] = await Promise.all([
        planOf(context, scope),
        headcountSources(context, scope),
      ]);
      const { of, dueBefore } = body;
      const isHeadcount = of.kind === 'inner' || plan.duties[of.duty] === headcountDuty(plan.duties);
      if (of.kind === 'plan' && dutyDeadline(plan, of.duty) === null && plan.duties[of.duty] === undefined)
        throw new ProblemError('not-found');
      const last = warningOn(dueBefore);
      const effects =
        before === null || !isHeadcount
          ? last === null
            ? []
            : [last]
          : deadlineEffects(
              before,
              of.kind === 'inner'
                ? { ...before, inner: new Map([...before.inner, [of.bridge, dueBefore]]) }
                : { ...before, plan: planDeadlines(withDeadline(plan, of.duty, dueBefore)) },
              dueBefore,
              context.clock(),
            );
      const findings = effects.map((effect): Finding => ({
        code: effect.kind,
        severity: effect.kind === 'bound' || effect.kind === 'nobody-bound' ? 'note' : 'warning',
        path: null,
        message: describeDeadlineEffect(effect, language),
      }));
      return { findings };
    }),

    implement(scheduleContracts.agendaRun, async ({ scope, params, context }) => {
      const found = await agendaRunOf(context, scope, params.session);
      return presentRun(valueOrProblem(found, { 'no such session': noSuchSession }));
    }),

    implement(scheduleContracts.stepAgenda, async ({ scope, params, body, context }) => {
      const { language } = context;
      const stepped = valueOrProblem(await stepAgenda(context, scope, params.session, body), {
        'no such session': noSuchSession,
        'no such item': () =>
          new ProblemError('malformed', undefined, [
            { at: 'item', message: describeIgnored('unknown item', language) },
          ]),
        minutes: () =>
          new ProblemError('malformed', undefined, [{ at: 'minutes', message: MINUTES[language] }]),
        'said meanwhile': saidMeanwhile,
        ignored: ({ why }) =>
          new ProblemError('wrong-state', {
            vi: `${describeIgnored(why, 'vi')} Chưa có gì thay đổi. Hãy tải lại để xem chương trình đang ở đâu.`,
            en: `${describeIgnored(why, 'en')} Nothing has changed. Load the page again to see where the agenda is.`,
          }),
      });
      return presentRun(stepped);
    }),

    implement(scheduleContracts.undoAgendaStep, async ({ scope, params, body, context }) => {
      const undone = valueOrProblem(await undoStep(context, scope, params.session, body.step), {
        'no such session': noSuchSession,
        'said meanwhile': saidMeanwhile,
      });
      return presentRun(undone);
    }),
  ];
}

/** What a new session has where nothing else is given. */
function newSession(context: Context, conference: ConferenceId): SessionRecord {
  const now = context.clock();
  return {
    id: '' as SessionId,
    conference,
    kind: 'session',
    title: '',
    doorsAt: null,
    startsAt: now,
    endsAt: now,
    format: null,
    venue: null,
    chair: null,
    bridges: 'all',
    agenda: [],
    ofPlan: false,
    revision: 0,
    cancelled: null,
  };
}
