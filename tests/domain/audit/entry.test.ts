import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  auditForm,
  FIELDS,
  hasWordsOf,
  linkedForm,
  newAuditForm,
  readAuditForm,
  type Deed,
  type Doer,
  type Words,
} from '../../../domain/audit/entry.ts';
import { sha256 } from '../ledger/small-ledger.ts';
import { aDeed } from './small-trail.ts';

const salt = () => 'muoi-muoi-muoi-muoi-mu';
const deeds: fc.Arbitrary<Deed> = fc.record({
  step: fc.constantFrom('look', 'asked', 'done', 'refused'),
  id: fc.uuid(),
  act: fc.string({ minLength: 1 }),
  by: fc.oneof(
    fc.constantFrom<Doer>('operator', 'nobody', 'program'),
    fc.uuid().map((id) => id as Doer),
  ),
  on: fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 5 }),
  of: fc.option(fc.uuid()),
  reason: fc.option(fc.string()),
});
const texts: fc.Arbitrary<Words> = fc.dictionary(
  fc.constantFrom(...FIELDS),
  fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC')),
);

describe('the form of an entry', () => {
  test('says again what it was made of', () => {
    fc.assert(
      fc.property(deeds, texts, (deed, words) => {
        const { form } = newAuditForm(deed, words, salt, sha256);
        const { deed: read, digests } = readAuditForm(form);
        expect({ ...read, on: [] }).toEqual({ ...deed, on: [] });
        expect(new Set(read.on.map(String))).toEqual(new Set(deed.on.map(String)));
        expect(Object.keys(digests).toSorted()).toEqual(Object.keys(words).toSorted());
      }),
    );
  });

  test('is one, in whatever order the things are that it is on', () => {
    const on = [
      ['conference', 'c1'],
      ['bridge', 'b2'],
      ['bridge', 'b1'],
    ] as const;
    expect(auditForm(aDeed('1', { on: on.toReversed() }), {})).toBe(auditForm(aDeed('1', { on }), {}));
  });

  test('holds no word in the clear', () => {
    const words = { who: 'Nguyễn Thị Kín', address: '10.1.2.3', filter: '{"q":"Kín"}' };
    const { form } = newAuditForm(aDeed('1'), words, salt, sha256);
    expect(form).not.toMatch(/Kín|10\.1\.2\.3/);
  });

  test('has an account that is called like somebody without one apart from them', () => {
    const named = auditForm(aDeed('1', { by: '*operator' as Doer }), {});
    expect(auditForm(aDeed('1', { by: 'operator' }), {})).toBe(named);
    expect(auditForm(aDeed('1', { by: 'operator1' as Doer }), {})).not.toBe(named);
  });

  test('without words has no salt to erase', () => {
    expect(newAuditForm(aDeed('1'), {}, salt, sha256).texts).toBeNull();
  });
});

describe('the words beside an entry', () => {
  test('are those of its digests, all of them, and no others', () => {
    fc.assert(
      fc.property(texts, texts, (own, other) => {
        const { form, texts: salted } = newAuditForm(aDeed('1'), own, salt, sha256);
        if (salted === null) return;
        expect(hasWordsOf(form, salted, sha256)).toBe(true);
        const isSame = FIELDS.every((field) => own[field] === other[field]);
        expect(hasWordsOf(form, { ...salted, texts: { ...other } }, sha256)).toBe(isSame);
      }),
    );
  });

  test('are the same to people in whatever spelling they came', () => {
    const { form, texts: salted } = newAuditForm(aDeed('1'), { who: 'Ánh'.normalize('NFD') }, salt, sha256);
    expect(salted?.texts).toEqual({ who: 'Ánh'.normalize('NFC') });
    expect(salted !== null && hasWordsOf(form, salted, sha256)).toBe(true);
  });

  test('cannot be guessed from their digest without the salt', () => {
    const one = newAuditForm(aDeed('1'), { who: 'Ánh' }, () => 'a'.repeat(22), sha256);
    const other = newAuditForm(aDeed('1'), { who: 'Ánh' }, () => 'b'.repeat(22), sha256);
    expect(one.form).not.toBe(other.form);
  });
});

test('what the chain has of an entry follows from the whole of its form', () => {
  const form = auditForm(aDeed('1'), {});
  expect(linkedForm(form, sha256)).not.toBe(linkedForm(`${form} `, sha256));
  expect(linkedForm(form, sha256)).toMatch(/^[0-9a-f]{64}$/);
});
