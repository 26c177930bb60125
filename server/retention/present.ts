import type { Retention } from '../../domain/wire/retention.ts';
import type { Preview } from './queries.ts';

export function presentRetention({ lastDay, today, kinds, deletions, names }: Preview): Retention {
  return {
    lastDay,
    today,
    kinds: kinds.map((one) => ({ ...one })),
    deletions: deletions.map(({ kind, at, by, reason, entries }) => ({
      kind,
      at,
      by: by === null ? null : (names.get(by) ?? null),
      reason,
      entries,
    })),
  };
}
