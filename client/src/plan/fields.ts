import { BRIDGE_CLASSES } from '../../../domain/bridges/bridge.ts';
import type { Span } from '../../../domain/plan/draft.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Language } from '../../../domain/text/language.ts';
import type { Reading } from '../../../domain/wire/reading.ts';
import type { Words } from '../app/language.ts';
import { whenOf } from '../parts/figures.ts';

/** Below this a person should look. */
export const DOUBTFUL = 0.7;

export const SECTIONS = [
  'identity',
  'time',
  'bridgeClasses',
  'clauses',
  'chairing',
  'agenda',
  'documents',
  'duties',
  'recipients',
] as const;
export type Section = (typeof SECTIONS)[number];

export type FieldName =
  | 'number'
  | 'issuer'
  | 'issuedOn'
  | 'title'
  | 'banner'
  | 'startsAt'
  | 'endsAt'
  | 'venue'
  | 'format'
  | 'broadcast'
  | 'replacesNotice'
  | 'bridgeClass'
  | 'clause'
  | 'basis'
  | 'exclusion'
  | 'condition'
  | 'quota'
  | 'chairing'
  | 'item'
  | 'presenter'
  | 'minutes'
  | 'limit'
  | 'document'
  | 'owner'
  | 'duty'
  | 'addressee'
  | 'via'
  | 'phrase'
  | 'dueBefore'
  | 'recurs'
  | 'recipient'
  | 'purpose';

/** One value of the plan, with the passages that it rests on. */
export interface Field {
  /** `clauses.3.text`, as checks name it. */
  readonly path: string;
  readonly name: FieldName;
  readonly value: string | number | boolean | null;
  readonly source: readonly Span[];
  /** Null where no reader was asked: a person wrote it. */
  readonly confidence: number | null;
}

/** Fields that belong together: one clause, one item of the agenda, or the head of the plan. */
export interface Group {
  readonly section: Section;
  /** `1`, `2`, ... in a list; null where there is only one. */
  readonly number: number | null;
  readonly fields: readonly Field[];
}

type Tree = { readonly [key: string]: unknown } | readonly unknown[];

/** What stands at a path of a plan or of a draft. */
export function at(root: unknown, path: string): unknown {
  let node: unknown = root;
  for (const step of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[step];
  }
  return node;
}

/** A copy of a plan with another value at a path. */
export function withValue(plan: Plan, path: string, value: unknown): unknown {
  const change = (node: unknown, steps: readonly string[]): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return value;
    if (Array.isArray(node))
      return node.map((item, index) => (String(index) === step ? change(item, rest) : item));
    const tree = (node ?? {}) as Record<string, unknown>;
    return { ...tree, [step]: change(tree[step], rest) };
  };
  return change(plan, path.split('.'));
}

interface Leaf {
  readonly value: Field['value'];
  readonly source: readonly Span[];
  readonly confidence: number;
}

function leafAt(reading: Reading | null, path: string): Leaf | null {
  const found = reading === null ? undefined : at(reading.plan, path);
  return typeof found === 'object' && found !== null && 'confidence' in found ? (found as Leaf) : null;
}

/** Always shown, even empty: a plan without them is not ready, and a person should see that nothing was found. */
const WANTED: ReadonlySet<FieldName> = new Set([
  'number',
  'issuer',
  'issuedOn',
  'title',
  'startsAt',
  'endsAt',
  'venue',
  'format',
]);

function one(section: Section, fields: Field[]): Group[] {
  return fields.length === 0 ? [] : [{ section, number: null, fields }];
}

/** All fields of a plan in the order of the document; empty ones only where they are always wanted. */
export function groupsOf(reading: Reading | null, plan: Plan | null): Group[] {
  const root = (plan ?? reading?.plan) as unknown as Record<string, Tree> | undefined;
  if (root === undefined) return [];
  const count = (path: string): number => {
    const list = at(root, path);
    return Array.isArray(list) ? list.length : 0;
  };
  const field = (path: string, name: FieldName): Field[] => {
    const leaf = leafAt(reading, path);
    const value = plan === null ? (leaf?.value ?? null) : ((at(plan, path) ?? null) as Field['value']);
    if (value === null && !WANTED.has(name)) return [];
    if (value === false && name === 'replacesNotice') return [];
    // What a person changed since is theirs, and no doubt of the reader's.
    const own = plan !== null && leaf !== null && leaf.value !== value;
    return [
      { path, name, value, source: leaf?.source ?? [], confidence: own ? null : (leaf?.confidence ?? null) },
    ];
  };
  const list = (path: string, name: FieldName) =>
    Array.from({ length: count(path) }, (_, i) => field(`${path}.${i}`, name)).flat();
  const items = (path: string, section: Section, fieldsOf: (base: string) => Field[]): Group[] =>
    Array.from({ length: count(path) }, (_, i) => ({
      section,
      number: i + 1,
      fields: fieldsOf(`${path}.${i}`),
    }));

  return [
    ...one('identity', [
      ...field('number', 'number'),
      ...field('issuer', 'issuer'),
      ...field('issuedOn', 'issuedOn'),
      ...field('title', 'title'),
      ...field('banner', 'banner'),
    ]),
    ...one('time', [
      ...field('startsAt', 'startsAt'),
      ...field('endsAt', 'endsAt'),
      ...field('venue', 'venue'),
      ...field('format', 'format'),
      ...field('broadcast', 'broadcast'),
      ...field('replacesNotice', 'replacesNotice'),
    ]),
    ...one('bridgeClasses', list('bridgeClasses', 'bridgeClass')),
    ...items('clauses', 'clauses', (base) => [
      ...field(`${base}.text`, 'clause'),
      ...field(`${base}.bridgeClass`, 'bridgeClass'),
      ...field(`${base}.basis`, 'basis'),
      ...list(`${base}.exclusions`, 'exclusion'),
      ...field(`${base}.condition`, 'condition'),
      ...field(`${base}.quota`, 'quota'),
    ]),
    ...one('chairing', list('chairing', 'chairing')),
    ...items('agenda', 'agenda', (base) => [
      ...field(`${base}.title`, 'item'),
      ...field(`${base}.presenter`, 'presenter'),
      ...field(`${base}.minutes`, 'minutes'),
      ...field(`${base}.limit`, 'limit'),
    ]),
    ...one('documents', list('documents', 'document')),
    ...items('duties', 'duties', (base) => [
      ...field(`${base}.owner`, 'owner'),
      ...field(`${base}.text`, 'duty'),
      ...field(`${base}.addressee`, 'addressee'),
      ...field(`${base}.via`, 'via'),
      ...field(`${base}.deadline.phrase`, 'phrase'),
      ...field(`${base}.deadline.dueBefore`, 'dueBefore'),
      ...field(`${base}.deadline.recurs`, 'recurs'),
    ]),
    ...items('recipients', 'recipients', (base) => [
      ...field(`${base}.name`, 'recipient'),
      ...field(`${base}.purpose`, 'purpose'),
    ]),
  ];
}

/** A value as a person reads it; null where there is none. */
export function wordsOf(field: Field, t: Words, language: Language): string | null {
  const { name, value } = field;
  if (value === null) return null;
  if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
  if (typeof value === 'number') {
    return name === 'minutes' ? t('plan.minutes', { n: value }) : formatNumber(value, language);
  }
  switch (name) {
    case 'startsAt':
    case 'endsAt':
    case 'dueBefore':
    case 'issuedOn':
      return whenOf(value, language);
    case 'format':
      return t(`format.${value as 'hybrid'}`);
    case 'basis':
      return t(`basis.${value as 'summoned'}`);
    case 'limit':
      return t(`limit.${value as 'max'}`);
    case 'recurs':
      return t(`recurs.${value as 'monthly'}`);
    case 'bridgeClass':
      return classWords(value, language);
    default:
      return value;
  }
}

/** Name of a class of bridges. */
export function classWords(bridgeClass: string, language: Language): string {
  const known = BRIDGE_CLASSES[bridgeClass as keyof typeof BRIDGE_CLASSES] as
    | (typeof BRIDGE_CLASSES)[keyof typeof BRIDGE_CLASSES]
    | undefined;
  return known?.[language] ?? bridgeClass;
}
