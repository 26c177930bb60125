import type { TemplateKind } from '../../../domain/letters/template.ts';

/** Spelt out here: this file comes with every page, and the rules of letters only with theirs. */
const KINDS: readonly TemplateKind[] = [
  'summons',
  'invitation',
  'reminder',
  'moved',
  'withdrawn',
  'substitute-accepted',
  'substitute-refused',
  'guest',
];

/** Which kind of letter is open. */
export function lettersSearch({ kind }: Record<string, unknown>): { readonly kind?: TemplateKind } {
  const own = KINDS.find((one) => one === kind);
  return own === undefined ? {} : { kind: own };
}
