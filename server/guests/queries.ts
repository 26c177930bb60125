import { dutyOf, type GuestDraft, type GuestList } from '../../domain/guests/guest.ts';
import { comparePeople, compareVi } from '../../domain/text/names.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import { readGuests, type StoredGuest } from './store.ts';

export interface GuestLists {
  readonly guests: readonly StoredGuest[];
  /** Who makes each list, as the plan says. */
  readonly owners: Readonly<Record<GuestList, string | null>>;
}

/** The guests of a conference by organisation and name, and whose duty their lists are. */
export async function guestLists(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<GuestLists> {
  const [guests, { plan }] = await Promise.all([
    readGuests(context.database.read, conference),
    planOf(context, conference),
  ]);
  const owner = (list: GuestList): string | null => dutyOf(list, plan.duties)?.owner ?? null;
  return {
    guests: guests.toSorted((a, b) => byOrganisation(a.draft, b.draft)),
    owners: { press: owner('press'), scientists: owner('scientists') },
  };
}

function byOrganisation(a: GuestDraft, b: GuestDraft): number {
  return (
    compareVi(a.organisation ?? '', b.organisation ?? '') ||
    comparePeople({ name: a.name ?? '' }, { name: b.name ?? '' })
  );
}
