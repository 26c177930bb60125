import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import { isReverting, type Deed, type Reverting } from '../../../domain/plan/deed.ts';
import { patched, patchesOf } from '../../../domain/plan/edit.ts';
import type { Draft } from '../../../domain/wire/drafts.ts';
import { isOutOfDate } from '../api/call.ts';
import type { DraftSource, OpenedDraft } from './draftSource.ts';

/** Others may work on the same plan: after so long their deeds are seen here. */
const LOOK_AGAIN_MS = 6000;

/** What was not saved, and why. It is kept until somebody says what is to become of it. */
export interface Unsaved {
  readonly deed: Deed | Reverting;
  readonly error: unknown;
  /** Somebody else was quicker. */
  readonly overtaken: boolean;
}

/** A plan that is worked on: every deed shows at once and is saved at once, one after the other. */
export function useDraft(source: DraftSource) {
  const queries = useQueryClient();
  const { key } = source;
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }): Promise<OpenedDraft> => {
      const known = queries.getQueryData<OpenedDraft>(key);
      const { draft, text } = await source.read(known?.draft.revision, signal);
      if (draft !== null) return { draft, text };
      if (known === undefined) throw new Error('a draft without an answer');
      return known;
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
  const [unsaved, setUnsaved] = useState<Unsaved | null>(null);
  const mutationKey = useMemo(() => [...key, 'deed'], [key]);
  const save = useMutation({
    mutationKey,
    scope: { id: key.join(' ') },
    mutationFn: (deed: Deed | Reverting) =>
      source.act({ revision: queries.getQueryData<OpenedDraft>(key)?.draft.revision ?? 0, deed }),
    onMutate: async (deed) => {
      setUnsaved(null);
      await queries.cancelQueries({ queryKey: key, exact: true });
      const before = queries.getQueryData<OpenedDraft>(key);
      foresee(queries, key, deed);
      return { before };
    },
    onSuccess: (draft) => {
      const isLast = queries.isMutating({ mutationKey }) <= 1;
      queries.setQueryData<OpenedDraft>(key, (known) =>
        known === undefined
          ? known
          : { ...known, draft: isLast ? draft : { ...draft, copy: known.draft.copy } },
      );
    },
    onError: async (error, deed, context) => {
      setUnsaved({ deed, error, overtaken: isOutOfDate(error) });
      if (context?.before !== undefined) queries.setQueryData(key, context.before);
      await queries.invalidateQueries({ queryKey: key, exact: true });
    },
  });
  const { mutate } = save;
  const act = useCallback((deed: Deed | Reverting) => mutate(deed), [mutate]);
  return { query, act, saving: save.isPending, unsaved, forget: () => setUnsaved(null) };
}

/** Shows what a deed will have done before the server has said so. */
function foresee(queries: QueryClient, key: readonly string[], deed: Deed | Reverting): void {
  if (isReverting(deed)) return;
  queries.setQueryData<OpenedDraft>(key, (known) => {
    if (known === undefined) return known;
    const patches = patchesOf(known.draft.copy, deed);
    if (!patches.ok) return known;
    const copy = patched(known.draft.copy, patches.value) as Draft['copy'];
    return { ...known, draft: { ...known.draft, copy } };
  });
}
