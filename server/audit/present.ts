import { doerName, inOrder, reasonWords, saySentence, type Said } from '../../domain/audit/sentences.ts';
import { AccountId, type ConferenceId } from '../../domain/ids.ts';
import type { Language } from '../../domain/text/language.ts';
import type { AuditRow } from '../../domain/wire/audit.ts';
import type { ShownEntry } from './queries.ts';

/** @param of what the reader knows anyway: the conference whose trail it is */
export function presentEntry(
  entry: ShownEntry,
  language: Language,
  of: ConferenceId | null = null,
): AuditRow {
  const { place, at, deed, words, erased, account } = entry;
  const { step, act, by, reason } = deed;
  const outcome = step === 'refused' ? 'refused' : step === 'asked' ? 'open' : 'done';
  const on = inOrder(entry.on);
  const said: Said = {
    act,
    outcome,
    reason,
    by,
    who: words?.who ?? account,
    username: words?.username ?? null,
    address: words?.address ?? null,
    at,
    on: on.filter(({ kind, id }) => kind !== 'conference' || id !== of),
  };
  const isAccount = by !== 'operator' && by !== 'nobody' && by !== 'program';
  return {
    place,
    at,
    kind: step === 'look' ? 'look' : 'change',
    outcome,
    reason: outcome === 'refused' ? reasonWords(reason, language) : null,
    act,
    account: isAccount ? AccountId.parse(by) : null,
    who: doerName(said, language),
    address: said.address,
    browser: words?.agent ?? null,
    on,
    sentence: saySentence(said, language),
    filter: words?.filter ?? null,
    before: words?.before ?? null,
    after: words?.after ?? null,
    erased,
  };
}
