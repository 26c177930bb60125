import { describe, expect, test } from 'vitest';

import { applyChange, sayChange, type CompositionChange } from '../../../domain/composition/change.ts';
import { DEFAULT_SETTINGS } from '../../../domain/composition/settings.ts';
import { BridgeId, ClauseId, PersonId } from '../../../domain/ids.ts';

const bridge = BridgeId.parse('b1');
const other = BridgeId.parse('b2');
const clause = ClauseId.parse('C3');
const [lan, binh] = [PersonId.parse('lan'), PersonId.parse('binh')];
const after = (...changes: CompositionChange[]) => changes.reduce(applyChange, DEFAULT_SETTINGS);

describe('a change of the composition', () => {
  test('says only itself: of two organizers at once both hold', () => {
    const settings = after(
      { kind: 'pin', person: lan, bridge, note: 'theo phân công' },
      { kind: 'pin', person: binh, bridge: null, note: 'đi học' },
      { kind: 'options', options: { bodiesIncludeDeputies: false } },
    );
    expect(settings.pins.map(({ person }) => person)).toEqual([lan, binh]);
    expect(settings.bodiesIncludeDeputies).toBe(false);
    expect(settings.lowerLevelMembership).toBe(DEFAULT_SETTINGS.lowerLevelMembership);
  });

  test('of a person takes the place of the one before', () => {
    const twice = after(
      { kind: 'pin', person: lan, bridge, note: 'một' },
      { kind: 'pin', person: lan, bridge: other, note: 'hai' },
    );
    expect(twice.pins).toEqual([{ person: lan, bridge: other, note: 'hai' }]);
    expect(applyChange(twice, { kind: 'unpin', person: lan }).pins).toEqual([]);
  });

  test('of a decision or quota is for one clause at one bridge, and nobody takes a decision back', () => {
    const decided = after(
      { kind: 'decision', bridge, clause, people: [lan, lan], decision: 'Công văn 1' },
      { kind: 'decision', bridge: other, clause, people: [binh], decision: 'Công văn 2' },
      { kind: 'quota', bridge, clause, seats: 2, named: [lan], note: 'Danh sách' },
    );
    expect(decided.named.map(({ people }) => people)).toEqual([[lan], [binh]]);
    expect(decided.quota).toEqual([{ bridge, clause, seats: 2, named: [lan] }]);
    const back = applyChange(decided, { kind: 'decision', bridge, clause, people: [], decision: 'thôi' });
    expect(back.named.map((one) => one.bridge)).toEqual([other]);
  });

  test('of a clause is gone when the words of the plan hold again', () => {
    const rules = [{ kind: 'staff' }] as const;
    const given = after({ kind: 'clause', clause, rules: [...rules], correction: { quota: 3 } });
    expect(given.rules?.[clause]).toEqual(rules);
    expect(given.corrections?.[clause]).toEqual({ quota: 3 });
    const again = applyChange(given, { kind: 'clause', clause, rules: null, correction: null });
    expect([again.rules, again.corrections]).toEqual([{}, {}]);
  });

  test('is told in both languages, whoever has gone meanwhile', () => {
    const names = { person: () => null, bridge: () => 'Xã Yên Lãng' };
    const pin: CompositionChange = { kind: 'pin', person: lan, bridge, note: 'theo phân công' };
    expect(sayChange(pin, names, 'vi')).toBe('Xếp người đã bỏ tại Xã Yên Lãng. Lý do: theo phân công.');
    expect(sayChange(pin, names, 'en')).toContain('somebody taken out seated at Xã Yên Lãng');
  });
});
