import type { BridgeId, ConferenceId, PersonId } from '../../../domain/ids.ts';
import { placeKey } from '../../../domain/schedule/conflicts.ts';
import type { Booked, BookedBridge } from '../../../domain/schedule/conflicts.ts';

type Trees = ReadonlyMap<ConferenceId, readonly BookedBridge[]>;

/** The rules of conflicts in their plainest form, every session against every other: what the sweep has to equal. */
export function plainConflicts(entries: readonly Booked[], trees: Trees): string[] {
  const found: string[] = [];
  const inOrder = entries.toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  for (const [at, a] of inOrder.entries()) {
    for (const [person, duties] of dutiesOf(a, trees)) {
      if (duties.filter((duty) => duty.startsWith('bridge')).length > 1)
        found.push(`chair ${a.id} ${a.id} ${a.startsAt}-${a.endsAt} ${person}`);
    }
    for (const b of inOrder.slice(at + 1)) found.push(...ofPair(a, b, trees));
  }
  return found;
}

function ofPair(a: Booked, b: Booked, trees: Trees): string[] {
  const found: string[] = [];
  const [early, late] = (a.doorsAt ?? a.startsAt) <= (b.doorsAt ?? b.startsAt) ? [a, b] : [b, a];
  const from = late.doorsAt ?? late.startsAt;
  const until = Math.min(a.endsAt, b.endsAt);
  const isOneRoom = a.venue !== null && b.venue !== null && placeKey(a.venue) === placeKey(b.venue);
  if (isOneRoom && from < until) found.push(`room ${early.id} ${late.id} ${from}-${until} `);
  if (b.startsAt >= until) return found;
  const pair = `${a.id} ${b.id} ${b.startsAt}-${until} `;
  if (a.conference === b.conference) {
    const ofB = new Set(b.bridges);
    const isBoth =
      a.bridges === 'all' || b.bridges === 'all'
        ? a.bridges.length > 0 && b.bridges.length > 0
        : a.bridges.some((bridge) => ofB.has(bridge));
    if (isBoth) found.push(`bridge ${pair}`);
  } else if (
    bridgesIn(a, trees).some((one) =>
      bridgesIn(b, trees).some(
        (other) =>
          one.unit !== null &&
          one.unit === other.unit &&
          (one.address === null ||
            other.address === null ||
            placeKey(one.address) === placeKey(other.address)),
      ),
    )
  ) {
    found.push(`place ${pair}`);
  }
  const ofB = dutiesOf(b, trees);
  for (const [person, duties] of dutiesOf(a, trees)) {
    const clash = duties
      .flatMap((one) => (ofB.get(person) ?? []).map((other) => [one, other] as const))
      .find(([one, other]) => !(one === other && one.startsWith('bridge')));
    if (clash === undefined) continue;
    found.push(`${clash.includes('presenter') ? 'presenter' : 'chair'} ${pair}${person}`);
  }
  return found;
}

/** Of each person, chairing first. */
function dutiesOf(entry: Booked, trees: Trees): Map<PersonId, string[]> {
  const duties = new Map<PersonId, string[]>();
  if (entry.kind === 'line-test') return duties;
  const add = (person: PersonId | null, duty: string) => {
    if (person !== null) duties.set(person, [...(duties.get(person) ?? []), duty]);
  };
  add(entry.chair, 'chair');
  for (const { id, chair } of bridgesIn(entry, trees)) add(chair, `bridge ${id}`);
  for (const person of new Set(entry.agenda.map((item) => item.presenterPerson))) add(person, 'presenter');
  return duties;
}

function bridgesIn(entry: Booked, trees: Trees): readonly BookedBridge[] {
  const tree = trees.get(entry.conference) ?? [];
  if (entry.bridges === 'all') return tree;
  const taking = new Set<BridgeId>(entry.bridges);
  return tree.filter(({ id }) => taking.has(id));
}
