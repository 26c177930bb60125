import { z } from 'zod';

const Path = z.string().min(1).max(80);
const Place = z.int().min(0).max(10_000);
const Value = z.union([z.string().min(1).max(4000), z.number(), z.boolean()]).nullable();

/**
 * What somebody does to a working copy. `was` is what stood there when they did it: whoever overtook them is not written
 * over.
 * - `set`: gives a field another value, or none.
 * - `accept`: stands for the value as it is.
 * - `add`, `remove`, `move`: entries of a list.
 * - `take`: the words of a passage left over become the value of a field, or a new entry of a list.
 * - `leave`: a passage left over is not needed, or needed after all.
 */
export const Deed = z.discriminatedUnion('do', [
  z.object({ do: z.literal('set'), path: Path, was: Value, value: Value }),
  z.object({ do: z.literal('accept'), path: Path, was: Value }),
  z.object({ do: z.literal('add'), list: Path, at: Place, value: Value }),
  z.object({ do: z.literal('remove'), path: Path, was: Value }),
  z.object({ do: z.literal('move'), list: Path, from: Place, to: Place }),
  z.object({ do: z.literal('take'), leftover: Place, into: Path }),
  z.object({ do: z.literal('leave'), leftover: Place, needed: z.boolean() }),
]);
export type Deed = z.infer<typeof Deed>;

/** One's own last deed is to be taken back or done again, or all that was corrected and not applied dropped. */
export const Reverting = z.object({ do: z.enum(['undo', 'redo', 'reset']) });
export type Reverting = z.infer<typeof Reverting>;

export function isReverting(deed: Deed | Reverting): deed is Reverting {
  return deed.do === 'undo' || deed.do === 'redo' || deed.do === 'reset';
}

/** What a deed was, for the history: its kind, and the field, list or passage that it was done to. `reset` is of the whole. */
export const DeedLabel = z.object({
  do: z.enum(['set', 'accept', 'add', 'remove', 'move', 'take', 'leave', 'reset']),
  path: z.string(),
});
export type DeedLabel = z.infer<typeof DeedLabel>;

export function labelOf(deed: Deed): DeedLabel {
  switch (deed.do) {
    case 'set':
    case 'accept':
    case 'remove':
      return { do: deed.do, path: deed.path };
    case 'add':
      return { do: 'add', path: deed.list };
    case 'move':
      return { do: 'move', path: deed.list };
    case 'take':
      return { do: 'take', path: deed.into };
    case 'leave':
      return { do: 'leave', path: `leftovers.${deed.leftover}` };
    default:
      return deed satisfies never;
  }
}
