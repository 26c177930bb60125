import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { headTree, isAbsent, isIncluded, type Head } from '../../../domain/ledger/merkle.ts';
import { BridgeId, SessionId } from '../../../domain/ids.ts';
import { sha256 } from './small-ledger.ts';

const name = (session: string, bridge: string) => ({
  session: SessionId.parse(session),
  bridge: BridgeId.parse(bridge),
});
const head = (session: string, bridge: string, place: number): Head => ({
  ...name(session, bridge),
  place,
  hash: sha256(`${session} ${bridge} ${place}`),
});
const heads = fc.array(
  fc.tuple(fc.constantFrom('s1', 's2'), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 99 })),
  { maxLength: 80 },
);
const made = (given: readonly (readonly [string, number, number])[]): Head[] =>
  given.map(([session, bridge, place]) => head(session, `b${bridge}`, place));

/** RFC 6962's own definition: the first half is the largest power of two below the number of leaves. */
function rootOf(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return sha256('');
  if (leaves.length === 1) return only;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha256(`nhipcau node 1\n${rootOf(leaves.slice(0, half))}\n${rootOf(leaves.slice(half))}`);
}

describe('the tree over heads', () => {
  test('has the root that its definition gives, in whatever steps it was filled', () => {
    fc.assert(
      fc.property(heads, fc.integer({ min: 1, max: 9 }), (given, step) => {
        const tree = headTree(sha256);
        const all = made(given);
        const last = new Map<string, Head>();
        for (let at = 0; at < all.length; at += step) {
          const some = all.slice(at, at + step);
          for (const one of some) last.set(`${one.session}/${one.bridge}`, one);
          // Of one chain only its newest head is set.
          tree.set([...new Map(some.map((one) => [`${one.session}/${one.bridge}`, one])).values()]);
        }
        const leaves = [...last.values()]
          .toSorted((a, b) => (`${a.session}/${a.bridge}` < `${b.session}/${b.bridge}` ? -1 : 1))
          .map((one) =>
            sha256(`nhipcau leaf 1\n${JSON.stringify([one.session, one.bridge, one.place, one.hash])}`),
          );
        expect(tree.size).toBe(leaves.length);
        expect(tree.root()).toBe(rootOf(leaves));
      }),
    );
  });

  test('proves each head and the lack of each other, and nothing else', () => {
    fc.assert(
      fc.property(heads, fc.integer({ min: 0, max: 61 }), (given, other) => {
        const tree = headTree(sha256);
        tree.set([...new Map(made(given).map((one) => [`${one.session}/${one.bridge}`, one])).values()]);
        const under = { root: tree.root(), chains: tree.size };
        for (const [session, bridge] of given) {
          const chain = name(session, `b${bridge}`);
          const proof = tree.inclusion(chain.session, chain.bridge);
          if (proof === null) throw new Error('no proof of a head that is there');
          expect(isIncluded(chain, proof, under, sha256)).toBe(true);
          expect(isIncluded(chain, { ...proof, place: proof.place + 1 }, under, sha256)).toBe(false);
          expect(isIncluded(chain, { ...proof, index: proof.index + 1 }, under, sha256)).toBe(false);
          expect(isIncluded(name('s3', chain.bridge), proof, under, sha256)).toBe(false);
          expect(isIncluded(chain, { ...proof, path: [...proof.path, proof.hash] }, under, sha256)).toBe(
            false,
          );
          expect(tree.absence(chain.session, chain.bridge)).toBeNull();
        }
        const stranger = name('s1', `c${other}`);
        const absence = tree.absence(stranger.session, stranger.bridge);
        if (absence === null) throw new Error('no proof of a lack');
        expect(tree.inclusion(stranger.session, stranger.bridge)).toBeNull();
        expect(isAbsent(stranger, absence, under, sha256)).toBe(true);
        for (const [session, bridge] of given) {
          expect(isAbsent(name(session, `b${bridge}`), absence, under, sha256)).toBe(false);
        }
        expect(isAbsent(stranger, { before: null, after: null }, under, sha256)).toBe(tree.size === 0);
      }),
    );
  });

  test('a copy stays as it was', () => {
    const tree = headTree(sha256);
    tree.set([head('s1', 'a', 1), head('s1', 'c', 4)]);
    const copy = tree.copy();
    const root = tree.root();
    tree.set([head('s1', 'b', 1), head('s1', 'c', 5)]);
    expect(copy.root()).toBe(root);
    expect(tree.root()).not.toBe(root);
    expect(copy.inclusion(SessionId.parse('s1'), BridgeId.parse('c'))?.place).toBe(4);
  });

  test('no node passes for a leaf', () => {
    const tree = headTree(sha256);
    tree.set([head('s1', 'a', 1), head('s1', 'b', 1)]);
    const proof = tree.inclusion(SessionId.parse('s1'), BridgeId.parse('a'));
    const under = { root: tree.root(), chains: 1 };
    expect(isIncluded(name('s1', 'a'), { ...proof!, path: [] }, under, sha256)).toBe(false);
  });
});
