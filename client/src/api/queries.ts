import { queryOptions } from '@tanstack/react-query';

import { forestOf, type Forest } from '../../../domain/bridges/forest.ts';
import { conferenceContracts } from '../../../domain/wire/conferences.ts';
import { mailContracts } from '../../../domain/wire/mail.ts';
import { scheduleContracts } from '../../../domain/wire/schedule.ts';
import { bridgeContracts, type BridgeTable, type TableRevision } from '../../../domain/wire/bridges.ts';
import { call } from './call.ts';
import { everyPage } from './everyPage.ts';

export const conferenceList = queryOptions({
  queryKey: ['conferences'],
  queryFn: ({ signal }) => call(conferenceContracts.conferences, { query: { limit: 200 } }, signal),
});

export function planOf(conference: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'plan'],
    queryFn: ({ signal }) => call(conferenceContracts.plan, { params: { conference } }, signal),
  });
}

export function sessionsOf(conference: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'sessions'],
    queryFn: ({ signal }) => call(scheduleContracts.sessions, { params: { conference } }, signal),
    staleTime: 60_000,
  });
}

/** How the server sends mail, and whether anything goes at the moment. */
export function mailLineOf(conference: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'mail', 'line'],
    queryFn: ({ signal }) => call(mailContracts.mailLine, { params: { conference } }, signal),
    staleTime: 20_000,
  });
}

/** Where somebody's view of the tree begins: the root, or the topmost bridges of their roles. None while there is no tree. */
export function topBridgesOf(conference: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'top-bridges'],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        call(
          bridgeContracts.bridges,
          { params: { conference }, query: { tops: 'true', limit: 1000, cursor } },
          signal,
        ),
      ),
    staleTime: 60_000,
  });
}

/** The first of them. Null while the tree has not been built. */
export function rootBridgeOf(conference: string) {
  return queryOptions({ ...topBridgesOf(conference), select: (tops) => tops[0] ?? null });
}

export function bridgeOf(conference: string, bridge: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'bridge', bridge],
    queryFn: ({ signal }) => call(bridgeContracts.bridge, { params: { conference, bridge } }, signal),
  });
}

/** Under which the headcount report of a bridge is kept. */
export function headcountKey(conference: string, bridge: string) {
  return ['conference', conference, 'headcount', bridge] as const;
}

/** Every bridge that somebody sees, as a forest. Asked for again, only what has changed comes over the line. */
export function forestQuery(conference: string) {
  const queryKey = ['conference', conference, 'forest'] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({
      signal,
      client,
    }): Promise<{ readonly revision: TableRevision; readonly forest: Forest }> => {
      const known = client.getQueryData<{ readonly revision: TableRevision; readonly forest: Forest }>(
        queryKey,
      );
      const query = known === undefined ? {} : { since: known.revision };
      const { revision, table } = await call(
        bridgeContracts.bridgeTable,
        { params: { conference }, query },
        signal,
      );
      return table === null && known !== undefined ? known : { revision, forest: forestOf(tableIn(table)) };
    },
    staleTime: 60_000,
    // Comparing forty thousand bridges with those before would cost more than showing them.
    structuralSharing: false,
  });
}

function tableIn(table: BridgeTable | null): BridgeTable {
  if (table === null) throw new Error('a table was asked for and none came');
  return table;
}
