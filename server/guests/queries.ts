import { dutyOf, type GuestDraft, type GuestList } from '../../domain/guests/guest.ts';
import { comparePeople, compareVi } from '../../domain/text/names.ts';
import { lastLettersAbout, type LetterStanding } from '../mail/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { planOf } from '../plans/queries.ts';
import { GUEST } from './letters.ts';
import { readGuests, type StoredGuest } from './store.ts';

export type { StoredGuest } from './store.ts';

export interface GuestLists {
  readonly guests: readonly StoredGuest[];
  /** Where the last letter to each stands, by their ids. */
  readonly letters: ReadonlyMap<string, LetterStanding>;
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
  const letters = await lettersTo(context, guests);
  const owner = (list: GuestList): string | null => dutyOf(list, plan.duties)?.owner ?? null;
  return {
    guests: guests.toSorted((a, b) => byOrganisation(a.draft, b.draft)),
    letters,
    owners: { press: owner('press'), scientists: owner('scientists') },
  };
}

/** Where the last letter to each of some guests stands. */
export function lettersTo(
  { database }: Context,
  guests: readonly StoredGuest[],
): Promise<ReadonlyMap<string, LetterStanding>> {
  return lastLettersAbout(
    database.read,
    GUEST,
    guests.map(({ id }) => id),
  );
}

function byOrganisation(a: GuestDraft, b: GuestDraft): number {
  return (
    compareVi(a.organisation ?? '', b.organisation ?? '') ||
    comparePeople({ name: a.name ?? '' }, { name: b.name ?? '' })
  );
}
