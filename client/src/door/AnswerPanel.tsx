import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import { useWords } from '../app/language.ts';
import type { Answer, AnswerKind } from './answer.ts';
import classes from './door.module.css';

const SHAPES: Record<AnswerKind, ReactNode> = {
  done: <path d="M5 13l5 5 9-11" strokeWidth="3" />,
  again: <path d="M4 12a8 8 0 1 0 2.600-5.900M4 4v4.500h4.500" strokeWidth="2.6" />,
  noted: <path d="M12 3.500v17M3.5 12h17" strokeWidth="3" />,
  look: <path d="M12 3l9.5 17h-19zM12 9.500v5M12 17.500h.01" strokeWidth="2.2" />,
  changed: <circle cx="12" cy="12" r="8" strokeWidth="2.6" />,
  refused: <path d="M5 5l14 14M19 5L5 19" strokeWidth="3" />,
};

/** The answer fills the width: colour, shape, word and name, read from an arm's length. */
export function AnswerPanel({ answer, onUndo }: { answer: Answer | null; onUndo: (answer: Answer) => void }) {
  const { t } = useWords();
  return (
    <section
      className={classes['answer']}
      data-kind={answer?.kind ?? 'none'}
      role="status"
      aria-live="assertive"
      aria-label={t('door.answer')}
    >
      {answer === null ? (
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
            {SHAPES[answer.kind]}
          </svg>
          <div className={classes['said']}>
            <p className={classes['who']}>
              <strong>{answer.name}</strong> <span>{answer.detail}</span>
            </p>
            <p className={classes['sentence']}>
              <b>{t(`answerWord.${answer.kind}`)}.</b> {answer.sentence}
            </p>
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
