import { type ComponentType, useEffect, useState } from 'react';

const AGAIN_MS = 2000;

/**
 * A part of a page whose program comes when the part is first drawn, or when `fetch` is called before. Where the line is gone it is
 * asked for again until it comes: what was pressed without a line must not take the page along.
 *
 * @param Meanwhile stands in its place until then; nothing does where it is left out
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile?: ComponentType<Props>,
) {
  let known: ComponentType<Props> | null = null;
  const fetch = async (): Promise<ComponentType<Props>> => (known ??= await load());
  function Later(props: Props) {
    const [Part, setPart] = useState(() => known);
    const isThere = Part !== null;
    useEffect(() => {
      if (isThere) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let standing = true;
      const ask = async (): Promise<void> => {
        const found = await fetch().catch(() => null);
        if (!standing) return;
        if (found === null) timer = setTimeout(() => void ask(), AGAIN_MS);
        else setPart(() => found);
      };
      void ask();
      return () => {
        standing = false;
        clearTimeout(timer);
      };
    }, [isThere]);
    if (Part !== null) return <Part {...props} />;
    return Meanwhile === undefined ? null : <Meanwhile {...props} />;
  }
  return Object.assign(Later, { fetch });
}
