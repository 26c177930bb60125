import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { reminderContracts } from '../../../domain/wire/reminders.ts';
import { call } from '../api/call.ts';

/** Whom to call, and where to write. */
export interface Contact {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}
export type Contacts = ReadonlyMap<BridgeId, Contact>;

/** Whom to call at and below a bridge; nobody, for who may see no people there. */
export function useContacts(conference: string, top: string, may: boolean): Contacts {
  const { data } = useQuery({
    queryKey: ['conference', conference, 'report-contacts', top],
    queryFn: ({ signal }) =>
      call(reminderContracts.reportContacts, { params: { conference, bridge: top } }, signal),
    enabled: may && top !== '',
    staleTime: 5 * 60_000,
    structuralSharing: false,
  });
  return useMemo(
    () =>
      new Map(
        data?.ids.map((id, at) => [
          id,
          { name: data.names[at] ?? null, phone: data.phones[at] ?? null, email: data.emails[at] ?? null },
        ]),
      ),
    [data],
  );
}
