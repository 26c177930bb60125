import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { conflictsOf, findConflicts } from '../../../domain/schedule/conflicts.ts';
import type { Booked, Conflict } from '../../../domain/schedule/conflicts.ts';
import { overlaps, thoseThatMeet } from '../../../domain/schedule/overlaps.ts';
import { plainConflicts } from './plain-conflicts.ts';
import { describeConflict, type Names } from '../../../domain/schedule/sentences.ts';
import { Instant } from '../../../domain/time.ts';
import { at, bridge, bridgeId, bridgesOf, entry, minutesAfter, person } from './factories.ts';

const none = bridgesOf({});
const kinds = (entries: readonly Booked[], of = none) =>
  findConflicts(entries, of).map((conflict) => conflict.kind);
const second = { startsAt: at('11:00'), endsAt: at('12:00') };
const after = { startsAt: at('11:30'), endsAt: at('12:00') };
const chairs = (at_: string) => ({ kind: 'chair-of-bridge' as const, bridge: bridgeId(at_) });
const maybe = (...of: string[]) => fc.option(fc.constantFrom(...of), { nil: undefined });
const presents = { kind: 'presenter' } as const;

describe('rooms', () => {
  const venue = 'Phòng họp số 2, Trụ sở Tỉnh ủy';

  test('two entries in one room at one time are a conflict, and share the time said', () => {
    expect(findConflicts([entry('a', { venue }), entry('b', { venue, ...second })], none)).toEqual([
      { kind: 'room', first: 'a', second: 'b', from: at('11:00'), until: at('11:30'), venue },
    ]);
  });

  test('what starts when the other ends does not overlap', () => {
    expect(kinds([entry('a', { venue }), entry('b', { venue, ...after })])).toEqual([]);
  });

  test('case, tone placement, blanks and marks do not make another room', () => {
    const other = 'PHÒNG HỌP SỐ 2 - Trụ sở Tỉnh uỷ'.normalize('NFD');
    expect(kinds([entry('a', { venue }), entry('b', { venue: other })])).toEqual(['room']);
    expect(kinds([entry('a', { venue }), entry('b', { venue: 'Phòng họp số 3, Trụ sở Tỉnh ủy' })])).toEqual(
      [],
    );
  });

  test('the room is taken from when the doors open', () => {
    const early = entry('b', { venue, ...after, doorsAt: at('11:15') });
    expect(findConflicts([entry('a', { venue }), early], none)).toMatchObject([
      { kind: 'room', first: 'a', second: 'b', from: at('11:15'), until: at('11:30') },
    ]);
  });

  test('an unknown room is in nobody’s way', () => {
    expect(kinds([entry('a'), entry('b')])).toEqual([]);
  });
});

describe('bridges of one conference', () => {
  test('a line test at a bridge clashes with a session of all bridges, at that bridge only', () => {
    const conflicts = findConflicts(
      [
        entry('all', { bridges: 'all' }),
        entry('test', { kind: 'line-test', bridges: ['x', 'y'], ...second }),
      ],
      none,
    );
    expect(conflicts).toEqual([
      {
        kind: 'bridge',
        first: 'all',
        second: 'test',
        from: at('11:00'),
        until: at('11:30'),
        bridges: ['x', 'y'],
      },
    ]);
  });

  test('two entries of all bridges are one conflict', () => {
    expect(
      findConflicts([entry('a', { bridges: 'all' }), entry('b', { bridges: 'all' })], none),
    ).toMatchObject([{ kind: 'bridge', bridges: 'all' }]);
  });

  test('line tests at other bridges, and bridges of other conferences, are no conflict', () => {
    expect(
      kinds([
        entry('a', { bridges: ['x'] }),
        entry('b', { bridges: ['y'] }),
        entry('c', { bridges: ['x'], conference: 'c2' }),
        entry('d', { bridges: 'all', conference: 'c3' }),
      ]),
    ).toEqual([]);
  });
});

describe('one room for two conferences', () => {
  const a = entry('a', { bridges: 'all' });
  const b = entry('b', { bridges: 'all', conference: 'c2' });

  test('bridges of one unit clash, certainly so where both give one address', () => {
    const unknown = bridgesOf({
      c1: [bridge('x1', { unit: '19' })],
      c2: [bridge('x2', { unit: '19', address: 'Số 1' })],
    });
    expect(findConflicts([a, b], unknown)).toMatchObject([
      { kind: 'place', places: [{ bridges: ['x1', 'x2'], unit: '19', by: 'unit' }] },
    ]);
    const known = bridgesOf({
      c1: [bridge('x1', { unit: '19', address: 'số 1, đường A' })],
      c2: [bridge('x2', { unit: '19', address: 'Số 1 đường A' })],
    });
    expect(findConflicts([a, b], known)).toMatchObject([{ kind: 'place', places: [{ by: 'address' }] }]);
  });

  test('two addresses of one unit are two rooms', () => {
    const of = bridgesOf({
      c1: [bridge('x1', { unit: '19', address: 'Hội trường A' })],
      c2: [bridge('x2', { unit: '19', address: 'Hội trường B' })],
    });
    expect(kinds([a, b], of)).toEqual([]);
  });

  test('a ministry’s bridges are known by its name', () => {
    const of = bridgesOf({
      c1: [bridge('m1', { organisation: 'Bộ Khoa học và Công nghệ' })],
      c2: [bridge('m2', { organisation: 'Bộ khoa học và công nghệ' })],
    });
    expect(kinds([a, b], of)).toEqual(['place']);
  });

  test('bridges of two units, and entries that do not overlap, are no conflict', () => {
    const two = bridgesOf({ c1: [bridge('x1', { unit: '19' })], c2: [bridge('x2', { unit: '20' })] });
    expect(kinds([a, b], two)).toEqual([]);
    const one = bridgesOf({ c1: [bridge('x1', { unit: '19' })], c2: [bridge('x2', { unit: '19' })] });
    expect(kinds([a, entry('b', { bridges: 'all', conference: 'c2', ...after })], one)).toEqual([]);
  });

  test('only the bridges that take part count', () => {
    const of = bridgesOf({
      c1: [bridge('x1', { unit: '19' }), bridge('y1', { unit: '20' })],
      c2: [bridge('y2', { unit: '20' })],
    });
    expect(kinds([entry('a', { bridges: ['x1'] }), b], of)).toEqual([]);
    expect(kinds([entry('a', { bridges: ['y1'] }), b], of)).toEqual(['place']);
  });
});

describe('people', () => {
  test('who chairs two bridges at once is a conflict, within one entry too', () => {
    const of = bridgesOf({ c1: [bridge('x', { chair: 'p' }), bridge('y', { chair: 'p' })] });
    const apart = [entry('a', { bridges: ['x'] }), entry('b', { bridges: ['y'] })];
    expect(findConflicts(apart, of)).toMatchObject([
      { kind: 'chair', person: 'p', first: 'a', second: 'b', duties: [chairs('x'), chairs('y')] },
    ]);
    expect(findConflicts([entry('a', { bridges: 'all' })], of)).toMatchObject([
      { kind: 'chair', first: 'a', second: 'a', duties: [chairs('x'), chairs('y')] },
    ]);
  });

  test('one bridge in two entries is a conflict of the bridge, not of its chair', () => {
    const of = bridgesOf({ c1: [bridge('x', { chair: 'p' })] });
    expect(kinds([entry('a', { bridges: ['x'] }), entry('b', { bridges: ['x'] })], of)).toEqual(['bridge']);
  });

  test('a presenter cannot present in two entries at once', () => {
    const conflicts = findConflicts(
      [entry('a', { presenters: ['p', 'p'] }), entry('b', { presenters: ['p'], conference: 'c2' })],
      none,
    );
    expect(conflicts).toMatchObject([{ kind: 'presenter', person: 'p', duties: [presents, presents] }]);
  });

  test('a presenter who chairs elsewhere at that time is a conflict, in the same entry it is none', () => {
    const of = bridgesOf({ c1: [bridge('x', { chair: 'p' })] });
    expect(kinds([entry('a', { bridges: 'all', presenters: ['p'] })], of)).toEqual([]);
    const elsewhere = [entry('a', { bridges: 'all' }), entry('b', { presenters: ['p'], conference: 'c2' })];
    expect(findConflicts(elsewhere, of)).toMatchObject([
      { kind: 'presenter', person: 'p', duties: [chairs('x'), presents] },
    ]);
  });

  test('who chairs a session chairs no other, and presents in no other, at that time', () => {
    const two = [entry('a', { chair: 'p' }), entry('b', { chair: 'p', conference: 'c2' })];
    expect(findConflicts(two, none)).toMatchObject([
      { kind: 'chair', person: 'p', duties: [{ kind: 'chair' }, { kind: 'chair' }] },
    ]);
    expect(kinds([entry('a', { chair: 'p' }), entry('b', { presenters: ['p'] })])).toEqual(['presenter']);
    const own = bridgesOf({ c1: [bridge('x', { chair: 'p' })] });
    expect(kinds([entry('a', { chair: 'p', bridges: 'all', presenters: ['p'] })], own)).toEqual([]);
  });

  test('two sessions want a person once, whatever the duties are', () => {
    const of = bridgesOf({ c1: [bridge('x', { chair: 'p' })], c2: [bridge('y', { chair: 'p' })] });
    const a = entry('a', { bridges: 'all', chair: 'p', presenters: ['p'] });
    const b = entry('b', { bridges: 'all', presenters: ['p'], conference: 'c2' });
    expect(kinds([a, b], of)).toEqual(['chair']);
  });

  test('a line test needs neither chair nor presenter', () => {
    const of = bridgesOf({ c1: [bridge('x', { chair: 'p' }), bridge('y', { chair: 'p' })] });
    expect(
      kinds([entry('a', { bridges: ['x'] }), entry('b', { kind: 'line-test', bridges: ['y'] })], of),
    ).toEqual([]);
    expect(
      kinds([entry('a', { bridges: ['x'] }), entry('b', { kind: 'rehearsal', bridges: ['y'] })], of),
    ).toEqual(['chair']);
  });
});

/** A conflict by what it is about, without the order in which its bridges were found. */
function pairOf(conflict: Conflict): string {
  const of = 'person' in conflict ? conflict.person : '';
  return `${conflict.kind} ${conflict.first} ${conflict.second} ${conflict.from}-${conflict.until} ${of}`;
}

type Fields = NonNullable<Parameters<typeof bridge>[1]>;
function compact(fields: { readonly [Field in keyof Fields]: Fields[Field] | undefined }): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const nation = (conference: string) =>
  Array.from({ length: 20_000 }, (_, n) => bridge(`${conference}-${n}`, { unit: String(n) }));

describe('the sweep', () => {
  const spans = fc.array(
    fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 10 })).map(([start, length]) => ({
      startsAt: minutesAfter(at('08:00'), start),
      endsAt: minutesAfter(at('08:00'), start + length),
    })),
    { maxLength: 30 },
  );

  test('finds each overlapping pair once', () => {
    fc.assert(
      fc.property(spans, (items) => {
        const swept = [...overlaps(items)].map(([a, b]) =>
          [items.indexOf(a), items.indexOf(b)].toSorted((x, y) => x - y).join(),
        );
        const plain = items.flatMap((a, i) =>
          items.flatMap((b, j) =>
            i < j && a.startsAt < b.endsAt && b.startsAt < a.endsAt ? [`${i},${j}`] : [],
          ),
        );
        expect(swept.toSorted()).toEqual(plain.toSorted());
      }),
    );
  });

  test('knows which share time with another group, as looking at all pairs does', () => {
    const grouped = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 10 }), fc.nat(3)), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(grouped, (drawn) => {
        const items = drawn.map(([start, length, group]) => ({
          startsAt: minutesAfter(at('08:00'), start),
          endsAt: minutesAfter(at('08:00'), start + length),
          group,
        }));
        const plain = items.filter((a) =>
          items.some((b) => a.group !== b.group && a.startsAt < b.endsAt && b.startsAt < a.endsAt),
        );
        expect(thoseThatMeet(items, ({ group }) => group)).toEqual(new Set(plain));
      }),
    );
  });

  test('finds what looking at every pair of sessions finds', () => {
    const drawnEntry = fc.record({
      conference: fc.constantFrom('c1', 'c2', 'c3'),
      kind: fc.constantFrom('session', 'rehearsal', 'line-test', 'follow-up'),
      start: fc.nat(20),
      length: fc.integer({ min: 1, max: 8 }),
      doors: fc.nat(3),
      venue: maybe('P1', 'p1', 'P2'),
      chair: maybe('p', 'q', 'r'),
      presenters: fc.subarray(['p', 'q', 's']),
      bridges: fc.oneof(fc.constant('all' as const), fc.subarray(['0', '1', '2', '3'])),
    });
    const drawnBridge = fc.record({
      unit: maybe('19', '20'),
      chair: maybe('p', 'q', 's', 't'),
      address: maybe('số 1', 'Số 2'),
    });
    const drawnTrees = fc.array(fc.array(drawnBridge, { maxLength: 4 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(drawnEntry, { maxLength: 12 }), drawnTrees, (drawn, trees) => {
        const entries = drawn.map(({ start, length, doors, venue = null, chair, ...one }, at_) =>
          entry(`e${String(at_).padStart(2, '0')}`, {
            ...one,
            ...(chair !== undefined && { chair }),
            venue,
            doorsAt: minutesAfter(at('08:00'), start - doors),
            startsAt: minutesAfter(at('08:00'), start),
            endsAt: minutesAfter(at('08:00'), start + length),
            bridges: one.bridges === 'all' ? 'all' : one.bridges.map((n) => `${one.conference}-${n}`),
          }),
        );
        const of = bridgesOf(
          Object.fromEntries(
            trees.map((tree, at_) => [
              `c${at_ + 1}`,
              tree.map((fields, n) => bridge(`c${at_ + 1}-${n}`, compact(fields))),
            ]),
          ),
        );
        expect(findConflicts(entries, of).map(pairOf).toSorted()).toEqual(
          plainConflicts(entries, of).toSorted(),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('three thousand sessions of two nations, some of them at once, take no time', () => {
    const entries = Array.from({ length: 3000 }, (_, n) =>
      entry(`s${n}`, {
        bridges: 'all',
        conference: n % 2 === 0 ? 'c1' : 'c2',
        kind: n % 3 === 0 ? 'rehearsal' : 'session',
        startsAt: minutesAfter(at('08:00'), n * 60),
        endsAt: minutesAfter(at('08:00'), n * 60 + (n % 300 === 0 ? 90 : 60)),
      }),
    );
    const trees = bridgesOf({ c1: nation('c1'), c2: nation('c2') });
    const start = performance.now();
    const found = findConflicts(entries, trees);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['place']));
    expect(found).toHaveLength(10);
  });

  test('twenty thousand line tests one after another take no time', () => {
    const tests = Array.from({ length: 20_000 }, (_, n) =>
      entry(`t${n}`, {
        kind: 'line-test',
        bridges: [`b${n % 50}`],
        startsAt: minutesAfter(at('08:00'), n * 5),
        endsAt: minutesAfter(at('08:00'), n * 5 + 5),
        venue: 'Phòng kỹ thuật',
      }),
    );
    const start = performance.now();
    expect(findConflicts(tests, none)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('two conferences over all of twenty thousand bridges are one conflict of places', () => {
    const conflicts = findConflicts(
      [entry('a', { bridges: 'all' }), entry('b', { bridges: 'all', conference: 'c2' })],
      bridgesOf({ c1: nation('c1'), c2: nation('c2') }),
    );
    expect(conflicts.map((conflict) => conflict.kind === 'place' && conflict.places.length)).toEqual([
      20_000,
    ]);
  });

  test('the order of the entries does not matter', () => {
    const all = [
      entry('a', { venue: 'P1', bridges: ['x'] }),
      entry('b', { venue: 'P1', bridges: ['x', 'y'], ...second }),
      entry('c', { bridges: 'all', startsAt: at('11:15'), endsAt: at('13:00') }),
      entry('d', { venue: 'P1', bridges: ['y'] }),
    ];
    const expected = findConflicts(all, none);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(findConflicts(shuffled, none)).toEqual(expected);
      }),
    );
    expect(conflictsOf(all[0]?.id ?? entry('z').id, expected).map((conflict) => conflict.kind)).toEqual([
      'room',
      'room',
      'bridge',
      'bridge',
    ]);
  });
});

describe('sentences', () => {
  const titles: Record<string, string> = { a: 'Hội nghị toàn quốc', b: 'Thử đường truyền' };
  const names: Names = {
    session: (id) => ({
      title: titles[id] ?? id,
      startsAt: at('08:00'),
      endsAt: id === 'a' ? at('11:30') : at('09:30'),
      conference: { id: entry('a').conference, title: 'Hội nghị toàn quốc' },
    }),
    bridge: (id) => `điểm cầu ${id}`,
    person: () => 'Trần Văn An',
  };
  const when = { first: entry('a').id, second: entry('b').id, from: at('08:00'), until: at('09:30') };

  test('say who wants what, when each is, and the time that they share', () => {
    expect(describeConflict({ kind: 'room', ...when, venue: 'Phòng họp số 2' }, names, 'vi')).toBe(
      '“Hội nghị toàn quốc” (08:00-11:30) và “Thử đường truyền” (08:00-09:30) cùng dùng Phòng họp số 2, trùng lúc 08:00-09:30 thứ Hai, 13/01/2025.',
    );
    const five = ['x1', 'x2', 'x3', 'x4', 'x5'].map(bridgeId);
    expect(describeConflict({ kind: 'bridge', ...when, bridges: five }, names, 'vi')).toContain(
      'cùng cần điểm cầu x1, điểm cầu x2, điểm cầu x3 và 2 điểm cầu khác,',
    );
    expect(describeConflict({ kind: 'bridge', ...when, bridges: 'all' }, names, 'en')).toBe(
      '“Hội nghị toàn quốc” (08:00-11:30) and “Thử đường truyền” (08:00-09:30) both need every bridge, at the same time 08:00-09:30 Monday, 13/01/2025.',
    );
    const two = [chairs('x'), chairs('y')] as const;
    expect(describeConflict({ kind: 'chair', ...when, person: person('p'), duties: two }, names, 'vi')).toBe(
      'Trần Văn An vừa chủ trì điểm cầu x trong “Hội nghị toàn quốc” (08:00-11:30) vừa chủ trì điểm cầu y trong “Thử đường truyền” (08:00-09:30), trùng lúc 08:00-09:30 thứ Hai, 13/01/2025.',
    );
    const one = [presents, chairs('y')] as const;
    expect(
      describeConflict({ kind: 'presenter', ...when, person: person('p'), duties: one }, names, 'en'),
    ).toContain(
      'Trần Văn An has to present at “Hội nghị toàn quốc” (08:00-11:30) and to chair điểm cầu y in “Thử đường truyền”',
    );
  });

  test('name the conference where there are two, and nothing of a session that the reader may not see', () => {
    const both: Names = {
      ...names,
      session: (id) =>
        id === 'b'
          ? null
          : {
              title: 'Tổng duyệt',
              startsAt: at('08:00'),
              endsAt: at('11:30'),
              conference: {
                id: entry('a').conference,
                title: 'Hội nghị toàn quốc về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo',
              },
            },
    };
    expect(describeConflict({ kind: 'room', ...when, venue: 'P' }, both, 'vi')).toBe(
      '“Tổng duyệt” (08:00-11:30; Hội nghị toàn quốc về đột phá phát triển khoa học, công…) và cuộc họp của một hội nghị khác cùng dùng P, trùng lúc 08:00-09:30 thứ Hai, 13/01/2025.',
    );
  });

  test('a shared place that is only likely asks for a check', () => {
    const place = { bridges: [bridgeId('x'), bridgeId('y')], unit: null } as const;
    const likely = describeConflict(
      { kind: 'place', ...when, places: [{ ...place, by: 'unit' }] },
      names,
      'vi',
    );
    expect(likely).toContain('cần kiểm tra có trùng phòng không');
    const sure = describeConflict(
      { kind: 'place', ...when, places: [{ ...place, by: 'address' }] },
      names,
      'vi',
    );
    expect(sure).not.toContain('cần kiểm tra');
  });

  test('a conflict past midnight gives both dates', () => {
    const until = Instant.parse(when.from + 26 * 3_600_000);
    expect(describeConflict({ kind: 'room', ...when, until, venue: 'P' }, names, 'vi')).toContain(
      '08:00 thứ Hai, 13/01/2025 - 10:00 thứ Ba, 14/01/2025',
    );
  });
});
