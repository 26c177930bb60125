import { z } from 'zod';

import { readAddress } from '../mail/address.ts';
import type { Duty } from '../plan/plan.ts';
import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';

/** The press (cơ quan báo chí, phóng viên) and scientists (nhà khoa học): each a list of its own, made by an office of its own. */
export const GUEST_LISTS = ['press', 'scientists'] as const;
export const GuestList = z.enum(GUEST_LISTS);
export type GuestList = z.infer<typeof GuestList>;

/** A list is read and checked as a whole; an office invites some dozens. */
export const MOST_GUESTS = 500;

const field = (most: number) => z.string().max(most).nullable();

/** Somebody of such a list, as an office writes them. */
export const GuestDraft = z.object({
  /** Null where a press agency is invited and sends whom it likes. */
  name: field(200),
  /** Press agency, institute, school. */
  organisation: field(300),
  /** Post or title (chức danh, học hàm, học vị). */
  post: field(300),
  /** Number of a press card (thẻ nhà báo). */
  card: field(40),
  phone: field(40),
  email: field(200),
});
export type GuestDraft = z.infer<typeof GuestDraft>;
/** Nothing is written yet. */
export const EMPTY_GUEST: GuestDraft = {
  name: null,
  organisation: null,
  post: null,
  card: null,
  phone: null,
  email: null,
};
export const GUEST_FIELDS = ['name', 'organisation', 'post', 'card', 'phone', 'email'] as const;
export type GuestField = (typeof GUEST_FIELDS)[number];

/** What a guest said to the invitation. Whoever said nothing, or stays away, is nowhere absent. */
export const GUEST_ANSWERS = ['coming', 'not-coming'] as const;
export const GuestAnswer = z.enum(GUEST_ANSWERS);
export type GuestAnswer = z.infer<typeof GuestAnswer>;

/** What keeps somebody from being taken in, and in which field. */
export interface GuestFault {
  readonly field: GuestField;
  readonly kind: 'missing' | 'too long' | 'not an address';
}

const MOST: Readonly<Record<GuestField, number>> = {
  name: 200,
  organisation: 300,
  post: 300,
  card: 40,
  phone: 40,
  email: 200,
};

/** The texts in one form; what is empty is none. */
export function tidyGuest(draft: GuestDraft): GuestDraft {
  const tidied = GUEST_FIELDS.map((name) => [name, tidy(draft[name] ?? '') || null] as const);
  return Object.fromEntries(tidied) as unknown as GuestDraft;
}

/** What is wrong with a guest, whose texts are in one form. */
export function guestFaults(list: GuestList, guest: GuestDraft): GuestFault[] {
  const faults: GuestFault[] = [];
  // A press agency may be invited without a name; a scientist is a person.
  const needed = list === 'press' ? 'organisation' : 'name';
  if (guest[needed] === null) faults.push({ field: needed, kind: 'missing' });
  for (const name of GUEST_FIELDS)
    if ((guest[name] ?? '').length > MOST[name]) faults.push({ field: name, kind: 'too long' });
  if (guest.email !== null && !readAddress(guest.email).ok)
    faults.push({ field: 'email', kind: 'not an address' });
  return faults;
}

/** By which two entries of a list are one: case and where a tone mark stands make no difference. */
export function guestKey({ name, organisation }: GuestDraft): string {
  return `${toneKey(name ?? '')}|${toneKey(organisation ?? '')}`;
}

const MAKES_LIST = /(?<!\p{L})(?:danh sách|mời)(?!\p{L})/iu;
const OF_LIST: Readonly<Record<GuestList, RegExp>> = {
  press: /(?<!\p{L})(?:báo chí|phóng viên|nhà báo)(?!\p{L})/iu,
  scientists: /(?<!\p{L})(?:nhà khoa học|trí thức|chuyên gia)(?!\p{L})/iu,
};

/** The duty of the plan by which a list is made; null where the plan gives it to nobody. */
export function dutyOf(list: GuestList, duties: readonly Duty[]): Duty | null {
  return duties.find(({ text }) => MAKES_LIST.test(text) && OF_LIST[list].test(text)) ?? null;
}
