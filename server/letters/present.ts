import { OFFERED } from '../../domain/letters/template.ts';
import type { StandingTemplate as Presented } from '../../domain/wire/letters.ts';
import type { StandingTemplate } from './queries.ts';

/** The words of a kind of letter as pages show them. */
export function presentTemplate({ kind, template, last }: StandingTemplate): Presented {
  return {
    kind,
    ...template,
    version: last?.version ?? 0,
    isOwn: last?.template != null,
    changed: last === null ? null : { at: last.at, by: last.by },
    offered: [...OFFERED[kind]],
  };
}
