import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { HeadcountFigures } from '../../../domain/reports/headcount-form.ts';
import { headcountContracts, type HeadcountContent } from '../../../domain/wire/headcount.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { keptAccountId } from '../app/account.ts';
import { call, Refused } from '../api/call.ts';
import { headcountKey } from '../api/queries.ts';

/** What is typed goes to the server once somebody has paused for so long. */
const PAUSE_MS = 800;
/** Without a line it is tried again after so long, and as soon as the machine has a network. */
const AGAIN_MS = 8000;

/** `here`: on this machine alone, until there is a line again. */
export type DraftState =
  | { readonly at: 'nowhere' | 'saving' | 'saved' | 'here' }
  | { readonly at: 'refused'; readonly error: unknown };

/** Everything that stands in the fields of a report. */
export interface DraftForm {
  readonly figures: HeadcountFigures;
  readonly chairName: string;
  readonly chairPost: string;
  readonly remark: string;
}

/** What a unit has typed and the server does not have yet, by the submission that it goes beyond. */
interface Kept {
  readonly revision: number;
  readonly form: DraftForm;
}

function placeOf(conference: string, bridge: string): string {
  return `headcount ${keptAccountId() ?? ''} ${conference} ${bridge}`;
}

/** What was left on this machine for want of a line; null where nothing was. */
export function keptHere(conference: string, bridge: string, revision: number): DraftForm | null {
  try {
    const text = localStorage.getItem(placeOf(conference, bridge));
    const kept = text === null ? null : (JSON.parse(text) as Kept);
    return kept?.revision === revision ? kept.form : null;
  } catch {
    return null;
  }
}

/**
 * Keeps what is typed: on this machine at once, so that nothing is lost with the line, and at the server as a draft as soon as it
 * can be. Only what is sent counts.
 */
export function useDraft(
  conference: string,
  bridge: string,
  revision: number,
): {
  readonly state: DraftState;
  readonly keep: (form: DraftForm, content: HeadcountContent | null) => void;
  /** What was sent needs no keeping. */
  readonly forget: () => void;
} {
  const queries = useQueryClient();
  const [state, setState] = useState<DraftState>({ at: 'nowhere' });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<HeadcountContent | null>(null);
  const place = placeOf(conference, bridge);

  const save = useCallback(async () => {
    clearTimeout(waiting.current);
    const content = latest.current;
    if (content === null) return;
    setState({ at: 'saving' });
    try {
      const answer = await call(headcountContracts.saveHeadcount, {
        params: { conference, bridge },
        body: content,
      });
      if (latest.current === content) {
        latest.current = null;
        localStorage.removeItem(place);
        setState({ at: 'saved' });
      }
      queries.setQueryData(
        headcountKey(conference, bridge),
        (before: AnswerOf<typeof headcountContracts.headcount> | undefined) =>
          before && { ...before, report: answer },
      );
    } catch (error) {
      if (error instanceof Refused) return setState({ at: 'refused', error });
      setState({ at: 'here' });
    }
  }, [conference, bridge, place, queries]);

  const keep = useCallback(
    (form: DraftForm, content: HeadcountContent | null) => {
      localStorage.setItem(place, JSON.stringify({ revision, form } satisfies Kept));
      latest.current = content;
      clearTimeout(waiting.current);
      setState(content === null ? { at: 'nowhere' } : { at: 'saving' });
      if (content !== null) waiting.current = setTimeout(() => void save(), PAUSE_MS);
    },
    [place, revision, save],
  );
  const forget = useCallback(() => {
    clearTimeout(waiting.current);
    latest.current = null;
    localStorage.removeItem(place);
  }, [place]);

  useEffect(() => {
    if (state.at !== 'here') return undefined;
    const again = setTimeout(() => void save(), AGAIN_MS);
    return () => clearTimeout(again);
  }, [state, save]);
  useEffect(() => {
    const now = () => void save();
    window.addEventListener('online', now);
    return () => {
      window.removeEventListener('online', now);
      // Whoever leaves the page has not waited for the pause.
      void save();
      clearTimeout(waiting.current);
    };
  }, [save]);
  return { state, keep, forget };
}
