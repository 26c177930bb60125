import { HeadcountContent, submit } from '../../../domain/reports/headcount.ts';
import type { HeadcountReport, HeadcountRules } from '../../../domain/reports/headcount.ts';
import { AccountId } from '../../../domain/ids.ts';
import { Instant, instantOf } from '../../../domain/time.ts';
import { aBridge, bridgeId, classOf, treeOf } from '../attendance/factory.ts';

/** Centre; two provinces and a ministry that the plan names; a district and its communes below the first province. */
export const tree = treeOf([
  aBridge('tw', null, { class: classOf('central') }),
  aBridge('bo', 'tw', { class: classOf('agency') }),
  aBridge('t1', 'tw', { class: classOf('province') }),
  aBridge('h1', 't1', { class: classOf('district') }),
  aBridge('x1', 'h1'),
  aBridge('x2', 'h1', { capacity: 40 }),
  aBridge('t2', 'tw', { class: classOf('province') }),
]);
export const rules: HeadcountRules = { tree, clauses: new Set(['C10', 'C16', 'C19']) };
export const clerk = AccountId.parse('van-thu');
export const upper = AccountId.parse('cap-tren');

/** `on('09/01 16:30')` of 2025. */
export function on(dayAndTime: string): Instant {
  const [day = '', month = '', time = '00:00'] = dayAndTime.split(/[/ ]/);
  const instant = instantOf(`2025-${month}-${day}T${time}`);
  if (instant === null) throw new Error(`no such moment: ${dayAndTime}`);
  return Instant.parse(instant);
}

/** Content out of totals by bridge, or whole lines. */
export function content(lines: Readonly<Record<string, number | object>>): HeadcountContent {
  return HeadcountContent.parse({
    lines: Object.entries(lines).map(([bridge, line]) => ({
      bridge,
      ...(typeof line === 'number' ? { total: line } : line),
    })),
  });
}

/** A report of a bridge, submitted. */
export function submitted(
  bridge: string,
  time: string,
  lines: Readonly<Record<string, number | object>>,
  before: HeadcountReport | null = null,
): HeadcountReport {
  const input = { content: content(lines), at: on(time), by: clerk };
  const result = submit(before, bridgeId(bridge), input, rules);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}
