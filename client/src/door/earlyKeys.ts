import { isTyping } from '../parts/keys.ts';

/** Of the field that takes scans: once it is there, it hears every key itself. */
export const FIELD_ID = 'scan';

/** Where a door may come up: itself, and the first page, which leads a host there. */
const LEADS_TO_DOOR = /^\/(door\/.*)?$/;
/** What nobody took for so long was meant for another page. */
const HOLDS_MS = 120_000;
const MOST_KEYS = 20_000;

interface Key {
  readonly key: string;
  readonly at: number;
}

let keys: readonly Key[] = [];

/** Hears a scanner from the start of the program: while a door, its lock or its pairing is still under way. */
export function hearEarlyKeys(): void {
  window.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (document.getElementById(FIELD_ID) !== null || takesKeys(target)) return;
    if (!LEADS_TO_DOOR.test(window.location.pathname) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const at = performance.now();
    if (key.length === 1 || key === 'Enter') keys = [...keys.slice(-MOST_KEYS), { key, at }];
  });
}

/** What was scanned so far, as a scanner ends it with Enter, and what of the next one was typed; asked for once. */
export function takeEarly(): { readonly scans: readonly string[]; readonly begun: string } {
  const since = performance.now() - HOLDS_MS;
  const text = keys
    .filter(({ at }) => at >= since)
    .map(({ key }) => (key === 'Enter' ? '\n' : key))
    .join('');
  keys = [];
  const lines = text.split('\n').map((line) => line.trim());
  return { scans: lines.slice(0, -1).filter((line) => line !== ''), begun: lines.at(-1) ?? '' };
}

/** A field that only shows what is under way takes none. */
function takesKeys(target: EventTarget | null): boolean {
  const isHeld = target instanceof HTMLInputElement && target.readOnly;
  return isTyping(target) && !isHeld;
}
