import { describe, expect, test } from 'vitest';

import { firstLink, nextLink } from '../../../domain/ledger/chain.ts';
import type { Link } from '../../../domain/ledger/chain.ts';
import { SessionId } from '../../../domain/ids.ts';
import { at, bridgeId } from '../attendance/factory.ts';
import { sha256 } from './small-ledger.ts';

const [s1, s2] = [SessionId.parse('s1'), SessionId.parse('s2')];
const forms = ['["open"]', '["arrive"]', '["close"]'];
const received = at('07:40');
const first = firstLink(s1, bridgeId('a'), sha256);
const chain = (texts: readonly string[], begin: Link = first): Link =>
  texts.reduce((before, form) => nextLink(before, received, form, sha256), begin);

describe('the chain of a bridge', () => {
  test('begins at place 0, with another hash for every session and bridge', () => {
    expect(first.place).toBe(0);
    const begins = [first, firstLink(s2, bridgeId('a'), sha256), firstLink(s1, bridgeId('b'), sha256)];
    expect(new Set(begins.map(({ hash }) => hash)).size).toBe(3);
  });

  test('counts its events', () => {
    expect(chain(forms).place).toBe(3);
  });

  test('is made of the hash before, the place, the receipt and the form, and nothing else', () => {
    const next = nextLink(first, received, '["open"]', sha256);
    expect(next).toEqual({ place: 1, hash: sha256(`${first.hash}\n1\n${received}\n["open"]`) });
  });

  test('ends in another hash when an event was changed, removed, inserted, moved or received at another time', () => {
    const [a, b, c] = forms as [string, string, string];
    const later = nextLink(chain([a, b]), at('07:41'), c, sha256);
    const ends = [
      [a, b, c],
      [a, `${b} `, c],
      [a, c],
      [a, b, b, c],
      [b, a, c],
      [a, b],
    ].map((one) => chain(one).hash);
    expect(new Set([...ends, later.hash]).size).toBe(7);
  });
});
