import { liveQuery } from 'dexie';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { Vault } from './database.ts';
import { sealOpenTexts } from './outbox.ts';
import { CAN_SEAL } from './sealing.ts';
import { isOpen, subscribeVaults, vaultsOf } from './vault.ts';

/**
 * `none`: nobody has set a PIN on this machine, so that no list is kept here. `impossible`: this page came over plain
 * HTTP, where browsers give no cryptography.
 */
export type VaultView =
  | { readonly state: 'reading' | 'none' | 'impossible' }
  | { readonly state: 'locked' | 'open'; readonly vault: Vault };

export interface Vaults {
  readonly view: VaultView;
  /** Those whose PIN was forgotten and that still seal something. */
  readonly retired: readonly Vault[];
}

/** The vault of an account on this machine, as it is now: another tab may make one, or give it up. */
export function useVault(account: string): Vaults {
  const [vaults, setVaults] = useState<readonly Vault[] | null>(null);
  useEffect(() => {
    const subscription = liveQuery(() => vaultsOf(account)).subscribe(setVaults);
    return () => subscription.unsubscribe();
  }, [account]);
  const own = vaults?.find((vault) => vault.retired === 0);
  const open = useSyncExternalStore(subscribeVaults, () => own !== undefined && isOpen(own.id));
  useEffect(() => {
    if (open) void sealOpenTexts(account);
  }, [open, account]);
  const retired = vaults?.filter((vault) => vault.retired === 1) ?? [];
  if (!CAN_SEAL) return { view: { state: 'impossible' }, retired };
  if (vaults === null) return { view: { state: 'reading' }, retired };
  if (own === undefined) return { view: { state: 'none' }, retired };
  return { view: { state: open ? 'open' : 'locked', vault: own }, retired };
}
