import { expect, test } from 'vitest';

import { api } from '../../../domain/wire/api.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import type { DueRow } from '../../../domain/wire/headcount.ts';
import { instant } from '../harness.ts';
import { everyPage, MINISTRY } from '../sample.ts';
import { HOUR, SECOND_MINISTRY, type Walk } from './walk.ts';

/** The week before: headcounts on time, late and missing. */
export function reportHeadcounts(walk: Walk): void {
  test('headcounts come on time, late and not at all; who is late is told by how long', async () => {
    const { organizer, conference, bridges, clock, bridge, root, laterOn } = walk;
    const submit = (one: BridgeRow, total: number) =>
      organizer.call(api.submitHeadcount, { params: { conference, bridge: one.id }, body: { total } });
    const late = await organizer.refusal(api.setInnerDeadline, {
      params: { conference, bridge: bridge('97').id },
      body: { dueBefore: instant('2025-01-11T00:00:00+07:00') },
    });
    expect(late.code).toBe('has-errors');
    await organizer.call(api.setInnerDeadline, {
      params: { conference, bridge: bridge('97').id },
      body: { dueBefore: instant('2025-01-08T00:00:00+07:00') },
    });
    await laterOn('2025-01-07T15:00:00+07:00');
    await submit(bridge('971'), 60);
    // Zero is a report, a missing one is a gap.
    await submit(bridge('970'), 0);
    await laterOn('2025-01-09T10:00:00+07:00');
    await submit(bridge('972'), 55);
    await submit(bridge(MINISTRY), 40);
    const params = { conference, bridge: bridge(MINISTRY).id };
    const returned = await organizer.call(api.returnHeadcount, {
      params,
      body: { remark: 'Thiếu báo cáo viên' },
    });
    expect(returned).toMatchObject({ state: 'returned', returnedWith: 'Thiếu báo cáo viên' });
    await submit(bridge(MINISTRY), 46);
    expect(
      (await organizer.call(api.acceptHeadcount, { params })).history.map(({ step: one }) => one),
    ).toEqual(['submit', 'return', 'submit', 'accept']);
    // "Trước ngày 10/01/2025": the last millisecond of the ninth is on time, and one second into the tenth is late.
    await laterOn('2025-01-09T23:59:59.999+07:00');
    await submit(bridge('97'), 130);
    clock.set('2025-01-10T00:00:01+07:00');
    await submit(bridge(SECOND_MINISTRY), 25);

    clock.set('2025-01-10T08:00:00+07:00');
    const due = await everyPage((cursor) =>
      organizer.call(api.reportsDue, {
        params: { conference, bridge: root().id },
        query: { deep: 'true', limit: 10, ...cursor },
      }),
    );
    expect(due).toHaveLength(bridges.length - 1);
    const row = (one: BridgeRow): Partial<DueRow> | undefined => due.find((each) => each.bridge === one.id);
    const tenth = instant('2025-01-10T00:00:00+07:00');
    const eighth = instant('2025-01-08T00:00:00+07:00');
    expect(row(bridge(MINISTRY))).toMatchObject({
      status: 'on-time',
      dueBefore: tenth,
      lateByMs: 0,
      total: 46,
    });
    expect(row(bridge('97'))).toMatchObject({ status: 'on-time', dueBefore: tenth, lateByMs: 0, total: 130 });
    expect(row(bridge(SECOND_MINISTRY))).toMatchObject({ status: 'late', lateByMs: 1000, total: 25 });
    expect(row(bridge('971'))).toMatchObject({ status: 'on-time', dueBefore: eighth, total: 60 });
    expect(row(bridge('970'))).toMatchObject({ status: 'on-time', total: 0 });
    expect(row(bridge('972'))).toMatchObject({ status: 'late', lateByMs: 34 * HOUR, total: 55 });
    expect(row(bridge('97001'))).toMatchObject({ status: 'missing', lateByMs: 56 * HOUR, total: null });
    expect(due.filter(({ status }) => status === 'missing')).toHaveLength(7 + 12 + 1);

    const { rollUp } = await organizer.call(api.reportsDue, {
      params: { conference, bridge: root().id },
      query: {},
    });
    expect(rollUp).toMatchObject({ bridges: 27, reported: 6, late: 2, total: 46 + 130 + 25 + 60 + 0 + 55 });
    const missing = await organizer.call(api.reportsDue, {
      params: { conference, bridge: bridge('97').id },
      query: { status: 'missing', deep: 'true', limit: 1000 },
    });
    expect(missing.items).toHaveLength(20);
    // As it stood the evening before: the province had not reported yet, and was not late either.
    const { items: before } = await organizer.call(api.reportsDue, {
      params: { conference, bridge: root().id },
      query: { asOf: instant('2025-01-09T20:00:00+07:00') },
    });
    expect(before.find((each) => each.bridge === bridge('97').id)).toMatchObject({
      status: 'not-due',
      total: null,
    });
  });
}
