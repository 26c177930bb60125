import { useSyncExternalStore } from 'react';

/** What Chromium offers where a page may be installed; no other browser does. */
interface Offer extends Event {
  prompt(): Promise<unknown>;
}

let offer: Offer | null = null;
const listeners = new Set<() => void>();

function turn(next: Offer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** The browser offers once, soon after the start: kept until a page asks for it. */
export function hearInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    turn(event as Offer);
  });
  window.addEventListener('appinstalled', () => turn(null));
}

/** How this program is put on the machine like any other. `by-hand`: in the browser's own menu; null where it is there already. */
export function useInstall(): (() => void) | 'by-hand' | null {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offer,
  );
  if (now !== null) {
    return () => {
      // An offer holds for one question.
      void now.prompt().finally(() => turn(null));
    };
  }
  return window.matchMedia('(display-mode: standalone)').matches ? null : 'by-hand';
}
