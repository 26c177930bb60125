import { useEffect, useState } from 'react';

import type { VaultView } from './useVault.ts';

/** Asks the browser to keep what it stores, whatever happens to the disk. Missing on pages that came over plain HTTP. */
async function askToKeep(): Promise<boolean> {
  const storage = (navigator as { storage?: StorageManager }).storage;
  return (await storage?.persist?.().catch(() => false)) ?? false;
}

/** Resolves once the page lies on this machine, or cannot. */
async function pageIsSaved(): Promise<boolean> {
  const worker = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (worker === undefined) return false;
  await worker.ready;
  return true;
}

/** Whether this machine can do without a network, thing by thing; null while a thing is not known yet. */
export interface Readiness {
  /** The page itself lies on this machine, and comes up at its address without a server. */
  readonly page: boolean | null;
  /** The list lies on this machine, locked. */
  readonly list: boolean;
  /** The browser has promised not to throw away what it keeps, however full the disk is. */
  readonly kept: boolean | null;
}

export function useReadiness(vault: VaultView['state'], hasRoster: boolean): Readiness {
  const [page, setPage] = useState<boolean | null>(null);
  const [kept, setKept] = useState<boolean | null>(null);
  useEffect(() => {
    let standing = true;
    const look = async () => {
      const promised = await askToKeep();
      if (standing) setKept(promised);
      const saved = await pageIsSaved();
      if (standing) setPage(saved);
    };
    void look();
    return () => {
      standing = false;
    };
  }, []);
  return { page, list: vault === 'open' && hasRoster, kept };
}
