import { postOf } from '../../domain/composition/person.ts';
import { changesNames } from '../../domain/invitations/step.ts';
import { stateOf } from '../../domain/invitations/life.ts';
import type { Language } from '../../domain/text/language.ts';
import { writeCsv } from '../documents/csv.ts';
import { writeWorkbook } from '../documents/xlsx.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { namesForSecurity, type Calling, type InvitedPerson, type StepToEnter } from './queries.ts';
import { CHANGES, EXPECTED, FILE_NAME, GONE, HEADINGS, NOT_EXPECTED } from './sentences.ts';

const COLUMNS = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];
const WIDTHS: Readonly<Record<keyof typeof HEADINGS, number>> = {
  order: 8,
  name: 28,
  position: 44,
  unit: 28,
  bridge: 28,
  seat: 10,
  state: 16,
  change: 24,
  allowedBy: 28,
  why: 40,
};
const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
} as const;

/** Who is let in by the venue's security, in official order, with every change since names were frozen and who allowed it. */
export async function exportSecurityList(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize' | 'below'>,
  calling: Calling,
  format: 'xlsx' | 'csv',
  language: Language,
): Promise<Document> {
  const names = await namesForSecurity(context, conference, bridge, calling);
  const rows = names.map(({ person, exception }, at) => rowOf(person, exception, calling, at + 1, language));
  const headers = COLUMNS.map((column) => HEADINGS[column][language]);
  return {
    type: TYPES[format],
    filename: `${FILE_NAME[language]}.${format}`,
    async write(out) {
      if (format === 'csv') return writeCsv(headers, rows, out);
      const columns = COLUMNS.map((column) => ({
        header: HEADINGS[column][language],
        width: WIDTHS[column],
      }));
      return writeWorkbook([{ name: FILE_NAME[language], columns, rows }], out);
    },
  };
}

function rowOf(
  { about, standing, seat }: InvitedPerson,
  exception: StepToEnter | null,
  { tree }: Calling,
  order: number,
  language: Language,
): (string | null)[] {
  const { position, unit } = postOf(about);
  const state = stateOf(standing);
  const isGone = state === 'withdrawn' || state === 'substitute-accepted';
  const said = isGone ? GONE : state === 'not-coming' ? NOT_EXPECTED : EXPECTED;
  const step = exception?.what.step as keyof typeof CHANGES | undefined;
  return [
    String(order),
    about.name,
    position,
    unit,
    tree.get(standing.bridge)?.name ?? '',
    seat?.bridge === standing.bridge ? seat.seatNumber : null,
    said[language],
    exception !== null && step !== undefined && changesNames(exception.what) ? CHANGES[step][language] : null,
    exception?.exception?.allowedBy ?? null,
    exception?.exception?.why ?? null,
  ];
}
