import type { ReactNode } from 'react';

import classes from './PlainList.module.css';

/** A short list: each item with what it is on the left, and what can be done with it on the right. */
export function PlainList({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    <ul className={classes['list']} aria-label={label}>
      {children}
    </ul>
  );
}
