import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  EMPTY_LIST,
  isPartFile,
  readSegments,
  withSegments,
  writePlaylist,
  type LiveList,
  type Segment,
} from '../../../domain/media/hls.ts';

const ran = (run: number, ...numbers: number[]): Segment[] =>
  numbers.map((number) => ({ run, number, seconds: 2 }));

test('a new program is a cut, with a beginning of its own', () => {
  const list = withSegments(withSegments(EMPTY_LIST, ran(1, 0, 1)), ran(2, 0));
  expect(writePlaylist(list).split('\n').slice(4)).toEqual([
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-DISCONTINUITY-SEQUENCE:0',
    '#EXT-X-MAP:URI="parts/1-init.mp4"',
    '#EXTINF:2.000,',
    'parts/1-0.m4s',
    '#EXTINF:2.000,',
    'parts/1-1.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="parts/2-init.mp4"',
    '#EXTINF:2.000,',
    'parts/2-0.m4s',
    '',
  ]);
});

test('what an encoder wrote is read, whatever else stands there', () => {
  const playlist =
    '#EXTM3U\n#EXT-X-MAP:URI="3-init.mp4"\n#EXTINF:2.000000,\n3-7.m4s\n#EXTINF:1.960000,\n3-8.m4s\n';
  expect(readSegments(playlist)).toEqual([
    { run: 3, number: 7, seconds: 2 },
    { run: 3, number: 8, seconds: 1.96 },
  ]);
});

test('only names of parts are names of parts', () => {
  expect(['1-0.m4s', '12-init.mp4'].every(isPartFile)).toBe(true);
  expect(['../1-0.m4s', '1-0.m4s/..', '1.sdp', '1.m3u8', '', 'init.mp4'].some(isPartFile)).toBe(false);
});

test('however often the encoder is looked at: places only rise, each segment stands once, cuts are counted', () => {
  const looks = fc.array(fc.record({ run: fc.nat(2), until: fc.nat(12) }), { maxLength: 30 });
  fc.assert(
    fc.property(looks, (drawn) => {
      let list: LiveList = EMPTY_LIST;
      let run = 0;
      const seen: Segment[] = [];
      for (const { run: more, until } of drawn) {
        run += more;
        const next = withSegments(list, ran(run, ...Array.from({ length: until }, (_, at) => at)));
        expect(next.dropped).toBeGreaterThanOrEqual(list.dropped);
        expect(next.segments.length).toBeLessThanOrEqual(6);
        const place = list.dropped + list.segments.length - next.dropped;
        const kept = list.segments.slice(next.dropped - list.dropped);
        expect(next.segments.slice(0, Math.max(0, place))).toEqual(kept);
        const fresh =
          Math.max(0, place) === next.segments.length ? [] : next.segments.slice(Math.max(0, place));
        seen.push(...fresh);
        list = next;
      }
      const keys = seen.map(({ run: of, number }) => of * 100 + number);
      expect(keys).toEqual(keys.toSorted((a, b) => a - b));
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
