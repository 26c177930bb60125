import type { RecordedEvent } from '../../domain/attendance/event.ts';
import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId, EventId, SessionId } from '../../domain/ids.ts';
import { turnsOf, type Turns } from '../../domain/reports/chair-summary.ts';
import { listen } from '../attendance/live.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import type { RunningJob } from '../platform/jobs.ts';

/** Opens and closes of one session by bridge, and undos by what they undo. */
interface Session {
  readonly turns: Map<BridgeId, Map<EventId, RecordedEvent>>;
  readonly undos: Map<EventId, Map<EventId, RecordedEvent>>;
}

const followed = new WeakMap<Database, Map<SessionId, Session>>();

/**
 * Keeps who opened and closed in mind, as books take them in: the ledger has no index by bridge, and thousands of
 * summaries are asked for in the minutes after a session. To be started before a book is opened.
 */
export function followTurns({ database }: Context): RunningJob {
  const sessions = new Map<SessionId, Session>();
  followed.set(database, sessions);
  const stop = listen(database, ({ live, news }) => {
    for (const { recorded } of news ?? []) {
      const { event } = recorded;
      if (event.kind !== 'open' && event.kind !== 'close' && event.kind !== 'void') continue;
      const own = sessions.get(live.session) ?? { turns: new Map(), undos: new Map() };
      sessions.set(live.session, own);
      if (event.kind === 'void') put(own.undos, event.target, recorded);
      else put(own.turns, event.bridge, recorded);
    }
  });
  return {
    stop() {
      stop();
      return Promise.resolve();
    },
  };
}

function put<Key>(into: Map<Key, Map<EventId, RecordedEvent>>, key: Key, recorded: RecordedEvent): void {
  const others = into.get(key);
  if (others === undefined) into.set(key, new Map([[recorded.event.id, recorded]]));
  else others.set(recorded.event.id, recorded);
}

/** When a bridge opened and closed, as far as its session's book knows. */
export function turnsAt(
  { database }: Context,
  tree: BridgeTree,
  session: SessionId,
  bridge: BridgeId,
): Turns {
  const own = followed.get(database)?.get(session);
  const events: RecordedEvent[] = [];
  const waiting = [...(own?.turns.get(bridge)?.values() ?? [])];
  // Undos of undos too, as deep as they go; one that undoes itself in a ring is met once.
  const met = new Set<EventId>();
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (met.has(one.event.id)) continue;
    met.add(one.event.id);
    events.push(one);
    waiting.push(...(own?.undos.get(one.event.id)?.values() ?? []));
  }
  return turnsOf(events, (id) => tree.path(id).map((node) => node.id));
}
