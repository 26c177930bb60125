import { registerSW } from 'virtual:pwa-register';

import { router } from './router.tsx';

/**
 * Keeps the pages on this machine, so that a door comes up without a line, and takes over a new version of the program
 * with the next change of page: never under the hands of somebody who is checking people in.
 */
export function keepUpToDate(): void {
  let stale = false;
  registerSW({
    immediate: true,
    onNeedReload: () => {
      stale = true;
    },
  });
  router.subscribe('onBeforeNavigate', ({ pathChanged, toLocation }) => {
    if (stale && pathChanged) window.location.assign(toLocation.href);
  });
}
