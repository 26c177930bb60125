import { z } from 'zod';

import { AttendanceEvent } from '../../domain/attendance/event.ts';
import { contracts, type RouteName } from '../../domain/wire/api.ts';
import { FileName, type Contract } from '../../domain/wire/contract.ts';
import { schemaOf, type Schema } from './example.ts';

/** A place in the query or the body of a route where somebody may write a text. */
export interface TextField {
  readonly route: RouteName;
  readonly part: 'query' | 'body';
  /** Names of fields; `[]` is any place of a list, `{}` under any key of a record, `{key}` such a key itself. */
  readonly path: readonly string[];
  /** Letters that it may have. */
  readonly most: number;
  /** An id of something that is there. */
  readonly isId: boolean;
}

/** `addBridge body.name` */
export function fieldName({ route, part, path }: Pick<TextField, 'route' | 'part' | 'path'>): string {
  return `${route} ${part}.${path.join('.')}`;
}

/** Every text of every route, out of its schemas; texts of a closed list of words are none, nor dates. */
export function textFields(): TextField[] {
  return (Object.entries(contracts) as [RouteName, Contract][]).flatMap(([route, { query, body }]) => {
    const of = (part: TextField['part'], schema: z.ZodType, before: readonly string[] = []): TextField[] =>
      textsOf(schema).map(({ path, ...own }) => ({ route, part, path: [...before, ...path], ...own }));
    return [
      ...(query === undefined ? [] : of('query', query)),
      ...(typeof body === 'object' && body !== null ? of('body', body) : []),
      ...(body === 'file' ? of('body', z.object({ name: FileName })) : []),
      // Each is read by itself, so that a bad one does not hold up the others.
      ...(route === 'record' ? of('body', AttendanceEvent, ['events', '[]']) : []),
    ];
  });
}

/** The texts of a schema. */
export function textsOf(schema: z.ZodType): Pick<TextField, 'path' | 'most' | 'isId'>[] {
  const found = new Map<string, Pick<TextField, 'path' | 'most' | 'isId'>>();
  const root = schemaOf(schema);
  look(root, root, [], (path, { maxLength: most = 4000, isId = false }) => {
    found.set(path.join('.'), { path, most, isId });
  });
  return [...found.values()];
}

/** A pattern that ordinary words fit. */
const TAKES_WORDS = ['xin chào', '/xin chào'];

function look(
  schema: Schema,
  root: Schema,
  path: readonly string[],
  found: (path: readonly string[], schema: Schema) => void,
): void {
  const { $ref, anyOf = [], oneOf = [], allOf = [], properties = {}, items, prefixItems = [] } = schema;
  // What holds itself has the same fields on every floor.
  if (path.length > 8) return;
  if ($ref !== undefined) look(root.$defs?.[$ref.split('/').at(-1) ?? ''] ?? root, root, path, found);
  for (const choice of [...anyOf, ...oneOf, ...allOf]) look(choice, root, path, found);
  for (const [name, field] of Object.entries(properties)) look(field, root, [...path, name], found);
  for (const item of [...(items === undefined ? [] : [items]), ...prefixItems])
    look(item, root, [...path, '[]'], found);
  const { additionalProperties, propertyNames } = schema;
  if (propertyNames !== undefined) look(propertyNames, root, [...path, '{key}'], found);
  if (typeof additionalProperties === 'object') look(additionalProperties, root, [...path, '{}'], found);
  if (schema.type !== 'string' || schema.const !== undefined || schema.enum !== undefined) return;
  const { pattern } = schema;
  if (pattern !== undefined && !TAKES_WORDS.some((word) => new RegExp(pattern, 'u').test(word))) return;
  found(path, schema);
}

/** An input with a text at a path; what is missing on the way is made. */
export function withText(input: unknown, [step, ...path]: readonly string[], text: string): unknown {
  if (step === undefined) return text;
  if (step === '[]') {
    const list = Array.isArray(input) ? (input as readonly unknown[]) : [];
    return [withText(list[0], path, text), ...list.slice(1)];
  }
  const object = (typeof input === 'object' ? input : null) as Record<string, unknown> | null;
  const [key = 'x'] = Object.keys(object ?? {});
  if (step === '{key}') return { ...object, [text]: object?.[key] ?? 1 };
  const name = step === '{}' ? key : step;
  return { ...object, [name]: withText(object?.[name], path, text) };
}

/** Every text that stands in an input, with its path. */
export function textsIn(input: unknown, path: readonly string[] = []): [path: string, text: string][] {
  if (typeof input === 'string') return [[path.join('.'), input]];
  if (Array.isArray(input)) return input.flatMap((item) => textsIn(item, [...path, '[]']));
  if (typeof input !== 'object' || input === null || ArrayBuffer.isView(input)) return [];
  return Object.entries(input).flatMap(([name, value]) => [
    ...textsIn(value, [...path, name]),
    ...textsIn(value, [...path, '{}']),
    [[...path, '{key}'].join('.'), name] as [string, string],
  ]);
}

/** What would be set if any of it ran. */
export const RAN = '__ran';

const PIECES = [
  `<img src=x onerror=${RAN}=1>`,
  `"'><script>${RAN}=1</script>`,
  `<svg onload=${RAN}=1>`,
  `</title></textarea></style>`,
  `<a href="javascript:${RAN}=1">x</a>`,
  `{{${RAN}=1}}\${${RAN}=1}<%=${RAN}=1%>`,
  `<style>body{display:none}</style>`,
  // Turns what follows it around; never taken back.
  `\u202Egnourt \u2067ihgn`,
  'aằ'.repeat(120),
];

/** A hostile text that knows its number again: as many kinds of attack as fit, each number beginning with another. */
export function hostileText(number: number, most: number): string {
  let text = `#${number}#`;
  for (let n = 0; n < PIECES.length; n++) {
    const piece = PIECES[(number + n) % PIECES.length] ?? '';
    if (text.length + piece.length <= most) text += piece;
  }
  return text;
}

/** Numbers of the hostile texts that stand in a text. */
export function numbersIn(text: string): number[] {
  return [...text.matchAll(/#(\d+)#/g)].map(([, number]) => Number(number));
}
