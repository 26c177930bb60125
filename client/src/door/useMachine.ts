import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';

import { keepContact, noteWaiting, onRevoked } from '../devices/contact.ts';
import { database, doorKey, type Place, type Revocation } from './database.ts';
import { waitingCounts } from './outbox.ts';
import { forgetRoster, noteRestored } from './roster.ts';

// Whichever page of the bridge hears it first: the list goes at once.
onRevoked((bridge, message) => void forgetRoster(bridge, message));

export interface Machine {
  /** What it is called at the bridge; null while the server has not said. */
  readonly name: string | null;
  /** False where the server has said that this machine is not paired with the bridge. */
  readonly paired: boolean | null;
  /** Set while this machine is revoked at the bridge, as far as it has heard. */
  readonly revocation: Revocation | null;
}

/** Announces this machine at the bridge, says what waits on it, and hears how it stands there. */
export function useMachine({ conference, bridge }: Place, waiting: number, since: number | null): Machine {
  const [name, setName] = useState<string | null>(null);
  const [paired, setPaired] = useState<boolean | null>(null);
  const [revocation, setRevocation] = useState<Revocation | null>(null);
  useEffect(
    () =>
      keepContact({ conference, bridge }, (standing) => {
        setName(standing.name);
        setPaired(standing.paired);
        // The server has spoken, and says that it may work.
        if (standing.name !== null && standing.revoked === null) void noteRestored(bridge);
      }),
    [conference, bridge],
  );
  useEffect(() => noteWaiting(bridge, { waiting, since }), [bridge, waiting, since]);
  useEffect(() => {
    const watching = liveQuery(() => database.revocations.get(bridge));
    const subscription = watching.subscribe((found) => setRevocation(found ?? null));
    return () => subscription.unsubscribe();
  }, [bridge]);
  return { name, paired, revocation };
}

/** What may be known of a door before it is unlocked. */
export interface Outside {
  readonly bridgeName: string | null;
  /** Events that wait on this machine: of this account over all doors, and of others. */
  readonly own: number;
  readonly others: number;
}

export function useOutside(account: string, { conference, session, bridge }: Place): Outside {
  const [outside, setOutside] = useState<Outside>({ bridgeName: null, own: 0, others: 0 });
  useEffect(() => {
    const watching = liveQuery(async () => {
      const door = await database.doors.get(doorKey(account, { conference, session, bridge }));
      return { bridgeName: door?.bridgeName ?? null, ...(await waitingCounts(account)) };
    });
    const subscription = watching.subscribe(setOutside);
    return () => subscription.unsubscribe();
  }, [account, conference, session, bridge]);
  return outside;
}
