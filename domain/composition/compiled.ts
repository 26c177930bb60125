import type { BridgeClass } from '../bridges/bridge.ts';
import type { Clause } from '../plan/plan.ts';
import type { Part } from './grammar.ts';
import type { Rule } from './rule.ts';

/** What a clause takes away again. */
export type Exclusion = { readonly words: string } & (
  | /** "trừ các đồng chí chủ trì tại điểm cầu trực tuyến ..." */ { readonly kind: 'chairs' }
  /** "trừ các đồng chí đã dự ở điểm cầu Trung ương"; null means at any other bridge. */
  | { readonly kind: 'seated-at'; readonly bridgeClass: BridgeClass | null }
  /** "không bao gồm các đồng chí đã tham gia ...": whom an earlier ledger saw. */
  | { readonly kind: 'attended' }
  /** "trừ cấp phó" and the like: whoever fits these rules too. */
  | { readonly kind: 'rules'; readonly rules: readonly Rule[] }
);

/** A clause as the program understood it. */
export interface CompiledClause {
  readonly clause: Clause;
  readonly parts: readonly Part[];
  readonly exclusions: readonly Exclusion[];
  /** Words of the clause that no rule understands: nobody comes by them until a person gives them a rule. */
  readonly unread: readonly string[];
  readonly unreadExclusions: readonly string[];
  /** Something of it was given by an organizer instead of read. */
  readonly given: boolean;
}
