import { postOf } from '../../domain/composition/person.ts';
import { conferenceName } from '../../domain/plan/name.ts';
import { noticeSentence } from '../../domain/reports/chair-sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { BridgeSummary } from '../../domain/wire/summary.ts';
import { presentTally } from '../attendance/present.ts';
import type { ChairSummary, Seen } from './queries.ts';

function presentNamed({ id, person }: Seen) {
  const { position, unit } = postOf(person);
  // An id that no roster knows is shown as it was scanned: somebody has to find out who it is.
  return { person: id, name: person?.name ?? id, position, unit: unit ?? '' };
}

export function presentSummary(summary: ChairSummary, language: Language): BridgeSummary {
  const { plan, session, live, bridge, node, chair, turns, people, version, checkpoint } = summary;
  const turn = (one: ChairSummary['turns']['opened']) =>
    one === null ? null : { at: one.at, device: summary.machineName(one.device) };
  const chairAt = bridge.chair === null ? null : live.book.presence(bridge.chair);
  return {
    conference: {
      title: conferenceName(plan.title),
      banner: plan.banner,
      number: plan.number,
      issuer: plan.issuer,
      issuedOn: plan.issuedOn,
    },
    session: {
      id: session.id,
      title: session.title,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      venue: session.venue,
    },
    bridge: {
      id: bridge.id,
      name: bridge.name,
      class: bridge.class,
      upper: bridge.parent === null ? null : (live.whole.get(bridge.parent)?.name ?? null),
      address: bridge.address,
      state: node.state,
    },
    chair:
      chair === null
        ? null
        : {
            name: chair.name,
            position: chair.positions[0]?.text ?? '',
            present: chairAt !== null && 'at' in chairAt && chairAt.at === bridge.id,
          },
    opened: turn(turns.opened),
    closed: node.state === 'closed' ? turn(turns.closed) : null,
    figures: presentTally(node.own),
    partyMembers: partyMembersOf(people, bridge.id),
    below: node.progress.bridges <= 1 ? null : { ...node.progress, figures: presentTally(node.subtree) },
    ...listsOf(summary),
    line: summary.line === null ? null : { incidents: summary.line.count, lastedMs: summary.line.lastedMs },
    walkIns: summary.walkIns.map(({ name, unit }) => ({ name, unit })),
    version:
      version === null ? null : { version: version.version, at: version.at, sequence: version.sequence },
    checkpoint:
      checkpoint === null
        ? null
        : {
            number: checkpoint.number,
            at: checkpoint.at,
            fingerprint: checkpoint.fingerprint,
            place: checkpoint.place,
          },
    asOf: summary.asOf,
    sequence: summary.sequence,
    notices: summary.notices.map((notice) => ({
      kind: notice.kind,
      message: noticeSentence(notice, language),
    })),
  };
}

/** Those summoned here who are not here. A guest who stays away is in none of the lists. */
function listsOf({
  people,
  live,
  bridge,
}: ChairSummary): Pick<BridgeSummary, 'withReason' | 'withoutReason' | 'unmarked' | 'elsewhere'> {
  const lists: Pick<BridgeSummary, 'withReason' | 'withoutReason' | 'unmarked' | 'elsewhere'> = {
    withReason: [],
    withoutReason: [],
    unmarked: [],
    elsewhere: [],
  };
  for (const one of people) {
    const { presence } = one;
    if (!one.isSummoned) continue;
    const named = presentNamed(one);
    if (presence.state === 'excused') lists.withReason.push({ ...named, reason: presence.reason });
    if (presence.state === 'unmarked') lists.unmarked.push(named);
    if (presence.state === 'absent' && presence.reason !== null)
      lists.withReason.push({ ...named, reason: presence.reason });
    if (presence.state === 'absent' && presence.reason === null) lists.withoutReason.push(named);
    if ('at' in presence && presence.at !== bridge.id)
      lists.elsewhere.push({ ...named, at: live.whole.get(presence.at)?.name ?? presence.at });
  }
  return lists;
}

function partyMembersOf(people: readonly Seen[], bridge: string): BridgeSummary['partyMembers'] {
  const sums = { yes: 0, no: 0, unknown: 0 };
  for (const { person, presence } of people) {
    if (!('at' in presence) || presence.at !== bridge || person === null) continue;
    sums[person.partyMember === null ? 'unknown' : person.partyMember ? 'yes' : 'no'] += 1;
  }
  return sums;
}
