import { keepPreviousData } from '@tanstack/react-query';

import type { InvitationState } from '../../../domain/invitations/life.ts';
import { invitationContracts } from '../../../domain/wire/invitations.ts';
import { call } from '../api/call.ts';
import { usePaged } from '../parts/paged.ts';
import type { State } from '../parts/StateMark.tsx';

/** The shape and colour of each state; its word stands beside it. */
export const SHAPES: Readonly<Record<InvitationState, State>> = {
  prepared: 'draft',
  approved: 'open',
  queued: 'pending',
  bounced: 'returned',
  unanswered: 'submitted',
  coming: 'accepted',
  'not-coming': 'absent',
  'substitute-proposed': 'review',
  'substitute-accepted': 'left',
  'substitute-refused': 'late',
  withdrawn: 'closed',
};

export interface InvitationFilter {
  readonly q: string;
  readonly state: InvitationState | null;
}

/** Under which all that is asked about invitations is kept. */
export function invitationsKey(conference: string) {
  return ['conference', conference, 'invitations'] as const;
}

const ROWS = 200;
/** While letters wait the list is looked at again so often; else answers show after a while. */
const MOVING_MS = 3000;
const STILL_MS = 30_000;

/** Invitations of a bridge and below it, page by page as their end comes into sight. */
export function useInvitations(conference: string, bridge: string, { q, state }: InvitationFilter) {
  return usePaged(
    [...invitationsKey(conference), bridge, 'list', q, state],
    (cursor, signal) =>
      call(
        invitationContracts.searchInvitations,
        { params: { conference, bridge }, body: { limit: ROWS, cursor, q: q || undefined, state } },
        signal,
      ),
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state: { data } }) => {
        const waits = data?.pages[0]?.counts.queued ?? 0;
        return waits > 0 ? MOVING_MS : STILL_MS;
      },
    },
  );
}

/** Which invitation, as contracts ask for it. */
export interface InvitationParams {
  readonly conference: string;
  readonly bridge: string;
  readonly invitation: string;
}
