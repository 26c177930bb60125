import { describe } from '../../domain/composition/describe.ts';
import { compileClauses, place, type PlacementInput } from '../../domain/composition/place.ts';
import type { PlacementOutcome } from '../../domain/composition/placement.ts';
import { sayPlacementFinding, severityOf } from '../../domain/composition/sentences.ts';
import type { PlacementSettings } from '../../domain/composition/settings.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Language } from '../../domain/text/language.ts';
import { bridgesOf } from '../bridges/queries.ts';
import { peopleOf, rosterRevision } from '../people/queries.ts';
import { planOf } from '../plans/queries.ts';
import type { Context } from '../platform/context.ts';
import { transaction } from '../platform/database.ts';
import { differing } from '../platform/trail.ts';
import type { AuthorizedConferenceId } from '../platform/scopes.ts';
import { wasDeleted } from '../retention/queries.ts';
import { unitTreeOn } from '../units/queries.ts';
import { settingsOf } from './queries.ts';
import { replacePlacements, writeSettings, type KeptSummary } from './store.ts';

/** Settings to change; what is left out stays as it was. */
export type SettingsChange = {
  readonly [Name in keyof PlacementSettings]?: PlacementSettings[Name] | undefined;
};

export type PlaceFailure =
  | { readonly reason: 'no bridges' }
  | { readonly reason: 'no people' }
  /** Deleted after their retention period: the seats stay as they are. */
  | { readonly reason: 'names deleted' };

/**
 * Works out who sits where, and keeps placements, settings and summary together: all of it or nothing. Takes the plan,
 * the bridges and the roster as they are now.
 */
export async function placeEverybody(
  context: Context,
  conference: AuthorizedConferenceId<'organize'>,
  changed: SettingsChange,
): Promise<Result<null, PlaceFailure>> {
  if (await wasDeleted(context, conference, 'people')) return { ok: false, reason: 'names deleted' };
  // Read before the people: what is imported in between makes this placement one to be done again.
  const roster = await rosterRevision(context, conference);
  const [{ plan, revision, treeDate }, bridges, people, kept] = await Promise.all([
    planOf(context, conference),
    bridgesOf(context, conference),
    peopleOf(context, conference),
    settingsOf(context, conference),
  ]);
  const { tree } = bridges;
  if (tree === null) return { ok: false, reason: 'no bridges' };
  if (people.length === 0) return { ok: false, reason: 'no people' };
  const given = Object.entries(changed).filter(([, value]) => value !== undefined);
  const settings: PlacementSettings = { ...kept, ...Object.fromEntries(given) };
  const units = await unitTreeOn(context, treeDate);
  const outcome = place({ people, clauses: plan.clauses, bridges: tree, units, settings });

  const summary = summaryOf(
    outcome,
    { people, clauses: plan.clauses, bridges: tree, units, settings },
    roster,
  );
  const { before, after } = differing(kept, settings);
  const { seated, unplaced } = summary;
  context.audit.note({ before, after: { ...after, seated, unplaced } });
  await transaction(context.database, async (connection) => {
    await writeSettings(connection, conference, settings);
    await replacePlacements(connection, conference, outcome.placements, {
      planRevision: revision,
      bridgesRevision: bridges.revision,
      at: context.clock(),
      summary,
    });
  });
  return ok(null);
}

/** What is shown of a placement, in both languages: it is worked out once and looked at often. */
function summaryOf(outcome: PlacementOutcome, input: PlacementInput, roster: number): KeptSummary {
  const { people, clauses, bridges, units, settings } = input;
  const names = new Map<string, string>(people.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string | null => names.get(id) ?? null;
  const counts = new Map(outcome.clauses.map((count) => [count.clause, count]));
  const compiled = compileClauses(clauses, settings, units);
  const seated = outcome.placements.filter(({ bridge }) => bridge !== null).length;
  return {
    rosterRevision: roster,
    people: people.length,
    seated,
    unplaced: people.length - seated,
    clauses: clauses.map(({ id, bridgeClass, text }, index) => {
      const rules = compiled[index];
      return {
        clause: id,
        bridgeClass,
        text,
        understood: inBoth((language) => (rules === undefined ? '' : describe(rules, settings, language))),
        matched: counts.get(id)?.matched ?? 0,
        seated: counts.get(id)?.seated ?? 0,
      };
    }),
    findings: outcome.findings.map((finding) => ({
      code: finding.kind,
      severity: severityOf(finding),
      message: inBoth((language) => sayPlacementFinding(finding, { bridges, clauses }, language, nameOf)),
    })),
  };
}

function inBoth(say: (language: Language) => string): Readonly<Record<Language, string>> {
  return { vi: say('vi'), en: say('en') };
}
