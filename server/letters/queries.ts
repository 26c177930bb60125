import { DEFAULT_TEMPLATES } from '../../domain/letters/defaults.ts';
import { TEMPLATE_KINDS, type LetterTemplate, type TemplateKind } from '../../domain/letters/template.ts';
import type { ConferenceId } from '../../domain/ids.ts';
import type { Context } from '../platform/context.ts';
import type { Connection } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { readTemplates, type TemplateVersion } from './store.ts';

/** The words of one kind of letter, as they stand. */
export interface StandingTemplate {
  readonly kind: TemplateKind;
  readonly template: LetterTemplate;
  /** The last version; null where nobody has written any. */
  readonly last: TemplateVersion | null;
}

/** The words of every kind of letter of a conference: the office's own, or the program's. */
export async function templatesOf(
  { database }: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<StandingTemplate[]> {
  const versions = await readTemplates(database.read, conference);
  return TEMPLATE_KINDS.map((kind) => standingOf(kind, versions.find((one) => one.kind === kind) ?? null));
}

export function standingOf(kind: TemplateKind, last: TemplateVersion | null): StandingTemplate {
  return { kind, template: last?.template ?? DEFAULT_TEMPLATES[kind], last };
}

/** The same for whoever writes letters, as they stand in a transaction or outside of one. */
export async function templatesFor(
  db: Connection,
  conference: ConferenceId,
): Promise<Readonly<Record<TemplateKind, LetterTemplate>>> {
  const versions = await readTemplates(db, conference);
  const own = versions.flatMap(({ kind, template }) =>
    template === null ? [] : [[kind, template] as const],
  );
  return { ...DEFAULT_TEMPLATES, ...Object.fromEntries(own) };
}
