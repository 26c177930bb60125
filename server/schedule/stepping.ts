import type { SessionId } from '../../domain/ids.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { IgnoredReason } from '../../domain/schedule/run.ts';
import type { Instant } from '../../domain/time.ts';
import type { RunStep } from '../../domain/wire/schedule.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { agendaStepped } from './live.ts';
import { runOf, type Running } from './queries.ts';
import { insertStep, insertUndo, readSession, readSteps, type StepRecord } from './store.ts';

export type StepFailure =
  | { readonly reason: 'no such session' }
  | { readonly reason: 'no such item' }
  /** Minutes go with `extend`, and with nothing else. */
  | { readonly reason: 'minutes' }
  /** Somebody else has said something since. */
  | { readonly reason: 'said meanwhile' }
  | { readonly reason: 'ignored'; readonly why: IgnoredReason };

/** What is said of an item; `after` is the last step that was seen, left out by whoever does not look first. */
export type Said = Omit<RunStep, 'at'> & { readonly after?: string | null | undefined };

/**
 * Says a step of the agenda, now by the server's clock. One that would change nothing (starting what runs) is refused
 * and not kept; what was said before is never changed.
 */
export async function stepAgenda(
  context: Context,
  conference: AuthorizedConferenceId<'control'>,
  id: SessionId,
  { after, ...said }: Said,
): Promise<Result<Running, StepFailure>> {
  if ((said.step === 'extend') !== (said.minutes !== null)) return { ok: false, reason: 'minutes' };
  const stepped = await transaction(context.database, async (db): Promise<Result<Running, StepFailure>> => {
    const session = await readSession(db, conference, id);
    if (session === null) return { ok: false, reason: 'no such session' };
    const title = session.agenda[said.item]?.title;
    if (title === undefined) return { ok: false, reason: 'no such item' };
    const steps = await readSteps(db, id);
    if (after !== undefined && after !== (lastStanding(steps)?.id ?? null)) {
      return { ok: false, reason: 'said meanwhile' };
    }
    // A clock that was set back does not put this step before what has happened.
    const at = Math.max(context.clock(), ...steps.map(momentOf)) as Instant;
    const by = context.actor?.name ?? '';
    const all = [...steps, { ...said, id: context.newId(), at, by, undoneAt: null }];
    const run = runOf(session, all, at);
    const ignored = run.ignored.length > runOf(session, steps, at).ignored.length ? run.ignored.at(-1) : null;
    if (ignored != null) return { ok: false, reason: 'ignored', why: ignored.reason };
    await insertStep(db, id, all.at(-1)!);
    context.audit.note({ after: { ...said, title } });
    return ok({ session, run, steps: all });
  });
  if (stepped.ok) agendaStepped(context.database, id);
  return stepped;
}

/** Takes back the last step that stands: what was said by mistake counts as never said from now on. */
export async function undoStep(
  context: Context,
  conference: AuthorizedConferenceId<'control'>,
  id: SessionId,
  step: string,
): Promise<Result<Running, Extract<StepFailure, { reason: 'no such session' | 'said meanwhile' }>>> {
  type Undone = Awaited<ReturnType<typeof undoStep>>;
  const undone = await transaction(context.database, async (db): Promise<Undone> => {
    const session = await readSession(db, conference, id);
    if (session === null) return { ok: false, reason: 'no such session' };
    const steps = await readSteps(db, id);
    const last = lastStanding(steps);
    if (last?.id !== step) return { ok: false, reason: 'said meanwhile' };
    const at = Math.max(context.clock(), ...steps.map(momentOf)) as Instant;
    await insertUndo(db, step, at, context.actor?.name ?? '');
    context.audit.note({ before: { item: last.item, step: last.step, minutes: last.minutes } });
    const all = steps.map((each) => (each === last ? { ...each, undoneAt: at } : each));
    return ok({ session, run: runOf(session, all, at), steps: all });
  });
  if (undone.ok) agendaStepped(context.database, id);
  return undone;
}

function lastStanding(steps: readonly StepRecord[]): StepRecord | undefined {
  return steps.findLast(({ undoneAt }) => undoneAt === null);
}

/** When a step last had a say in where the agenda stands. */
function momentOf({ at, undoneAt }: StepRecord): number {
  return undoneAt ?? at;
}
