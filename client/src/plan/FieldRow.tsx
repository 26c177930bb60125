import { ActionIcon } from '@mantine/core';
import { memo, useState } from 'react';

import { useWords } from '../app/language.ts';
import { PencilIcon } from '../parts/icons.tsx';
import { StateShape } from '../parts/StateMark.tsx';
import { FieldEditor } from './FieldEditor.tsx';
import { DOUBTFUL, type Field, wordsOf } from './fields.ts';
import classes from './ReadingView.module.css';

interface Props {
  readonly field: Field;
  readonly isLit: boolean;
  readonly onLight: (path: string | null) => void;
  /** Changes the value; null where the plan is not yet one, or not the caller's to change. */
  readonly onChange: ((path: string, value: string | number | null) => void) | null;
}

/** Where a row of a field can be found by whoever leads there. */
export function idOf(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}

/** One value of the plan; being looked at lights its passage. */
export const FieldRow = memo(function FieldRow({ field, isLit, onLight, onChange }: Props) {
  const { t, language } = useWords();
  const [editing, setEditing] = useState(false);
  const words = wordsOf(field, t, language);
  const doubtful = field.value !== null && (field.confidence ?? 1) < DOUBTFUL;
  const light = () => onLight(field.path);
  return (
    // The row is what one looks at, with a pointer or with Tab; what can be done with it are buttons inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      id={idOf(field.path)}
      className={classes['field']}
      role="group"
      aria-label={t(`field.${field.name}`)}
      data-lit={isLit || undefined}
      tabIndex={0}
      onMouseEnter={light}
      onMouseLeave={() => onLight(null)}
      onFocus={light}
    >
      <span className={classes['label']}>{t(`field.${field.name}`)}</span>
      {editing && onChange !== null ? (
        <FieldEditor
          field={field}
          onDone={(value) => {
            setEditing(false);
            if (value !== undefined) onChange(field.path, value);
          }}
        />
      ) : (
        <span>
          <span className={classes['value']} data-empty={words === null || undefined}>
            {words ?? t('plan.notFound')}
          </span>
          {doubtful ? (
            <span className={classes['doubt']}>
              {' '}
              <StateShape state="review" size={12} /> {t('plan.doubtful')}
            </span>
          ) : null}
        </span>
      )}
      {onChange === null || editing || typeof field.value === 'boolean' ? null : (
        <ActionIcon
          aria-label={t('plan.edit', { field: t(`field.${field.name}`) })}
          onClick={() => setEditing(true)}
        >
          <PencilIcon />
        </ActionIcon>
      )}
    </div>
  );
});
