import { z } from 'zod';

import { PersonId, UnitCode } from '../ids.ts';
import { givenName } from '../text/names.ts';

/** One post or membership (chức vụ) as a roster has it. The rules read `text`; the fields beside it settle what words leave open. */
export const Position = z.object({
  /** `Bí thư Huyện ủy Đại Từ`, `Hiệu trưởng, Trường THCS Yên Lãng (xã Yên Lãng)` */
  text: z.string().min(1).max(300),
  /** Unit in which it is held or located ("đóng trên địa bàn"), where the roster gives a code. */
  unit: UnitCode.nullable(),
  /** Organisation in which it is held, where the roster has a column of its own for it. */
  organisation: z.string().max(300).nullable(),
});
export type Position = z.infer<typeof Position>;

/** A person of the roster (đại biểu dự kiến). */
export const Person = z.object({
  id: PersonId,
  /** `Nguyễn Thị Ánh`, NFC, as typed, without "đồng chí". */
  name: z.string().min(1).max(200),
  /** The given name that lists sort by: by default the last word. */
  sortGiven: z.string().max(100),
  /** Number of a card or an employee, or a hash of a citizen's number: what tells two people of one name apart. */
  identity: z.string().max(128).nullable(),
  birthDate: z.iso.date().nullable(),
  positions: z.array(Position).max(20),
  /** Order of precedence in official lists; smaller comes first, null last. */
  precedence: z.int().min(0).nullable(),
  /** Belongs to the collective leadership (tập thể lãnh đạo) of their agency. */
  collectiveLeadership: z.boolean(),
  /** The plan names them ("Mời một số đồng chí nguyên lãnh đạo ..."). */
  namedInPlan: z.boolean(),
  partyMember: z.boolean().nullable(),
  phone: z.string().max(40).nullable(),
  email: z.string().max(200).nullable(),
});
export type Person = z.infer<typeof Person>;

/** Somebody of whom only the name is known so far; empty for a form that nobody has filled in. */
export function personNamed(name: string): Omit<Person, 'id'> {
  return {
    name,
    sortGiven: givenName(name),
    identity: null,
    birthDate: null,
    positions: [],
    precedence: null,
    collectiveLeadership: false,
    namedInPlan: false,
    partyMember: null,
    phone: null,
    email: null,
  };
}

/** By which post somebody is shown where there is room for one: their first. */
export function postOf(person: Pick<Person, 'positions'> | null): { position: string; unit: string | null } {
  const [first] = person?.positions ?? [];
  return { position: first?.text ?? '', unit: first?.organisation ?? null };
}
