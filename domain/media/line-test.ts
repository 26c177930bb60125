import { z } from 'zod';

const figure = z.number().min(0).nullable();

/** What a bridge measured in its two minutes (kiểm tra đường truyền). Null is what could not be measured. */
export const LineMeasures = z.object({
  upKbps: figure,
  downKbps: figure,
  /** Share of the packets lost, 0 to 1; the worse of both ways. */
  loss: z.number().min(0).max(1).nullable(),
  jitterMs: figure,
  /** There and back. */
  delayMs: figure,
  /** Whether its camera gave pictures, and whether its microphone heard its own loudspeaker. */
  camera: z.boolean().nullable(),
  sound: z.boolean().nullable(),
});
export type LineMeasures = z.infer<typeof LineMeasures>;
export type LineMeasure = keyof LineMeasures;

export interface LineFinding {
  readonly measure: LineMeasure;
  readonly weight: 'remark' | 'fault';
  /** `unmeasured`: the test has to be run again for it. */
  readonly kind: 'too low' | 'too high' | 'absent' | 'unmeasured';
  /** What it should have reached or kept to; null where there is no figure. */
  readonly limit: number | null;
}

export interface LineVerdict {
  /** A bridge with remarks can take part; one with faults is to be helped before the day. */
  readonly verdict: 'fit' | 'fit with remarks' | 'unfit';
  readonly findings: readonly LineFinding[];
}

/**
 * Program is a megabit a second and the own camera as much. Below the first figure something will stutter now and then; below the
 * second it does not carry the program.
 */
const AT_LEAST = { upKbps: [1_500, 600], downKbps: [1_500, 1_000] } as const;
const AT_MOST = { loss: [0.01, 0.05], jitterMs: [40, 120], delayMs: [300, 800] } as const;

/** What the test says about a bridge's line, in the order of the measures. */
export function judgeLine(measures: LineMeasures): LineVerdict {
  const findings: LineFinding[] = [];
  const note = (
    measure: LineMeasure,
    kind: LineFinding['kind'],
    weight: LineFinding['weight'],
    limit: number | null = null,
  ): void => void findings.push({ measure, weight, kind, limit });
  for (const measure of ['upKbps', 'downKbps'] as const) {
    const value = measures[measure];
    const [wanted, needed] = AT_LEAST[measure];
    if (value === null) note(measure, 'unmeasured', 'fault');
    else if (value < needed) note(measure, 'too low', 'fault', needed);
    else if (value < wanted) note(measure, 'too low', 'remark', wanted);
  }
  for (const measure of ['loss', 'jitterMs', 'delayMs'] as const) {
    const value = measures[measure];
    const [wanted, bearable] = AT_MOST[measure];
    if (value === null) note(measure, 'unmeasured', 'fault');
    else if (value > bearable) note(measure, 'too high', 'fault', bearable);
    else if (value > wanted) note(measure, 'too high', 'remark', wanted);
  }
  for (const measure of ['camera', 'sound'] as const) {
    const works = measures[measure];
    if (works !== true) note(measure, works === null ? 'unmeasured' : 'absent', 'fault');
  }
  const isUnfit = findings.some(({ weight }) => weight === 'fault');
  return { verdict: isUnfit ? 'unfit' : findings.length > 0 ? 'fit with remarks' : 'fit', findings };
}
