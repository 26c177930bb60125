import { describe, expect, test } from 'vitest';

import { openSituation } from '../../../domain/control/situation.ts';
import { conditionOf, isLate, neverConnected, NO_LINE } from '../../../domain/control/standing.ts';
import { aBridge, at, bridgeId, treeOf } from '../attendance/factory.ts';

const hours = { startsAt: at('08:00'), endsAt: at('11:00') };
const nobody = { takesPart: true, state: 'unopened', present: 0, came: 0, summoned: 0 } as const;

describe('the condition of a bridge', () => {
  const line = { ...NO_LINE, machines: 2, lastContact: at('08:10') };

  test('is lost once all its machines have been silent for a minute', () => {
    expect(conditionOf({ state: 'open', line }, { now: at('08:10:59') })).toBe('open');
    expect(conditionOf({ state: 'open', line }, { now: at('08:11') })).toBe('lost');
    expect(conditionOf({ state: 'open', line: { ...line, connected: 1 } }, { now: at('09:00') })).toBe(
      'open',
    );
  });

  test('is not lost where no machine was ever on line, and not once it is closed', () => {
    expect(conditionOf({ state: 'open', line: NO_LINE }, { now: at('09:00') })).toBe('open');
    expect(conditionOf({ state: 'closed', line }, { now: at('09:00') })).toBe('closed');
  });

  test('late begins a quarter of an hour before the start', () => {
    expect(isLate(nobody, { ...hours, now: at('07:44:59') })).toBe(false);
    expect(isLate(nobody, { ...hours, now: at('07:45') })).toBe(true);
    expect(isLate({ ...nobody, state: 'open' }, { ...hours, now: at('08:45') })).toBe(false);
  });

  test('never connected is only who was never heard of', () => {
    expect(neverConnected({ ...nobody, line: NO_LINE })).toBe(true);
    expect(neverConnected({ ...nobody, line })).toBe(false);
    expect(neverConnected({ ...nobody, state: 'open', line: NO_LINE })).toBe(false);
  });
});

test('a bridge that takes no part is in no count, and neither late nor never heard of', () => {
  const tree = treeOf([aBridge('t', null), aBridge('x1', 't'), aBridge('x2', 't')]);
  const situation = openSituation(tree);
  situation.takeFigures(bridgeId('t'), { ...nobody, takesPart: false });
  situation.takeFigures(bridgeId('x2'), { ...nobody, takesPart: false, state: 'open', present: 3 });
  situation.count({ ...hours, now: at('08:30') });
  expect(situation.counts(bridgeId('t'))).toEqual({
    bridges: 1,
    opened: 0,
    closed: 0,
    lost: 0,
    late: 1,
    never: 1,
  });
  expect(situation.counts(bridgeId('x2'))).toMatchObject({ bridges: 0, opened: 0, late: 0 });
});

test('conditions add up over each subtree', () => {
  const tree = treeOf([aBridge('tu', null), aBridge('t', 'tu'), aBridge('x1', 't'), aBridge('x2', 't')]);
  const situation = openSituation(tree);
  situation.takeFigures(bridgeId('tu'), { ...nobody, state: 'open' });
  situation.takeFigures(bridgeId('t'), { ...nobody, state: 'closed' });
  situation.takeFigures(bridgeId('x1'), { ...nobody, state: 'open' });
  situation.takeLine(bridgeId('x1'), { ...NO_LINE, machines: 1, lastContact: at('08:00') });
  situation.count({ ...hours, now: at('08:30') });
  expect(situation.counts(bridgeId('tu'))).toEqual({
    bridges: 4,
    opened: 3,
    closed: 1,
    lost: 1,
    late: 1,
    never: 1,
  });
  expect(situation.counts(bridgeId('t'))).toMatchObject({ bridges: 3, opened: 2, lost: 1, late: 1 });
  expect(situation.counts(bridgeId('x2'))).toMatchObject({ bridges: 1, opened: 0, late: 1, never: 1 });
  situation.takeFigures(bridgeId('x2'), { ...nobody, state: 'open' });
  situation.count({ ...hours, now: at('08:30') });
  expect(situation.counts(bridgeId('tu'))).toMatchObject({ opened: 4, late: 0, never: 0 });
});
