import { Fragment } from 'react';

import classes from './Facts.module.css';

/** What is known of something, each with its word; what is null is left out. */
export function Facts({
  facts,
}: {
  readonly facts: readonly (readonly [word: string, value: string | null])[];
}) {
  return (
    <dl className={classes['facts']}>
      {facts.map(([word, value]) =>
        value === null ? null : (
          <Fragment key={word}>
            <dt>{word}</dt>
            <dd>{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  );
}
