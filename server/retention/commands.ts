import { setImmediate as breathe } from 'node:timers/promises';

import {
  differenceWithoutNames,
  lineWithoutNames,
  withoutNames,
  withoutRemarks,
} from '../../domain/retention/without-names.ts';
import type { RetentionKind, RetentionPeriods } from '../../domain/retention/kinds.ts';
import type { HeadcountContent } from '../../domain/reports/headcount.ts';
import type { SummaryDifference, SummaryLine } from '../../domain/reports/headcount-summary.ts';
import { assertNever } from '../../domain/result.ts';
import { emptyLog, eraseHeldTexts, eraseLedgerTexts, overwriteRemoved } from '../erasure/store.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { differing } from '../platform/trail.ts';
import { auditBefore, conferencesOver, standingOf, type Standing } from './queries.ts';
import * as personal from './personal-store.ts';
import * as store from './store.ts';

/** Sets for how long each kind is kept. What is over already goes with the next look of the job. */
export async function setPeriods(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  periods: RetentionPeriods,
): Promise<void> {
  const { periods: before } = await standingOf(context, conference);
  context.audit.note(differing(before, periods));
  await store.writePeriods(
    context.database.write,
    conference,
    periods,
    context.clock(),
    context.actor?.account ?? null,
  );
}

export interface Deleted {
  readonly kind: RetentionKind;
  /** Names, texts, accounts and entries that went. */
  readonly entries: number;
}

/**
 * Deletes what is personal of some kinds, as far as it is there. Ids, figures, chains, versions and passes stay. In steps, so
 * that nobody at a door waits for the end of a million names; where it is cut short, doing it again does the rest.
 *
 * @param reason why it is done before its day; null where the period is over
 */
export async function deleteKinds(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  kinds: readonly RetentionKind[],
  reason: string | null,
): Promise<readonly Deleted[]> {
  const { database } = context;
  const standing = await standingOf(context, conference);
  const deleted: Deleted[] = [];
  await overwriteRemoved(database.write, true);
  try {
    for (const kind of new Set(kinds)) {
      // Written first: from now on nobody imports or places people anew, and open books are read again.
      const note = { id: context.newId(), conference, kind, at: context.clock(), reason };
      const by = context.actor?.account ?? null;
      await store.addDeletion(database.write, { ...note, by, entries: 0 });
      const entries = await deleteKind(context, conference, kind, standing, reason !== null);
      await store.finishDeletion(database.write, note, entries);
      deleted.push({ kind, entries });
    }
  } finally {
    await overwriteRemoved(database.write, false);
  }
  await emptyLog(database.write);
  context.audit.note({ after: { deleted, reason } });
  return deleted;
}

async function deleteKind(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  kind: RetentionKind,
  standing: Standing,
  beforeItsDay: boolean,
): Promise<number> {
  switch (kind) {
    case 'people':
      return await deletePeople(context, conference);
    case 'texts':
      return await deleteTexts(context, conference);
    case 'accounts':
      return await deleteAccounts(context, conference);
    case 'audit':
      return await transaction(context.database, (connection) =>
        personal.eraseAudit(connection, conference, beforeItsDay ? null : auditBefore(standing)),
      );
    default:
      return assertNever(kind);
  }
}

/** Rows written in one step: a check-in waits some milliseconds for it. */
const AT_A_TIME = 1000;

async function deletePeople(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<number> {
  const { database } = context;
  const contents = await changeContents(context, conference, withoutNames);
  await replaceFrozen(context, conference);
  await transaction(database, (connection) => personal.eraseNamesBeside(connection, conference));
  // The roster last: as long as anybody stands in it by name, the rest is known not to be done.
  let people = 0;
  for (;;) {
    const erased = await transaction(database, (connection) =>
      personal.erasePeople(connection, conference, AT_A_TIME),
    );
    people += erased;
    if (erased < AT_A_TIME) break;
    await breathe();
  }
  return people + contents;
}

async function deleteTexts(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<number> {
  const texts = await transaction(context.database, async (connection) => {
    const events = await eraseLedgerTexts(connection, conference, 'everything');
    const held = await eraseHeldTexts(connection, conference, 'everything');
    return events + held + (await personal.eraseTextsBeside(connection, conference));
  });
  return texts + (await changeContents(context, conference, withoutRemarks));
}

async function deleteAccounts(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<number> {
  const over = await conferencesOver(context);
  let accounts = 0;
  for (;;) {
    const erased = await transaction(context.database, (connection) =>
      personal.eraseAccounts(connection, conference, over, AT_A_TIME),
    );
    accounts += erased;
    if (erased < AT_A_TIME) break;
    await breathe();
  }
  await personal.eraseCodes(context.database.write, conference);
  return accounts;
}

/** Writes the headcount reports of a conference anew, those whose content is another one then. Gives how many were. */
async function changeContents(
  { database }: Context,
  conference: AuthorizedConferenceId<'organize'>,
  change: (content: HeadcountContent) => HeadcountContent,
): Promise<number> {
  let changed = 0;
  for (const table of ['step', 'report'] as const) {
    for (let after = 0; ;) {
      const rows = await personal.readContents(database.read, conference, table, after, AT_A_TIME);
      const news = rows.flatMap(({ row, content }) => {
        const next = change(content);
        return JSON.stringify(next) === JSON.stringify(content) ? [] : [{ row, content: next }];
      });
      if (news.length > 0) {
        await transaction(database, (connection) => personal.writeContents(connection, table, news));
      }
      changed += news.length;
      const last = rows.at(-1);
      if (last === undefined || rows.length < AT_A_TIME) break;
      after = last.row;
      await breathe();
    }
  }
  return changed;
}

/** Takes the names out of frozen headcount summaries. The figures of each version stay as they were frozen. */
async function replaceFrozen(
  { database }: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<void> {
  for (const place of await personal.frozenSummaries(database.read, conference)) {
    const row = await personal.readFrozen(database.read, conference, place);
    if (row === undefined) continue;
    const lines = await eachLine(row.lines, (line) => lineWithoutNames(line as SummaryLine));
    const differences = await eachLine(row.differences, (one) =>
      differenceWithoutNames(one as SummaryDifference),
    );
    if (lines === row.lines && differences === row.differences) continue;
    await transaction(database, (connection) =>
      personal.replaceFrozen(connection, conference, { ...place, lines, differences }),
    );
  }
}

async function eachLine(text: string, change: (value: unknown) => object): Promise<string> {
  if (text === '') return text;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    lines.push(JSON.stringify(change(JSON.parse(line))));
    if (lines.length % AT_A_TIME === 0) await breathe();
  }
  return lines.join('\n');
}
