import { queryOptions } from '@tanstack/react-query';

import type { BridgeId } from '../../../domain/ids.ts';
import type { LineMeasures } from '../../../domain/media/line-test.ts';
import type { Instant } from '../../../domain/time.ts';
import { lineContracts, type LineTable } from '../../../domain/wire/lines.ts';
import type { TableRevision } from '../../../domain/wire/bridges.ts';
import { call } from '../api/call.ts';

/** The last test of a bridge's line. */
export interface LastTest {
  readonly at: Instant;
  readonly measures: LineMeasures;
}
export type LastTests = ReadonlyMap<BridgeId, LastTest>;

function lastTestsOf(table: LineTable): LastTests {
  const { ids, at, upKbps, downKbps, loss, jitterMs, delayMs, camera, sound } = table;
  return new Map(
    ids.map((id, place) => [
      id,
      {
        at: at[place] ?? (0 as Instant),
        measures: {
          upKbps: upKbps[place] ?? null,
          downKbps: downKbps[place] ?? null,
          loss: loss[place] ?? null,
          jitterMs: jitterMs[place] ?? null,
          delayMs: delayMs[place] ?? null,
          camera: camera[place] ?? null,
          sound: sound[place] ?? null,
        },
      },
    ]),
  );
}

/** While people watch the list, bridges test. */
const AGAIN_MS = 30_000;

export function lineTableKey(conference: string) {
  return ['conference', conference, 'lines'] as const;
}

/** The last test of every bridge that has tested. Asked for again, nothing comes where nothing has changed. */
export function lastTestsQuery(conference: string) {
  const queryKey = lineTableKey(conference);
  return queryOptions({
    queryKey,
    queryFn: async ({
      signal,
      client,
    }): Promise<{ readonly revision: TableRevision; readonly tests: LastTests }> => {
      const known = client.getQueryData<{ readonly revision: TableRevision; readonly tests: LastTests }>(
        queryKey,
      );
      const query = known === undefined ? {} : { since: known.revision };
      const answer = await call(lineContracts.lineTable, { params: { conference }, query }, signal);
      const { revision, table } = answer;
      if (table !== null) return { revision, tests: lastTestsOf(table) };
      if (known === undefined) throw new Error('a table was asked for and none came');
      return known;
    },
    refetchInterval: AGAIN_MS,
    structuralSharing: false,
  });
}

export function testsOf(conference: string, bridge: string) {
  return queryOptions({
    queryKey: [...lineTableKey(conference), bridge],
    queryFn: ({ signal }) => call(lineContracts.lineTests, { params: { conference, bridge } }, signal),
  });
}

export function incidentsOf(conference: string, session: string, bridge: string) {
  return queryOptions({
    queryKey: ['conference', conference, 'line-incidents', session, bridge],
    queryFn: ({ signal }) =>
      call(lineContracts.lineIncidents, { params: { conference, session, bridge } }, signal),
    refetchInterval: AGAIN_MS,
  });
}
