import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

import { useWords } from '../app/language.ts';
import { StateMark } from '../parts/StateMark.tsx';
import type { Answer, AnswerKind } from './answer.ts';
import classes from './AnswerPanel.module.css';

/** An answer usually comes in some milliseconds; later than this the page says that it still waits for it. */
const SOON_MS = 1500;

const SHAPES: Record<AnswerKind | 'kept', ReactNode> = {
  done: <path d="M5 13l5 5 9-11" strokeWidth="3" />,
  again: <path d="M4 12a8 8 0 1 0 2.600-5.900M4 4v4.500h4.500" strokeWidth="2.6" />,
  noted: <path d="M12 3.500v17M3.5 12h17" strokeWidth="3" />,
  look: <path d="M12 3l9.5 17h-19zM12 9.500v5M12 17.500h.01" strokeWidth="2.2" />,
  changed: <circle cx="12" cy="12" r="8" strokeWidth="2.6" />,
  refused: <path d="M5 5l14 14M19 5L5 19" strokeWidth="3" />,
  held: <path d="M9 5v14M15 5v14" strokeWidth="3" />,
  // An hourglass, as the mark of what waits has it everywhere.
  kept: (
    <path
      d="M6 3.5h12M6 20.500h12M7.500 3.500v3l4.500 5.500 4.500-5.500v-3M7.500 20.500v-3l4.500-5.500 4.500 5.500v3"
      strokeWidth="2.2"
    />
  ),
};

interface Props {
  readonly answer: Answer | null;
  /** Whether it lies on this machine and the server has not answered. */
  readonly waits: boolean;
  readonly isLost: boolean;
  readonly onUndo: (answer: Answer) => void;
}

/** The answer fills the width: colour, shape, word and name, read from an arm's length. */
export function AnswerPanel({ answer, waits, isLost, onUndo }: Props) {
  const { t } = useWords();
  const unconfirmed = useOverdue(waits ? (answer?.event ?? null) : null) || (waits && isLost);
  const plain = answer?.kind === 'done' || answer?.kind === 'changed';
  const kind = answer === null ? 'none' : unconfirmed && plain ? 'kept' : answer.kind;
  return (
    <section
      className={classes['answer']}
      data-kind={kind}
      role="status"
      aria-live="assertive"
      aria-label={t('door.answer')}
    >
      {answer === null || kind === 'none' ? (
        <p className={classes['first']}>{t('door.first')}</p>
      ) : (
        <>
          <svg
            viewBox="0 0 24 24"
            width="44"
            height="44"
            fill="none"
            stroke="currentColor"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            {SHAPES[kind]}
          </svg>
          <div className={classes['said']}>
            <p className={classes['who']}>
              <strong>{answer.name}</strong> <span>{answer.detail}</span>
            </p>
            <p className={classes['sentence']}>
              <b>{t(`answerWord.${kind}`)}.</b> {answer.sentence}
            </p>
            {unconfirmed ? (
              <p className={classes['sentence']}>
                {kind === 'kept' ? '' : `${t('answer.waits')} `}
                <StateMark state="pending" />
              </p>
            ) : null}
          </div>
          {answer.undoable ? (
            <Button className={classes['undo'] ?? ''} variant="outline" onClick={() => onUndo(answer)}>
              {t('door.undo')}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
}

/** Whether an event has waited for longer than usual. */
function useOverdue(event: string | null): boolean {
  const [overdue, setOverdue] = useState<string | null>(null);
  useEffect(() => {
    if (event === null) return undefined;
    const timer = setTimeout(() => setOverdue(event), SOON_MS);
    return () => clearTimeout(timer);
  }, [event]);
  return event !== null && overdue === event;
}
