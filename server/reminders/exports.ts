import type { Bridge } from '../../domain/bridges/bridge.ts';
import { sayBridgeClass } from '../../domain/bridges/sentences.ts';
import type { BridgeDue } from '../../domain/reports/due.ts';
import { isUnanswered } from '../../domain/reports/reminders.ts';
import { dueStatusWord } from '../../domain/reports/sentences.ts';
import { formatDuration } from '../../domain/text/durations.ts';
import type { Language } from '../../domain/text/language.ts';
import type { Context } from '../platform/context.ts';
import type { Document } from '../platform/endpoint.ts';
import type { AuthorizedBridgeId, AuthorizedConferenceId } from '../platform/scopes.ts';
import { fileName, TYPES, writeTable } from '../reports/exports.ts';
import { headcountsOf } from '../reports/queries.ts';
import { YES_OR_NO } from '../reports/sentences.ts';
import { columnsIn, type Table } from '../reports/tables.ts';
import { marksOf, type BridgeReminders } from './queries.ts';
import { UNANSWERED } from './sentences.ts';

interface Unanswered {
  readonly place: number;
  readonly bridge: Bridge;
  readonly upperName: string | null;
  readonly due: BridgeDue;
  readonly opened: boolean;
  readonly reminders: BridgeReminders | undefined;
}

/** Those below a bridge that have not answered, with whom to call, as a file; null before the bridges are built. */
export async function exportUnanswered(
  context: Context,
  conference: AuthorizedConferenceId,
  top: AuthorizedBridgeId<'people' | 'below'>,
  { format, language }: { readonly format: 'xlsx' | 'csv'; readonly language: Language },
): Promise<Document | null> {
  const [headcounts, marks] = await Promise.all([
    headcountsOf(context, conference, 'now'),
    marksOf(context, conference),
  ]);
  const node = headcounts?.tree.get(top);
  if (headcounts === null || node === undefined) return null;
  const rows = headcounts.tree.subtree(top).flatMap((bridge) => {
    const due = headcounts.due.get(bridge.id);
    if (due === undefined || bridge.id === top || !isUnanswered(due)) return [];
    const upper = bridge.parent === null ? undefined : headcounts.tree.get(bridge.parent);
    return [
      {
        bridge,
        due,
        upperName: upper?.name ?? null,
        opened: marks.opened.has(bridge.id),
        reminders: marks.reminded.get(bridge.id),
      },
    ];
  });
  const table = tableOf(
    rows.map((row, place) => ({ ...row, place })),
    language,
  );
  const name = UNANSWERED[language];
  return {
    type: TYPES[format],
    filename: fileName(name, node.name, headcounts.asOf, format),
    write: (out) => writeTable(table, format, name, language, out),
  };
}

function tableOf(rows: readonly Unanswered[], language: Language): Table<Unanswered> {
  const { text, count, moment } = columnsIn<Unanswered>(language);
  return {
    ids: ({ bridge }) => ({ bridge: bridge.id }),
    columns: [
      count('number', ({ place }) => place + 1),
      text('bridgeName', ({ bridge }) => bridge.name, 40),
      text('upperName', ({ upperName }) => upperName, 30),
      text('level', ({ bridge }) => sayBridgeClass(bridge.class, language), 18),
      text('reportStatus', ({ due }) => dueStatusWord(due.status, language), 16),
      moment('dueBefore', ({ due }) => due.deadline?.dueBefore ?? null),
      text('lateBy', ({ due }) => (due.lateByMs === 0 ? null : formatDuration(due.lateByMs, language)), 18),
      text('organizer', ({ bridge }) => bridge.contacts.organizer?.name ?? null, 24),
      text('organizerPhone', ({ bridge }) => bridge.contacts.organizer?.phone ?? null, 16),
      text('technical', ({ bridge }) => bridge.contacts.technical?.name ?? null, 24),
      text('technicalPhone', ({ bridge }) => bridge.contacts.technical?.phone ?? null, 16),
      text('opened', ({ opened }) => YES_OR_NO[opened ? 'yes' : 'no'][language], 10),
      count('reminded', ({ reminders }) => reminders?.times ?? 0),
      moment('remindedAt', ({ reminders }) => reminders?.lastAt ?? null),
    ],
    rows,
  };
}
