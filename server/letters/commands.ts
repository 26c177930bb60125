import {
  templateFaults,
  tidyTemplate,
  type LetterTemplate,
  type TemplateFault,
  type TemplateKind,
} from '../../domain/letters/template.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { standingOf, type StandingTemplate } from './queries.ts';
import { addTemplate, readTemplates, type TemplateVersion } from './store.ts';

export type TemplateFailure =
  | { readonly reason: 'has faults'; readonly faults: readonly TemplateFault[] }
  /** Somebody else wrote a version after the one that was seen. */
  | { readonly reason: 'changed meanwhile' };

/**
 * Writes the words of a kind of letter; null goes back to the program's own. `seen` is the version that was looked at, 0 where there
 * was none. Letters that are queued already stay as they are.
 */
export async function setTemplate(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  kind: TemplateKind,
  given: LetterTemplate | null,
  seen: number,
): Promise<Result<StandingTemplate, TemplateFailure>> {
  const template = given === null ? null : tidyTemplate(given);
  const faults = template === null ? [] : templateFaults(kind, template);
  if (faults.length > 0) return { ok: false, reason: 'has faults', faults };
  const by = context.actor?.name ?? null;
  const version: TemplateVersion = { kind, version: seen + 1, template, by, at: context.clock() };
  try {
    return await transaction(context.database, async (db) => {
      const last = (await readTemplates(db, conference)).find((one) => one.kind === kind);
      if ((last?.version ?? 0) !== seen) return { ok: false, reason: 'changed meanwhile' };
      context.audit.note({ before: last?.template ?? null, after: template });
      await addTemplate(db, conference, version);
      return ok(standingOf(kind, version));
    });
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, reason: 'changed meanwhile' };
    throw error;
  }
}
