import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { BridgeClass } from '../../../domain/bridges/bridge.ts';
import { acceptDraft } from '../../../domain/plan/accept.ts';
import type { Deed } from '../../../domain/plan/deed.ts';
import { movedDeed, patched, patchesOf } from '../../../domain/plan/edit.ts';
import { reverting, stepToRedo, stepToUndo, type Step } from '../../../domain/plan/history.ts';
import { applyPatches, movedPath, takenBack, type Patch } from '../../../domain/plan/patch.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { readPlan } from '../../../domain/plan/reader.ts';
import { fieldsToLookAt, leavesOf } from '../../../domain/plan/to-look-at.ts';
import {
  copyOfBeginning,
  copyOfEarlierPlan,
  copyOfPlan,
  copyOfReading,
  type WorkingCopy,
} from '../../../domain/plan/working-copy.ts';
import { SAMPLE_TEXT, samplePlan } from '../../server/plans/sample.ts';

const reading = readPlan(SAMPLE_TEXT);
const fresh = (): WorkingCopy => copyOfReading(reading);

function done(copy: WorkingCopy, deed: Deed): WorkingCopy {
  const patches = patchesOf(copy, deed);
  if (!patches.ok) throw new Error(JSON.stringify(patches));
  return patched(copy, patches.value);
}

function planOf(copy: WorkingCopy): Plan {
  const accepted = acceptDraft(copy);
  if (!accepted.ok) throw new Error(JSON.stringify(accepted.fields));
  return accepted.value;
}

describe('a working copy', () => {
  test('of a reading is the plan that the reading is', () => {
    expect(planOf(fresh())).toEqual(samplePlan());
  });

  test('of a plan is that plan again, with the passages that its reading had', () => {
    const plan = samplePlan({ venue: 'Hội trường tầng 2' });
    const copy = copyOfPlan(plan, reading);
    expect(planOf(copy)).toEqual(plan);
    expect(copy.number.source).toEqual(reading.plan.number.source);
    expect(copy.venue).toMatchObject({ accepted: true, source: reading.plan.venue.source });
    expect(planOf(copyOfPlan(plan, null))).toEqual(plan);
  });

  test('keeps the passages of entries that moved up when one before them went', () => {
    const plan = samplePlan();
    const shorter = { ...plan, duties: plan.duties.slice(1), clauses: plan.clauses.slice(1) };
    const copy = copyOfPlan(shorter, reading);
    expect(planOf(copy)).toEqual(shorter);
    expect(copy.duties[0]?.text.source).toEqual(reading.plan.duties[1]?.text.source);
  });

  test('like an earlier plan has dates and number to be set anew, and doubts what named that one conference', () => {
    const copy = copyOfEarlierPlan(samplePlan());
    expect([copy.number, copy.issuedOn, copy.startsAt, copy.endsAt].map(({ value }) => value)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(copy.duties.map(({ deadline }) => deadline.dueBefore.value)).toEqual(copy.duties.map(() => null));
    const toLookAt = fieldsToLookAt(copy);
    expect(toLookAt).toEqual(
      expect.arrayContaining(['number', 'issuedOn', 'startsAt', 'endsAt', 'title', 'venue', 'documents.0']),
    );
    expect(toLookAt.filter((path) => path.startsWith('clauses'))).toEqual([]);
  });

  test('from nothing has what was given, and asks for what every plan has', () => {
    const copy = copyOfBeginning({
      title: 'Hội nghị giao ban',
      startsAt: '2026-03-02T08:00:00+07:00',
      endsAt: null,
      venue: null,
      format: 'online',
      bridgeClasses: ['province' as BridgeClass],
    });
    expect(planOf(copy)).toMatchObject({ title: 'Hội nghị giao ban', bridgeClasses: ['province'] });
    expect(fieldsToLookAt(copy)).toEqual(['number', 'issuer', 'issuedOn', 'endsAt', 'venue']);
  });
});

describe('a deed', () => {
  test('gives a field another value and keeps its passage; nobody needs to look at it any more', () => {
    const copy = done(fresh(), {
      do: 'set',
      path: 'venue',
      was: reading.plan.venue.value,
      value: 'Hội trường B',
    });
    expect(copy.venue).toEqual({
      value: 'Hội trường B',
      source: reading.plan.venue.source,
      confidence: 1,
      accepted: true,
    });
  });

  test('is not done over what somebody else wrote meanwhile', () => {
    const deed: Deed = { do: 'set', path: 'venue', was: 'điều đã thấy', value: 'Hội trường B' };
    expect(patchesOf(fresh(), deed)).toEqual({
      ok: false,
      reason: 'changed meanwhile',
      path: 'venue',
      now: reading.plan.venue.value,
    });
  });

  test.each<[string, Deed]>([
    ['a day that is none', { do: 'set', path: 'issuedOn', was: '2024-12-29', value: '31/02/2025' }],
    ['a text for a number', { do: 'set', path: 'agenda.2.minutes', was: 20, value: 'hai mươi' }],
    ['minutes beyond a day', { do: 'set', path: 'agenda.2.minutes', was: 20, value: 5000 }],
    ['a format that there is not', { do: 'set', path: 'format', was: 'hybrid', value: 'qua thư' }],
    ['words for a class', { do: 'add', list: 'bridgeClasses', at: 0, value: 'x'.repeat(40) }],
  ])('does not give a field what it cannot have: %s', (_, deed) => {
    expect(patchesOf(fresh(), deed)).toMatchObject({ ok: false, reason: 'does not fit' });
  });

  test.each<Deed>([
    { do: 'set', path: '__proto__.value', was: null, value: 'x' },
    { do: 'set', path: 'clauses.0.id', was: null, value: 'C9' },
    { do: 'accept', path: 'clauses.99.text', was: null },
    { do: 'remove', path: 'venue', was: null },
    { do: 'add', list: 'leftovers', at: 0, value: 'x' },
    { do: 'move', list: 'agenda', from: 0, to: 99 },
    { do: 'take', leftover: 999, into: 'venue' },
  ])('reaches only what a plan has: %j', (deed) => {
    expect(patchesOf(fresh(), deed)).toMatchObject({ ok: false });
  });

  test('that adds a clause gives it a number that no clause ever had', () => {
    const copy = fresh();
    const last = copy.clauses.length;
    const without = done(copy, {
      do: 'remove',
      path: `clauses.${last - 1}`,
      was: copy.clauses[last - 1]?.text.value ?? null,
    });
    const added = done(without, { do: 'add', list: 'clauses', at: 0, value: 'Các đồng chí bí thư chi bộ' });
    expect(added.clauses.map(({ id }) => id)).toEqual([
      `C${last + 1}`,
      ...without.clauses.map(({ id }) => id),
    ]);
  });

  test('takes a passage left over into a field, with the passage as its source', () => {
    const copy = fresh();
    const leftover = copy.leftovers[0]!;
    const taken = done(copy, { do: 'take', leftover: 0, into: 'documents' });
    expect(taken.documents.at(-1)).toMatchObject({ source: [leftover.source], accepted: true });
    expect(taken.leftovers[0]?.fate).toBe('placed');
    const into = done(copy, { do: 'take', leftover: 0, into: 'broadcast' });
    expect(into.broadcast.value).toBe(leftover.text.replaceAll(/\s+/g, ' ').trim());
  });
});

/** Deeds of all kinds on whatever the copy has by then. */
const anyDeed = fc.record({
  kind: fc.nat(6),
  a: fc.nat(40),
  b: fc.nat(40),
  word: fc.constantFrom('một', 'hai', 'ba'),
});
type Drawn = { readonly kind: number; readonly a: number; readonly b: number; readonly word: string };
const LISTS = ['clauses', 'agenda', 'documents', 'duties', 'recipients', 'chairing'] as const;

function deedFor(copy: WorkingCopy, { kind, a, b, word }: Drawn): Deed {
  const list = LISTS[a % LISTS.length]!;
  const length = copy[list].length;
  const field = { clauses: 'text', agenda: 'title', duties: 'text', recipients: 'name' }[list as string];
  const index = length === 0 ? 0 : b % length;
  const path = `${list}.${index}`;
  const leaf = leavesOf(copy).find(([at]) => at === (field === undefined ? path : `${path}.${field}`));
  const was = (leaf?.[1].value ?? null) as string | null;
  if (kind === 0 || length === 0) return { do: 'add', list, at: index, value: word };
  if (kind === 1) return { do: 'remove', path, was };
  if (kind === 2) return { do: 'move', list, from: index, to: (index + a) % length };
  if (kind === 3) return { do: 'take', leftover: b % copy.leftovers.length, into: list };
  if (kind === 4) return { do: 'leave', leftover: b % copy.leftovers.length, needed: a % 2 === 0 };
  const text = leaf?.[0] ?? 'venue';
  const value = leaf === undefined ? copy.venue.value : was;
  return kind === 5
    ? { do: 'accept', path: text, was: value }
    : { do: 'set', path: text, was: value, value: word };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what was done', () => {
  test('can be taken back one by one to where it began, and done again to where it was', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 12 }), (drawn) => {
        const begun = fresh();
        let copy = begun;
        const steps: Step[] = [];
        const step = (kind: Step['kind'], patches: readonly Patch[], of: number | null) => {
          copy = patched(copy, patches);
          steps.push({ revision: steps.length + 1, by: 'a', kind, of, patches });
        };
        for (const one of drawn) {
          const patches = patchesOf(copy, deedFor(copy, one));
          if (patches.ok && patches.value.length > 0) step('deed', patches.value, null);
        }
        const ended = copy;
        const deeds = steps.length;
        for (let n = 0; n < deeds; n++) {
          const undone = stepToUndo(steps, 'a')!;
          const back = reverting(copy, undone, steps);
          expect(back.ok).toBe(true);
          if (back.ok) step('undo', back.value, undone.of ?? undone.revision);
        }
        expect(stepToUndo(steps, 'a')).toBe(null);
        expect(plain({ ...copy, lastClause: 0 })).toEqual(plain({ ...begun, lastClause: 0 }));
        for (let n = 0; n < deeds; n++) {
          const again = stepToRedo(steps, 'a')!;
          const back = reverting(copy, again, steps);
          expect(back.ok).toBe(true);
          if (back.ok) step('redo', back.value, again.of);
        }
        expect(stepToRedo(steps, 'a')).toBe(null);
        expect(plain(copy)).toEqual(plain(ended));
      }),
      { numRuns: 60 },
    );
  });

  test('by two people who did not see each other is the work of both, or one is told', () => {
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 6 }), anyDeed, (theirs, mine) => {
        const seen = fresh();
        const deed = deedFor(seen, mine);
        let copy = seen;
        const since: Patch[] = [];
        for (const one of theirs) {
          const patches = patchesOf(copy, deedFor(copy, one));
          if (!patches.ok) continue;
          copy = patched(copy, patches.value);
          since.push(...patches.value);
        }
        const moved = movedDeed(deed, since);
        const patches = moved === null ? null : patchesOf(copy, moved);
        if (moved === null || patches?.ok !== true) return;
        const after = patched(copy, patches.value);
        const back = takenBack(after, patches.value, []);
        expect(back).not.toBe(null);
        expect(plain({ ...applyPatches(after, back ?? []), lastClause: 0 })).toEqual(
          plain({ ...copy, lastClause: 0 }),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('is not taken back where somebody has worked on it since', () => {
    const copy = fresh();
    const first = patchesOf(copy, { do: 'add', list: 'documents', at: 0, value: 'Báo cáo' });
    if (!first.ok) throw new Error(first.reason);
    const later = patched(copy, first.value);
    const other = patchesOf(later, {
      do: 'set',
      path: 'documents.0',
      was: 'Báo cáo',
      value: 'Báo cáo tóm tắt',
    });
    if (!other.ok) throw new Error(other.reason);
    const now = patched(later, other.value);
    const steps: Step[] = [
      { revision: 1, by: 'a', kind: 'deed', of: null, patches: first.value },
      { revision: 2, by: 'b', kind: 'deed', of: null, patches: other.value },
    ];
    expect(reverting(now, steps[0]!, steps)).toEqual({ ok: false, reason: 'changed since' });
    expect(stepToUndo(steps, 'a')?.revision).toBe(1);
    expect(stepToUndo(steps, 'b')?.revision).toBe(2);
  });

  test('is forgotten for doing again once something else was done', () => {
    const steps: Step[] = [
      { revision: 1, by: 'a', kind: 'deed', of: null, patches: [] },
      { revision: 2, by: 'a', kind: 'undo', of: 1, patches: [] },
      { revision: 3, by: 'b', kind: 'deed', of: null, patches: [] },
    ];
    expect(stepToRedo(steps, 'a')?.revision).toBe(2);
    expect(stepToRedo([...steps, { revision: 4, by: 'a', kind: 'deed', of: null, patches: [] }], 'a')).toBe(
      null,
    );
  });
});

test('a path follows its entry while others add, take out and move before it', () => {
  const patches: Patch[] = [
    { kind: 'insert', list: 'agenda', at: 0, entry: { value: 'x' } },
    { kind: 'move', list: 'agenda', from: 3, to: 0 },
    { kind: 'remove', list: 'agenda', at: 1, entry: { value: 'x' } },
  ];
  expect(movedPath('agenda.2.title', patches)).toBe('agenda.0.title');
  expect(movedPath('agenda.0.title', patches)).toBe('agenda.1.title');
  expect(movedPath('duties.0.text', patches)).toBe('duties.0.text');
  expect(movedPath('agenda.2.title', [{ kind: 'remove', list: 'agenda', at: 2, entry: null }])).toBe(null);
});
