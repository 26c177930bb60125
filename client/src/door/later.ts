import { SignOut } from '../app/AccountMenu.tsx';
import { OpenMenu } from '../parts/ButtonMenu.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { later } from '../parts/later.tsx';

export const AskedDialog = later(async () => (await import('./Dialogs.tsx')).AskedDialog);
export const Protect = later(async () => (await import('./Protect.tsx')).Protect);
export const Counting = later(async () => (await import('./Counting.tsx')).Counting);
export const PairingCode = later(async () => (await import('../devices/PairingCode.tsx')).PairingCode);
export const CodeList = later(async () => (await import('../codes/CodeList.tsx')).CodeList);

/**
 * Brings what a door shows only when somebody asks for it. It does not come before the list is drawn, but as soon as that stands: whoever
 * asks may have no line by then.
 */
export function fetchLater(): void {
  for (const part of [AskedDialog, Protect, Counting, PairingCode, CodeList, Dialog, OpenMenu, SignOut])
    void part.fetch().catch(() => undefined);
}
