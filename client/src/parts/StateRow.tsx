import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';

import { StateShape, type State } from './StateMark.tsx';
import classes from './StateRow.module.css';

interface Props {
  /** Who or what it is, and what stands small below it. */
  readonly title: string;
  readonly under: string | null;
  readonly onOpen: () => void;
  readonly about: string;
  readonly aboutUnder: ReactNode;
  readonly state: State;
  readonly word: string;
  readonly stateUnder: ReactNode;
}

/** A row of a list whose items have a state: who, what about, and how it stands; the first opens it. */
export function StateRow({ title, under, onOpen, about, aboutUnder, state, word, stateUnder }: Props) {
  return (
    <div className={classes['row']}>
      <UnstyledButton className={classes['title'] ?? ''} onClick={onOpen}>
        <Text component="span" fw={600} display="block">
          {title}
        </Text>
        {under === null ? null : <span className={classes['under']}>{under}</span>}
      </UnstyledButton>
      <span>
        {about}
        <div className={classes['under']}>{aboutUnder}</div>
      </span>
      <span>
        <span className={classes['mark']}>
          <StateShape state={state} /> {word}
        </span>
        <div className={classes['under']}>{stateUnder}</div>
      </span>
    </div>
  );
}
