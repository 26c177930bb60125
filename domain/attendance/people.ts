import type { PersonId } from '../ids.ts';
import { openNumbering } from './numbering.ts';

const NONE = -1;
/** What stands beside each id. */
const SEAT = 0;
const AT = 1;
const LATEST = 2;
const CODE = 3;

/**
 * The people of a book, by number: where each is expected, and what the figures hold of each.
 *
 * @param room for so many people there is room before anything has to be moved
 */
export function openPeople(room = 0) {
  const ids = openNumbering<PersonId>(room, 4);
  /** Everybody with a seat, bridge after bridge, and where each bridge begins; a last entry says where the last one ends. */
  let seated = new Int32Array(0);
  let begins = new Int32Array(1);

  return {
    get size(): number {
      return ids.size;
    },
    /** -1 for an id that the book never heard of. */
    find: ids.find,
    idOf: ids.idOf,
    /** The number of a person; somebody new has no seat and stands as `code`. */
    enter(id: PersonId, code: number): number {
      const known = ids.size;
      const who = ids.add(id);
      if (who < known) return who;
      ids.setColumn(who, SEAT, NONE);
      ids.setColumn(who, AT, NONE);
      ids.setColumn(who, LATEST, NONE);
      ids.setColumn(who, CODE, code);
      return who;
    },
    /** Gives somebody who has not come a seat. */
    sit(who: number, seat: number, code: number): void {
      ids.setColumn(who, SEAT, seat);
      ids.setColumn(who, CODE, code);
    },
    /** To be called once, when everybody sits: who is expected where, each bridge's people in the order of their numbers. */
    settle(bridges: number): void {
      begins = new Int32Array(bridges + 1);
      for (let who = 0; who < ids.size; who++) {
        const seat = ids.column(who, SEAT);
        if (seat !== NONE) begins[seat + 1]!++;
      }
      for (let at = 0; at < bridges; at++) begins[at + 1]! += begins[at]!;
      seated = new Int32Array(begins[bridges]!);
      const next = begins.slice();
      for (let who = 0; who < ids.size; who++) {
        const seat = ids.column(who, SEAT);
        if (seat !== NONE) seated[next[seat]!++] = who;
      }
    },
    /** Where a person is expected; -1 for nowhere. */
    seat: (who: number): number => ids.column(who, SEAT),
    /** Where a person last arrived; -1 while they never came. */
    at: (who: number): number => ids.column(who, AT),
    /** How a person stands, as `codeOf` makes it. */
    code: (who: number): number => ids.column(who, CODE),
    place(who: number, code: number, at: number): void {
      ids.setColumn(who, CODE, code);
      ids.setColumn(who, AT, at);
    },
    /** The last of a person's events; -1 while there is none. */
    latest: (who: number): number => ids.column(who, LATEST),
    setLatest(who: number, event: number): void {
      ids.setColumn(who, LATEST, event);
    },
    /** Everybody expected at a bridge. */
    expectedAt(bridge: number): Int32Array {
      return seated.subarray(begins[bridge] ?? 0, begins[bridge + 1] ?? begins[bridge] ?? 0);
    },
  };
}

export type People = ReturnType<typeof openPeople>;
