import { foldAttendance, type Attendance } from '../../../domain/attendance/fold.ts';
import type { Tally } from '../../../domain/attendance/presence.ts';
import { bridgeTree } from '../../../domain/bridges/tree.ts';
import type { ConferenceId, SessionId } from '../../../domain/ids.ts';
import type { Figure } from '../../../domain/reports/figures.ts';
import { api } from '../../../domain/wire/api.ts';
import type { NodeFigures } from '../../../domain/wire/attendance.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { Client } from '../harness.ts';
import { everyPage } from '../sample.ts';

/** What the ledger says, worked out beside the server: everything out of the API, folded all at once. */
export interface Ledger {
  readonly bridges: readonly BridgeRow[];
  readonly attendance: Attendance;
  /** With the flags that the server gives to each. */
  readonly flagged: ReadonlyMap<string, readonly string[]>;
}

export async function readLedger(
  client: Client,
  conference: ConferenceId,
  session: SessionId,
): Promise<Ledger> {
  const params = { conference };
  const bridges = await everyPage((cursor) =>
    client.call(api.bridges, { params, query: { limit: 1000, ...cursor } }),
  );
  const tree = bridgeTree(bridges);
  if (!tree.ok) throw new Error(tree.reason);
  const placements = await everyPage((cursor) =>
    client.call(api.placements, { params, body: { limit: 1000, ...cursor } }),
  );
  const expected = placements.flatMap(({ person, bridge, basis }) =>
    bridge === null
      ? []
      : [{ person, bridge, basis: basis === 'invited' ? ('invited' as const) : ('summoned' as const) }],
  );
  const rows = [];
  for (const { id: bridge } of bridges) {
    rows.push(
      ...(await everyPage((cursor) =>
        client.call(api.events, { params: { conference, bridge, session }, query: { limit: 25, ...cursor } }),
      )),
    );
  }
  const people = await everyPage((cursor) =>
    client.call(api.people, { params, body: { limit: 1000, ...cursor } }),
  );
  const attendance = foldAttendance({
    bridges: tree.value,
    expected,
    // In no order that anybody meant: the fold is of a set.
    events: rows.toSorted((a, b) => (a.event.id < b.event.id ? 1 : -1)),
    listed: people.map(({ id }) => id),
  });
  const flagged = rows.filter(({ flags }) => flags.length > 0);
  return { bridges, attendance, flagged: new Map(flagged.map(({ event, flags }) => [event.id, flags])) };
}

/** What the figures of a bridge have to be. */
export function figuresOf({ bridges, attendance }: Ledger, bridge: BridgeRow): NodeFigures {
  const node = attendance.nodes.get(bridge.id);
  if (node === undefined) throw new Error(`no figures of ${bridge.name}`);
  return {
    bridge: bridge.id,
    name: bridge.name,
    class: bridge.class,
    parent: bridge.parent,
    childCount: bridges.filter(({ parent }) => parent === bridge.id).length,
    takesPart: true,
    state: node.state,
    own: { ...node.own, counted: { ...node.own.counted } },
    subtree: { ...node.subtree, counted: { ...node.subtree.counted } },
    ...node.progress,
  };
}

/** A line of the report: whose it is, and every figure. */
export interface Line {
  readonly name: string;
  readonly covers: 'own' | 'subtree';
  readonly figures: Readonly<Record<Figure, number>>;
  readonly part: number;
  readonly whole: number;
}

/** The lines of the report by bridge: each alone in tree order, then each that has others below, from the lowest up. */
export function linesOf(ledger: Ledger): Line[] {
  const { bridges, attendance } = ledger;
  const line = (bridge: BridgeRow, covers: Line['covers']): Line => {
    const node = attendance.nodes.get(bridge.id);
    if (node === undefined) throw new Error(`no figures of ${bridge.name}`);
    const within = covers === 'own' ? [bridge] : bridges.filter((one) => isWithin(bridges, one, bridge));
    const progress =
      covers === 'own'
        ? {
            bridges: 1,
            opened: node.state === 'unopened' ? 0 : 1,
            closed: node.state === 'closed' ? 1 : 0,
          }
        : node.progress;
    const chairs = within.flatMap(({ id, chair }) => (chair === null ? [] : [{ id, chair }]));
    const present = chairs.filter(({ id, chair }) => {
      const presence = attendance.presence.get(chair);
      return presence !== undefined && 'at' in presence && presence.at === id;
    });
    const tally = node[covers];
    return {
      name: bridge.name,
      covers,
      figures: { ...heads(tally), ...progress, chairs: chairs.length, chairsPresent: present.length },
      part: tally.ofExpected,
      whole: tally.summoned,
    };
  };
  const parents = bridges.filter(({ id }) => bridges.some(({ parent }) => parent === id));
  return [
    ...bridges.map((bridge) => line(bridge, 'own')),
    ...parents.toReversed().map((bridge) => line(bridge, 'subtree')),
  ];
}

function heads(tally: Tally) {
  const { counted: byCategory, ...counts } = tally;
  const counted = Object.values(byCategory).reduce((sum, count) => sum + count, 0);
  return { ...counts, counted, allPresent: tally.attended + counted };
}

function isWithin(bridges: readonly BridgeRow[], one: BridgeRow, top: BridgeRow): boolean {
  for (let at: BridgeRow | undefined = one; at !== undefined;) {
    if (at.id === top.id) return true;
    const { parent }: BridgeRow = at;
    at = bridges.find(({ id }) => id === parent);
  }
  return false;
}
