import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { AgendaRun } from '../../../domain/wire/schedule.ts';
import { openDesk, type Desk } from './run.ts';

const PLAN = 'fixtures/plans/national-clean.md';
const Refused = z.object({ ok: z.literal(false), message: z.string() });

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.run('conference', 'create', '--from', PLAN);
});
afterAll(() => desk.clear());

test('agenda show: the items of the plan with their limits, none begun', async () => {
  const { code, value } = await desk.json(AgendaRun, 'agenda', 'show');
  expect(code).toBe(0);
  expect(value.items.map(({ plannedMinutes }) => plannedMinutes)).toEqual([
    null,
    null,
    20,
    30,
    30,
    30,
    null,
    null,
  ]);
  expect(new Set(value.items.map(({ state }) => state))).toEqual(new Set(['waiting']));
});

test('agenda step: an item runs from its start to its finish', async () => {
  const started = await desk.json(AgendaRun, 'agenda', 'step', '--item', '1', '--step', 'start');
  expect(started.value.items[0]?.state).toBe('running');
  const { value } = await desk.json(AgendaRun, 'agenda', 'step', '--item', '1', '--step', 'finish');
  expect(value.items[0]?.state).toBe('done');
  expect((await desk.run('agenda', 'show')).out).toContain('xong');
});

test('agenda step: what changes nothing is refused with a sentence, and an unknown item too', async () => {
  const paused = await desk.json(Refused, 'agenda', 'step', '--item', '3', '--step', 'pause');
  expect(paused.code).toBe(1);
  expect(paused.value.message).not.toBe('');
  expect((await desk.json(Refused, 'agenda', 'step', '--item', '99', '--step', 'start')).code).toBe(1);
  expect((await desk.run('agenda', 'step', '--item', '1', '--step', 'dance')).code).toBe(2);
});
