import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import * as ids from '../../../domain/ids.ts';
import { api, contracts } from '../../../domain/wire/api.ts';
import { contract, PageQuery, PlaceName } from '../../../domain/wire/contract.ts';
import { urlOf } from '../../../domain/wire/request.ts';

const routes = Object.entries(contracts);

/** Texts that stand in addresses although their schema takes many: what each of them is instead of a name. */
const KNOWN = new Map<unknown, string>([
  ...Object.values(ids).map((id) => [id, 'an id'] as const),
  [PageQuery.shape.cursor.unwrap(), 'places and ids out of the page before'],
  [PlaceName, 'names of units and bridges, which stand in the plan'],
]);

/** The schema itself, without what makes it optional. */
function bare(field: z.ZodType): z.ZodType {
  const { innerType } = field.def as { innerType?: z.ZodType };
  return innerType === undefined ? field : bare(innerType);
}

/** Whether a field takes words as somebody types them. */
function isFreeText(field: z.ZodType): boolean {
  const own = bare(field);
  if (KNOWN.has(own)) return false;
  const { type, enum: words, const: word, format, pattern } = z.toJSONSchema(own, { io: 'output' });
  return type === 'string' && [words, word, format, pattern].every((limit) => limit === undefined);
}

describe('an address names nobody: servers on the way write addresses down', () => {
  test('a query holds ids, codes, numbers, days and what is listed with its reason', () => {
    const free = routes.flatMap(([name, { query }]) =>
      Object.entries(query?.shape ?? {}).flatMap(([field, schema]) =>
        isFreeText(schema as z.ZodType) ? [`${name}?${field}`] : [],
      ),
    );
    expect(free).toEqual([]);
  });

  test('words that somebody types are found out', () => {
    expect(isFreeText(z.string().max(100).optional())).toBe(true);
    expect(isFreeText(z.string().brand<'Typed'>())).toBe(true);
    expect(isFreeText(z.stringbool().default(true))).toBe(false);
    expect(isFreeText(ids.BridgeId.optional())).toBe(false);
  });

  test('names of places are asked for only where places are listed', () => {
    const asking = routes.filter(([, { query }]) =>
      Object.values(query?.shape ?? {}).some((field) => bare(field as z.ZodType) === PlaceName),
    );
    expect(asking.map(([name]) => name).toSorted()).toEqual(['bridges', 'rooms', 'units']);
  });

  test('a search in a query does not compile', () => {
    const declared = {
      method: 'get',
      path: '/people',
      summary: 'Everybody',
      scope: { at: 'account' },
      answer: null,
    } as const;
    // @ts-expect-error a query takes no words
    expect(contract({ ...declared, query: PageQuery.extend({ q: z.string().max(100) }) })).toBeDefined();
    expect(contract({ ...declared, query: PageQuery.extend({ bridge: ids.BridgeId }) })).toBeDefined();
  });

  test('who looks for a person does not say so in the address', () => {
    const searches = routes.filter(
      ([, { body }]) => body instanceof z.ZodObject && ('q' in body.shape || 'who' in body.shape),
    );
    expect(searches.map(([name]) => name).toSorted()).toEqual([
      'accounts',
      'accountsAt',
      'auditTrail',
      'bridgeAudit',
      'conferenceAudit',
      'exportBridgeAudit',
      'exportConferenceAudit',
      'exportTrail',
      'followUp',
      'passes',
      'people',
      'placements',
      'searchInvitations',
      'searchLetters',
    ]);
    expect(urlOf(api.people, { params: { conference: 'c1' } })).toBe('/api/v1/conferences/c1/people/search');
  });
});
