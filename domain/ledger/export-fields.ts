import type { SignedCheckpoint } from './checkpoint.ts';
import type { SaltedTexts } from './form.ts';

/** What stands in one line of an export, of the ledger's or of the audit trail's. Read by hand: a million of them pass in seconds. */
export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a line; null for a text that is no JSON object. */
export function fieldsOf(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}

export function countOf(fields: Fields): number {
  return Object.keys(fields).length;
}

/** Whether a value is what people wrote, with the salt of its digests, and nothing else. */
export function areSalted(value: unknown): value is SaltedTexts {
  if (!isFields(value) || countOf(value) !== 2 || typeof value['salt'] !== 'string') return false;
  return isFields(value['texts']) && areTexts(...Object.values(value['texts']));
}

/** The checkpoint of a line that has one; null where it has anything else. */
export function readCheckpoint(
  fields: Fields,
): { readonly kind: 'checkpoint'; readonly checkpoint: SignedCheckpoint } | null {
  const { checkpoint: statement, signature } = fields;
  if (countOf(fields) !== 2 || typeof statement !== 'string' || typeof signature !== 'string') return null;
  return { kind: 'checkpoint', checkpoint: { statement, signature } };
}
