import { describe, expect, test } from 'vitest';

import {
  isReached,
  reachedBelow,
  reminderState,
  type Remindable,
} from '../../../domain/reports/reminders.ts';
import { bridgeId } from '../attendance/factory.ts';
import { on, tree } from './factory.ts';

const now = on('09/01 08:12');
const waiting: Remindable = { state: null, opened: false, remindedAt: null };
const reach = (
  one: Partial<Remindable>,
  who: 'all' | 'never-opened' | 'returned' = 'all',
  skipToday = false,
) => isReached({ ...waiting, ...one }, { whom: who, skipToday }, now);

describe('a reminder', () => {
  test('reaches who has sent nothing and who was returned theirs, and nobody who has answered', () => {
    expect(reach({})).toBe(true);
    expect(reach({ state: 'returned' })).toBe(true);
    expect(reach({ state: 'submitted' })).toBe(false);
    expect(reach({ state: 'accepted' })).toBe(false);
  });

  test('for those who never opened their form leaves out whoever had it before them', () => {
    expect(reach({}, 'never-opened')).toBe(true);
    expect(reach({ opened: true }, 'never-opened')).toBe(false);
    expect(reach({ state: 'returned' }, 'never-opened')).toBe(false);
  });

  test('for those who were returned theirs leaves out whoever has sent nothing', () => {
    expect(reach({ state: 'returned', opened: true }, 'returned')).toBe(true);
    expect(reach({}, 'returned')).toBe(false);
  });

  test('without those reminded today counts days on the clock of the conference', () => {
    expect(reach({ remindedAt: on('09/01 00:00') }, 'all', true)).toBe(false);
    expect(reach({ remindedAt: on('08/01 23:59') }, 'all', true)).toBe(true);
    expect(reach({ remindedAt: on('09/01 00:00') }, 'all', false)).toBe(true);
  });

  test('reaches those below a bridge and not the bridge itself', () => {
    const choice = { whom: 'all', skipToday: false } as const;
    expect(reachedBelow(tree, bridgeId('h1'), choice, now, () => waiting)).toEqual(['x1', 'x2']);
    expect(reachedBelow(tree, bridgeId('x1'), choice, now, () => waiting)).toEqual([]);
  });

  test('waits until it was sent or taken back', () => {
    expect(reminderState({ sentAt: null, withdrawnAt: null })).toBe('waiting');
    expect(reminderState({ sentAt: now, withdrawnAt: null })).toBe('sent');
    expect(reminderState({ sentAt: null, withdrawnAt: now })).toBe('withdrawn');
  });
});
