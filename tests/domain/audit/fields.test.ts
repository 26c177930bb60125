import { expect, test } from 'vitest';
import { z } from 'zod';

import { FIELD_WORDS, fieldsWithoutWords, fieldWords } from '../../../domain/audit/fields.ts';
import { Bridge } from '../../../domain/bridges/bridge.ts';
import { PlacementSettings } from '../../../domain/composition/settings.ts';
import { Plan } from '../../../domain/plan/plan.ts';
import { api, contracts } from '../../../domain/wire/api.ts';
import { auditOf } from '../../../domain/wire/contract.ts';
import { RetentionPeriods } from '../../../domain/wire/retention.ts';

test('everything that a look can be narrowed down to has words in both languages', () => {
  const asked = Object.values(contracts)
    .filter((contract) => auditOf(contract) === 'look')
    .flatMap(({ query, body }) =>
      [query, body].flatMap((part) => (part instanceof z.ZodObject ? Object.keys(part.shape) : [])),
    )
    // These say where in a list, and the entry does not have them.
    .filter((name) => name !== 'cursor' && name !== 'limit');
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((name) => !(name in FIELD_WORDS))).toEqual([]);
});

test.each([
  ['a plan', Plan],
  ['a bridge', Bridge],
  ['the settings of a placement', PlacementSettings],
  ['the periods of retention', RetentionPeriods],
  ['a session', api.addSession.body],
])('everything that can change of %s has words', (_, schema: z.ZodObject) => {
  expect(fieldsWithoutWords(schema.shape)).toEqual([]);
});

test('words are said in both languages, and no field is left as it is in the program', () => {
  expect(fieldWords('q', 'vi')).toBe('tìm tên');
  expect(fieldWords('q', 'en')).toBe('name looked for');
  expect(fieldsWithoutWords({ q: 1, tempo: 2 })).toEqual(['tempo']);
  expect(Object.values(FIELD_WORDS).filter(({ vi, en }) => vi === '' || en === '')).toEqual([]);
  expect(Object.values(FIELD_WORDS).filter(({ vi, en }) => /[a-z][A-Z]/.test(`${vi} ${en}`))).toEqual([]);
});
