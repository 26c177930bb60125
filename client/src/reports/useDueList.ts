import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';

import { BridgeId, ConferenceId } from '../../../domain/ids.ts';
import { dueListOf, type DueList } from '../../../domain/reports/due-list.ts';
import type { Instant } from '../../../domain/time.ts';
import { headcountContracts, type DueRevision, type DueTable } from '../../../domain/wire/headcount.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { call } from '../api/call.ts';
import { forestQuery } from '../api/queries.ts';
import { ask } from '../api/socket.ts';

/** In the last hour before a deadline something is sent every moment: the table is asked for no more often than this. */
const AT_MOST_EVERY_MS = 2000;
/** Where a message got lost, the table is asked for by itself. */
const AGAIN_MS = 30_000;

interface Known {
  readonly asOf: Instant;
  readonly revision: DueRevision;
  readonly table: DueTable;
}

/** What happens to the reports of a bridge and of those below it, as it is told over the line. */
export function useHeadcountNews(conference: string, bridge: string, onNews: () => void): void {
  const line = useLine();
  const hear = useCallback(
    (news: ServerBody<'headcount:changed'>) => {
      if (news.conference === conference && news.bridge === bridge) onNews();
    },
    [conference, bridge, onNews],
  );
  useServerMessage('headcount:changed', hear);
  useEffect(() => {
    if (line !== 'connected') return undefined;
    const watch = { conference: ConferenceId.parse(conference), bridge: BridgeId.parse(bridge) };
    // First the watch, then the whole: nothing can fall between the two.
    ask('headcount:watch', watch)
      .then(onNews)
      .catch(() => undefined);
    return () => void ask('headcount:unwatch', watch).catch(() => undefined);
  }, [line, conference, bridge, onNews]);
}

export function dueKey(conference: string, top: string) {
  return ['conference', conference, 'reports', 'table', top] as const;
}

/** How all at and below a bridge stand with their reports, kept up as they come in. */
export function useDueList(
  conference: string,
  top: string,
): {
  readonly list: DueList | undefined;
  readonly asOf: Instant | undefined;
  readonly error: unknown;
  readonly refetch: () => void;
} {
  const queries = useQueryClient();
  const queryKey = useMemo(() => dueKey(conference, top), [conference, top]);
  const forest = useQuery(forestQuery(conference)).data?.forest;
  const due = useQuery({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Known> => {
      const known = client.getQueryData<Known>(queryKey);
      const params = { conference, bridge: top };
      const query = known === undefined ? {} : { since: known.revision };
      const { asOf, revision, table } = await call(headcountContracts.dueTable, { params, query }, signal);
      if (table !== null) return { asOf, revision, table };
      if (known === undefined) throw new Error('a table was asked for and none came');
      return { ...known, asOf };
    },
    refetchInterval: AGAIN_MS,
    // Comparing forty thousand rows with those before would cost more than showing them.
    structuralSharing: false,
  });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askedAt = useRef(0);
  const renew = useCallback(() => {
    if (waiting.current !== undefined) return;
    const pause = Math.max(0, AT_MOST_EVERY_MS - (performance.now() - askedAt.current));
    waiting.current = setTimeout(() => {
      waiting.current = undefined;
      askedAt.current = performance.now();
      void queries.invalidateQueries({ queryKey });
    }, pause);
  }, [queries, queryKey]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  useHeadcountNews(conference, top, renew);
  const table = due.data?.table;
  const list = useMemo(
    () => (table === undefined || forest === undefined ? undefined : dueListOf(table, forest)),
    [table, forest],
  );
  return { list, asOf: due.data?.asOf, error: due.error, refetch: () => void due.refetch() };
}
