import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

import { readAuditForm } from '../../../domain/audit/entry.ts';
import { verifyAuditExport, type AuditFinding } from '../../../domain/audit/verify.ts';
import { aKey, type Key } from '../ledger/small-ledger.ts';
import { aDeed, smallTrail, type SmallTrail } from './small-trail.ts';

const key = aKey();
let trail: SmallTrail;
beforeEach(() => {
  trail = grown(key, 'người');
});

/** Ten entries; signed after four, seven and ten. */
function grown(by: Key, who: string): SmallTrail {
  const own = smallTrail(by);
  for (let at = 1; at <= 10; at++) {
    own.append(aDeed(`id-${at}`, at % 3 === 0 ? { act: 'place', step: 'done' } : {}), {
      who: `${who} ${at}`,
    });
    if (at === 4 || at === 7 || at === 10) own.sign();
  }
  return own;
}

/** The header and three checkpoints stand before the first entry. */
const FIRST = 4;
const at = (place: number): number => FIRST + place - 1;
const verify = (lines: readonly string[], kept: readonly string[] = []) =>
  verifyAuditExport(lines, {
    ...key.options,
    keptCheckpoints: kept.map((fingerprint) => ({ fingerprint, number: null })),
  });
const findingOf = (lines: readonly string[], kept?: readonly string[]): AuditFinding | null => {
  const verdict = verify(lines, kept);
  return verdict.ok ? null : verdict.finding;
};
const withFields = (line: string, change: (fields: Record<string, unknown>) => void): string => {
  const fields = JSON.parse(line) as Record<string, unknown>;
  change(fields);
  return JSON.stringify(fields);
};

describe('an export as it was written', () => {
  test('holds, and says how far', () => {
    expect(verify(trail.export())).toMatchObject({
      ok: true,
      from: 1,
      upTo: 10,
      shown: 10,
      hidden: 0,
      erased: 0,
      unsigned: 0,
      checkpoint: { number: 3 },
    });
  });

  test('holds whichever entries are left out of it, by their digest', () => {
    fc.assert(
      fc.property(fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), (shown) => {
        const lines = trail.export({ shows: ({ place }) => shown.includes(place) });
        expect(verify(lines)).toMatchObject({ ok: true, shown: shown.length, hidden: 10 - shown.length });
        const text = lines.join('\n');
        for (const { place, form } of trail.entries)
          expect(text.includes(readAuditForm(form).deed.id + '\\"')).toBe(shown.includes(place));
      }),
    );
  });

  test('holds without words that were erased, and counts them', () => {
    const bare = trail.export().map((line) => withFields(line, (fields) => delete fields['texts']));
    expect(verify(bare)).toMatchObject({ ok: true, erased: 10 });
  });

  test('may begin behind a head that a checkpoint names, and behind no other', () => {
    expect(verify(trail.export({ after: 4 }))).toMatchObject({ ok: true, from: 5, shown: 6 });
    expect(findingOf(trail.export({ after: 5 }))).toEqual({ kind: 'unproven', place: 6 });
  });

  test('says what came after the last checkpoint', () => {
    trail.append(aDeed('id-11'));
    expect(verify(trail.export())).toMatchObject({ ok: true, upTo: 11, unsigned: 1 });
  });

  test('of an empty trail holds', () => {
    expect(verify(smallTrail(key).export())).toMatchObject({ ok: true, shown: 0, upTo: 0, checkpoint: null });
  });
});

describe('an entry', () => {
  test.each([1, 5, 10])('number %i that was changed is named', (place) => {
    const lines = trail.export();
    const changed = lines.with(at(place), lines[at(place)]!.replace('conference', 'conferency'));
    expect(findingOf(changed)).toMatchObject({ kind: 'changed', place });
  });

  test.each(['at', 'hash'])('of which the %s was changed is named', (field) => {
    const lines = trail.export();
    const changed = withFields(lines[at(5)]!, (fields) => {
      fields[field] = field === 'at' ? Number(fields['at']) + 1 : '0'.repeat(64);
    });
    expect(findingOf(lines.with(at(5), changed))).toMatchObject({ kind: 'changed', place: 5 });
  });

  test('of which the words are others is named', () => {
    const lines = trail.export();
    expect(findingOf(lines.with(at(6), lines[at(6)]!.replace('người 6', 'người 7')))).toMatchObject({
      kind: 'changed',
      place: 6,
    });
  });

  test('that was removed is named', () => {
    expect(findingOf(trail.export().toSpliced(at(5), 1))).toMatchObject({ kind: 'removed', place: 5 });
  });

  test('that was moved is named', () => {
    const lines = trail.export();
    const moved = lines.toSpliced(at(5), 1).toSpliced(at(7), 0, lines[at(5)]!);
    expect(findingOf(moved)).toMatchObject({ kind: 'reordered', place: 5 });
  });

  test('that was there twice is named', () => {
    const lines = trail.export();
    expect(findingOf(lines.toSpliced(at(5), 0, lines[at(5)]!))).toMatchObject({ kind: 'inserted' });
  });

  test('left out by its digest cannot be another', () => {
    const lines = trail.export({ shows: ({ place }) => place !== 5 });
    const other = withFields(lines[at(5)]!, (fields) => (fields['digest'] = '1'.repeat(64)));
    expect(findingOf(lines.with(at(5), other))).toMatchObject({ kind: 'changed', place: 5 });
  });

  test('that anything was done to, however small, is found out', () => {
    const lines = trail.export();
    const line = fc.integer({ min: 0, max: lines.length - 1 });
    fc.assert(
      fc.property(line, fc.nat(), fc.constantFrom('0', 'a', '"', ' ', '9'), (which, where, letter) => {
        const text = lines[which]!;
        const spot = where % text.length;
        const changed = text.slice(0, spot) + letter + text.slice(spot + 1);
        if (changed === text || changed.trimEnd() === text) return;
        // What parses to the same says the same: space between fields.
        try {
          if (JSON.stringify(JSON.parse(changed)) === text && which >= FIRST) return;
        } catch {
          // It says nothing any more.
        }
        expect(verify(lines.with(which, changed)).ok).toBe(false);
      }),
    );
  });
});

describe('a trail that was made anew', () => {
  test('by whoever has no key is refused', () => {
    const other = aKey();
    expect(findingOf(grown(other, 'ai').export())).toMatchObject({ kind: 'other-key' });
    const forged = grown(other, 'ai').export();
    const header = withFields(forged[0]!, (fields) => (fields['key'] = key.options.key));
    expect(findingOf(forged.with(0, header))).toMatchObject({ kind: 'bad-signature' });
  });

  test('by whoever has the key does not hold against a checkpoint that somebody kept', () => {
    const kept = trail.fingerprint(2);
    expect(findingOf(trail.export(), [kept])).toBeNull();
    expect(findingOf(grown(key, 'người khác').export(), [kept])).toMatchObject({
      kind: 'signed-anew',
      kept,
    });
  });

  test('behind a checkpoint is rewritten', () => {
    const lines = trail.export();
    const other = grown(key, 'người khác').export();
    const mixed = [...lines.slice(0, FIRST), ...other.slice(FIRST)];
    expect(findingOf(mixed)).toMatchObject({ kind: 'rewritten', place: 1, upTo: 4, against: 1 });
  });
});

describe('the end', () => {
  test('that was cut off with its entries is found out by the checkpoint', () => {
    const lines = trail.export();
    expect(findingOf(lines.toSpliced(at(9), 2))).toMatchObject({ kind: 'cut', place: 9, upTo: 10 });
  });

  test('that is not there makes it half a file', () => {
    expect(findingOf(trail.export().slice(0, -1))).toEqual({ kind: 'half-a-file', place: 11 });
    expect(findingOf([])).toEqual({ kind: 'half-a-file', place: 1 });
  });

  test('that counts otherwise, or seals other lines, is not as it was written', () => {
    const lines = trail.export();
    const end = withFields(lines.at(-1)!, (fields) => (fields['end'] = { shown: 9, hidden: 1 }));
    expect(findingOf([...lines.slice(0, -1), end])).toEqual({ kind: 'not-as-written' });
    const asked = withFields(lines[0]!, (fields) => (fields['asked'] = '{"kind":"look"}'));
    expect(findingOf(lines.with(0, asked))).toEqual({ kind: 'not-as-written' });
  });

  test('is the end: nothing comes after it', () => {
    const lines = trail.export();
    expect(findingOf([...lines, lines[at(10)]!])).toMatchObject({ kind: 'unreadable' });
  });
});
