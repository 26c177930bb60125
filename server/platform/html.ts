import { escapeHtml } from '../../domain/text/html.ts';

/** A piece of a page, with everything that people wrote in it escaped. */
export interface Html {
  readonly markup: string;
}

type Piece = string | number | Html | readonly Html[] | null;

/** A piece of a page out of a template: texts are escaped, pieces stand as they are, null leaves nothing. */
export function html(template: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let markup = template[0] ?? '';
  for (const [at, piece] of pieces.entries()) markup += markupOf(piece) + (template[at + 1] ?? '');
  return { markup };
}

/** Markup that the program itself wrote: a drawing, a style. Nothing that people wrote comes this way. */
export function ownMarkup(markup: string): Html {
  return { markup };
}

function markupOf(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece !== 'object') return escapeHtml(String(piece));
  return 'markup' in piece ? piece.markup : piece.map((one) => one.markup).join('');
}
