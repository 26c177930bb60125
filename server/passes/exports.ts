import type { Writable } from 'node:stream';

import { shorten } from '../../domain/text/normalize.ts';
import type { Language } from '../../domain/text/language.ts';
import { ok, type Result } from '../../domain/result.ts';
import { writeCsv } from '../documents/csv.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { issuePass } from './commands.ts';
import { presentPass } from './present.ts';
import { type Issue, issueOf, type IssueFailure } from './queries.ts';
import { FILE_NAME, HEADINGS } from './sentences.ts';

const COLUMNS = ['person', 'name', 'position', 'unit', 'bridge', 'seatNumber', 'serial', 'code'] as const;

/** The passes of a bridge and everything below it as a CSV, signed as they are written. */
export async function exportPasses(
  context: Context,
  conference: AuthorizedConferenceId,
  bridge: AuthorizedBridgeId<'organize'>,
  language: Language,
): Promise<Result<Document & { readonly written: () => number }, IssueFailure>> {
  const issue = await issueOf(context, conference, bridge);
  if (!issue.ok) return issue;
  const { node } = issue.value;
  let written = 0;
  const name = node.name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*\s]+/gu, ' ')
    .trim();
  return ok({
    type: 'text/csv',
    filename: `${FILE_NAME[language]} - ${shorten(name, 80)}.csv`,
    written: () => written,
    write: (out: Writable) =>
      writeCsv(
        COLUMNS.map((column) => HEADINGS[column][language]),
        rowsOf(context, conference, issue.value, () => (written += 1)),
        out,
      ),
  });
}

async function* rowsOf(
  context: Context,
  conference: AuthorizedConferenceId,
  issue: Issue,
  count: () => void,
): AsyncGenerator<(string | number | null)[]> {
  for await (const bearer of issue.bearers({})) {
    const code = issuePass(context, conference, bearer, issue.until);
    const row = { ...presentPass(bearer, code), bridge: bearer.bridgeName };
    count();
    yield COLUMNS.map((column) => row[column]);
  }
}
