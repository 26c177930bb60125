import { BridgeId } from '../../../domain/ids.ts';

/** So many at once: they stand in the address of the page, which machines between here and the server cut off at 8 kB. */
export const MOST_CHOSEN = 200;

/** Which bridges a wall shows, and nothing else: their ids, parted by dots. */
export interface ChosenSearch {
  readonly only?: string;
}

export function chosenSearch({ only }: Record<string, unknown>): ChosenSearch {
  const chosen = typeof only === 'string' ? chosenOf(only) : null;
  return chosen === null ? {} : { only: addressOf(chosen) };
}

/** The bridges of an address; null where it chooses none, which is a wall of everybody. */
export function chosenOf(only: string): ReadonlySet<BridgeId> | null {
  const chosen = only.split('.').flatMap((id) => BridgeId.safeParse(id).data ?? []);
  return chosen.length === 0 ? null : new Set(chosen.slice(0, MOST_CHOSEN));
}

export function addressOf(chosen: ReadonlySet<BridgeId>): string {
  return [...chosen].join('.');
}
