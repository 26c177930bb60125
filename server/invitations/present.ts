import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import { postOf } from '../../domain/composition/person.ts';
import { stateOf, type Standing } from '../../domain/invitations/life.ts';
import { readAddress } from '../../domain/mail/address.ts';
import type { InvitationRow, LoggedStep } from '../../domain/wire/invitations.ts';
import type { InvitedPerson, StepToEnter } from './queries.ts';

/** An invitation as lists show it. */
export function presentInvitation(
  { id, person, about, standing, seat }: InvitedPerson,
  tree: BridgeTree,
): InvitationRow {
  const nameOf = (bridge: InvitationRow['bridge']): string => tree.get(bridge)?.name ?? '';
  const state = stateOf(standing);
  const isElsewhere =
    seat?.bridge !== standing.bridge && !['withdrawn', 'substitute-accepted'].includes(state);
  return {
    id,
    person,
    state,
    name: about.name,
    ...postOf(about),
    bridge: standing.bridge,
    bridgeName: nameOf(standing.bridge),
    kind: standing.kind,
    hasAddress: readAddress(about.email ?? '').ok,
    sentAt: standing.sentAt,
    answeredAt: standing.answer?.at ?? null,
    reason: reasonOf(standing),
    substitute: standing.substitute?.words ?? null,
    ...(isElsewhere && {
      placedAt: seat === null ? null : { bridge: seat.bridge, name: nameOf(seat.bridge) },
    }),
  };
}

/** The reason that goes with where it stands. */
function reasonOf({ withdrawn, substitute, answer }: Standing): string | null {
  if (withdrawn !== null) return withdrawn;
  if (substitute !== null) return substitute.reason;
  return answer?.said.answer === 'not-coming' ? answer.said.reason : null;
}

export function presentStep({ at, by, via, what, exception }: StepToEnter): LoggedStep {
  return { at, by, via, what, exception };
}
