import type { ConferenceSummary } from '../../domain/wire/conferences.ts';

/** A conference as lists show it. */
export function presentSummary(conference: ConferenceSummary): ConferenceSummary {
  return {
    id: conference.id,
    title: conference.title,
    number: conference.number,
    startsAt: conference.startsAt,
    endsAt: conference.endsAt,
    state: conference.state,
    treeDate: conference.treeDate,
    bridges: conference.bridges,
    people: conference.people,
  };
}
