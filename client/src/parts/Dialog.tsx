import { lazy, Suspense } from 'react';

import type { DialogProps } from './openDialog.tsx';

/** No first screen is a dialog: what draws one comes when it is wanted. */
const load = () => import('./openDialog.tsx');
const OpenDialog = lazy(async () => ({ default: (await load()).OpenDialog }));
const OpenSheet = lazy(async () => ({ default: (await load()).OpenSheet }));

/** Brings what draws dialogs, for a page that will need one without a line. */
export const fetchDialogs = load;

/** A question that waits for an answer; Esc and the cross leave everything as it was. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <OpenDialog {...props} />
    </Suspense>
  );
}

/** What stands beside on a wide screen, from below on a phone. */
export function Sheet(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <OpenSheet {...props} />
    </Suspense>
  );
}
