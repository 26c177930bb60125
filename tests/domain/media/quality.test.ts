import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { judgeLine, type LineMeasures } from '../../../domain/media/line-test.ts';
import {
  beginLine,
  endLine,
  followSample,
  incidentTotals,
  levelOf,
  hearOf,
  lookForDrop,
  resumeLine,
  type QualityIncident,
  type QualitySample,
} from '../../../domain/media/quality.ts';
import type { Instant } from '../../../domain/time.ts';
import { FINE_LINE } from '../../fine-line.ts';

const at = (seconds: number) => (seconds * 1000) as Instant;
const fine = (seconds: number): QualitySample => ({
  at: at(seconds),
  loss: 0,
  jitterMs: 5,
  delayMs: 60,
  frames: 25,
});
/** What is known in the end of a line that sampled so: the last word on each incident. */
function incidentsOf(samples: readonly QualitySample[]): QualityIncident[] {
  const line = beginLine();
  return lastWords(samples.flatMap((sample) => followSample(line, sample)));
}
const lastWords = (told: readonly QualityIncident[]): QualityIncident[] => [
  ...new Map(told.map((incident) => [`${incident.kind} ${incident.from}`, incident])).values(),
];
const bad = (seconds: number): QualitySample => ({ ...fine(seconds), loss: 0.3 });

describe('quality of a line', () => {
  test('one bad measure is enough', () => {
    expect(levelOf(fine(0))).toBe('good');
    expect(levelOf({ ...fine(0), jitterMs: 60 })).toBe('fair');
    expect(levelOf({ ...fine(0), frames: 2 })).toBe('poor');
  });

  test('no pictures while there is nothing to show are no fault', () => {
    expect(levelOf({ ...fine(0), frames: null })).toBe('good');
    expect(levelOf({ ...bad(0), frames: null })).toBe('poor');
  });

  test('two bad samples are no incident; three are one, from the first until it is better twice', () => {
    expect(incidentsOf([bad(0), bad(5), fine(10)])).toEqual([]);
    const samples = [fine(0), bad(5), bad(10), bad(15), fine(20), bad(25), fine(30), fine(35)];
    expect(incidentsOf(samples)).toEqual([{ kind: 'poor', from: at(5), to: at(30) }]);
  });

  test('who is away for more than fifteen seconds has dropped, from when they were heard of last until they are back', () => {
    const gone = beginLine();
    followSample(gone, fine(0));
    expect(lookForDrop(gone, at(15))).toEqual([]);
    expect(lookForDrop(gone, at(16))).toEqual([{ kind: 'dropped', from: at(0), to: null }]);
    expect(lookForDrop(gone, at(30))).toEqual([]);
    expect(hearOf(gone, at(40))).toEqual([{ kind: 'dropped', from: at(0), to: at(40) }]);
    expect(hearOf(gone, at(41))).toEqual([]);
  });

  test('a drop ends what was poor before it', () => {
    const gone = beginLine();
    for (const second of [0, 5, 10]) followSample(gone, bad(second));
    expect(lookForDrop(gone, at(30))).toEqual([
      { kind: 'poor', from: at(0), to: at(10) },
      { kind: 'dropped', from: at(10), to: null },
    ]);
  });

  test('no samples while there is nothing to see are no incident', () => {
    expect(incidentsOf([fine(0), fine(600)])).toEqual([]);
  });

  test('what goes on is ended by the end of the session, and nothing after it is held against the line', () => {
    const line = beginLine();
    for (const second of [0, 5, 10]) followSample(line, bad(second));
    expect(endLine(line, at(12))).toEqual([{ kind: 'poor', from: at(0), to: at(12) }]);
    expect(lookForDrop(line, at(100))).toEqual([]);
    const silent = beginLine();
    followSample(silent, fine(0));
    lookForDrop(silent, at(60));
    expect(endLine(silent, at(70))).toEqual([{ kind: 'dropped', from: at(0), to: at(70) }]);
  });

  test('whoever begins to follow anew goes on with the incident that had not ended', () => {
    const dropped = resumeLine(at(100), { kind: 'dropped', from: at(50), to: null });
    expect(followSample(dropped, fine(120))).toEqual([{ kind: 'dropped', from: at(50), to: at(120) }]);
    const poor = resumeLine(at(100), { kind: 'poor', from: at(50), to: null });
    expect([...followSample(poor, fine(105)), ...followSample(poor, fine(110))]).toEqual([
      { kind: 'poor', from: at(50), to: at(105) },
    ]);
    const fineBefore = resumeLine(at(100), null);
    expect(lookForDrop(fineBefore, at(110))).toEqual([]);
    expect(lookForDrop(fineBefore, at(116))).toEqual([{ kind: 'dropped', from: at(100), to: null }]);
  });

  test('incidents never overlap, each but the last has an end, and late samples change nothing', () => {
    const steps = fc.array(fc.constantFrom('fine', 'bad', 'away', 'back'), { maxLength: 80 });
    fc.assert(
      fc.property(steps, (taken) => {
        const line = beginLine();
        const told = taken.flatMap((step, index) => {
          const now = (index + 1) * 20;
          if (step === 'away') return lookForDrop(line, at(now));
          if (step === 'back') return hearOf(line, at(now));
          return [
            ...followSample(line, step === 'fine' ? fine(now) : bad(now)),
            ...followSample(line, bad(-5)),
          ];
        });
        const incidents = lastWords(told).toSorted((a, b) => a.from - b.from);
        for (const [index, { to }] of incidents.slice(0, -1).entries()) {
          expect(to).not.toBeNull();
          expect(to).toBeLessThanOrEqual(incidents[index + 1]!.from);
        }
      }),
    );
  });

  test('their totals count what goes on up to now', () => {
    const incidents: QualityIncident[] = [
      { kind: 'poor', from: at(0), to: at(30) },
      { kind: 'dropped', from: at(40), to: null },
    ];
    expect(incidentTotals(incidents, at(100))).toEqual({
      count: 2,
      dropped: 1,
      lastedMs: 90_000,
      longestMs: 60_000,
    });
  });
});

describe('the line test', () => {
  test.each<[Partial<LineMeasures>, string]>([
    [{}, 'fit'],
    [{ upKbps: 1499 }, 'fit with remarks'],
    [{ upKbps: 599 }, 'unfit'],
    [{ downKbps: 999 }, 'unfit'],
    [{ loss: 0.02 }, 'fit with remarks'],
    [{ loss: 0.06 }, 'unfit'],
    [{ delayMs: 301 }, 'fit with remarks'],
    [{ jitterMs: null }, 'unfit'],
    [{ camera: false }, 'unfit'],
    [{ sound: null }, 'unfit'],
  ])('%o makes a line %s', (changed, verdict) => {
    expect(judgeLine({ ...FINE_LINE, ...changed }).verdict).toBe(verdict);
  });

  test('each finding names what was measured and the limit', () => {
    expect(judgeLine({ ...FINE_LINE, loss: 0.06, camera: false }).findings).toEqual([
      { measure: 'loss', weight: 'fault', kind: 'too high', limit: 0.05 },
      { measure: 'camera', weight: 'fault', kind: 'absent', limit: null },
    ]);
  });
});
