import { className } from '../../../domain/plan/sentences.ts';
import type { Leaf } from '../../../domain/plan/draft.ts';
import { at, isLeaf, wordsIn, type Value } from '../../../domain/plan/shape.ts';
import { leavesOf } from '../../../domain/plan/to-look-at.ts';
import { WANTED, type WorkingCopy } from '../../../domain/plan/working-copy.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Language } from '../../../domain/text/language.ts';
import type { Words } from '../app/language.ts';
import { whenOf } from '../parts/figures.ts';

/** Sections of the page, each with the fields or the list of a plan that it shows. */
const SECTIONS = {
  identity: ['number', 'issuer', 'issuedOn', 'title', 'banner'],
  time: ['startsAt', 'endsAt', 'venue', 'format', 'broadcast', 'replacesNotice'],
  bridgeClasses: 'bridgeClasses',
  clauses: 'clauses',
  chairing: 'chairing',
  agenda: 'agenda',
  documents: 'documents',
  duties: 'duties',
  recipients: 'recipients',
} as const;
export type Section = keyof typeof SECTIONS;

/** Name of a field by its path, whichever entry it is of. */
const NAMES = {
  number: 'number',
  issuer: 'issuer',
  issuedOn: 'issuedOn',
  title: 'title',
  banner: 'banner',
  startsAt: 'startsAt',
  endsAt: 'endsAt',
  venue: 'venue',
  format: 'format',
  broadcast: 'broadcast',
  replacesNotice: 'replacesNotice',
  bridgeClasses: 'bridgeClass',
  'clauses.text': 'clause',
  'clauses.bridgeClass': 'bridgeClass',
  'clauses.basis': 'basis',
  'clauses.exclusions': 'exclusion',
  'clauses.condition': 'condition',
  'clauses.quota': 'quota',
  chairing: 'chairing',
  'agenda.title': 'item',
  'agenda.presenter': 'presenter',
  'agenda.minutes': 'minutes',
  'agenda.limit': 'limit',
  documents: 'document',
  'duties.owner': 'owner',
  'duties.text': 'duty',
  'duties.addressee': 'addressee',
  'duties.via': 'via',
  'duties.deadline.phrase': 'phrase',
  'duties.deadline.dueBefore': 'dueBefore',
  'duties.deadline.recurs': 'recurs',
  'recipients.name': 'recipient',
  'recipients.purpose': 'purpose',
} as const;
export type FieldName = (typeof NAMES)[keyof typeof NAMES];

/** One value of the plan. */
export interface Field {
  /** `clauses.3.text`, as checks name it. */
  readonly path: string;
  readonly name: FieldName;
  readonly leaf: Leaf<unknown>;
}

/** Fields that belong together: one clause, one item of the agenda, or the head of the plan. */
export interface Group {
  /** Of the entry of a list; null of what stands by itself. */
  readonly entry: string | null;
  readonly fields: readonly Field[];
}

export interface SectionOfPlan {
  readonly section: Section;
  /** Path of the list that it shows; null where it is none. */
  readonly list: string | null;
  readonly groups: readonly Group[];
}

export function nameOf(path: string): FieldName | null {
  const plain = path.replaceAll(/\.\d+/g, '');
  return Object.hasOwn(NAMES, plain) ? NAMES[plain as keyof typeof NAMES] : null;
}

/** Everything that a plan has or may have, in the order of a document. */
export function sectionsOf(copy: WorkingCopy): SectionOfPlan[] {
  const fields = leavesOf(copy).flatMap(([path, leaf]): Field[] => {
    const name = nameOf(path);
    return name === null ? [] : [{ path, name, leaf }];
  });
  const byTop = grouped(fields, ({ path }) => path.split('.')[0] ?? '');
  return (Object.keys(SECTIONS) as Section[]).map((section) => {
    const shown = SECTIONS[section];
    if (typeof shown !== 'string')
      return {
        section,
        list: null,
        groups: [{ entry: null, fields: shown.flatMap((name) => byTop.get(name) ?? []) }],
      };
    const entries = grouped(byTop.get(shown) ?? [], ({ path }) => path.split('.').slice(0, 2).join('.'));
    const groups = Array.from(entries, ([entry, own]) => ({ entry, fields: inOrder(own) }));
    return { section, list: shown, groups };
  });
}

/** `Map.groupBy`, which browsers of commune offices do not know. */
function grouped(fields: readonly Field[], by: (field: Field) => string): Map<string, Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of fields) {
    const group = groups.get(by(field));
    if (group === undefined) groups.set(by(field), [field]);
    else group.push(field);
  }
  return groups;
}

const ORDER = Object.keys(NAMES);

function inOrder(fields: readonly Field[]): Field[] {
  const place = ({ path }: Field): number => ORDER.indexOf(path.replaceAll(/\.\d+/g, ''));
  return fields.toSorted((a, b) => place(a) - place(b));
}

/** Whether a field is shown though it is empty. */
export function isShownEmpty({ path, leaf }: Field): boolean {
  const isWords =
    path === path.split('.').slice(0, 2).join('.') || path.endsWith(`.${wordsIn(path.split('.')[0] ?? '')}`);
  return (
    leaf.value === null &&
    (WANTED.has(path) || isWords || /^duties\.\d+\.owner$|^clauses\.\d+\.bridgeClass$/.test(path))
  );
}

/** What a path of a field, an entry, a list or a passage is called: `Chương trình 3: Thời lượng`. */
export function labelOf(path: string, t: Words): string {
  const [top = '', index] = path.split('.');
  const name = nameOf(path);
  if (top === 'leftovers') return t('plan.leftover', { n: Number(index ?? 0) + 1 });
  if (index === undefined)
    return name === null || isListName(top) ? sectionWords(top, t) : t(`field.${name}`);
  const place = `${sectionWords(top, t)} ${Number(index) + 1}`;
  return name === null || path.split('.').length === 2 ? place : `${place}: ${t(`field.${name}`)}`;
}

function isListName(top: string): boolean {
  return Object.hasOwn(SECTIONS, top) && top !== 'identity' && top !== 'time';
}

function sectionWords(top: string, t: Words): string {
  return isListName(top) ? t(`section.${top as Section}`) : t('plan.title');
}

/** The words of an entry, or the value of a field, as it stands; null where there is none. */
export function valueAt(copy: WorkingCopy, path: string): Value {
  const node = at(copy, path);
  if (isLeaf(node)) return node.value as Value;
  const words = wordsIn(path.split('.')[0] ?? '');
  const leaf = words === '' ? undefined : at(node, words);
  return isLeaf(leaf) ? (leaf.value as Value) : null;
}

/** A value as a person reads it; null where there is none. */
export function wordsOf(path: string, value: unknown, t: Words, language: Language): string | null {
  const name = nameOf(path);
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return t(value ? 'app.yes' : 'app.no');
  if (typeof value === 'number') {
    if (name === 'quota' && value === 0) return t('plan.quotaOpen');
    return name === 'minutes' ? t('plan.minutes', { n: value }) : formatNumber(value, language);
  }
  if (typeof value !== 'string') return null;
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
      return className(value, language);
    default:
      return value;
  }
}
