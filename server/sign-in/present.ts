import type { Language } from '../../domain/text/language.ts';
import type { SignInEntry } from '../../domain/wire/sign-in.ts';
import { browserWords } from '../devices/sentences.ts';
import type { SignInRow } from './store.ts';

/** A sign-in as its owner sees it; its secrets stay here. */
export function presentSignIn(row: SignInRow, here: string | null, language: Language): SignInEntry {
  return {
    key: row.key,
    how: row.how,
    browser: browserWords(row.browser, language),
    since: row.created_at,
    lastSeen: row.last_seen_at,
    current: row.key === here,
  };
}
