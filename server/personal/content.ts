import type { AnswerFault, TypedAnswer } from '../../domain/personal/answer-form.ts';
import type { Language, Sentence } from '../../domain/text/language.ts';
import type { CivilDate, Instant } from '../../domain/time.ts';

/** How an invitation stands for whoever it is for. */
export type PersonalState =
  | { readonly kind: 'withdrawn'; readonly reason: string }
  | {
      readonly kind: 'open';
      readonly answer: 'coming' | { readonly notComing: string } | null;
      readonly substitute: {
        readonly name: string;
        readonly state: 'proposed' | 'accepted' | 'refused';
        readonly reason: string;
      } | null;
      /** False once the session has begun, or somebody else has their seat. */
      readonly mayAnswer: boolean;
    };

/** What the page of one person shows. There is nothing in it about anybody else. */
export interface PersonalContent {
  readonly kind: 'summons' | 'invitation';
  readonly conference: { readonly title: string; readonly number: string | null };
  readonly convenedBy: string;
  readonly person: { readonly name: string; readonly position: string; readonly unit: string | null };
  readonly obligedSince: Instant | null;
  readonly session: {
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    readonly doorsAt: Instant | null;
    /** Why it was called off; null while it is to be held. */
    readonly calledOff: string | null;
    /** Who presents what is another person's: only what it is about is shown. */
    readonly programme: readonly { readonly title: string; readonly minutes: number | null }[];
  } | null;
  readonly bridge: { readonly name: string; readonly address: string | null; readonly venue: string | null };
  /** Null while they have no seat at that bridge. */
  readonly seat: { readonly as: 'chair' | 'delegate'; readonly seatNumber: string | null } | null;
  readonly papers: readonly { readonly id: string; readonly name: string; readonly size: number }[];
  /** Null where they are not to come in. */
  readonly pass: { readonly code: string; readonly until: CivilDate } | null;
  readonly state: PersonalState;
}

/** What stands over the page once, after something was sent. */
export type Notice = 'sent' | 'not now' | 'no answer';

/** What was typed and could not be taken. */
export interface Unsent {
  readonly form: 'not-coming' | 'substitute';
  readonly typed: TypedAnswer;
  readonly faults: readonly AnswerFault[];
}

export interface PageState {
  /** As it stands in the address. */
  readonly letter: string;
  readonly language: Language;
  readonly notice: Notice | null;
  readonly unsent: Unsent | null;
}

/** Words of a page in its language. */
export type Say = (words: Sentence) => string;
