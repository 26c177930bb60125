import type { BridgeTree } from '../bridges/bridge.ts';
import { describeWarning } from '../deadlines/sentences.ts';
import { deadlineWarning } from '../deadlines/workdays.ts';
import type { DeadlineWarning } from '../deadlines/workdays.ts';
import type { BridgeId } from '../ids.ts';
import { ownDeadlines, reportsDue } from '../reports/due.ts';
import type { DueStatus, InnerDeadlines, PlanDeadline } from '../reports/due.ts';
import type { HeadcountReport } from '../reports/headcount.ts';
import { assertNever } from '../result.ts';
import type { Language } from '../text/language.ts';
import { formatNumber } from '../text/numbers.ts';
import { civilDateOf } from '../time.ts';
import type { Instant } from '../time.ts';

/** What the headcounts of a conference are judged from. */
export interface Due {
  readonly tree: BridgeTree;
  readonly plan: readonly PlanDeadline[];
  readonly inner: InnerDeadlines;
  readonly reports: readonly HeadcountReport[];
}

export type DeadlineEffect =
  /** So many bridges have another deadline than before. */
  | { readonly kind: 'bound'; readonly bridges: number }
  /** Reports that were judged one way and would be judged the other. */
  | {
      readonly kind: 'now-late' | 'no-longer-late' | 'now-overdue' | 'no-longer-overdue';
      readonly reports: number;
    }
  /** Inner deadlines that would leave the unit that set them no time any more. */
  | { readonly kind: 'inner-too-late'; readonly bridges: number }
  | { readonly kind: 'nobody-bound' }
  | { readonly kind: 'last-day'; readonly warning: DeadlineWarning };

/** What another deadline changes: whom it binds, and how what was sent or not sent would be judged, as of now. */
export function deadlineEffects(
  before: Due,
  after: Due,
  dueBefore: Instant,
  asOf: Instant,
): DeadlineEffect[] {
  const [was, is] = [reportsDue({ ...before, asOf }), reportsDue({ ...after, asOf })];
  const count = (from: readonly DueStatus[], to: readonly DueStatus[]): number =>
    Array.from(is).filter(([bridge, { status }]) => {
      const earlier = was.get(bridge)?.status;
      return earlier !== undefined && from.includes(earlier) && to.includes(status);
    }).length;
  const bound = Array.from(is).filter(
    ([bridge, due]) => due.deadline?.dueBefore !== was.get(bridge)?.deadline?.dueBefore,
  ).length;
  const judged = [
    { kind: 'now-late', reports: count(['on-time'], ['late']) },
    { kind: 'no-longer-late', reports: count(['late'], ['on-time']) },
    { kind: 'now-overdue', reports: count(['not-due'], ['missing']) },
    { kind: 'no-longer-overdue', reports: count(['missing'], ['not-due']) },
  ] as const;
  const tooLate = innerTooLate(after);
  const warning = warningOn(dueBefore);
  return [
    bound === 0 ? { kind: 'nobody-bound' } : { kind: 'bound', bridges: bound },
    ...judged.filter(({ reports }) => reports > 0),
    ...(tooLate.length > innerTooLate(before).length
      ? [{ kind: 'inner-too-late', bridges: tooLate.length } as const]
      : []),
    ...(warning === null ? [] : [warning]),
  ];
}

/** The last day of a deadline, where the offices are closed on it. */
export function warningOn(dueBefore: Instant): Extract<DeadlineEffect, { kind: 'last-day' }> | null {
  // The last moment before a midnight is of the day before.
  const warning = deadlineWarning(civilDateOf((dueBefore - 1) as Instant));
  return warning === null ? null : { kind: 'last-day', warning };
}

function innerTooLate({ tree, plan, inner }: Due): BridgeId[] {
  const own = ownDeadlines(tree, plan, inner);
  return Array.from(inner).flatMap(([bridge, due]) => {
    const deadline = own.get(bridge);
    return deadline !== undefined && due >= deadline.dueBefore ? [bridge] : [];
  });
}

/** An effect as a sentence. */
export function describeDeadlineEffect(effect: DeadlineEffect, language: Language): string {
  const vi = language === 'vi';
  const n = (count: number): string => formatNumber(count, language);
  switch (effect.kind) {
    case 'bound':
      return vi
        ? `Hạn mới áp dụng cho ${n(effect.bridges)} điểm cầu.`
        : `The new deadline binds ${n(effect.bridges)} bridges.`;
    case 'nobody-bound':
      return vi
        ? 'Không điểm cầu nào phải báo cáo theo hạn này.'
        : 'No bridge has to report by this deadline.';
    case 'now-late':
      return vi
        ? `${n(effect.reports)} báo cáo đã gửi đúng hạn sẽ tính là chậm.`
        : `${n(effect.reports)} reports that were on time will count as late.`;
    case 'no-longer-late':
      return vi
        ? `${n(effect.reports)} báo cáo chậm sẽ tính là đúng hạn.`
        : `${n(effect.reports)} late reports will count as on time.`;
    case 'now-overdue':
      return vi
        ? `${n(effect.reports)} điểm cầu chưa báo cáo sẽ quá hạn ngay.`
        : `${n(effect.reports)} bridges that have not reported will be overdue at once.`;
    case 'no-longer-overdue':
      return vi
        ? `${n(effect.reports)} điểm cầu đang quá hạn sẽ còn thời gian báo cáo.`
        : `${n(effect.reports)} bridges that are overdue will have time again.`;
    case 'inner-too-late':
      return vi
        ? `${n(effect.bridges)} hạn nội bộ không còn trước hạn này: nơi đặt hạn không còn thời gian tổng hợp.`
        : `${n(effect.bridges)} inner deadlines will not be before this one: whoever set them has no time to add up.`;
    case 'last-day':
      return describeWarning(effect.warning, language);
    default:
      return assertNever(effect);
  }
}
