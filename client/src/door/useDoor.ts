import { liveQuery } from 'dexie';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';

import type { PersonId } from '../../../domain/ids.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import type { ServerBody } from '../../../domain/wire/sockets.ts';
import { Refused } from '../api/call.ts';
import { useLine, useServerMessage } from '../api/line.ts';
import { ask, watchOf } from '../api/socket.ts';
import { isRevokedHere, noteUnpaired } from '../devices/contact.ts';
import { introduceAgain } from '../devices/introduce.ts';
import { database, placeKey, type Place } from './database.ts';
import { doorAfter, NOTHING_YET } from './doorState.ts';
import { deviceId } from './ids.ts';
import { type KeptEvent, watchEvents } from './outbox.ts';
import { withOwn } from './overlay.ts';
import { fetchRoster, keepRoster, noteRestored, readRoster, type Roster } from './roster.ts';
import { send } from './sender.ts';

/** What only the server knows is asked for so long after it happened: more may follow. */
const ASK_AGAIN_MS = 800;
/** While an office types seat number after seat number the list is not asked for with each: it waits for a pause, but not for ever. */
const PAUSE_MS = 3000;
const LONGEST_MS = 30_000;
/** Where a whole country comes back at once, the lists that changed are asked for over so long. */
const SPREAD_MS = 3000;
/** The line is given so long to come up before the list is asked for without it. */
const PATIENCE_MS = 2000;
/** Where the server did not answer, it is asked again after about so long. */
const TRY_AGAIN_MS = 5000;
/** The list is sealed and kept at most so often. */
const KEEP_EVERY_MS = 1500;

export interface Door {
  /** As this device sees it, with what waits here; null while neither the server nor this device has said anything. */
  readonly roster: Roster | null;
  /** Why the server did not answer, where it did not; the list may be an older one then. */
  readonly error: unknown;
  /** People as this device sees them, in the order of official lists. */
  readonly rows: readonly DoorRow[];
  readonly rowOf: (person: PersonId) => DoorRow | undefined;
  readonly events: readonly KeptEvent[];
  readonly reload: () => void;
  /** Comes to the door anew, list and line: after this machine was paired. */
  readonly comeAgain: () => void;
}

/** What is left to do once the server was asked to tell this page of its door. */
interface Watched {
  /** In how many milliseconds the list is asked for; null where it need not be. */
  readonly load: number | null;
  /** Whether the server has still to be asked: until it says yes, nothing that others do is heard here. */
  readonly again: boolean | 'on-new-line';
}

const NO_EVENTS: readonly KeptEvent[] = [];
const NO_ROWS: readonly DoorRow[] = [];

/**
 * Everything a door shows: what the server last said, what others change meanwhile, and what waits on this device.
 *
 * @param vault the open vault that seals the list; without one it is not kept
 */
export function useDoor(account: string, place: Place, vault: string | null): Door {
  const line = useLine(false);
  const [state, act] = useReducer(doorAfter, NOTHING_YET);
  const [error, setError] = useState<unknown>(null);
  const [isRestored, setRestored] = useState(false);
  /** Raised to come to the door once more on a line that stands: after this machine was paired. */
  const [round, setRound] = useState(0);
  const { conference, session, bridge } = place;
  const at = useMemo(() => ({ conference, session, bridge }), [conference, session, bridge]);
  const roster = useRef<Roster | null>(null);
  useEffect(() => {
    roster.current = state.roster;
  });

  const asked = useRef(0);
  const load = useCallback(async () => {
    const askedAt = Date.now();
    const own = ++asked.current;
    // Another question is under way, and what changes meanwhile goes on top of its answer.
    const isOver = () => own !== asked.current;
    act({ kind: 'asked' });
    try {
      const fresh = await fetchRoster(at);
      await noteRestored(bridge);
      if (isOver()) return;
      setError(null);
      act({ kind: 'loaded', roster: fresh, askedAt });
    } catch (failure) {
      if (isOver()) return;
      // A refusal stays one until somebody acts; anything else may be over soon.
      act({ kind: 'not-loaded', again: !(failure instanceof Refused) });
      setError(failure);
      if (!isRevokedHere(bridge, failure)) noteUnpaired(bridge, failure);
    }
  }, [at, bridge]);

  useEffect(() => {
    let standing = true;
    const restore = async () => {
      const kept = await readRoster(account, at);
      if (standing && kept !== null) act({ kind: 'restored', roster: kept });
    };
    const stop = watchEvents(account, at, (events) => act({ kind: 'events', events }));
    // The device's own memory first: it answers also without a line.
    void restore().finally(() => {
      if (standing) setRestored(true);
    });
    send();
    return () => {
      standing = false;
      stop();
    };
  }, [account, at]);

  // The mark that the watch begins with says whether anything fell between the list and it: only then is the list asked for again.
  const watch = useCallback(async (): Promise<Watched> => {
    const known = roster.current;
    const answer = await ask('door:watch', { ...watchOf(at), device: deviceId() });
    if (answer.ok) {
      const { mark } = answer;
      if (known === null) return { load: 0, again: false };
      const isAll = mark.revision === known.mark.revision && mark.changedAt <= known.mark.sequence;
      return { load: isAll ? null : Math.random() * SPREAD_MS, again: false };
    }
    if (isRevokedHere(bridge, answer)) return { load: null, again: false };
    noteUnpaired(bridge, answer);
    const { reason } = answer;
    return { load: 0, again: reason === 'device-unproven' ? 'on-new-line' : reason !== 'device-unpaired' };
  }, [at, bridge]);

  useEffect(() => {
    if (!isRestored) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (line !== 'connected') {
      // A machine that knows nothing asks for the list before the line: a refusal says why. So too where that does not come up.
      if (roster.current === null)
        timer = setTimeout(() => void load(), line === 'connecting' ? PATIENCE_MS : 0);
      return () => clearTimeout(timer);
    }
    let standing = true;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const come = async () => {
      // No answer on a line that stands: asked again, for as long as it does.
      const { load: wait, again } = await watch().catch((): Watched => ({ load: null, again: true }));
      if (!standing) return;
      if (wait !== null) timer = setTimeout(() => void load(), wait);
      const next = again === 'on-new-line' ? introduceAgain : come;
      if (again !== false) retry = setTimeout(() => void next(), TRY_AGAIN_MS * (0.5 + Math.random()));
    };
    void come();
    return () => {
      standing = false;
      clearTimeout(timer);
      clearTimeout(retry);
      void ask('door:unwatch', watchOf(at)).catch(() => undefined);
    };
    // Another round is come to the door anew, though nothing else of this has changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [line, isRestored, watch, load, at, round]);

  const onDoor = useCallback(
    (change: ServerBody<'door:changed'>) => {
      if (change.session === session && change.bridge === bridge) act({ kind: 'changed', change });
    },
    [session, bridge],
  );
  useServerMessage('door:changed', onDoor);

  const { stale, revision } = state;
  const staleSince = useRef<number | null>(null);
  useEffect(() => {
    if (stale === null || line !== 'connected') {
      staleSince.current = null;
      return undefined;
    }
    const since = (staleSince.current ??= performance.now());
    const left = Math.max(0, since + LONGEST_MS - performance.now());
    const soon = stale === 'unsure' ? ASK_AGAIN_MS : Math.min(PAUSE_MS, left);
    const wait = error === null ? soon : TRY_AGAIN_MS * (0.5 + Math.random());
    const timer = setTimeout(() => void load(), wait);
    return () => clearTimeout(timer);
    // Each further revision begins the pause anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [stale, revision, error, line, load]);

  useKeptRoster(account, at, state.roster, vault);

  // Revoked: gone from the page too. Restored: asked for again.
  useEffect(() => {
    let was = false;
    const subscription = liveQuery(() => database.revocations.get(bridge)).subscribe((found) => {
      if (found !== undefined) act({ kind: 'forgotten' });
      else if (was) void load();
      was = found !== undefined;
    });
    return () => subscription.unsubscribe();
  }, [bridge, load]);

  const { events } = state;
  const view = useMemo(() => {
    if (state.roster === null) return null;
    const waiting = (events ?? NO_EVENTS).filter((kept) => kept.state === 'waiting');
    return withOwn(state.roster, waiting, events ?? NO_EVENTS).roster;
  }, [state.roster, events]);
  const rows = view?.people ?? NO_ROWS;
  const rowOf = useMemo(() => {
    const map = new Map(rows.map((row) => [row.person, row]));
    return (person: PersonId) => map.get(person);
  }, [rows]);
  return {
    roster: view,
    error,
    rows,
    rowOf,
    events: events ?? NO_EVENTS,
    reload: () => void load(),
    comeAgain: () => {
      setError(null);
      setRound((before) => before + 1);
      // Without a line there is only the list to ask for; where there is none, the round asks for it.
      if (line !== 'connected' && roster.current !== null) void load();
    },
  };
}

/** Keeps the list on this device as it changes, and the last of it when the page goes. */
function useKeptRoster(account: string, place: Place, roster: Roster | null, vault: string | null): void {
  const unkept = useRef<Roster | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const key = placeKey(place);
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const own = unkept.current;
    unkept.current = null;
    if (own !== null) void keepRoster(account, place, own);
    // The place is known by its key.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [account, key]);
  useEffect(() => {
    if (roster === null) {
      // Forgotten: what was about to be kept is forgotten too.
      unkept.current = null;
      return;
    }
    unkept.current = roster;
    timer.current ??= setTimeout(keep, KEEP_EVERY_MS);
    // A vault that was just made has nothing in it yet.
  }, [roster, keep, vault]);
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') keep();
    };
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      keep();
    };
  }, [keep]);
}
