import { ActionIcon } from '@mantine/core';
import { memo, useRef } from 'react';

import type { Value } from '../../../domain/plan/shape.ts';
import { needsLook } from '../../../domain/plan/working-copy.ts';
import { useWords } from '../app/language.ts';
import { CheckIcon, PencilIcon } from '../parts/icons.tsx';
import { StateShape } from '../parts/StateMark.tsx';
import { FieldEditor } from './FieldEditor.tsx';
import { type Field, wordsOf } from './fields.ts';
import classes from './plan.module.css';

/** What can be done with a field. */
export interface FieldDeeds {
  readonly set: (path: string, value: Value) => void;
  readonly accept: (path: string) => void;
  /** Null closes the editor. */
  readonly edit: (path: string | null) => void;
}

interface Props {
  readonly field: Field;
  readonly isLit: boolean;
  readonly isEdited: boolean;
  readonly onLight: (path: string | null) => void;
  /** Null where the plan is not the caller's to change. */
  readonly deeds: FieldDeeds | null;
}

/** Where a row of a field can be found by whoever leads there. */
export function idOf(path: string): string {
  return `field-${path.replaceAll('.', '-')}`;
}

/** One value of the plan; being looked at lights its passage. */
export const FieldRow = memo(function FieldRow({ field, isLit, isEdited, onLight, deeds }: Props) {
  const { t, language } = useWords();
  const { path, name, leaf } = field;
  const row = useRef<HTMLDivElement>(null);
  const words = wordsOf(path, leaf.value, t, language);
  const open = needsLook(path, leaf);
  const light = () => onLight(path);
  const label = t(`field.${name}`);
  return (
    // The row is what one looks at, with a pointer or with Tab; what can be done with it are buttons inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={row}
      id={idOf(path)}
      className={classes['field']}
      role="group"
      aria-label={open ? `${label}, ${t('plan.doubtful')}` : label}
      data-field={path}
      data-open={open || undefined}
      data-lit={isLit || undefined}
      tabIndex={0}
      onMouseEnter={light}
      onMouseLeave={() => onLight(null)}
      onFocus={light}
    >
      <span className={classes['label']}>{label}</span>
      {isEdited && deeds !== null ? (
        <FieldEditor
          field={field}
          onDone={(value) => {
            // Whoever ended it with a key goes on from this row; whoever clicked elsewhere is there already.
            const stays = row.current?.contains(document.activeElement) ?? false;
            deeds.edit(null);
            if (value !== undefined) deeds.set(path, value);
            if (stays) requestAnimationFrame(() => row.current?.focus());
          }}
        />
      ) : (
        <span>
          <span className={classes['value']} data-empty={words === null || undefined}>
            {words ?? t(leaf.accepted === true ? 'plan.leftEmpty' : 'plan.notFound')}
          </span>
          {open ? (
            <span className={classes['doubt']}>
              {' '}
              <StateShape state="review" size={12} /> {t('plan.doubtful')}
            </span>
          ) : null}
        </span>
      )}
      {deeds === null || isEdited ? null : (
        <span className={classes['buttons']}>
          {open ? (
            <ActionIcon aria-label={t('plan.accept', { field: label })} onClick={() => deeds.accept(path)}>
              <CheckIcon />
            </ActionIcon>
          ) : null}
          <ActionIcon aria-label={t('plan.edit', { field: label })} onClick={() => deeds.edit(path)}>
            <PencilIcon />
          </ActionIcon>
        </span>
      )}
    </div>
  );
});
