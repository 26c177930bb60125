import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { contentOf, fieldsOf, figuresOf, totalOf } from '../../../domain/reports/headcount-form.ts';

const clauses = [{ id: 'C19' }, { id: 'C20' }];
const byClause = fieldsOf(clauses);
const byCategory = fieldsOf([]);
const nothing = figuresOf(null, byClause);

describe('the form of a report', () => {
  test('asks by the clauses that speak of the bridge, or for Party members and others where none does', () => {
    expect(byClause).toEqual({ by: 'clause', keys: ['C19', 'C20'] });
    expect(byCategory).toEqual({ by: 'category', keys: ['partyMember', 'other'] });
  });

  test('has a total that adds up by itself', () => {
    const figures = { parts: { C19: 30, C20: 12 }, rest: 3, members: 40 };
    expect(totalOf(figures)).toBe(45);
    expect(contentOf(figures, byClause)).toEqual({
      total: 45,
      byClause: { C19: 30, C20: 12 },
      byCategory: { partyMember: 40, other: 5 },
    });
  });

  test('says nothing while it is empty: zero is a report, an empty form is none', () => {
    expect(totalOf(nothing)).toBeNull();
    expect(contentOf(nothing, byClause)).toBeNull();
    expect(contentOf({ ...nothing, rest: 0 }, byClause)).toEqual({ total: 0, byClause: {}, byCategory: {} });
    expect(totalOf(figuresOf({ total: 0, byClause: {}, byCategory: {} }, byClause))).toBe(0);
  });

  test('shows what was sent without its parts as those outside of them, so that no figure is lost', () => {
    const sent = { total: 80, byClause: { C19: 30 }, byCategory: {} };
    expect(figuresOf(sent, byClause)).toEqual({
      parts: { C19: 30, C20: undefined },
      rest: 50,
      members: undefined,
    });
    expect(figuresOf({ ...sent, byClause: {} }, byCategory)).toMatchObject({ rest: 80 });
  });

  test('gives back what it was begun from, whatever stands in it', () => {
    const figures = fc.record({
      a: fc.option(fc.nat(500), { nil: undefined }),
      b: fc.option(fc.nat(500), { nil: undefined }),
      rest: fc.option(fc.nat(500), { nil: undefined }),
    });
    fc.assert(
      fc.property(figures, ({ a, b, rest }) => {
        const content = contentOf({ parts: { C19: a, C20: b }, rest, members: undefined }, byClause);
        if (content === null) return;
        expect(contentOf(figuresOf(content, byClause), byClause)?.total).toBe(content.total);
        expect(contentOf(figuresOf(content, byClause), byClause)?.byClause).toEqual(content.byClause);
      }),
    );
  });
});
