import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { attendanceContracts } from '../../../domain/wire/attendance.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { call } from '../api/call.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { ask, watchOf } from '../api/socket.ts';

export type Figures = AnswerOf<typeof attendanceContracts.figures>;

/**
 * Figures of a node and its children: asked for once, then kept up by what the server sends; asked for again after the
 * line was lost. A message that is older than what is shown changes nothing.
 */
export function useFigures(conference: string, session: string, bridge: string) {
  const line = useLine();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['conference', conference, 'figures', session, bridge],
    queryFn: ({ signal }) =>
      call(attendanceContracts.figures, { params: { conference, session, bridge } }, signal),
    staleTime: Infinity,
    refetchOnWindowFocus: true,
  });
  const { refetch } = query;

  const onFigures = useCallback(
    (change: ServerBody<'figures:changed'>) => {
      if (change.session !== session || change.watched !== bridge) return;
      queries.setQueryData(
        ['conference', conference, 'figures', session, bridge],
        (before: Figures | undefined) => (before === undefined ? before : withChange(before, change)),
      );
    },
    [queries, conference, session, bridge],
  );
  useServerMessage('figures:changed', onFigures);

  useEffect(() => {
    if (line !== 'connected') return undefined;
    const watch = watchOf({ conference, session, bridge });
    // First the watch, then the whole: nothing can fall between the two.
    ask('figures:watch', watch)
      .then(() => refetch())
      .catch(() => undefined);
    return () => void ask('figures:unwatch', watch).catch(() => undefined);
  }, [line, conference, session, bridge, refetch]);

  return query;
}

function withChange(before: Figures, change: ServerBody<'figures:changed'>): Figures {
  if (change.sequence < before.sequence) return before;
  const changed = new Map(change.nodes.map((node) => [node.bridge, node]));
  return {
    sequence: change.sequence,
    asOf: change.asOf,
    node: changed.get(before.node.bridge) ?? before.node,
    children: childrenOf(before.children, changed, change.below),
  };
}

/** Those that were there, or those that are said to be there by now, in that order. */
function childrenOf(
  before: Figures['children'],
  changed: ReadonlyMap<BridgeId, Figures['node']>,
  below: readonly BridgeId[] | undefined,
): Figures['children'] {
  const known = new Map(before.map((child) => [child.bridge, child]));
  const order = below ?? before.map(({ bridge }) => bridge);
  return order.flatMap((bridge) => changed.get(bridge) ?? known.get(bridge) ?? []);
}
