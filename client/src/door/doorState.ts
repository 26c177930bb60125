import { assertNever } from '../../../domain/result.ts';
import { comparePeople } from '../../../domain/text/names.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import type { KeptEvent } from './outbox.ts';
import { withOwn } from './overlay.ts';
import type { Roster } from './roster.ts';

type Change = ServerBody<'door:changed'>;

/** What a door knows: the list as the server last confirmed it, and this machine's own events. */
export interface DoorState {
  /** Null while neither the server nor this machine has said anything. */
  readonly roster: Roster | null;
  readonly events: readonly KeptEvent[] | null;
  /** Changes that came while a whole list was under way: they go on top of it. */
  readonly changes: readonly Change[] | null;
  /** Why the list should be asked for again; null where it need not be. */
  readonly stale: Stale | null;
  /** The revision of the list as the server last named it; another one than the list's own where that is stale. */
  readonly revision: string | null;
}

/** `unsure`: something happened here that only the server knows the outcome of. `revised`: seats or people are others by now. */
export type Stale = 'unsure' | 'revised';

export const NOTHING_YET: DoorState = {
  roster: null,
  events: null,
  changes: null,
  stale: null,
  revision: null,
};

export type DoorAction =
  /** As this machine kept it. */
  | { readonly kind: 'restored'; readonly roster: Roster }
  | { readonly kind: 'asked' }
  /** As the server gave it; `askedAt` by this machine's clock. */
  | { readonly kind: 'loaded'; readonly roster: Roster; readonly askedAt: number }
  | { readonly kind: 'not-loaded'; readonly again: boolean }
  | { readonly kind: 'changed'; readonly change: Change }
  | { readonly kind: 'events'; readonly events: readonly KeptEvent[] }
  | { readonly kind: 'forgotten' };

export function doorAfter(state: DoorState, action: DoorAction): DoorState {
  switch (action.kind) {
    case 'restored':
      // The server may have been quicker.
      return state.roster === null ? withSettled(state, action.roster, action.roster.keptAt) : state;
    case 'asked':
      return { ...state, changes: [], stale: null };
    case 'loaded': {
      const { roster, askedAt } = action;
      const { roster: before, changes } = state;
      const isOld =
        before !== null && roster.mark.sequence < before.mark.sequence && (changes ?? []).length === 0;
      if (isOld && roster.mark.revision === before.mark.revision) return { ...state, changes: null };
      const fresh = (changes ?? []).reduce(withChange, roster);
      const settled = withSettled(state, fresh, askedAt);
      // What came meanwhile may be told of a list that is younger still.
      const { revision } = changes?.at(-1)?.mark ?? roster.mark;
      return {
        ...settled,
        changes: null,
        revision,
        stale: settled.stale ?? (revision === roster.mark.revision ? null : 'revised'),
      };
    }
    case 'not-loaded':
      return { ...state, changes: null, stale: action.again ? 'unsure' : null };
    case 'changed': {
      const { change } = action;
      const { roster, changes } = state;
      if (roster === null) return { ...state, changes: changes === null ? null : [...changes, change] };
      return {
        ...state,
        roster: withChange(roster, change),
        changes: changes === null ? null : [...changes, change],
        revision: change.mark.revision,
        // A change tells only of some of them.
        stale: state.stale ?? (change.mark.revision === roster.mark.revision ? null : 'revised'),
      };
    }
    case 'events':
      return withEvents(state, action.events);
    case 'forgotten':
      return { ...NOTHING_YET, events: state.events };
    default:
      return assertNever(action);
  }
}

/**
 * What the server has acknowledged becomes part of the list in the same step in which it no longer waits: nobody blinks.
 * It was heard by this page, or by another tab; either way this page is not told of it by the server.
 */
function withEvents(state: DoorState, events: readonly KeptEvent[]): DoorState {
  const { roster, events: before } = state;
  if (roster === null || before === null) return { ...state, events };
  const seen = new Map(before.map((kept) => [kept.id, kept.state]));
  // One that is new here may have been acknowledged before anybody looked.
  const own = events.filter(
    ({ id, state: now }) => now === 'done' && (seen.get(id) ?? 'waiting') === 'waiting',
  );
  const applied = withOwn(roster, own.filter(hasItsTexts), own.length === 0 ? [] : events);
  const unsure = applied.unsure || !own.every(hasItsTexts);
  return { ...state, events, roster: applied.roster, stale: unsure ? 'unsure' : state.stale };
}

/** A guest whom another tab sent has no name here any more: the server is asked. */
function hasItsTexts({ event }: KeptEvent): boolean {
  return event.kind !== 'walk-in' || event.name !== '';
}

/** A list with what was acknowledged since it was asked for or kept: it may have it, or not. */
function withSettled(state: DoorState, roster: Roster, since: number): DoorState {
  const events = state.events ?? [];
  const own = events.filter(
    (kept) => kept.state === 'done' && kept.settledAt !== null && kept.settledAt >= since,
  );
  // A guest's name is gone from here once it is the server's, and a count that the list has already would count twice.
  const plain = own.filter(({ event }) => event.kind !== 'count' && event.kind !== 'walk-in');
  const applied = withOwn(roster, plain, events);
  const unsure = applied.unsure || plain.length < own.length;
  return { ...state, roster: applied.roster, stale: unsure ? 'unsure' : null };
}

/** A list after the server has told what others did. */
function withChange(before: Roster, { mark, people, head }: Change): Roster {
  if (mark.sequence < before.mark.sequence) return before;
  const changed = new Map(people.map((row) => [row.person, row]));
  const rows = before.people.map((row) => {
    const next = changed.get(row.person);
    changed.delete(row.person);
    return next ?? row;
  });
  const { state, walkIns, counted, others } = head;
  return {
    ...before,
    people: [...rows, ...[...changed.values()].toSorted(comparePeople)],
    head: { state, walkIns, counted, others },
    // Its own revision stays until the whole list is there.
    mark: { ...mark, revision: before.mark.revision },
  };
}
