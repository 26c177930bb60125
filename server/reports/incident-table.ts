import { sayIncidentKind } from '../../domain/media/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Instant } from '../../domain/time.ts';
import type { LiveSession } from '../attendance/live.ts';
import type { BridgeIncident } from '../lines/queries.ts';
import { columnsIn, nameOf, type Table } from './tables.ts';

/** What went wrong with the lines of a session, in the order in which it began, each with its times. */
export function incidentTable(
  live: LiveSession,
  incidents: readonly BridgeIncident[],
  until: Instant,
  language: Language,
): Table<NumberedIncident> {
  const { text, count, moment } = columnsIn<NumberedIncident>(language);
  return {
    ids: ({ bridge }) => ({ bridge }),
    columns: [
      count('number', ({ number }) => number),
      text('bridgeName', ({ bridge }) => nameOf(live, bridge), 40),
      text(
        'incidentKind',
        ({ kind }) => sayIncidentKind(kind, language),
        30,
        ({ kind }) => kind,
      ),
      moment('incidentFrom', ({ from }) => from),
      moment('incidentTo', ({ to }) => to),
      count('incidentSeconds', ({ from, to }) => Math.round(((to ?? until) - from) / 1000)),
    ],
    rows: incidents.map((incident, at) => ({ ...incident, number: at + 1 })),
  };
}

interface NumberedIncident extends BridgeIncident {
  readonly number: number;
}
