/*
 * How fast plans are read: the clean fixture as it is, the same text ten and a hundred times over, and inputs made to be slow.
 * The time per letter must not grow with the length.
 *
 *   npm run bench -- plan-reading       or  node tests/bench/plan-reading.ts
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import { readPlan } from '../../domain/plan/reader.ts';

const text = readFileSync(new URL('../../fixtures/plans/national-clean.md', import.meta.url), 'utf8');
const ROUNDS = 5;

/** Milliseconds of the fastest of some rounds: the machine's other work only ever adds. */
function fastest(input: string, rounds = ROUNDS): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    readPlan(input);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const million = (piece: string): string =>
  piece.repeat(Math.ceil(1_000_000 / piece.length)).slice(0, 1_000_000);
const hostile: readonly (readonly [string, string])[] = [
  ['one line', million('điểm cầu cấp xã; ')],
  ['open brackets', million('((trừ ')],
  ['a line of each entry', million('- a\n')],
  ['clauses', `3. Thành phần\n${million('- các đồng chí, trừ các đồng chí; mời\n')}`],
  ['agenda items', `4. Chương trình Hội nghị\n${million('- Báo cáo (Sở Y tế) 20 phút\n')}`],
  [
    'duties',
    `III. TỔ CHỨC THỰC HIỆN\n${million('- Sở Y tế báo cáo về Văn phòng trước ngày 10/01/2025 (không quá 30 phút).\n')}`,
  ],
];

for (let warm = 0; warm < 20; warm++) readPlan(text);
const once = fastest(text, 20);
const ten = fastest(text.repeat(10));
const hundred = fastest(text.repeat(100), 2);
console.log(
  `a plan of ${text.length} letters: ${once.toFixed(1)} ms, ${(text.length / once).toFixed(0)} letters/ms`,
);
console.log(`ten times over:  ${ten.toFixed(1)} ms, ${((text.length * 10) / ten).toFixed(0)} letters/ms`);
console.log(
  `a hundred times: ${hundred.toFixed(1)} ms, ${((text.length * 100) / hundred).toFixed(0)} letters/ms`,
);
const slowest = hostile.map(([name, input]) => {
  const ms = fastest(input, 1);
  console.log(`a million letters, ${name}: ${ms.toFixed(0)} ms`);
  return ms;
});
console.log(
  JSON.stringify({
    bench: 'plan-reading',
    planUtf16Units: text.length,
    planMs: Number(once.toFixed(2)),
    planUnitsPerMs: Math.round(text.length / once),
    tenfoldUnitsPerMs: Math.round((text.length * 10) / ten),
    hundredfoldUnitsPerMs: Math.round((text.length * 100) / hundred),
    hostileUtf16Units: 1_000_000,
    hostileSlowestMs: Math.round(Math.max(...slowest)),
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
