import type { ConferenceId, PersonId } from '../ids.ts';
import { ok, type Result } from '../result.ts';
import type { CivilDate } from '../time.ts';
import { type PassFailure, readPass } from './pass.ts';

/** What a door holds a pass against. */
export interface PassRules {
  readonly conference: ConferenceId;
  readonly today: CivilDate;
  /** The current serial of a person, as far as this door knows; 1 where nobody said otherwise. */
  readonly serialOf: (person: PersonId) => number;
  /** Whether a signature over the UTF-8 bytes of a statement is the installation's own; null where that cannot be told here. */
  readonly verify: (statement: string, signature: Uint8Array<ArrayBuffer>) => Promise<boolean | null>;
}

/**
 * Why a pass lets nobody in. The person is whom it was issued for, known only where the signature is right; an
 * `other-conference` of another installation names nobody.
 */
export type PassRefusal =
  | PassFailure
  | { readonly reason: 'unchecked' }
  | { readonly reason: 'forged' }
  | { readonly reason: 'other conference'; readonly person: PersonId | null }
  | { readonly reason: 'expired'; readonly person: PersonId; readonly until: CivilDate }
  | { readonly reason: 'replaced'; readonly person: PersonId };

/** Whom a pass is for, where it is good at this door today. Needs no network. */
export async function checkPass(text: string, rules: PassRules): Promise<Result<PersonId, PassRefusal>> {
  const read = readPass(text);
  if (!read.ok) return read;
  const { pass, statement, signature } = read.value;
  const { person, until } = pass;
  const isSigned = await rules.verify(statement, signature);
  if (pass.conference !== rules.conference) {
    return { ok: false, reason: 'other conference', person: isSigned === true ? person : null };
  }
  if (isSigned === null) return { ok: false, reason: 'unchecked' };
  if (!isSigned) return { ok: false, reason: 'forged' };
  if (pass.serial < rules.serialOf(person)) return { ok: false, reason: 'replaced', person };
  if (rules.today > until) return { ok: false, reason: 'expired', person, until };
  return ok(person);
}
