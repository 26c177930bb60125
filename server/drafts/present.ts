import type { AccountId } from '../../domain/ids.ts';
import { effectSentence } from '../../domain/plan/effect-sentences.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Draft, DraftEffects, DraftSummary } from '../../domain/wire/drafts.ts';
import { presentFindings } from '../plans/present.ts';
import type { DraftView, OpenDraft, Touched } from './queries.ts';

/** A draft as lists show it. */
export function presentOpenDraft({ draft, toLookAt }: OpenDraft): DraftSummary {
  const { id, origin, fileName, copy, changedAt } = draft;
  return {
    id,
    origin,
    fileName,
    title: copy.title.value === null ? null : conferenceName(copy.title.value),
    startsAt: copy.startsAt.value,
    changedAt,
    toLookAt,
  };
}

/** @param reader whose own steps are marked */
export function presentDraft(view: DraftView, reader: AccountId | null, language: Language): Draft {
  const { draft, steps, names } = view;
  return {
    id: draft.id,
    origin: draft.origin,
    fileName: draft.fileName,
    revision: draft.revision,
    // The wire's type cannot say of its lists that nobody changes them.
    copy: draft.copy as Draft['copy'],
    findings: presentFindings(view.findings, view.failures, language),
    undo: view.undo,
    redo: view.redo,
    steps: steps.map(({ revision, kind, label, at, by }) => ({
      revision,
      kind,
      deed: label,
      at,
      by: names.get(by as AccountId) ?? null,
      own: by === reader,
    })),
    conference: view.conference,
    changes: view.changes,
    whole: view.failures.length === 0,
  };
}

export function presentTouched({ revision, changes, effects }: Touched, language: Language): DraftEffects {
  return {
    revision,
    changes: changes.map((change) => ({ ...change })),
    effects: effects.map((effect) => ({
      code: effect.code,
      message: effectSentence(effect, language),
      to: effect.to,
    })),
  };
}
