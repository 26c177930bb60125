import { draftContracts, type Doing, type Draft } from '../../../domain/wire/drafts.ts';
import { call } from '../api/call.ts';

/** A draft with the text that its spans count in. */
export interface OpenedDraft {
  readonly draft: Draft;
  readonly text: string | null;
}

/** Where a plan that is worked on comes from, and where what is done to it goes. */
export interface DraftSource {
  readonly key: readonly string[];
  /** Nothing where it is still at the revision that is named. */
  readonly read: (
    since: number | undefined,
    signal: AbortSignal,
  ) => Promise<{ draft: Draft | null; text: string | null }>;
  readonly act: (body: Doing) => Promise<Draft>;
}

/** A plan that has no conference yet. */
export function draftSource(draft: string): DraftSource {
  const params = { draft };
  return {
    key: ['draft', draft],
    read: (since, signal) =>
      call(draftContracts.draft, { params, query: since === undefined ? {} : { since } }, signal),
    act: (body) => call(draftContracts.changeDraft, { params, body }),
  };
}

/** The plan of a conference, as it is being corrected. */
export function correctionSource(conference: string): DraftSource {
  const params = { conference };
  return {
    key: ['conference', conference, 'correction'],
    read: (since, signal) =>
      call(draftContracts.correction, { params, query: since === undefined ? {} : { since } }, signal),
    act: (body) => call(draftContracts.correctPlan, { params, body }),
  };
}
