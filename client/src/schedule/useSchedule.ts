import { keepPreviousData, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';

import { dutyDeadline, withDeadline, withHours } from '../../../domain/schedule/plan-times.ts';
import type { SessionId } from '../../../domain/ids.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { spanOf, type Days } from '../../../domain/schedule/calendar.ts';
import type { SessionTimes } from '../../../domain/schedule/session.ts';
import { instantOf, type Instant } from '../../../domain/time.ts';
import { conferenceContracts } from '../../../domain/wire/conferences.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { headcountContracts } from '../../../domain/wire/headcount.ts';
import {
  scheduleContracts,
  type DeadlineName,
  type ScheduledDeadline,
  type SessionRow,
} from '../../../domain/wire/schedule.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Said } from '../parts/sentences.ts';
import type { Remember } from '../parts/useLastDeed.ts';

/** Others change the schedule too. */
const AGAIN_MS = 60_000;

/** The schedule of some days, of all conferences or of one. */
export function scheduleOf(conference: string | undefined, days: Days) {
  const { startsAt: from, endsAt: to } = spanOf(days);
  return queryOptions({
    queryKey: ['schedule', conference ?? 'all', days.first, days.next] as const,
    queryFn: ({ signal }) =>
      call(
        scheduleContracts.schedule,
        { query: { from, to, ...(conference !== undefined && { conference }) } },
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

/** One session with all that can be changed of it. */
export function sessionQuery(conference: string, session: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'session', session] as const,
    queryFn: ({ signal }) => call(scheduleContracts.session, { params: { conference, session } }, signal),
    // What is changed here must be what is there.
    staleTime: 0,
    gcTime: 0,
  });
}

export type SessionInput = BodyInput<typeof scheduleContracts.addSession>;
export type SessionEdit = BodyInput<typeof scheduleContracts.changeSession>['change'];

/** Everything that these pages do. Each deed is remembered with how it is taken back, and throws the refusal. */
export function useDeeds(remember: Remember) {
  const queries = useQueryClient();
  const { t } = useWords();
  return useMemo(() => {
    const kept = (message: string, undo: () => Promise<void>) =>
      remember({
        message,
        undo: async () => {
          await undo();
          return t('schedule.undone');
        },
      });
    const renew = async (conference: string) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['schedule'] }),
        queries.invalidateQueries({ queryKey: ['conference', conference] }),
      ]);
    };
    const done = async (
      conference: string,
      session: SessionId,
      change: string | null,
      message: string,
    ): Promise<void> => {
      if (change === null) remember(null);
      else
        kept(message, async () => {
          const params = { conference, session, change };
          await call(scheduleContracts.undoSessionChange, { params });
          await renew(conference);
        });
      await renew(conference);
    };
    /** Changes the plan where it still says what was seen; else nothing of it is written over. */
    const changePlan = async (
      conference: string,
      isSeen: (plan: Plan) => boolean,
      change: (plan: Plan) => Plan,
    ): Promise<void> => {
      const { plan, revision } = await call(conferenceContracts.plan, { params: { conference } });
      if (!isSeen(plan)) throw new Said(t('schedule.planChanged'));
      const body = { revision, plan: change(plan) };
      await call(conferenceContracts.changePlan, { params: { conference }, body });
    };
    const saysHours =
      ({ startsAt, endsAt }: Pick<SessionTimes, 'startsAt' | 'endsAt'>) =>
      (plan: Plan): boolean =>
        instantOf(plan.startsAt ?? '') === startsAt && instantOf(plan.endsAt ?? '') === endsAt;
    const setInner = async (
      conference: string,
      bridge: string,
      was: Instant | null,
      dueBefore: Instant | null,
    ) => {
      const params = { conference, bridge };
      await call(headcountContracts.setInnerDeadline, { params, body: { was, dueBefore } });
    };
    return {
      async add(conference: string, body: SessionInput, message: string) {
        const added = await call(scheduleContracts.addSession, { params: { conference }, body });
        await done(conference, added.session.id, added.change, message);
      },
      async change(
        session: Pick<SessionRow, 'id' | 'conference' | 'revision'>,
        change: SessionEdit,
        message: string,
      ) {
        const { id, conference, revision } = session;
        const params = { conference, session: id };
        const changed = await call(scheduleContracts.changeSession, { params, body: { revision, change } });
        await done(conference, id, changed.change, message);
      },
      /** Moves the session of the plan by moving the plan's hours. */
      async moveOfPlan(
        { conference, ...seen }: Pick<SessionRow, 'conference' | 'startsAt' | 'endsAt'>,
        to: Pick<SessionTimes, 'startsAt' | 'endsAt'>,
        message: string,
      ) {
        await changePlan(conference, saysHours(seen), (plan) => withHours(plan, to));
        kept(message, async () => {
          await changePlan(conference, saysHours(to), (plan) => withHours(plan, seen));
          await renew(conference);
        });
        await renew(conference);
      },
      async cancel(
        session: Pick<SessionRow, 'id' | 'conference' | 'revision'>,
        reason: string,
        message: string,
      ) {
        const { id, conference, revision } = session;
        const params = { conference, session: id };
        const body = { revision, reason };
        const cancelled = await call(scheduleContracts.cancelSession, { params, body });
        await done(conference, id, cancelled.change, message);
      },
      async undoChange(conference: string, session: SessionId, change: string, message: string) {
        const params = { conference, session, change };
        const undone = await call(scheduleContracts.undoSessionChange, { params });
        await done(conference, session, undone.change, message);
      },
      async setDeadline(
        { conference, of }: { readonly conference: string; readonly of: DeadlineName },
        was: ScheduledDeadline['dueBefore'] | null,
        dueBefore: Instant,
        message: string,
      ) {
        const set = async (from: Instant | null, to: Instant | null): Promise<void> => {
          if (of.kind === 'inner') await setInner(conference, of.bridge, from, to);
          else if (to !== null)
            await changePlan(
              conference,
              (plan) => dutyDeadline(plan, of.duty) === from,
              (plan) => withDeadline(plan, of.duty, to),
            );
          await renew(conference);
        };
        await set(was, dueBefore);
        kept(message, () => set(dueBefore, was));
      },
    };
  }, [queries, remember, t]);
}
export type Deeds = ReturnType<typeof useDeeds>;
