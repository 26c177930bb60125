import { z } from 'zod';

import { BridgeId } from '../../domain/ids.ts';

/** The part of JSON Schema that contracts come to. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** One of those of `domain/ids.ts`, which are one schema under many names. */
  readonly isId?: true;
  readonly minimum?: number;
}

/** Texts of which one fits every pattern that a contract has. */
const WORDS = [
  'a1',
  'a',
  'nguoi-dung',
  '2025-01-13',
  '2025-01-13T08:00:00+07:00',
  '2025-01-13T08:00:00Z',
  '/trang',
  '01890a5d-ac96-774b-bcce-b302099a8057',
  '0'.repeat(64),
  'a'.repeat(43),
  'https://nhipcau.example/',
];

export function schemaOf(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (Object.is(zodSchema, BridgeId)) Object.assign(jsonSchema, { isId: true });
    },
  }) as Schema;
}

/** An input that a schema takes, with every field that it knows. */
export function exampleOf(schema: z.ZodType): unknown {
  const root = schemaOf(schema);
  return example(root, root);
}

function example(schema: Schema, root: Schema): unknown {
  const own = resolved(schema, root);
  if (own.const !== undefined) return own.const;
  if (own.enum !== undefined) return own.enum[0];
  if (own.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(own.properties).map(([name, field]) => [name, example(field, root)]),
    );
  }
  switch (own.type) {
    case 'string':
      return word(own);
    case 'integer':
    case 'number':
      return Math.max(own.minimum ?? 0, 1);
    case 'boolean':
      return true;
    case 'array':
      if (own.prefixItems !== undefined) return own.prefixItems.map((item) => example(item, root));
      return Array.from({ length: Math.max(own.minItems ?? 0, 1) }, () => example(own.items ?? {}, root));
    case 'null':
      return null;
    default:
      return {};
  }
}

function word({ pattern, minLength = 0 }: Schema): string {
  const fits = pattern === undefined ? () => true : (text: string) => new RegExp(pattern, 'u').test(text);
  const found = [...WORDS, 'x'.repeat(Math.max(minLength, 1))].find(
    (text) => text.length >= minLength && fits(text),
  );
  if (found === undefined) throw new Error(`no example of ${pattern}`);
  return found;
}

/** Of choices the first that is more than nothing. */
function resolved(schema: Schema, root: Schema): Schema {
  const { $ref, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? '';
    return resolved($ref === '#' ? root : (root.$defs?.[name] ?? {}), root);
  }
  const choices = anyOf ?? oneOf ?? allOf;
  if (choices === undefined) {
    const { type } = schema;
    return typeof type === 'object'
      ? { ...schema, type: type.find((one) => one !== 'null') ?? 'null' }
      : schema;
  }
  return resolved(choices.find(({ type }) => type !== 'null') ?? choices[0] ?? {}, root);
}

type Change = (own: object, known: readonly string[]) => object;

/** For each object of an example: what makes the same example with this object changed. Open ones, which take what they like, are left out. */
export function objectsOf(schema: z.ZodType, from: unknown): ((change: Change) => unknown)[] {
  const root = schemaOf(schema);
  const found: ((change: Change) => unknown)[] = [];
  const look = (part: Schema, value: unknown, put: (value: unknown) => unknown): void => {
    const own = resolved(part, root);
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) {
        look(own.prefixItems?.[at] ?? own.items ?? {}, item, (next) => put(value.with(at, next)));
      }
      return;
    }
    if (typeof value !== 'object' || value === null || own.properties === undefined) return;
    const known = Object.keys(own.properties);
    if (own.additionalProperties === undefined || own.additionalProperties === false)
      found.push((change) => put(change(value, known)));
    for (const [name, item] of Object.entries(value)) {
      look(own.properties[name] ?? {}, item, (next) => put({ ...value, [name]: next }));
    }
  };
  look(root, from, (value) => value);
  return found;
}
