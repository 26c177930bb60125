import { channel } from 'node:diagnostics_channel';

/** One commit of the ledger. */
export interface CommitMeasure {
  readonly events: number;
  /** Of these: those that were there before with the same content, and with another one. */
  readonly replays: number;
  readonly conflicts: number;
  readonly seconds: number;
}

/** One message of a socket that was not served, and the reason that it was given. */
export interface RefusalMeasure {
  readonly reason: string;
}

/** Letters that were on the line to the mail server together, of one outcome. */
export interface LetterMeasure {
  readonly outcome: string;
  readonly count: number;
}

/**
 * What the program tells of itself while it works, to whoever listens: the figures of operation. Told once for a commit, never
 * for an event; where nobody listens it costs a look at a flag.
 */
const commits = channel('nhipcau:commit');
const refusals = channel('nhipcau:refusal');
const letters = channel('nhipcau:letters');

export function tellCommit(measure: CommitMeasure): void {
  if (commits.hasSubscribers) commits.publish(measure);
}

export function tellRefusal(measure: RefusalMeasure): void {
  if (refusals.hasSubscribers) refusals.publish(measure);
}

export function tellLetters(measure: LetterMeasure): void {
  if (letters.hasSubscribers) letters.publish(measure);
}

/**
 * Hears of commits, refusals and letters in this process.
 *
 * @returns ends it
 */
export function hearMeasures(hear: {
  readonly commit: (measure: CommitMeasure) => void;
  readonly refusal: (measure: RefusalMeasure) => void;
  readonly letters: (measure: LetterMeasure) => void;
}): () => void {
  const onCommit = (message: unknown): void => hear.commit(message as CommitMeasure);
  const onRefusal = (message: unknown): void => hear.refusal(message as RefusalMeasure);
  const onLetters = (message: unknown): void => hear.letters(message as LetterMeasure);
  commits.subscribe(onCommit);
  refusals.subscribe(onRefusal);
  letters.subscribe(onLetters);
  return () => {
    commits.unsubscribe(onCommit);
    refusals.unsubscribe(onRefusal);
    letters.unsubscribe(onLetters);
  };
}
