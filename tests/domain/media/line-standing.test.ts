import { expect, test } from 'vitest';

import { LEAST_SECONDS, lineStanding, TEST_COUNTS_MS } from '../../../domain/media/line-standing.ts';
import { judgeLine, type LineMeasures } from '../../../domain/media/line-test.ts';
import { sayLineFinding } from '../../../domain/media/sentences.ts';
import type { Instant } from '../../../domain/time.ts';
import { FINE_LINE } from '../../fine-line.ts';

const at = (ms: number) => ms as Instant;

test('a line that nobody has measured is untested', () => {
  expect(lineStanding(null, at(0))).toBe('untested');
});

test('a fit line counts for fourteen days, to the millisecond', () => {
  const last = { at: at(1000), seconds: 120, measures: FINE_LINE };
  expect(lineStanding(last, at(1000 + TEST_COUNTS_MS))).toBe('fit');
  expect(lineStanding(last, at(1001 + TEST_COUNTS_MS))).toBe('old');
});

test('a test of a few seconds proves no line, and may find a fault', () => {
  const hurried = { at: at(0), seconds: LEAST_SECONDS - 1, measures: FINE_LINE };
  expect(lineStanding(hurried, at(0))).toBe('untested');
  expect(lineStanding({ ...hurried, seconds: LEAST_SECONDS }, at(0))).toBe('fit');
  expect(lineStanding({ ...hurried, measures: { ...FINE_LINE, camera: false } }, at(0))).toBe('unfit');
});

test('a line that was found unfit stays so however long ago', () => {
  const last = { at: at(0), seconds: 120, measures: { ...FINE_LINE, upKbps: 100 } };
  expect(lineStanding(last, at(10 * TEST_COUNTS_MS))).toBe('unfit');
});

test.each<[Partial<LineMeasures>, string]>([
  [{ upKbps: 520 }, 'Đường lên được 0,5 Mb/s, cần ít nhất 0,6 Mb/s.'],
  [{ loss: 0.1234 }, 'Mất gói là 12,34 %, không nên quá 5 %.'],
  [{ delayMs: 912.4 }, 'Độ trễ là 912 ms, không nên quá 800 ms.'],
  [{ camera: false }, 'Camera không cho hình.'],
  [{ sound: false }, 'Micrô không nghe thấy loa.'],
  [{ downKbps: null }, 'Chưa đo được đường truyền.'],
])('%o is said with its figure, its limit and what to do', (changed, begins) => {
  const measures = { ...FINE_LINE, ...changed };
  const said = judgeLine(measures).findings.map((finding) => sayLineFinding(finding, measures, 'vi'));
  expect(said).toHaveLength(1);
  expect(said[0]?.startsWith(begins)).toBe(true);
  expect(said[0]).toContain('Hãy');
});
