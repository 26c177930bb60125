import { continues, type Look } from '../../domain/audit/looks.ts';
import type { Instant } from '../../domain/time.ts';

/** The looks that have their entry and go on, in memory: what is not known here is entered once more. */
export interface Looks {
  /** Whether reading the list of this name again continues a look; it is then remembered as read. */
  goesOn(name: string, now: Instant): boolean;
  /** The entry of a look has been written. */
  began(name: string, now: Instant): void;
}

/** More than there are people at work at once; those that began first are forgotten first. */
const MOST_LOOKS = 50_000;

export function createLooks(most = MOST_LOOKS): Looks {
  const looks = new Map<string, Look>();
  return {
    goesOn(name, now) {
      const look = looks.get(name);
      if (look === undefined) return false;
      if (!continues(look, now)) {
        looks.delete(name);
        return false;
      }
      looks.set(name, { ...look, last: now });
      return true;
    },
    began(name, now) {
      looks.delete(name);
      looks.set(name, { since: now, last: now });
      if (looks.size > most) looks.delete(looks.keys().next().value as string);
    },
  };
}
