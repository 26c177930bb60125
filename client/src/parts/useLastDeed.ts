import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';

/** Something that was done, in a sentence. `undo` takes it back and says in a sentence what became of that. */
export interface Deed {
  readonly message: string;
  readonly undo: () => Promise<string>;
}

/** What was done last on a page, for `LastDeed` to say and to take back. A new deed takes the place of the one before. */
export function useLastDeed() {
  const [last, setLast] = useState<Deed | null>(null);
  const { mutate, reset, isPending, data, error } = useMutation({
    mutationFn: (deed: Deed) => deed.undo(),
    onSuccess: () => setLast(null),
  });
  const remember = useCallback(
    (deed: Deed | null) => {
      reset();
      setLast(deed);
    },
    [reset],
  );
  const forget = useCallback(() => remember(null), [remember]);
  const takeBack = useCallback(() => {
    if (last !== null && !isPending) mutate(last);
  }, [last, isPending, mutate]);
  return { last, remember, forget, takeBack, isPending, undone: last === null ? data : undefined, error };
}
export type LastDeeds = ReturnType<typeof useLastDeed>;
export type Remember = LastDeeds['remember'];
