import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { headcountContracts, type Decision } from '../../../domain/wire/headcount.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { useLastDeed } from '../parts/useLastDeed.ts';

type Reports = readonly { readonly bridge: BridgeId; readonly revision: number }[];
type Answer = AnswerOf<typeof headcountContracts.decideHeadcounts>;

/** A report that stands to be decided on, in the revision that is seen. */
export interface Decidable {
  readonly id: BridgeId;
  readonly name: string;
  readonly revision: number;
}
type Verdict = Exclude<Decision, { kind: 'withdraw' }>;

/** More go in several requests. */
const MOST_AT_ONCE = 1000;

/**
 * Accepting and returning reports, one or many, and taking the last of it back, as long as the units have not sent anew.
 *
 * @param top the bridge at which it is done; its own report is among them for whoever stands above it
 */
export function useDecisions(conference: string, top: string) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const last = useLastDeed();
  const { remember } = last;
  /** Those for which the last decision, or taking it back, did not hold. */
  const [refused, setRefused] = useState<Answer['refused']>([]);
  /** Decided on here, and not yet so in the list: the next one comes up at once. */
  const [hidden, setHidden] = useState<ReadonlySet<BridgeId>>(new Set());
  const renew = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['conference', conference, 'reports'] }),
      queries.invalidateQueries({ queryKey: ['conference', conference, 'headcount'] }),
    ]);
  const withdraw = async (reports: Reports): Promise<string> => {
    try {
      const answer = await sendAll(conference, top, reports, { kind: 'withdraw' });
      setRefused(answer.refused);
      return t('reports.takenBack', { n: formatNumber(answer.done.length, language) });
    } finally {
      await renew();
    }
  };
  const decide = useMutation({
    onMutate: ({ nodes }) => setHidden((before) => new Set([...before, ...nodes.map(({ id }) => id)])),
    mutationFn: async ({ nodes, decision }: { nodes: readonly Decidable[]; decision: Verdict }) => {
      const reports = nodes.map(({ id, revision }) => ({ bridge: id, revision }));
      const answer = await sendAll(conference, top, reports, decision);
      const done = new Set(answer.done);
      const kept = reports.filter(({ bridge }) => done.has(bridge));
      setRefused(answer.refused);
      if (kept.length === 0) return;
      const how = decision.kind === 'accept' ? 'Accepted' : 'Returned';
      const message =
        kept.length === 1
          ? t(`reports.one${how}`, { name: nodes.find(({ id }) => done.has(id))?.name ?? '' })
          : t(`reports.many${how}`, { n: formatNumber(kept.length, language) });
      remember({ message, undo: () => withdraw(kept) });
    },
    onSettled: async (_answer, _error, { nodes }) => {
      await renew();
      const decided = new Set(nodes.map(({ id }) => id));
      setHidden((before) => new Set([...before].filter((id) => !decided.has(id))));
    },
  });
  return { decide, last, refused, hidden };
}
export type Decisions = ReturnType<typeof useDecisions>;

async function sendAll(
  conference: string,
  top: string,
  reports: Reports,
  decision: Decision,
): Promise<Answer> {
  const all: Answer = { done: [], refused: [] };
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
