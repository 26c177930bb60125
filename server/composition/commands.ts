import { applyChange, type CompositionChange } from '../../domain/composition/change.ts';
import { PlacementSettings } from '../../domain/composition/settings.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { PlacementEffect } from '../../domain/wire/placement.ts';
import { bridgesOf } from '../bridges/queries.ts';
import type { ThreadFailure } from '../documents/thread.ts';
import { rosterForThread, rosterRevision } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import { differing } from '../platform/trail.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { unitTreeOn } from '../units/queries.ts';
import { runPlacing, unitsForThread, type PlacingTask, type Standing } from './placing.ts';
import { settingsOf } from './queries.ts';
import { insertChange, markUndone, readChangeRevision, readLastChange } from './change-store.ts';
import { readSeatPairs, replacePlacements, writeSettings } from './store.ts';

/** Settings to change; what is left out stays as it was. */
export type SettingsChange = {
  readonly [Name in keyof PlacementSettings]?: PlacementSettings[Name] | undefined;
};

/** What to change before people are placed, if anything. */
export interface Wanted {
  readonly settings?: SettingsChange | undefined;
  readonly change?: CompositionChange | undefined;
  /** Of the effect that was looked at. */
  readonly seen?: string | undefined;
}

export type PlaceFailure =
  | { readonly reason: 'no bridges' }
  | { readonly reason: 'no people' }
  /** Deleted after their retention period: the seats stay as they are. */
  | { readonly reason: 'names deleted' }
  /** Plan, bridges, roster or composition are not any more what was looked at. */
  | { readonly reason: 'changed meanwhile' }
  | ThreadFailure;

/** What a placement is worked out from. */
interface Ground {
  readonly planRevision: number;
  readonly bridgesRevision: number;
  readonly roster: number;
  readonly changes: number;
  readonly settings: PlacementSettings;
  readonly task: Omit<PlacingTask, 'settings' | 'standing'>;
}

/** How often a placement is worked out anew because another organizer was quicker. */
const TRIES = 3;

/**
 * Works out who sits where, and keeps placements, settings and summary together: all of it or nothing. Takes the plan,
 * the bridges and the roster as they are now. Where another organizer changes the composition meanwhile, both changes hold,
 * unless this one goes by an effect that was looked at.
 */
export async function placeEverybody(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  wanted: Wanted = {},
): Promise<Result<null, PlaceFailure>> {
  for (let tries = 1; ; tries += 1) {
    const placed = await placeOnce(context, conference, wanted);
    const isLate = !placed.ok && placed.reason === 'changed meanwhile' && wanted.seen === undefined;
    if (!isLate || tries === TRIES) return placed;
  }
}

async function placeOnce(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  wanted: Wanted,
): Promise<Result<null, PlaceFailure>> {
  const found = await groundOf(context, conference);
  if (!found.ok) return found;
  const ground = found.value;
  if (wanted.seen !== undefined && wanted.seen !== tokenOf(ground)) {
    return { ok: false, reason: 'changed meanwhile' };
  }
  return await placeWith(
    context,
    conference,
    ground,
    settingsAfter(ground.settings, wanted),
    (connection, before) =>
      insertChange(connection, conference, {
        at: context.clock(),
        by: context.actor?.name ?? '',
        change: wanted.change ?? null,
        before,
      }),
  );
}

export type UndoFailure =
  | PlaceFailure
  /** Nothing was changed, it has been taken back already, or something else was changed since. */
  | { readonly reason: 'nothing to undo' };

/** Takes back the last change of the composition, if it still is the one that was looked at, and places again. */
export async function undoComposition(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  place: number,
): Promise<Result<null, UndoFailure>> {
  const last = await readLastChange(context.database.read, conference);
  if (last?.place !== place) return { ok: false, reason: 'nothing to undo' };
  const found = await groundOf(context, conference);
  if (!found.ok) return found;
  const before = PlacementSettings.parse(last.before);
  return await placeWith(context, conference, found.value, before, (connection) =>
    markUndone(connection, conference, place),
  );
}

/** What placing again would do, with a change or as things stand. Nothing is kept. */
export async function placementEffect(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  change: CompositionChange | undefined,
): Promise<Result<PlacementEffect, PlaceFailure>> {
  const found = await groundOf(context, conference);
  if (!found.ok) return found;
  const ground = found.value;
  const seats = await readSeatPairs(context.database.read, conference);
  const standing: Standing = { settings: ground.settings, seats, language: context.language };
  const settings = settingsAfter(ground.settings, { change });
  const ran = await runPlacing({ ...ground.task, settings, standing });
  if (!ran.ok) return ran;
  if (ran.value.kind !== 'effect') return { ok: false, reason: 'no people' };
  return ok({ seen: tokenOf(ground), ...ran.value.effect });
}

function settingsAfter(kept: PlacementSettings, { settings = {}, change }: Wanted): PlacementSettings {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  const changed: PlacementSettings = { ...kept, ...Object.fromEntries(given) };
  return change === undefined ? changed : applyChange(changed, change);
}

async function groundOf(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
): Promise<Result<Ground, PlaceFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  // Read before the people: what is imported in between makes this placement one to be done again.
  const [roster, changes] = await Promise.all([
    rosterRevision(context, conference),
    readChangeRevision(context.database.read, conference),
  ]);
  const [{ plan, revision, treeDate }, bridges, people, settings] = await Promise.all([
    planOf(context, conference),
    bridgesOf(context, conference),
    rosterForThread(context, conference),
    settingsOf(context, conference),
  ]);
  if (bridges.tree === null) return { ok: false, reason: 'no bridges' };
  const units = unitsForThread(await unitTreeOn(context, treeDate));
  return ok({
    planRevision: revision,
    bridgesRevision: bridges.revision,
    roster,
    changes,
    settings,
    task: { roster: people, clauses: plan.clauses, bridges: bridges.tree.bridges, units },
  });
}

function tokenOf({ planRevision, bridgesRevision, roster, changes }: Ground): string {
  return [planRevision, bridgesRevision, roster, changes].join(':');
}

/** Places with the given settings; `keepChange` writes what happened to them, where anything did. */
async function placeWith(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  ground: Ground,
  settings: PlacementSettings,
  keepChange: (connection: Context['database']['write'], before: PlacementSettings) => Promise<void>,
): Promise<Result<null, PlaceFailure>> {
  const ran = await runPlacing({ ...ground.task, settings, standing: null });
  if (!ran.ok) return ran;
  const placing = ran.value;
  if (placing.kind !== 'placed') return { ok: false, reason: 'no people' };
  const { before, after } = differing(ground.settings, settings);
  const { seated, unplaced } = placing.summary;
  context.audit.note({ before, after: { ...after, seated, unplaced } });
  return await transaction(context.database, async (connection) => {
    if ((await readChangeRevision(connection, conference)) !== ground.changes) {
      return { ok: false, reason: 'changed meanwhile' };
    }
    if (Object.keys({ ...before, ...after }).length > 0) await keepChange(connection, ground.settings);
    await writeSettings(connection, conference, settings);
    await replacePlacements(connection, conference, placing, {
      planRevision: ground.planRevision,
      bridgesRevision: ground.bridgesRevision,
      at: context.clock(),
      summary: { ...placing.summary, rosterRevision: ground.roster },
    });
    return ok(null);
  });
}
