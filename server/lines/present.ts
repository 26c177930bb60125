import type { BridgeTree } from '../../domain/bridges/bridge.ts';
import type { BridgeId } from '../../domain/ids.ts';
import { judgeLine } from '../../domain/media/line-test.ts';
import { sayLineFinding } from '../../domain/media/sentences.ts';
import type { Language } from '../../domain/text/language.ts';
import type { LineIncidents, LineTable, LineTest } from '../../domain/wire/lines.ts';
import type { Incidents, NamedTest } from './queries.ts';
import type { StoredTest } from './store.ts';

/** A test with what it found in sentences: faults first. */
export function presentTest({ id, at, byName, seconds, measures }: NamedTest, language: Language): LineTest {
  const { verdict, findings } = judgeLine(measures);
  const said = findings
    .toSorted((a, b) => Number(b.weight === 'fault') - Number(a.weight === 'fault'))
    .map((finding) => ({ weight: finding.weight, message: sayLineFinding(finding, measures, language) }));
  // Of what could not be measured at once there is one sentence for all of it.
  const seen = new Set<string>();
  const once = said.filter(({ message }) => !seen.has(message) && seen.add(message));
  return { id, at, byName, seconds, measures, verdict, findings: once };
}

/** The last tests of the bridges that somebody sees, by column. */
export function presentTable(
  tests: readonly StoredTest[],
  bridges: readonly { readonly id: BridgeId }[],
): LineTable {
  const seen = new Set(bridges.map(({ id }) => id));
  const rows = tests.filter(({ bridge }) => seen.has(bridge));
  const column = <Name extends keyof StoredTest['measures']>(name: Name) =>
    rows.map(({ measures }) => measures[name]);
  return {
    ids: rows.map(({ bridge }) => bridge),
    at: rows.map(({ at }) => at),
    upKbps: column('upKbps'),
    downKbps: column('downKbps'),
    loss: column('loss'),
    jitterMs: column('jitterMs'),
    delayMs: column('delayMs'),
    camera: column('camera'),
    sound: column('sound'),
  };
}

/** As many as a page shows; of a nation's bad day there may be tens of thousands. */
const MOST_INCIDENTS = 1000;

/** Those that go on first, then the latest first. */
export function presentIncidents({
  tree,
  incidents,
  until,
}: Incidents & { readonly tree: BridgeTree }): LineIncidents {
  const items = incidents
    .toSorted((a, b) => Number(b.to === null) - Number(a.to === null) || b.from - a.from)
    .slice(0, MOST_INCIDENTS)
    .map((incident) => ({ ...incident, bridgeName: tree.get(incident.bridge)?.name ?? '' }));
  return { items, until, total: incidents.length };
}
