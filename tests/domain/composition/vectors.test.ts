import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { place } from '../../../domain/composition/place.ts';
import type { Placement, PlacementFinding, PlacementOutcome } from '../../../domain/composition/placement.ts';
import { explainer, severityOf } from '../../../domain/composition/sentences.ts';
import { DEFAULT_SETTINGS, type PlacementSettings } from '../../../domain/composition/settings.ts';
import { bridge, nationalClauses, person, treeOf } from './factory.ts';

interface Given {
  readonly bridges: readonly { id: string; class: string; unit: string; parent?: string; capacity: number }[];
  readonly people: readonly {
    id: string;
    positions: string[];
    name?: string;
    precedence?: number;
    collectiveLeadership?: boolean;
    namedInPlan?: boolean;
  }[];
  readonly chairs: Record<string, string | null>;
  readonly settings: Settings;
  readonly expect: Record<string, Expected>;
  readonly findings: readonly string[];
  readonly then: readonly {
    change: {
      chairs?: Record<string, string>;
      settings?: Partial<Settings>;
      bridges?: Record<string, { capacity: number }>;
    };
    expect: Record<string, Expected>;
    findings?: readonly string[];
  }[];
}

interface Settings {
  readonly lowerLevelMembership: 'higher bridge first' | 'lower bridge first';
  readonly extensionAt: string[];
  readonly fillOrder: ('precedence' | 'name' | 'id')[];
  readonly named: Record<string, { clause: string; people: string[]; decision: string }>;
  readonly quota: Record<string, { clause: string; seats: number; named: string[] }>;
}

interface Expected {
  readonly bridge: string | null;
  readonly as?: string;
  readonly basis?: string;
  readonly clause?: string;
  readonly also?: string;
}

const given = JSON.parse(
  readFileSync(new URL('../../vectors/composition.json', import.meta.url), 'utf8'),
) as Given;

/** The worked examples name bodies in words only, and leave the top of the tree unsaid. */
function run(
  change: Given['then'][number]['change'],
): PlacementOutcome & { explain: (id: string) => string } {
  const chairs = { ...given.chairs, ...change.chairs };
  const said = { ...given.settings, ...change.settings };
  const bridges = treeOf(
    given.bridges.map((one) =>
      bridge(one.id, one.class, {
        organisation: one.unit,
        parent: one.parent ?? (one.id === 'central' ? null : 'central'),
        capacity: change.bridges?.[one.id]?.capacity ?? one.capacity,
        chair: chairs[one.id] ?? null,
      }),
    ),
  );
  const settings = {
    ...DEFAULT_SETTINGS,
    lowerLevelMembership: said.lowerLevelMembership,
    extensionAt: said.extensionAt,
    fillOrder: said.fillOrder,
    named: Object.entries(said.named).map(([at, one]) => ({ bridge: at, ...one })),
    quota: Object.entries(said.quota).map(([at, one]) => ({ bridge: at, ...one })),
  } as unknown as PlacementSettings;
  const clauses = nationalClauses();
  const outcome = place({
    people: given.people.map((one) => person(one.id, one.positions, one)),
    clauses,
    bridges,
    settings,
  });
  const explain = explainer({ bridges, clauses, lowerLevelMembership: settings.lowerLevelMembership });
  return {
    ...outcome,
    explain: (id) => `${explain(placementOf(outcome, id), 'vi')} ${explain(placementOf(outcome, id), 'en')}`,
  };
}

function placementOf(outcome: PlacementOutcome, id: string): Placement {
  const found = outcome.placements.find((placement) => placement.person === id);
  if (found === undefined) throw new Error(`no placement of ${id}`);
  return found;
}

/** What the examples say of somebody, beside what the program says. */
function seen(outcome: PlacementOutcome, id: string, expected: Expected): Record<string, unknown> {
  const { bridge: at, as, basis, clause } = placementOf(outcome, id);
  const all = { id, bridge: at, as, basis, clause };
  return Object.fromEntries(Object.entries(all).filter(([key]) => key === 'id' || key in expected));
}

function wanted(id: string, { bridge: at, as, basis, clause }: Expected): Record<string, unknown> {
  const all = { id, bridge: at, as, basis, clause };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The sentences of the worked examples speak of ids. */
function inWords(finding: PlacementFinding): string | null {
  switch (finding.kind) {
    case 'no-chair':
      return `bridge '${finding.bridge}' has no chair`;
    case 'seats-not-named':
      return `bridge '${finding.bridge}': ${finding.open} seat of ${finding.clause} not yet named`;
    case 'over-capacity':
      return `bridge '${finding.bridge}': ${finding.summoned} summoned, ${finding.capacity} seats`;
    default:
      return severityOf(finding) === 'note' ? null : finding.kind;
  }
}

function findingsOf(outcome: PlacementOutcome): string[] {
  return outcome.findings.map(inWords).filter((words) => words !== null);
}

describe('the worked examples of composition', () => {
  const base = run({});

  for (const [id, expected] of Object.entries(given.expect)) {
    test(`${id} sits at ${expected.bridge ?? 'no bridge'} (${expected.clause ?? expected.as ?? 'no clause'})`, () => {
      expect(seen(base, id, expected)).toEqual(wanted(id, expected));
    });
  }

  test('findings are the missing chair and the seat not yet named, no more', () => {
    expect(findingsOf(base).toSorted()).toEqual([...given.findings].toSorted());
  });

  test('a membership passed over is said', () => {
    const tenth = placementOf(base, 'p10');
    expect(tenth.others).toEqual([{ bridge: 'daitu', clause: 'C16', passedOverBy: 'lower-level-setting' }]);
    expect(placementOf(base, 'p01').others).toContainEqual({
      bridge: 'central',
      clause: 'C2',
      passedOverBy: 'exclusion',
    });
  });

  for (const [index, one] of given.then.entries()) {
    test(`change ${index + 1}: ${JSON.stringify(one.change)}`, () => {
      const outcome = run(one.change);
      for (const [id, before] of Object.entries(given.expect)) {
        const expected = one.expect[id] ?? before;
        expect(seen(outcome, id, expected)).toEqual(wanted(id, expected));
      }
      // The last example adds its finding to those that stay; the others list all that are left.
      const stay = one.change.bridges === undefined ? [] : given.findings;
      const findings = one.findings === undefined ? given.findings : [...one.findings, ...stay];
      expect(findingsOf(outcome).toSorted()).toEqual(findings.toSorted());
    });
  }

  test('every placement explains itself in both languages', () => {
    for (const { id } of given.people) {
      const words = base.explain(id);
      expect(words).not.toMatch(/null|undefined|\[object/);
      expect(words.length).toBeGreaterThan(20);
    }
    expect(base.explain('p10')).toContain('C11');
    expect(base.explain('p10')).toContain('theo thiết lập');
  });
});
