import type { Sight } from '../../domain/access/sight.ts';
import { READINESS_ITEMS, type Bridge, type BridgeTree } from '../../domain/bridges/bridge.ts';
import { sayChange } from '../../domain/bridges/sentences.ts';
import type { BridgeId, PersonId } from '../../domain/ids.ts';
import { LINE_STANDINGS, type LineStanding } from '../../domain/media/line-standing.ts';
import type { Language } from '../../domain/text/language.ts';
import type { BridgeChangeRow, BridgeRow, BridgeTable } from '../../domain/wire/bridges.ts';
import type { BridgeChangeRecord } from './store.ts';

/** What a bridge's row says beside the bridge itself. */
export interface RowFacts {
  readonly tree: BridgeTree;
  /** What the one who asks sees: of what is below a bridge that is theirs alone they are told nothing. */
  readonly sight: Sight;
  readonly chairs: ReadonlyMap<PersonId, string>;
  readonly seats: ReadonlyMap<Bridge['id'], { readonly summoned: number; readonly invited: number }>;
}

export function presentBridge(bridge: Bridge, { tree, sight, chairs, seats }: RowFacts): BridgeRow {
  const expected = seats.get(bridge.id);
  const isOpen = sight.seesBelow(bridge.id);
  return {
    ...bridge,
    ready: [...bridge.ready],
    childCount: isOpen ? tree.children(bridge.id).length : 0,
    below: isOpen ? tree.subtree(bridge.id).length - 1 : 0,
    chairName: bridge.chair === null ? null : (chairs.get(bridge.chair) ?? null),
    summoned: expected?.summoned ?? 0,
    invited: expected?.invited ?? 0,
  };
}

/** What the table of all bridges says beside them. */
export interface TableFacts {
  readonly chairs: ReadonlyMap<PersonId, string>;
  readonly seats: ReadonlyMap<BridgeId, number>;
  readonly hosts: ReadonlyMap<BridgeId, number>;
  readonly lineOf: (bridge: BridgeId) => LineStanding;
}

/** Bridges in tree order as a table by column. */
export function presentTable(
  bridges: readonly Bridge[],
  { chairs, seats, hosts, lineOf }: TableFacts,
): BridgeTable {
  const places = new Map(bridges.map(({ id }, place) => [id, place]));
  const classes = [...new Set(bridges.map((bridge) => bridge.class))];
  const classPlaces = new Map(classes.map((one, place) => [one, place]));
  return {
    ids: bridges.map(({ id }) => id),
    names: bridges.map(({ name }) => name),
    classes,
    classOf: bridges.map((bridge) => classPlaces.get(bridge.class) ?? 0),
    units: bridges.map(({ unit }) => unit),
    parents: bridges.map(({ parent }) => (parent === null ? -1 : (places.get(parent) ?? -1))),
    capacities: bridges.map(({ capacity }) => capacity),
    chairs: bridges.map(({ chair }) => (chair === null ? null : (chairs.get(chair) ?? null))),
    ready: bridges.map(({ ready }) =>
      READINESS_ITEMS.reduce((bits, item, at) => (ready.includes(item) ? bits | (1 << at) : bits), 0),
    ),
    hosts: bridges.map(({ id }) => hosts.get(id) ?? 0),
    reachable: bridges.map(({ contacts }) =>
      contacts.technical === null && contacts.organizer === null ? 0 : 1,
    ),
    lines: bridges.map(({ id }) => LINE_STANDINGS.indexOf(lineOf(id))),
    expected: bridges.map(({ id }) => seats.get(id) ?? 0),
  };
}

export function presentChange(
  change: BridgeChangeRecord & { readonly byName: string | null },
  language: Language,
): BridgeChangeRow {
  const { id, at, byName, undoneAt } = change;
  return { id, at, byName, message: sayChange(change, language), undone: undoneAt !== null };
}
