import type { Knex } from 'knex';

import type { ConferenceId } from '../../domain/ids.ts';
import type { LetterTemplate, TemplateKind } from '../../domain/letters/template.ts';
import type { Instant } from '../../domain/time.ts';

/** One version of the words of a kind of letter. */
export interface TemplateVersion {
  readonly kind: TemplateKind;
  /** From 1. */
  readonly version: number;
  /** Null where it went back to the program's own words. */
  readonly template: LetterTemplate | null;
  readonly by: string | null;
  readonly at: Instant;
}

interface TemplateRow {
  readonly kind: TemplateKind;
  readonly version: number;
  readonly subject: string | null;
  readonly body: string | null;
  readonly by: string | null;
  readonly at: Instant;
}

/** The version of each kind that stands; kinds that nobody has written are not among them. */
export async function readTemplates(db: Knex, conference: ConferenceId): Promise<TemplateVersion[]> {
  const rows = await db('letter_template')
    .where({ conference })
    .whereRaw(
      `version = (select max(version) from letter_template as later
                  where later.conference = letter_template.conference and later.kind = letter_template.kind)`,
    )
    .select<TemplateRow[]>('kind', 'version', 'subject', 'body', 'by', 'at');
  return rows.map(({ kind, version, subject, body, by, at }) => ({
    kind,
    version,
    template: subject === null || body === null ? null : { subject, body },
    by,
    at,
  }));
}

/** Adds a version. A unique violation says that somebody else has added it meanwhile. */
export async function addTemplate(
  db: Knex,
  conference: ConferenceId,
  { kind, version, template, by, at }: TemplateVersion,
): Promise<void> {
  const { subject = null, body = null } = template ?? {};
  await db('letter_template').insert({ conference, kind, version, subject, body, by, at });
}
