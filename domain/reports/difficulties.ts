import { z } from 'zod';

import { BridgeId } from '../ids.ts';
import type { AccountId } from '../ids.ts';
import { ok } from '../result.ts';
import type { Result } from '../result.ts';
import { tidy } from '../text/normalize.ts';
import type { Instant } from '../time.ts';
import type { DifficultyRoute } from './bodies.ts';

/** A report of difficulties (khó khăn, vướng mắc). It has no deadline and no form: it can go up at any time. */
export const Difficulty = z.object({ bridge: BridgeId, text: z.string().min(1).max(4000).overwrite(tidy) });
export type Difficulty = z.infer<typeof Difficulty>;

export interface RaisedDifficulty extends Difficulty, DifficultyRoute {
  readonly id: string;
  readonly at: Instant;
  readonly by: AccountId;
  /** What the upper level answered, first to last. */
  readonly answers: readonly { readonly text: string; readonly at: Instant; readonly by: AccountId }[];
}

/** Raises a difficulty along the route that the plan names. */
export function raiseDifficulty(
  input: Difficulty,
  route: DifficultyRoute,
  made: { readonly id: string; readonly at: Instant; readonly by: AccountId },
): Result<RaisedDifficulty, { reason: 'text missing' }> {
  const text = tidy(input.text);
  if (text === '') return { ok: false, reason: 'text missing' };
  return ok({ ...made, ...route, bridge: input.bridge, text, answers: [] });
}

/** Answers a difficulty. Answers are added, never replaced. */
export function answerDifficulty(
  difficulty: RaisedDifficulty,
  answer: { readonly text: string; readonly at: Instant; readonly by: AccountId },
): Result<RaisedDifficulty, { reason: 'text missing' }> {
  const text = tidy(answer.text);
  if (text === '') return { ok: false, reason: 'text missing' };
  return ok({ ...difficulty, answers: [...difficulty.answers, { ...answer, text }] });
}
