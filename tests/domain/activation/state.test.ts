import fc from 'fast-check';
import { expect, test } from 'vitest';

import { BRIDGE_STANDINGS, CODES_FOR, needsCode, standingOf } from '../../../domain/activation/state.ts';
import { usernameFor } from '../../../domain/activation/username.ts';
import type { Instant } from '../../../domain/time.ts';
import { Username } from '../../../domain/wire/access.ts';

const at = (ms: number) => ms as Instant;

test('a bridge with a host is in, whatever became of its codes; a code is good until its last moment is over', () => {
  expect(standingOf({ hosts: 1, openUntil: at(10) }, at(5))).toBe('in');
  expect(standingOf({ hosts: 0, openUntil: at(10) }, at(9))).toBe('waiting');
  expect(standingOf({ hosts: 0, openUntil: at(10) }, at(10))).toBe('expired');
  expect(standingOf({ hosts: 0, openUntil: null }, at(0))).toBe('none');
});

test('codes that were handed out stay good unless new ones are asked for', () => {
  const made = CODES_FOR.map((all) => BRIDGE_STANDINGS.filter((standing) => needsCode(standing, all)));
  expect(made).toEqual([
    ['expired', 'none'],
    ['waiting', 'expired', 'none'],
    ['in', 'waiting', 'expired', 'none'],
  ]);
});

test('a name to sign in by comes out of a name', () => {
  expect(usernameFor('Đỗ Thị Phụ', 1)).toBe('do.thi.phu');
  expect(usernameFor('  Y’Thanh  Hà Niê Kđăm ', 2)).toBe('y.thanh.ha.nie.kdam.2');
  expect(usernameFor('***', 1)).toBe('phu-trach');
});

test('whatever somebody is called, it is one that can be signed in by', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.integer({ min: 1, max: 99_999 }),
      (name, n) => {
        expect(Username.safeParse(usernameFor(name, n)).success).toBe(true);
      },
    ),
  );
});
