import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { BridgeId } from '../../../domain/ids.ts';
import {
  audible,
  EMPTY_FLOOR,
  stepFloor,
  turnsOf,
  type FloorState,
  type FloorStep,
} from '../../../domain/media/floor.ts';
import type { Instant } from '../../../domain/time.ts';

const bridge = (id: string) => BridgeId.parse(id);
const [hall, north, south] = [bridge('hall'), bridge('north'), bridge('south')];

/** Steps one after the other; one that is refused changes nothing. */
function after(...steps: readonly [FloorStep['step'], BridgeId][]): FloorState {
  return steps.reduce((state, [step, who], at) => {
    const next = stepFloor(state, { step, bridge: who, at: at as Instant });
    return next.ok ? next.value : state;
  }, EMPTY_FLOOR);
}

const firstStep = (step: FloorStep['step']) =>
  stepFloor(EMPTY_FLOOR, { step, bridge: north, at: 0 as Instant });

describe('the floor', () => {
  test('who is granted the floor is on program with its sound', () => {
    const state = after(['put', hall], ['ask', north], ['grant', north]);
    expect(state).toMatchObject({ program: north, holder: { bridge: north, before: hall }, asking: [] });
    expect(audible(state)).toEqual([north]);
  });

  test.each(['give back', 'take', 'lost'] as const)('what was on program before is back after: %s', (end) => {
    expect(after(['put', hall], ['ask', north], ['grant', north], [end, north])).toEqual({
      program: hall,
      holder: null,
      asking: [],
    });
  });

  test('what the director put on meanwhile stays on when the floor ends, and both are heard until then', () => {
    const during = after(['put', hall], ['ask', north], ['grant', north], ['put', south]);
    expect(audible(during)).toEqual([south, north]);
    const ended = after(['put', hall], ['ask', north], ['grant', north], ['put', south], ['take', north]);
    expect(ended.program).toBe(south);
  });

  test('a bridge that was on program already stays on when its floor ends', () => {
    expect(after(['put', hall], ['ask', hall], ['grant', hall], ['take', hall]).program).toBe(hall);
  });

  test('the floor moves on from one to the next, and in the end back to what was before the first', () => {
    const moved = after(['put', hall], ['ask', north], ['ask', south], ['grant', north], ['grant', south]);
    expect(moved).toMatchObject({ program: south, holder: { bridge: south, before: hall } });
  });

  test('asking twice keeps the first place; a lost line keeps it too', () => {
    const state = after(['ask', north], ['ask', south], ['ask', north], ['lost', north]);
    expect(state.asking.map((one) => one.bridge)).toEqual([north, south]);
  });

  test('nobody is granted what they do not ask for, nor gives back what they do not have', () => {
    expect(firstStep('grant')).toEqual({ ok: false, reason: 'not asking' });
    expect(firstStep('give back')).toEqual({ ok: false, reason: 'not holding' });
    expect(firstStep('take')).toEqual({ ok: false, reason: 'not holding' });
  });

  test('after any steps nobody asks twice, and whoever has the floor does not ask', () => {
    const steps = ['put', 'ask', 'withdraw', 'grant', 'give back', 'take', 'lost'] as const;
    const step = fc.tuple(fc.constantFrom(...steps), fc.constantFrom(hall, north, south));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (list) => {
        const state = after(...list);
        const asking = state.asking.map((one) => one.bridge);
        expect(new Set(asking).size).toBe(asking.length);
        expect(asking).not.toContain(state.holder?.bridge);
      }),
    );
  });
});

test('a step that changes nothing gives back the very same state', () => {
  const state = after(['put', hall], ['ask', north]);
  for (const [step, who] of [
    ['put', hall],
    ['ask', north],
    ['withdraw', south],
    ['lost', south],
  ] as const)
    expect(stepFloor(state, { step, bridge: who, at: 9 as Instant })).toEqual({ ok: true, value: state });
  const again = stepFloor(state, { step: 'put', bridge: hall, at: 9 as Instant });
  expect(again.ok && again.value === state).toBe(true);
});

test('turns are from one step to the next, and what was refused is none', () => {
  const steps = (
    [
      ['put', hall],
      ['grant', south],
      ['ask', north],
      ['grant', north],
      ['put', south],
      ['give back', north],
    ] as const
  ).map(([step, who], at) => ({ step, bridge: who, at: at as Instant }));
  expect(turnsOf(steps)).toEqual({
    floor: [{ bridge: north, from: 3, to: 5 }],
    program: [
      { bridge: hall, from: 0, to: 3 },
      { bridge: north, from: 3, to: 4 },
      { bridge: south, from: 4, to: null },
    ],
  });
});
