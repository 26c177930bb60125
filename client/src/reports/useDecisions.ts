import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import type { DueNode } from '../../../domain/reports/due-list.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { headcountContracts, type Decision } from '../../../domain/wire/headcount.ts';
import { call } from '../api/call.ts';

type Reports = readonly { readonly bridge: BridgeId; readonly revision: number }[];

/** What was decided last, and can be taken back as long as the units have not sent anew. */
export interface LastDecision {
  readonly kind: 'accept' | 'return';
  readonly reports: Reports;
  readonly name: string;
}

/** More go in several requests. */
const MOST_AT_ONCE = 1000;

/** Accepting and returning reports, one or many, and taking the last of it back. */
export function useDecisions(conference: string, top: string) {
  const queries = useQueryClient();
  const [last, setLast] = useState<LastDecision | null>(null);
  /** Decided on here, and not yet so in the list: the next one comes up at once. */
  const [hidden, setHidden] = useState<ReadonlySet<BridgeId>>(new Set());
  const renew = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['conference', conference, 'reports'] }),
      queries.invalidateQueries({ queryKey: ['conference', conference, 'headcount'] }),
    ]);
  const decide = useMutation({
    onMutate: ({ nodes }) => setHidden((before) => new Set([...before, ...nodes.map(({ id }) => id)])),
    mutationFn: async ({ nodes, decision }: { nodes: readonly DueNode[]; decision: Decision }) => {
      const reports = nodes.map(({ id, revision }) => ({ bridge: id, revision }));
      const answer = await sendAll(conference, top, reports, decision);
      const done = new Set(answer.done);
      const kept = reports.filter(({ bridge }) => done.has(bridge));
      if (decision.kind !== 'withdraw' && kept.length > 0)
        setLast({
          kind: decision.kind,
          reports: kept,
          name: nodes.find(({ id }) => done.has(id))?.name ?? '',
        });
      return answer;
    },
    onSettled: async (_answer, _error, { nodes }) => {
      await renew();
      const decided = new Set(nodes.map(({ id }) => id));
      setHidden((before) => new Set([...before].filter((id) => !decided.has(id))));
    },
  });
  const undo = useMutation({
    mutationFn: async ({ reports }: LastDecision) => {
      const answer = await sendAll(conference, top, reports, { kind: 'withdraw' });
      setLast(null);
      return answer;
    },
    onSettled: renew,
  });
  const takeBack = useCallback(() => {
    if (last !== null && !undo.isPending) undo.mutate(last);
  }, [last, undo]);
  return { decide, undo, last, hidden, takeBack, forget: () => setLast(null) };
}
export type Decisions = ReturnType<typeof useDecisions>;

async function sendAll(
  conference: string,
  top: string,
  reports: Reports,
  decision: Decision,
): Promise<AnswerOf<typeof headcountContracts.decideHeadcounts>> {
  const all: AnswerOf<typeof headcountContracts.decideHeadcounts> = { done: [], refused: [] };
  for (let from = 0; from < reports.length; from += MOST_AT_ONCE) {
    const body = { reports: reports.slice(from, from + MOST_AT_ONCE), decision };
    const answer = await call(headcountContracts.decideHeadcounts, {
      params: { conference, bridge: top },
      body,
    });
    all.done.push(...answer.done);
    all.refused.push(...answer.refused);
  }
  return all;
}
