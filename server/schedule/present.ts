import type { SessionRow } from '../../domain/wire/schedule.ts';

/** A session as pages show it. */
export function presentSession(
  session: Omit<SessionRow, 'agenda'> & { readonly agenda: readonly SessionRow['agenda'][number][] },
): SessionRow {
  return {
    id: session.id,
    conference: session.conference,
    kind: session.kind,
    title: session.title,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    format: session.format,
    venue: session.venue,
    agenda: [...session.agenda],
  };
}
