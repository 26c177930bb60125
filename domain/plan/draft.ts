import type { BridgeClass } from '../bridges/bridge.ts';
import type { ClauseId } from '../ids.ts';
import type { Basis, Format, Limit, Recurrence } from './plan.ts';

/** Half-open range of UTF-16 units of the text that the reader was given, in NFC. */
export type Span = readonly [start: number, end: number];

/**
 * One value that the reader took from a document. `source` names every passage that it rests on, in reading order
 * (a sentence cut by a page break has two). Empty is `{ value: null, source: [], confidence: 0 }`: the reader does
 * not guess. `confidence` runs from 0 to 1; below 0.7 a person should look.
 */
export interface Leaf<Value> {
  readonly value: Value | null;
  readonly source: readonly Span[];
  readonly confidence: number;
  /** A person has looked at it and stands for it. */
  readonly accepted?: true | undefined;
}

export interface DraftClause {
  /** Once somebody works on it, its name for good; what was only read goes by its place. */
  readonly id?: ClauseId | undefined;
  readonly bridgeClass: Leaf<BridgeClass>;
  readonly text: Leaf<string>;
  readonly basis: Leaf<Basis>;
  readonly exclusions: readonly Leaf<string>[];
  readonly condition: Leaf<string>;
  readonly quota: Leaf<number>;
}

export interface DraftAgendaItem {
  readonly title: Leaf<string>;
  readonly presenter: Leaf<string>;
  readonly minutes: Leaf<number>;
  readonly limit: Leaf<Limit>;
}

export interface DraftDeadline {
  readonly phrase: Leaf<string>;
  readonly dueBefore: Leaf<string>;
  readonly recurs: Leaf<Recurrence>;
}

export interface DraftDuty {
  readonly owner: Leaf<string>;
  readonly text: Leaf<string>;
  readonly addressee: Leaf<string>;
  readonly via: Leaf<string>;
  readonly deadline: DraftDeadline;
}

export interface DraftRecipient {
  readonly name: Leaf<string>;
  readonly purpose: Leaf<string>;
}

/** What the reader understood of a plan document, each value with the passage that it came from. */
export interface DraftPlan {
  readonly number: Leaf<string>;
  readonly issuer: Leaf<string>;
  readonly issuedOn: Leaf<string>;
  readonly title: Leaf<string>;
  readonly banner: Leaf<string>;
  readonly startsAt: Leaf<string>;
  readonly endsAt: Leaf<string>;
  readonly venue: Leaf<string>;
  readonly format: Leaf<Format>;
  readonly broadcast: Leaf<string>;
  readonly replacesNotice: Leaf<boolean>;
  readonly bridgeClasses: readonly Leaf<BridgeClass>[];
  readonly clauses: readonly DraftClause[];
  readonly chairing: readonly Leaf<string>[];
  readonly agenda: readonly DraftAgendaItem[];
  readonly documents: readonly Leaf<string>[];
  readonly duties: readonly DraftDuty[];
  readonly recipients: readonly DraftRecipient[];
}

/** A passage that the reader could not place, and why. Nothing of a document is passed over in silence. */
export interface Leftover {
  readonly text: string;
  readonly source: Span;
  readonly reason: LeftoverReason;
}

/**
 * - `stamp`: a receipt stamp or routing slip of a relaying office.
 * - `noise`: handwriting or debris that was read as text.
 * - `date-unclear`: a deadline or date that no rule understands, or that does not exist in the calendar.
 * - `purpose`: aims and reasons, which plan nothing.
 * - `annex`: an annex (phụ lục).
 * - `unplaced`: text that fits no field.
 */
export type LeftoverReason = 'stamp' | 'noise' | 'date-unclear' | 'purpose' | 'annex' | 'unplaced';

export interface Reading {
  /** The text that every span counts in: as given, in NFC. */
  readonly text: string;
  readonly plan: DraftPlan;
  readonly leftovers: readonly Leftover[];
}

export function empty<Value>(): Leaf<Value> {
  return { value: null, source: [], confidence: 0 };
}
