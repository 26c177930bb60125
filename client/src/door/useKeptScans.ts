import { useEffect, useState } from 'react';

import { takeEarly } from './earlyKeys.ts';
import { type Meaning, meaningOf, type People } from './find.ts';

interface Parts {
  /** Null while the list is not there. */
  readonly people: People | null;
  /** The list is not going to be there for now: codes are written down without it. */
  readonly withoutList: boolean;
  /** What stands in the field: while it is being decided nothing else is put there. */
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly onMeaning: (meaning: Exclude<Meaning, { kind: 'several' }>) => void;
}

/**
 * Keeps what was scanned before the list was there, and does it one by one as soon as it is: no scan is ever dropped. A
 * name that several bear, or nobody, goes back into the field, as only a person can say what is meant.
 */
export function useKeptScans({ people, withoutList, text, setText, onMeaning }: Parts) {
  const [kept, setKept] = useState<readonly string[]>([]);
  useEffect(() => {
    const { scans, begun } = takeEarly();
    if (scans.length > 0) setKept((before) => [...before, ...scans]);
    if (begun !== '') setText(begun);
    // What was scanned before this field was there is taken once, when it comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  useEffect(() => {
    if (kept.length === 0 || (people === null && !withoutList)) return;
    const meanings = kept.map((one) => meaningOf(one, people));
    const at = meanings.findIndex(({ kind }) => people !== null || kind !== 'several');
    const meaning = meanings[at];
    if (meaning === undefined) return;
    const isSure = meaning.kind === 'person' || meaning.kind === 'scan';
    // Whoever is typing a name is not disturbed; they come to this one next.
    if (!isSure && text !== '') return;
    setKept(kept.filter((_, index) => index !== at));
    if (isSure) onMeaning(meaning);
    else setText(kept[at] ?? '');
  }, [kept, people, withoutList, text, setText, onMeaning]);
  return { kept, keep: (scan: string) => setKept((before) => [...before, scan]) };
}
