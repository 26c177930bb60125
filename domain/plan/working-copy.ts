import type { ClauseId } from '../ids.ts';
import { clauseId } from './accept.ts';
import { empty } from './draft.ts';
import type { DraftPlan, Leaf, Leftover, Reading } from './draft.ts';
import { isSame } from './patch.ts';
import type { Plan } from './plan.ts';
import { at, emptyEntry, isLeaf, wordsIn, type Node, type Value } from './shape.ts';

/** What has become of a passage that the reader could not place: nothing yet, a field's words, or not needed. */
export type Fate = 'open' | 'placed' | 'not-needed';

export interface WorkingLeftover extends Leftover {
  readonly fate: Fate;
}

/** A plan while people work on it: every value with its passages and whether somebody stands for it. */
export interface WorkingCopy extends DraftPlan {
  readonly leftovers: readonly WorkingLeftover[];
  /** The highest number that a clause has had: a number is never given again, as seats name their clause by it. */
  readonly lastClause: number;
}

/** Below this confidence a person should look. */
export const DOUBTFUL = 0.7;

/** What every plan has: where it was not found, a person should see that. */
export const WANTED: ReadonlySet<string> = new Set([
  'number',
  'issuer',
  'issuedOn',
  'title',
  'startsAt',
  'endsAt',
  'venue',
  'format',
]);

/** Whether a person should look at a field before anything else: it is doubtful, or wanted and not there. */
export function needsLook(path: string, { value, confidence, accepted }: Leaf<unknown>): boolean {
  if (accepted === true) return false;
  return value === null ? WANTED.has(path) : confidence < DOUBTFUL;
}

/** A value that a person gave or confirmed. */
export function acceptedLeaf<Of>(value: Of | null, source: Leaf<Of>['source'] = []): Leaf<Of> {
  return { value, source, confidence: 1, accepted: true };
}

/** The working copy of what was read out of a document. */
export function copyOfReading({ plan, leftovers }: Reading): WorkingCopy {
  return {
    ...plan,
    clauses: plan.clauses.map((clause, index) => ({ ...clause, id: clauseId(index) })),
    leftovers: leftovers.map((leftover) => ({ ...leftover, fate: 'open' as const })),
    lastClause: plan.clauses.length,
  };
}

/** The reading that a working copy stands for, to be kept with a conference. */
export function readingOfCopy(text: string, copy: WorkingCopy): Reading {
  const { leftovers, lastClause: _, ...plan } = copy;
  const open = leftovers.filter(({ fate }) => fate === 'open');
  return { text, plan, leftovers: open.map(({ fate: __, ...leftover }) => leftover) };
}

/**
 * The working copy of a plan that stands already. Where it says what was read out of its document, the value keeps its
 * passages and the reader's doubts; all else a person wrote.
 */
export function copyOfPlan(plan: Plan, reading: Reading | null): WorkingCopy {
  const fields = { ...plan } as unknown as Record<string, unknown>;
  const made = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, nodeOf(name, value, at(reading?.plan ?? {}, name))]),
  ) as unknown as DraftPlan;
  const clauses = made.clauses.map((clause, index) => ({ ...clause, id: plan.clauses[index]?.id }));
  const numbers = plan.clauses.map(({ id }) => numberOf(id));
  return {
    ...made,
    clauses,
    leftovers: (reading?.leftovers ?? []).map((leftover) => ({ ...leftover, fate: 'open' as const })),
    lastClause: Math.max(0, ...numbers),
  };
}

/** The number in `C12`; 0 of an id of another make. */
export function numberOf(id: ClauseId): number {
  return /^C\d{1,6}$/.test(id) ? Number(id.slice(1)) : 0;
}

/** A value of a plan as what a draft has at the same path; `read` is what the reader has there. */
function nodeOf(path: string, value: unknown, read: unknown): Node {
  if (Array.isArray(value)) {
    const candidates = Array.isArray(read) ? (read as unknown[]) : [];
    return value.map((entry, index) =>
      nodeOf(`${path}.${index}`, entry, likest(path, entry, candidates, index)),
    );
  }
  // A duty without a deadline has the fields of one, empty.
  const shape = path.endsWith('.deadline') ? (emptyEntry('duties') as { deadline: Node }).deadline : null;
  if (shape !== null && value === null) return isTree(read) ? emptied(read) : shape;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, field]) =>
        name === 'id' ? [] : [[name, nodeOf(`${path}.${name}`, field, at(read ?? {}, name))]],
      ),
    );
  }
  const leaf = isLeaf(read) ? (read as Leaf<Value>) : null;
  if (leaf !== null && isSame(leaf.value, value)) return leaf;
  // That no notice is replaced is what a plan says that does not speak of it.
  if (value === null || (value === false && leaf === null)) return empty<unknown>();
  return acceptedLeaf<unknown>(value, leaf?.source ?? []);
}

function isTree(node: unknown): node is { readonly [key: string]: Node } {
  return typeof node === 'object' && node !== null && !Array.isArray(node) && !isLeaf(node);
}

function emptied(node: { readonly [key: string]: Node }): Node {
  return Object.fromEntries(Object.keys(node).map((name) => [name, empty<unknown>()]));
}

/** What the reader has for an entry of a list: the one with the same words, else the one at the same place. */
function likest(list: string, entry: unknown, read: readonly unknown[], index: number): unknown {
  const words = wordsIn(list);
  const own = words === '' ? entry : at(entry, words);
  const wordsOf = (each: unknown): unknown => (words === '' ? each : at(each, words));
  return read.find((each) => isSame((wordsOf(each) as Leaf<unknown> | undefined)?.value, own)) ?? read[index];
}

/** To be looked at in a copy of an earlier plan, as it may be another one this time. */
const UNSURE = 0.5;

function unsure<Of>({ value }: Leaf<Of>): Leaf<Of> {
  return { value, source: [], confidence: value === null ? 0 : UNSURE };
}

/**
 * The working copy for a new conference like an earlier one. Number and dates are left out, to be set anew; what named that one
 * conference (its title, hall, documents, deadlines in words) is doubtful; who comes, who chairs and who does what stays.
 */
export function copyOfEarlierPlan(plan: Plan): WorkingCopy {
  const copy = copyOfPlan(plan, null);
  return {
    ...copy,
    number: empty(),
    issuedOn: empty(),
    startsAt: empty(),
    endsAt: empty(),
    title: unsure(copy.title),
    banner: unsure(copy.banner),
    venue: unsure(copy.venue),
    broadcast: unsure(copy.broadcast),
    documents: copy.documents.map(unsure),
    agenda: copy.agenda.map((item) => ({ ...item, title: unsure(item.title) })),
    duties: copy.duties.map((duty) => ({
      ...duty,
      deadline: {
        phrase: unsure(duty.deadline.phrase),
        dueBefore: empty(),
        recurs: duty.deadline.recurs,
      },
    })),
  };
}

/** The plan of somebody who begins with nothing but these. */
export type Beginning = Pick<Plan, 'title' | 'startsAt' | 'endsAt' | 'venue' | 'format' | 'bridgeClasses'>;

/** The working copy of a plan that is written from nothing. */
export function copyOfBeginning(beginning: Beginning): WorkingCopy {
  return copyOfPlan(
    {
      number: null,
      issuer: null,
      issuedOn: null,
      banner: null,
      broadcast: null,
      replacesNotice: false,
      clauses: [],
      chairing: [],
      agenda: [],
      documents: [],
      duties: [],
      recipients: [],
      ...beginning,
    },
    null,
  );
}
