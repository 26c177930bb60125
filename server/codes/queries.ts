import type { Arrival } from '../../domain/attendance/book.ts';
import type { Sight } from '../../domain/access/sight.ts';
import type { Bridge } from '../../domain/bridges/bridge.ts';
import type { Person } from '../../domain/composition/person.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { readCode } from '../../domain/passes/codes.ts';
import type { LiveSession } from '../attendance/live.ts';
import { peopleByIds } from '../people/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';

/** A code that waits for a person to find out whose it is. */
export interface UnknownCode {
  readonly code: PersonId;
  readonly bridge: Bridge;
  readonly arrivals: readonly Arrival[];
}

/** Where a list of codes goes on. */
export interface CodePlace {
  readonly bridge: string;
  readonly code: string;
}

/**
 * Codes of no list that arrived at a bridge or below it, as far as the one who asks sees it, at most `limit`, in tree order after
 * one of them.
 */
export function codesUnder(
  { tree, book, visitors }: LiveSession,
  bridge: AuthorizedBridgeId<'host'>,
  sight: Sight,
  after: CodePlace | null,
  limit: number,
): UnknownCode[] {
  const found: UnknownCode[] = [];
  const all = tree.subtree(bridge).filter(({ id }) => sight.sees(id));
  const first = after === null ? 0 : all.findIndex(({ id }) => id === after.bridge);
  for (let at = Math.max(first, 0); at < all.length && found.length < limit; at++) {
    const here = all[at]!;
    const others = visitors.get(here.id) ?? [];
    // One that was resolved meanwhile is passed over by its place among those who came, which nobody leaves.
    const from = at === first && after !== null ? others.findIndex((id) => id === after.code) + 1 : 0;
    for (const code of others.slice(from)) {
      if (found.length === limit) break;
      if (book.standing(code) !== 'unknown') continue;
      const arrivals = arrivalsAt(book.arrivals(code), here.id);
      if (arrivals.length > 0) found.push({ code, bridge: here, arrivals });
    }
  }
  return found;
}

function arrivalsAt(arrivals: readonly Arrival[], bridge: BridgeId): Arrival[] {
  return arrivals.filter((arrival) => arrival.bridge === bridge);
}

/** The people of the roster whom codes propose, by code: passes with a right signature name whom they were issued for. */
export async function proposedBy(
  context: Context,
  conference: AuthorizedConferenceId,
  codes: readonly UnknownCode[],
): Promise<Map<PersonId, Person>> {
  const named = codes.flatMap(({ code }) => {
    const { person } = readCode(code);
    return person === null ? [] : [[code, person] as const];
  });
  const people = await peopleByIds(
    context,
    conference,
    named.map(([, person]) => person),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return new Map(
    named.flatMap(([code, id]) => {
      const person = byId.get(id);
      return person === undefined ? [] : [[code, person] as const];
    }),
  );
}
