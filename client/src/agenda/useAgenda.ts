import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

import type { ConferenceId, SessionId } from '../../../domain/ids.ts';
import { runAgenda, type AgendaRun as Run, type RunItem } from '../../../domain/schedule/run.ts';
import type { AgendaEntryId } from '../../../domain/schedule/session.ts';
import type { Instant } from '../../../domain/time.ts';
import type { AgendaRun, SaidStep } from '../../../domain/wire/schedule.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { ask, RefusedOnLine } from '../api/socket.ts';
import { useServerClock } from '../parts/serverClock.ts';

/** Asked again so often: it mends whatever was not heard, and the clock. */
const AGAIN_MS = 15_000;

export function agendaKey(conference: string, session: string) {
  return ['conference', conference, 'agenda', session] as const;
}

/** Keeps what the server told of a run: an answer may come after news of a later step, which then stand. */
export function keepLatest(queries: QueryClient, conference: string, run: AgendaRun): void {
  queries.setQueryData<AgendaRun>(agendaKey(conference, run.session), (known) =>
    known !== undefined && known.asOf > run.asOf ? known : run,
  );
}

/** The agenda of a session as it was told last; kept up by what the server sends with each step, whoever said it. */
export function useAgenda(conference: string, session: string) {
  const line = useLine();
  const queries = useQueryClient();
  const watch = { conference: conference as ConferenceId, session: session as SessionId };
  const query = useQuery({
    queryKey: agendaKey(conference, session),
    queryFn: async (): Promise<AgendaRun> => {
      const answer = await ask('agenda:watch', watch);
      if (!answer.ok) throw new RefusedOnLine(answer.message);
      return answer.run;
    },
    enabled: line === 'connected',
    staleTime: 0,
    refetchInterval: AGAIN_MS,
    refetchIntervalInBackground: true,
  });
  const onChange = useCallback(
    (run: AgendaRun) => {
      if (run.session === session) keepLatest(queries, conference, run);
    },
    [queries, conference, session],
  );
  useServerMessage('agenda:changed', onChange);
  useEffect(() => {
    if (line !== 'connected') return undefined;
    void queries.invalidateQueries({ queryKey: agendaKey(conference, session) });
    const own = { conference: conference as ConferenceId, session: session as SessionId };
    return () => void ask('agenda:unwatch', own).catch(() => undefined);
  }, [line, queries, conference, session]);
  return query;
}

/** An item of the agenda with its words. */
export type AgendaItem = RunItem & { readonly title: string; readonly presenter: string | null };

/** The agenda worked out for this second by the server's clock: the same on every screen. */
export interface AgendaNow {
  readonly now: Instant;
  readonly items: readonly AgendaItem[];
  readonly run: Run;
  /** The last step that stands; null before the first. */
  readonly last: SaidStep | null;
}

/** Works the agenda out, second by second. */
export function useAgendaNow(told: AgendaRun | undefined): AgendaNow | null {
  const now = useServerClock(told?.asOf);
  if (told === undefined) return null;
  const items = told.items.map(({ title, presenter, plannedMinutes, limit }, at): AgendaItem => ({
    id: String(at) as AgendaEntryId,
    minutes: plannedMinutes,
    limit,
    title,
    presenter,
  }));
  const steps = told.steps.map((step) => ({ ...step, item: String(step.item) as AgendaEntryId }));
  const plan = { startsAt: told.startsAt, endsAt: told.plannedEnd, agenda: items };
  return {
    now,
    items,
    run: runAgenda(plan, steps, now),
    last: told.steps.findLast(({ undoneAt }) => undoneAt === null) ?? null,
  };
}
