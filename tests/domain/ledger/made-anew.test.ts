import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { BridgeId } from '../../../domain/ids.ts';
import type { ExportedEvent } from '../../../domain/ledger/export.ts';
import type { KeptHead } from '../../../domain/ledger/verify-bridge.ts';
import { bridgeId } from '../attendance/factory.ts';
import { sealedLines, sha256, smallLedger, type SmallLedger } from './small-ledger.ts';
import {
  BRIDGES,
  event,
  findingOf,
  idOf,
  KEY,
  ledgerOf,
  pick,
  seeds,
  type Step,
  steps,
  verify,
  withEvents,
} from './tampering.ts';

describe('a chain made anew without the key', () => {
  test('is named from the first event behind what a checkpoint still proves', () => {
    const given: Step[] = Array.from({ length: 12 }, (_, at) => ({
      bridge: 'a',
      kind: at === 5 || at === 11 ? 'close' : 'arrive',
      sign: at === 5 || at === 11,
    }));
    const ledger = ledgerOf(given);
    // Events 7 to 12 made anew from the ninth on: checkpoint 1 vouches up to the sixth.
    const found = { bridge: 'a', upTo: 12, against: 2, place: 7, id: idOf(ledger.events(bridgeId('a'))[6]) };
    expect(findingOf(verify(withEvents(ledger, tailOfA(9))))).toEqual({ kind: 'rewritten', ...found });
    // Made anew from the third on: the first checkpoint says so already.
    expect(findingOf(verify(withEvents(ledger, tailOfA(3))))).toMatchObject({
      kind: 'rewritten',
      place: 1,
      upTo: 6,
    });
  });
});

describe('a history signed anew with the right key', () => {
  test('passes for true with nothing but the key', () => {
    const { after } = signedAnew([{ bridge: 'a', kind: 'close', sign: true }], bridgeId('a'), 1);
    expect(verify(after.export(BRIDGES)).ok).toBe(true);
  });

  test('is found by a kept head, and named between the heads that agree and the one that does not', () => {
    fc.assert(
      fc.property(steps, seeds, fc.array(seeds, { minLength: 1, maxLength: 4 }), (given, seed, keeps) => {
        const at = pick(ledgerOf(given), seed);
        if (at === null) return;
        const { before, after } = signedAnew(given, at.bridge, at.place);
        const length = before.events(at.bridge).length;
        const heads: KeptHead[] = keeps.map((keep) => before.head(at.bridge, (keep % length) + 1));
        const places = heads.map(({ place }) => place);
        const upTo = Math.min(...places.filter((place) => place >= at.place));
        const verdict = verify(after.export(BRIDGES), { keptHeads: heads });
        const place = Math.max(0, ...places.filter((one) => one < at.place)) + 1;
        const found = { kind: 'rewritten', bridge: at.bridge, place, upTo };
        expect(verdict).toMatchObject(upTo === Infinity ? { ok: true } : { ok: false, finding: found });
        expect(place <= at.place && at.place <= upTo).toBe(true);
      }),
    );
  });

  test('is found by a kept checkpoint that covers it, by its statement or its fingerprint', () => {
    fc.assert(
      fc.property(steps, seeds, seeds, fc.boolean(), (given, seed, keep, whole) => {
        const at = pick(ledgerOf(given), seed);
        if (at === null) return;
        const { before, after } = signedAnew(given, at.bridge, at.place);
        const number = (keep % before.checkpoints.length) + 1;
        const fingerprint = before.fingerprint(number);
        const kept = [{ fingerprint, number: whole ? number : null }];
        const verdict = verify(after.export(BRIDGES, [number]), { keptCheckpoints: kept });
        // One that was signed before the event came in says nothing against what came later.
        const isOlder = after.fingerprint(number) === fingerprint;
        const finding = { kind: 'signed-anew', kept: fingerprint, place: 1 };
        expect(verdict).toMatchObject(isOlder ? { ok: true } : { ok: false, finding });
      }),
    );
  });

  test('that keeps the checkpoint itself shows in the proof under it', () => {
    const { before, after } = signedAnew(
      [
        { bridge: 'a', kind: 'arrive', sign: false },
        { bridge: 'a', kind: 'close', sign: true },
        { bridge: 'b', kind: 'close', sign: true },
      ],
      bridgeId('a'),
      2,
    );
    // The true checkpoint 1 with its true proof, then a second one over the new history.
    const [trueLines, newLines] = [before.lines(BRIDGES, [1]), after.lines(BRIDGES, [1])];
    const proofs = trueLines.filter((line) => line.kind === 'proof' && line.proof.checkpoint === 1);
    const kept = [{ fingerprint: before.fingerprint(1), number: 1 }];
    const forged = newLines
      .map((line) => (line.kind === 'checkpoint' ? trueLines[newLines.indexOf(line)]! : line))
      .map((line) => (line.kind === 'proof' && line.proof.checkpoint === 1 ? proofs.shift()! : line));
    const finding = findingOf(verify(sealedLines(forged, KEY), { keptCheckpoints: kept }));
    expect(finding).toMatchObject({ kind: 'rewritten', bridge: 'a', place: 1, upTo: 2, against: 1 });
    // Without that proof the file does not show what was asked.
    const hidden = forged.filter((line) => line.kind !== 'proof' || line.proof.checkpoint !== 1);
    expect(findingOf(verify(sealedLines(hidden, KEY), { keptCheckpoints: kept })).kind).not.toBe(
      'half-a-file',
    );
  });

  test('a head of a bridge that the file does not have is said, not passed over', () => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'close', sign: true },
      { bridge: 'b', kind: 'arrive', sign: true },
    ]);
    const heads = [ledger.head(bridgeId('b'), 1)];
    expect(findingOf(verify(ledger.export([bridgeId('a')]), { keptHeads: heads }))).toMatchObject({
      kind: 'not-shown',
      bridge: 'b',
    });
  });

  test('a bridge without a proof under what was kept is said, not passed over', () => {
    const ledger = ledgerOf([
      { bridge: 'a', kind: 'arrive', sign: true },
      { bridge: 'a', kind: 'close', sign: true },
    ]);
    const keptCheckpoints = [{ fingerprint: ledger.fingerprint(1), number: null }];
    expect(findingOf(verify(ledger.export(BRIDGES), { keptCheckpoints }))).toMatchObject({
      kind: 'not-shown',
      bridge: 'a',
    });
    expect(verify(ledger.export(BRIDGES, [1]), { keptCheckpoints }).ok).toBe(true);
  });
});

/** The events of a chain from a place on with another receipt each, and every hash made to fit. */
function rehashed(bridge: BridgeId, events: readonly ExportedEvent[], from: number): ExportedEvent[] {
  let before = sha256(`nhipcau chain 1\ns1\n${bridge}`);
  return events.map((one) => {
    const receivedAt = (one.place < from ? one.receivedAt : one.receivedAt + 1) as typeof one.receivedAt;
    before = sha256(`${before}\n${one.place}\n${receivedAt}\n${one.form}`);
    return { ...one, receivedAt, hash: before };
  });
}

/** The same ledger with one event of a bridge replaced, everything after it made anew, every checkpoint signed again. */
function signedAnew(
  given: readonly Step[],
  bridge: BridgeId,
  place: number,
): { before: SmallLedger; after: SmallLedger } {
  const [before, after] = [smallLedger(KEY), smallLedger(KEY)];
  let count = 0;
  for (const { bridge: where, kind, sign } of given) {
    const one = event(where, kind);
    before.append(one);
    if (where === bridge) count += 1;
    after.append(where === bridge && count === place ? event(where, 'arrive') : one);
    if (sign) for (const ledger of [before, after]) ledger.sign();
  }
  for (const ledger of [before, after]) ledger.sign();
  return { before, after };
}

/** Makes the chain of bridge `a` anew from a place on. */
function tailOfA(from: number) {
  return (bridge: BridgeId, events: ExportedEvent[]) =>
    bridge === 'a' ? rehashed(bridge, events, from) : events;
}
