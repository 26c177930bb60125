import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { AgendaRun, RunStep } from '../../../domain/schedule/run.ts';
import { runAgenda } from '../../../domain/schedule/run.ts';
import {
  describeForecast,
  describeIgnored,
  describeOverrun,
  describeWindow,
} from '../../../domain/schedule/sentences.ts';
import { AgendaEntryId } from '../../../domain/schedule/session.ts';
import { agendaWindow } from '../../../domain/schedule/window.ts';
import { at, minutesAfter, step } from './factories.ts';

const MINUTE = 60_000;

function item(id: string, minutes: number | null, limit: 'max' | 'about' | null = null) {
  return { id: AgendaEntryId.parse(id), title: `Mục ${id}`, minutes, limit };
}

/** The agenda of 13/01/2025, 08:00 to 11:30: a film, three reports, and four items without minutes. */
const conference = {
  startsAt: at('08:00'),
  endsAt: at('11:30'),
  agenda: [
    item('a1', null),
    item('a2', null),
    item('a3', 20, 'max'),
    item('a4', 30, 'max'),
    item('a5', 30, 'about'),
    item('a6', 30, 'about'),
    item('a7', null),
    item('a8', null),
  ],
};

const run = (steps: readonly RunStep[], clock: string) => runAgenda(conference, steps, at(clock));
const of = (state: AgendaRun, id: string) => state.items.find((candidate) => candidate.id === id);

const fits = (...minutes: (number | null)[]) =>
  agendaWindow(
    at('08:00'),
    at('09:00'),
    minutes.map((of60) => ({ minutes: of60 })),
  ).fits;

describe('the agenda against its window', () => {
  test('110 of 210 minutes are stated, 100 remain for four items', () => {
    const window = agendaWindow(conference.startsAt, conference.endsAt, conference.agenda);
    expect(window).toEqual({
      windowMinutes: 210,
      statedMinutes: 110,
      remainingMinutes: 100,
      untimedItems: 4,
      fits: true,
    });
    expect(describeWindow(window, 'vi')).toBe(
      'Chương trình có 210 phút, các mục đã định chiếm 110 phút, còn 100 phút cho 4 mục chưa định thời gian.',
    );
    expect(describeWindow(window, 'en')).toBe(
      'The programme has 210 minutes, the items state 110, 100 remain for the 4 without stated minutes.',
    );
  });

  test('a full window leaves nothing for an item without minutes', () => {
    expect(fits(60)).toBe(true);
    expect(fits(60, null)).toBe(false);
    expect(fits(30, 31)).toBe(false);
    expect(fits()).toBe(true);
  });

  test('too much says by how much', () => {
    const window = agendaWindow(at('08:00'), at('09:00'), [{ minutes: 75 }]);
    expect(describeWindow(window, 'vi')).toBe(
      'Chương trình có 60 phút, các mục đã định chiếm 75 phút: quá 15 phút.',
    );
  });
});

describe('before it starts', () => {
  test('everything waits, and the earliest end counts the stated minutes from the planned start', () => {
    const state = run([], '07:30');
    expect(state.items.every((one) => one.state === 'waiting' && one.actualMs === 0)).toBe(true);
    expect(state).toMatchObject({
      startedAt: null,
      endedAt: null,
      forecastEnd: at('09:50'),
      untimedAhead: 4,
      spareMs: 100 * MINUTE,
      lateMs: 0,
    });
    expect(describeForecast(state, 'vi')).toBe(
      'Kết thúc sớm nhất lúc 09:50, còn 1 giờ 40 phút cho 4 mục chưa định thời gian.',
    );
  });

  test('a late start moves the forecast with the clock', () => {
    expect(run([], '08:25').forecastEnd).toBe(at('10:15'));
  });

  test('the planned start is known as long as the items before state their minutes', () => {
    const plan = {
      startsAt: at('08:00'),
      endsAt: at('09:00'),
      agenda: [item('x', 10), item('y', null), item('z', 5)],
    };
    expect(runAgenda(plan, [], at('07:00')).items.map((one) => one.plannedStart)).toEqual([
      at('08:00'),
      at('08:10'),
      null,
    ]);
  });
});

describe('running', () => {
  test('one item runs at a time: starting the next finishes the one before', () => {
    const state = run([step('08:00', 'a1', 'start'), step('08:10', 'a2', 'start')], '08:15');
    expect(of(state, 'a1')).toMatchObject({ state: 'done', endedAt: at('08:10'), actualMs: 10 * MINUTE });
    expect(of(state, 'a2')).toMatchObject({
      state: 'running',
      startedAt: at('08:10'),
      endedAt: null,
      actualMs: 5 * MINUTE,
    });
  });

  test('a pause does not count as running', () => {
    const steps = [step('08:00', 'a3', 'start'), step('08:05', 'a3', 'pause'), step('08:15', 'a3', 'resume')];
    expect(of(run(steps.slice(0, 2), '08:12'), 'a3')).toMatchObject({
      state: 'paused',
      actualMs: 5 * MINUTE,
      pausedMs: 7 * MINUTE,
    });
    const state = run([...steps, step('08:30', 'a3', 'finish')], '09:00');
    expect(of(state, 'a3')).toMatchObject({
      state: 'done',
      actualMs: 20 * MINUTE,
      pausedMs: 10 * MINUTE,
      overrun: null,
    });
  });

  test('what was finished by mistake is resumed, the time between being a pause', () => {
    const state = run(
      [step('08:00', 'a3', 'start'), step('08:05', 'a3', 'finish'), step('08:07', 'a3', 'resume')],
      '08:10',
    );
    expect(of(state, 'a3')).toMatchObject({
      state: 'running',
      startedAt: at('08:00'),
      actualMs: 8 * MINUTE,
      pausedMs: 2 * MINUTE,
    });
  });

  test('a skipped item takes no time, and can be taken up after all', () => {
    const skipped = run([step('08:00', 'a3', 'skip')], '08:00');
    expect(of(skipped, 'a3')).toMatchObject({ state: 'skipped', actualMs: 0, startedAt: null });
    expect(skipped.forecastEnd).toBe(at('09:30'));
    expect(of(run([step('08:00', 'a3', 'skip'), step('08:10', 'a3', 'start')], '08:11'), 'a3')).toMatchObject(
      { state: 'running' },
    );
  });

  test('an item that is cut short was held', () => {
    expect(of(run([step('08:00', 'a3', 'start'), step('08:05', 'a3', 'skip')], '08:10'), 'a3')).toMatchObject(
      {
        state: 'done',
        actualMs: 5 * MINUTE,
      },
    );
  });

  test('what is said for later does not count yet', () => {
    expect(
      of(run([step('08:00', 'a1', 'start'), step('08:30', 'a1', 'finish')], '08:10'), 'a1'),
    ).toMatchObject({
      state: 'running',
      actualMs: 10 * MINUTE,
    });
  });

  test.each([
    [[step('08:00', 'zz', 'start')], 'unknown item'],
    [[step('08:00', 'a1', 'start'), step('08:01', 'a1', 'start')], 'already running'],
    [[step('08:00', 'a1', 'pause')], 'not running'],
    [[step('08:00', 'a1', 'finish')], 'not running'],
    [[step('08:00', 'a1', 'start'), step('08:01', 'a1', 'resume')], 'not paused'],
    [[step('08:00', 'a1', 'skip'), step('08:01', 'a1', 'finish')], 'already over'],
    [
      [step('08:00', 'a1', 'start'), step('08:01', 'a1', 'finish'), step('08:02', 'a1', 'start')],
      'already over',
    ],
    [[step('08:00', 'a1', 'extend')], 'no minutes'],
  ] as const)('a step that does not apply changes nothing and says why (%#: %s)', (steps, reason) => {
    const state = run(steps, '09:00');
    expect(state.ignored).toEqual([{ step: steps.at(-1), reason }]);
    expect(state.items).toEqual(run(steps.slice(0, -1), '09:00').items);
  });
});

const after = (id: string, minutes: number) => {
  const now = minutesAfter(at('08:00'), minutes);
  return of(runAgenda(conference, [step('08:00', id, 'start')], now), id)?.overrun;
};

describe('overruns', () => {
  test('a hard limit is said as soon as it is passed', () => {
    expect(after('a3', 20)).toBeNull();
    expect(after('a3', 20.5)).toEqual({ limit: 'max', byMs: 30_000 });
  });

  test('a target is said past its tolerance, and then from the target on', () => {
    expect(after('a5', 33)).toBeNull();
    expect(after('a5', 34)).toEqual({ limit: 'about', byMs: 4 * MINUTE });
  });

  test('the tolerance is a setting', () => {
    const steps = [step('08:00', 'a5', 'start')];
    const strict = runAgenda(conference, steps, at('08:31'), { aboutTolerance: 0 });
    expect(of(strict, 'a5')?.overrun).toEqual({ limit: 'about', byMs: MINUTE });
  });

  test('an item without minutes has none, however long it takes', () => {
    expect(after('a7', 200)).toBeNull();
  });

  test('minutes that are added move a target, not a hard limit', () => {
    const steps = [step('08:00', 'a5', 'start'), step('08:20', 'a5', 'extend', 10)];
    expect(of(run(steps, '08:44'), 'a5')).toMatchObject({ addedMinutes: 10, overrun: null });
    expect(of(run(steps, '08:45'), 'a5')?.overrun).toEqual({ limit: 'about', byMs: 5 * MINUTE });
    const hard = [step('08:00', 'a3', 'start'), step('08:10', 'a3', 'extend', 10)];
    expect(of(run(hard, '08:25'), 'a3')?.overrun).toEqual({ limit: 'max', byMs: 5 * MINUTE });
  });

  test('minutes that are added to an item without any become its own', () => {
    const steps = [step('08:00', 'a7', 'extend', 15), step('08:00', 'a7', 'start')];
    expect(of(run(steps, '08:16'), 'a7')?.overrun).toEqual({ limit: 'own', byMs: MINUTE });
  });

  test('sentences name the limit', () => {
    const film = { ...item('a3', 20, 'max'), title: 'Phim phóng sự' };
    expect(describeOverrun(film, { limit: 'max', byMs: 2 * MINUTE }, 'vi')).toBe(
      '“Phim phóng sự” đã quá 2 phút so với không quá 20 phút.',
    );
    expect(describeOverrun(film, { limit: 'about', byMs: 61 * MINUTE }, 'en')).toBe(
      '“Phim phóng sự” is 1 hour 1 minute over about 20 minutes.',
    );
    expect(describeIgnored('not running', 'vi')).toBe('Mục này chưa diễn ra.');
  });
});

describe('the forecast', () => {
  const timed = {
    startsAt: at('08:00'),
    endsAt: at('09:00'),
    agenda: [item('x', 20, 'max'), item('y', 30, 'about')],
  };
  const forecast = (steps: readonly RunStep[], clock: string) => runAgenda(timed, steps, at(clock));

  test('counts what is left of the running item and all that waits', () => {
    const state = forecast([step('08:05', 'x', 'start')], '08:10');
    expect(state).toMatchObject({ forecastEnd: at('08:55'), untimedAhead: 0, spareMs: 5 * MINUTE });
    expect(describeForecast(state, 'vi')).toBe('Dự kiến kết thúc lúc 08:55, còn dư 5 phút.');
  });

  test('an overrun pushes the end on', () => {
    const state = forecast([step('08:00', 'x', 'start')], '08:35');
    expect(state).toMatchObject({ forecastEnd: at('09:05'), lateMs: 5 * MINUTE });
    expect(describeForecast(state, 'vi')).toBe('Dự kiến kết thúc lúc 09:05, muộn 5 phút.');
    expect(describeForecast(state, 'en')).toBe('Expected to end at 09:05, 5 minutes late.');
  });

  test('a pause pushes the end on', () => {
    const steps = [step('08:00', 'x', 'start'), step('08:10', 'x', 'pause')];
    expect(forecast(steps, '08:30').forecastEnd).toBe(at('09:10'));
  });

  test('added minutes count', () => {
    expect(forecast([step('08:00', 'y', 'extend', 10)], '08:00').forecastEnd).toBe(at('09:00'));
  });

  test('when all is over the end is what it was', () => {
    const steps = [step('08:00', 'x', 'start'), step('08:20', 'y', 'start'), step('09:02', 'y', 'finish')];
    const state = forecast(steps, '10:00');
    expect(state).toMatchObject({
      startedAt: at('08:00'),
      endedAt: at('09:02'),
      forecastEnd: at('09:02'),
      lateMs: 2 * MINUTE,
    });
    expect(describeForecast(state, 'vi')).toBe('Đã kết thúc lúc 09:02, muộn 2 phút.');
  });

  test('an item without minutes that is still ahead makes it the earliest end', () => {
    const state = run([step('08:00', 'a1', 'start')], '11:00');
    expect(state).toMatchObject({
      forecastEnd: at('12:50'),
      untimedAhead: 4,
      lateMs: 80 * MINUTE,
      spareMs: 0,
    });
    expect(describeForecast(state, 'en')).toBe('Ends at 12:50 at the earliest, 1 hour 20 minutes late.');
  });

  test('an empty agenda ends no earlier than now', () => {
    const nothing = runAgenda({ ...timed, agenda: [] }, [], at('08:30'));
    expect(nothing).toMatchObject({ endedAt: null, forecastEnd: at('08:30') });
  });
});

describe('a step that was taken back', () => {
  test('counts as never said from then on, and as said before', () => {
    const steps = [step('08:00', 'a1', 'start'), { ...step('08:10', 'a2', 'start'), undoneAt: at('08:12') }];
    expect(of(run(steps, '08:11'), 'a2')?.state).toBe('running');
    const state = run(steps, '08:13');
    expect(of(state, 'a1')).toMatchObject({ state: 'running', actualMs: 13 * MINUTE });
    expect(of(state, 'a2')?.state).toBe('waiting');
    expect(state.ignored).toEqual([]);
  });
});

describe('the forecast of each item', () => {
  test('moves with the overrun of the one that runs', () => {
    const steps = [step('08:00', 'a3', 'start')];
    expect(of(run(steps, '08:05'), 'a4')?.forecastStart).toBe(at('08:20'));
    expect(of(run(steps, '08:30'), 'a4')?.forecastStart).toBe(at('08:30'));
    expect(of(run(steps, '08:30'), 'a5')?.forecastStart).toBe(at('09:00'));
    expect(of(run(steps, '08:30'), 'a3')?.forecastStart).toBe(null);
  });
});

describe('the fold', () => {
  const ids = conference.agenda.map((one) => one.id);
  const steps = fc
    .array(
      fc.record({
        item: fc.constantFrom(...ids),
        step: fc.constantFrom<RunStep['step']>('start', 'pause', 'resume', 'skip', 'extend', 'finish'),
        minutes: fc.constantFrom(null, 5, 10),
      }),
      { maxLength: 40 },
    )
    .map((list): RunStep[] =>
      list.map((one, index) => ({ ...one, at: minutesAfter(at('08:00'), index), undoneAt: null })),
    );
  const later = fc.nat(100);

  test('gives the same whatever order the steps arrive in', () => {
    fc.assert(
      fc.property(
        steps.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          expect(runAgenda(conference, shuffled, at('09:00'))).toEqual(
            runAgenda(conference, list, at('09:00')),
          );
        },
      ),
    );
  });

  test('at most one item runs, and the items together never ran longer than the clock', () => {
    fc.assert(
      fc.property(steps, later, (list, minutes) => {
        const state = runAgenda(conference, list, minutesAfter(at('08:00'), minutes));
        expect(state.items.filter((one) => one.state === 'running').length).toBeLessThanOrEqual(1);
        const ran = state.items.reduce((sum, one) => sum + one.actualMs, 0);
        expect(ran).toBeLessThanOrEqual(minutes * MINUTE);
        expect(state.items.every((one) => one.actualMs >= 0 && one.pausedMs >= 0)).toBe(true);
      }),
    );
  });

  test('the forecast never lies before now while something is left', () => {
    fc.assert(
      fc.property(steps, later, (list, minutes) => {
        const now = minutesAfter(at('08:00'), minutes);
        const state = runAgenda(conference, list, now);
        expect(state.endedAt ?? now).toBeLessThanOrEqual(Math.max(state.forecastEnd, state.endedAt ?? 0));
        expect(state.lateMs === 0 || state.spareMs === 0).toBe(true);
      }),
    );
  });
});
