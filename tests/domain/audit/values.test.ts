import { expect, test } from 'vitest';
import { z } from 'zod';

import { VALUE_WORDS, valueWords } from '../../../domain/audit/values.ts';
import { contracts } from '../../../domain/wire/api.ts';
import { auditOf } from '../../../domain/wire/contract.ts';

/** The choices of a field, whatever stands around it; none of a field that is free. */
function choicesOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  const inner =
    schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
  return inner ? choicesOf(schema.unwrap()) : [];
}

test('every choice that a look or a change is asked with has words in both languages', () => {
  const choices = Object.values(contracts)
    .filter((contract) => auditOf(contract) !== null)
    .flatMap(({ query, body }) => [query, body])
    .flatMap((part) => (part instanceof z.ZodObject ? Object.entries(part.shape) : []))
    .flatMap(([field, schema]) => choicesOf(schema).map((choice) => [field, choice] as const));
  expect(choices.length).toBeGreaterThan(50);
  expect(choices.filter(([field, choice]) => VALUE_WORDS[field]?.[choice] === undefined)).toEqual([]);
});

test('a choice is said in words, what somebody wrote as they wrote it', () => {
  expect(valueWords('state', 'open', 'vi')).toBe('chưa giải quyết');
  expect(valueWords('state', 'open', 'en')).toBe('not decided');
  expect(valueWords('q', 'open', 'vi')).toBe('open');
});
