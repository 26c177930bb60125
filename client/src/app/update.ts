import type { QueryClient } from '@tanstack/react-query';

import type { router as pages } from './router.tsx';

/** The worker that keeps the pages on this machine, as the build writes it. */
const WORKER = '/sw.js';
/** Pages that carry on in memory what somebody began on the one before: a new start would lose it. */
const BEGUN = /^\/(sign-in|activate|setup|code)(\/|$)/;

/**
 * Keeps the pages on this machine, so that a door comes up without a line, and takes over a new version of the program
 * with a change of page by which nothing is lost: never under the hands of somebody who checks people in, types, signs in
 * or waits for an answer.
 */
export function keepUpToDate(router: typeof pages, queries: QueryClient): void {
  const { serviceWorker: workers } = navigator as { serviceWorker?: ServiceWorkerContainer };
  // Missing on pages that came over plain HTTP.
  if (workers === undefined) return;
  const isStale = noteNewVersions(workers);
  router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation, toLocation }) => {
    if (!pathChanged || !isStale()) return;
    const isBegun = [fromLocation, toLocation].some((at) => at !== undefined && BEGUN.test(at.pathname));
    if (isBegun || isSomebodyTyping() || queries.isMutating() > 0) return;
    // The next page is about to be loaded: what is typed into it until then would be lost.
    document.body.inert = true;
    window.location.assign(toLocation.href);
  });
  // A browser that forbids it leaves everything else as it is.
  const register = () => void workers.register(WORKER).catch(() => undefined);
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
  // Where the line broke while the pages were fetched, no browser tries again before the next start.
  window.addEventListener('online', () => {
    if (workers.controller === null) register();
  });
}

/**
 * Whether this page is older than what lies on the machine by now. The first worker to take over a page that had none
 * is of the version that the page came with; only one that takes over from another is newer.
 */
export function noteNewVersions(
  workers: Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'>,
): () => boolean {
  let [current, stale] = [workers.controller, false];
  workers.addEventListener('controllerchange', () => {
    stale ||= current !== null;
    current = workers.controller;
  });
  return () => stale;
}

/** Whether the field that has the keys holds something that a new start would take away. */
function isSomebodyTyping(): boolean {
  const field = document.activeElement;
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return isField && field.value !== '';
}
