import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';

import type { ControlBoard, ControlChange } from '../../../domain/wire/control.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { ask, RefusedOnLine, watchOf } from '../api/socket.ts';
import { withChange } from './board.ts';

/**
 * The situation of a node: asked for on each new line, then kept up by what the server tells. However fast it tells, the page is drawn
 * once for a picture of the screen, and nothing is kept of what it told before.
 */
export function useBoard(conference: string, session: string, bridge: string) {
  const line = useLine();
  const queries = useQueryClient();
  const key = ['conference', conference, 'control', session, bridge] as const;
  const query = useQuery({
    queryKey: key,
    queryFn: async (): Promise<ControlBoard> => {
      const answer = await ask('control:watch', watchOf({ conference, session, bridge }));
      if (!answer.ok) throw new RefusedOnLine(answer.message);
      return answer.board;
    },
    enabled: false,
    gcTime: 0,
  });
  const { refetch } = query;

  const waiting = useRef<ControlBoard | null>(null);
  const onChange = useCallback(
    (change: ControlChange) => {
      if (change.session !== session || change.watched !== bridge) return;
      const own = ['conference', conference, 'control', session, bridge];
      const before = waiting.current ?? queries.getQueryData<ControlBoard>(own);
      if (before === undefined) return;
      if (waiting.current === null) {
        requestAnimationFrame(() => {
          queries.setQueryData(own, waiting.current ?? undefined);
          waiting.current = null;
        });
      }
      waiting.current = withChange(before, change);
    },
    [queries, conference, session, bridge],
  );
  useServerMessage('control:changed', onChange);

  useEffect(() => {
    if (line !== 'connected') return undefined;
    void refetch();
    const watch = watchOf({ conference, session, bridge });
    return () => void ask('control:unwatch', watch).catch(() => undefined);
  }, [line, conference, session, bridge, refetch]);
  return query;
}
