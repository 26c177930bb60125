import type { BridgeId, PersonId } from '../ids.ts';
import { tidy } from '../text/normalize.ts';
import { toneKey } from '../text/search.ts';
import { NO_CONTACTS, type Bridge } from './bridge.ts';

/** The bridges of a conference while they are put together: what stood before, what comes in, what changes. */
export interface Assembly {
  readonly get: (id: BridgeId) => Bridge | undefined;
  /** All, those that stood before first. */
  readonly all: () => readonly Bridge[];
  readonly add: (bridge: Omit<Bridge, 'id' | 'parent' | 'feedParent' | 'ready' | 'contacts'>) => Bridge;
  readonly change: (bridge: Bridge) => void;
  readonly isNew: (id: BridgeId) => boolean;
  /** Bridges whose organisation or name is written so, whatever the tone placement. */
  readonly named: (text: string) => readonly Bridge[];
  readonly chairedBy: (person: PersonId) => Bridge | undefined;
}

export function nameKey(text: string): string {
  return toneKey(tidy(text));
}

/** Starts from the bridges that stand. They must have ids of their own. */
export function assemble(existing: readonly Bridge[], newId: () => BridgeId): Assembly {
  const now = new Map<BridgeId, Bridge>();
  const added = new Set<BridgeId>();
  const byName = new Map<string, Set<BridgeId>>();
  const chairs = new Map<PersonId, BridgeId>();
  const change = (bridge: Bridge): void => {
    now.set(bridge.id, bridge);
    if (bridge.chair !== null) chairs.set(bridge.chair, bridge.id);
    for (const text of [bridge.organisation, bridge.name]) {
      if (text === null) continue;
      const key = nameKey(text);
      const known = byName.get(key);
      if (known === undefined) byName.set(key, new Set([bridge.id]));
      else known.add(bridge.id);
    }
  };
  for (const bridge of existing) change(bridge);
  const get = (id: BridgeId): Bridge | undefined => now.get(id);
  return {
    get,
    all: () => [...now.values()],
    add(bridge) {
      const whole: Bridge = {
        ...bridge,
        id: newId(),
        parent: null,
        feedParent: null,
        ready: [],
        contacts: NO_CONTACTS,
      };
      if (now.has(whole.id)) throw new Error(`id given twice: ${whole.id}`);
      added.add(whole.id);
      change(whole);
      return whole;
    },
    change,
    isNew: (id) => added.has(id),
    named: (text) => [...(byName.get(nameKey(text)) ?? [])].map(get).filter((bridge) => bridge !== undefined),
    chairedBy(person) {
      const id = chairs.get(person);
      const bridge = id === undefined ? undefined : now.get(id);
      return bridge?.chair === person ? bridge : undefined;
    },
  };
}
