import { z } from 'zod';

import { empty } from './draft.ts';
import type { Leaf } from './draft.ts';
import { Plan } from './plan.ts';

/** The value of one field. */
export type Value = string | number | boolean | null;

/** Anything that can stand in a draft, while nothing is known of where. */
export type Node = Leaf<unknown> | readonly Node[] | { readonly [key: string]: Node };

/** Name of the field with the words of an entry; lists that are not here hold nothing but words. */
const WORDS_OF: Readonly<Record<string, string>> = {
  clauses: 'text',
  agenda: 'title',
  duties: 'text',
  recipients: 'name',
};

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodNullable ? bare(schema.unwrap() as z.ZodType) : schema;
}

/** What a plan may have at a path (`clauses.3.text`), which may be of any entry; null where it has nothing. */
function schemaAt(path: string): z.ZodType | null {
  let schema: z.ZodType = Plan;
  for (const step of path.split('.')) {
    const inner = bare(schema);
    const next =
      inner instanceof z.ZodArray && /^\d{1,4}$/.test(step)
        ? (inner.element as z.ZodType)
        : inner instanceof z.ZodObject && Object.hasOwn(inner.shape, step)
          ? (inner.shape[step] as z.ZodType)
          : null;
    if (next === null) return null;
    schema = next;
  }
  return bare(schema);
}

/** Whether a path is that of a list (`clauses`, `clauses.3.exclusions`). */
export function isList(path: string): boolean {
  return schemaAt(path) instanceof z.ZodArray;
}

/** Whether a value fits the field at a path. Null fits everywhere: a draft may have gaps. */
export function fits(path: string, value: Value): boolean {
  const schema = schemaAt(path);
  if (schema === null || schema instanceof z.ZodArray || schema instanceof z.ZodObject) return false;
  if (path.split('.').at(-1) === 'id') return false;
  return value === null || schema.safeParse(value).success;
}

/** Path of the words of an entry within it; empty where the entry is nothing but words. */
export function wordsIn(list: string): string {
  return WORDS_OF[list] ?? '';
}

/** A new entry of a list, with all of its fields empty. */
export function emptyEntry(list: string): Node {
  const schema = schemaAt(list);
  if (!(schema instanceof z.ZodArray)) throw new Error(`no list: ${list}`);
  return emptyOf(schema.element as z.ZodType);
}

function emptyOf(schema: z.ZodType): Node {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return [];
  if (!(inner instanceof z.ZodObject)) return empty<unknown>();
  const fields = Object.entries(inner.shape as Record<string, z.ZodType>).filter(([name]) => name !== 'id');
  return Object.fromEntries(fields.map(([name, field]) => [name, emptyOf(field)]));
}

/** Whether something that stands in a draft is the value of one field. */
export function isLeaf(node: unknown): node is Leaf<unknown> {
  return typeof node === 'object' && node !== null && 'confidence' in node && 'source' in node;
}

/** What stands at a path; undefined where nothing does. */
export function at(root: unknown, path: string): unknown {
  let node: unknown = root;
  for (const step of path.split('.')) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, step)) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  return node;
}
