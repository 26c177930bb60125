import { expect, test } from 'vitest';

import { nextStep, type NextStep, type Preparation } from '../../../domain/plan/next-step.ts';
import { instantOf, type Instant } from '../../../domain/time.ts';

const at = (iso: string): Instant => instantOf(iso) as Instant;
const READY: Preparation = {
  state: 'issued',
  bridges: 10,
  people: 200,
  placed: true,
  reportsDue: at('2025-01-10T00:00:00+07:00'),
  rehearsal: at('2025-01-12T14:00:00+07:00'),
  startsAt: at('2025-01-13T08:00:00+07:00'),
  endsAt: at('2025-01-13T11:30:00+07:00'),
};

test.each<[string, Partial<Preparation>, string, NextStep['step']]>([
  ['a plan that is not issued is issued', { state: 'draft', bridges: 0 }, '2025-01-02', 'issue'],
  ['without hours there is no day to prepare for', { startsAt: null, endsAt: null }, '2025-01-02', 'hours'],
  ['bridges come before everything that stands on them', { bridges: 0, people: 0 }, '2025-01-02', 'bridges'],
  ['reports are waited for until they are due', { people: 0 }, '2025-01-02', 'reports'],
  ['then come the people', { people: 0 }, '2025-01-11', 'people'],
  ['then their seats', { placed: false }, '2025-01-11', 'placement'],
  ['then the rehearsal', {}, '2025-01-11', 'rehearsal'],
  ['with all of it done, the day is waited for', { rehearsal: null }, '2025-01-11', 'wait'],
  ['on the day the day is next, whatever was not done', { state: 'draft', bridges: 0 }, '2025-01-13', 'day'],
  ['after it those who were not there', {}, '2025-01-14', 'follow-up'],
  ['a month later it is put away', {}, '2025-03-01', 'over'],
])('%s', (_, changes, day, step) => {
  expect(nextStep({ ...READY, ...changes }, at(`${day}T07:00:00+07:00`)).step).toBe(step);
});
