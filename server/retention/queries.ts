import { deletedOn, kindsDue, lastDayOf } from '../../domain/retention/due.ts';
import { RETENTION_KINDS, type RetentionKind, type RetentionPeriods } from '../../domain/retention/kinds.ts';
import type { AccountId, ConferenceId } from '../../domain/ids.ts';
import { addDays, civilDateOf, startOfDay, type CivilDate, type Instant } from '../../domain/time.ts';
import { namesOf } from '../access/queries.ts';
import type { Context } from '../platform/context.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import * as personal from './personal-store.ts';
import * as store from './store.ts';

/** How one conference stands with its periods on a day. */
export interface Standing {
  readonly periods: RetentionPeriods;
  readonly lastDay: CivilDate;
  readonly today: CivilDate;
  readonly due: readonly RetentionKind[];
}

export async function standingOf(context: Context, conference: ConferenceId): Promise<Standing> {
  const { read } = context.database;
  const [periods, times] = [
    await store.readPeriods(read, conference),
    await store.readTimes(read, conference),
  ];
  if (times === null) throw new Error(`no conference ${conference}`);
  const lastDay = lastDayOf(times);
  const today = civilDateOf(context.clock());
  return { periods, lastDay, today, due: kindsDue(lastDay, periods, today) };
}

/** Conferences whose period for accounts is over: whoever was host only there is needed no more. */
export async function conferencesOver(context: Context): Promise<ConferenceId[]> {
  const over: ConferenceId[] = [];
  for (const id of await store.conferencesWithPeriods(context.database.read)) {
    if ((await standingOf(context, id)).due.includes('accounts')) over.push(id);
  }
  return over;
}

/**
 * Before which moment words of the audit trail go: whoever looks at an old list leaves an entry too, and its words are kept
 * for as many days as those of the conference. Without a period all of them.
 */
export function auditBefore({ periods, today }: Standing): Instant | null {
  return periods.audit === null ? null : startOfDay(addDays(today, -periods.audit));
}

/** How much of a kind there is. */
export async function entriesOf(
  context: Context,
  conference: ConferenceId,
  kind: RetentionKind,
  standing: Standing,
): Promise<number> {
  const { read } = context.database;
  switch (kind) {
    case 'people':
      return await personal.countPeople(read, conference);
    case 'texts':
      return await personal.countTexts(read, conference);
    case 'accounts':
      return await personal.countAccounts(read, conference, await conferencesOver(context));
    default:
      return await personal.countAudit(
        read,
        conference,
        standing.due.includes('audit') ? auditBefore(standing) : null,
      );
  }
}

export interface Preview extends Standing {
  readonly kinds: readonly {
    readonly kind: RetentionKind;
    readonly days: number | null;
    readonly deletedOn: CivilDate | null;
    readonly due: boolean;
    readonly entries: number;
    readonly deletedAt: Instant | null;
  }[];
  readonly deletions: readonly store.Deletion[];
  readonly names: ReadonlyMap<AccountId, string>;
}

const DELETIONS_SHOWN = 50;

/** What would be deleted on which day, and what was. */
export async function previewOf(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<Preview> {
  const { read } = context.database;
  const standing = await standingOf(context, conference);
  const kinds: Preview['kinds'][number][] = [];
  for (const kind of RETENTION_KINDS) {
    const days = standing.periods[kind];
    kinds.push({
      kind,
      days,
      deletedOn: deletedOn(standing.lastDay, days),
      due: standing.due.includes(kind),
      entries: await entriesOf(context, conference, kind, standing),
      deletedAt: await store.lastDeletion(read, conference, kind),
    });
  }
  const deletions = await store.listDeletions(read, conference, DELETIONS_SHOWN);
  const names = await namesOf(
    context,
    deletions.flatMap(({ by }) => by ?? []),
  );
  return { ...standing, kinds, deletions, names };
}

/** Whether a kind was deleted of a conference: then it is written anew by nobody. */
export async function wasDeleted(
  context: Context,
  conference: ConferenceId,
  kind: RetentionKind,
): Promise<boolean> {
  return (await store.lastDeletion(context.database.read, conference, kind)) !== null;
}
