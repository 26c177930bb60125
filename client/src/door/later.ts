import { lazy } from 'react';

import { fetchMenus } from '../parts/ButtonMenu.tsx';
import { fetchDialogs } from '../parts/Dialog.tsx';

/** After its first screen stands, a door is given so long to be used. */
const SOON_MS = 500;

/**
 * What a door shows only when somebody asks for it. It does not come before the first screen, but as soon as that stands: whoever asks
 * may have no line by then.
 */
const loads = {
  dialogs: () => import('./Dialogs.tsx'),
  protect: () => import('./Protect.tsx'),
  counting: () => import('./Counting.tsx'),
  pairing: () => import('../devices/PairingCode.tsx'),
  codes: () => import('../codes/CodeList.tsx'),
};

export const AskedDialog = lazy(async () => ({ default: (await loads.dialogs()).AskedDialog }));
export const Protect = lazy(async () => ({ default: (await loads.protect()).Protect }));
export const Counting = lazy(async () => ({ default: (await loads.counting()).Counting }));
export const PairingCode = lazy(async () => ({ default: (await loads.pairing()).PairingCode }));
export const CodeList = lazy(async () => ({ default: (await loads.codes()).CodeList }));

/** Brings all of it, once the page has nothing more urgent to do. What does not come is asked for once more when it is wanted. */
export function fetchLater(): () => void {
  const timer = setTimeout(() => {
    for (const load of [...Object.values(loads), fetchMenus, fetchDialogs])
      void load().catch(() => undefined);
  }, SOON_MS);
  return () => clearTimeout(timer);
}
