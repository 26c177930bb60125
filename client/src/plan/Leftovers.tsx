import { Text, Title } from '@mantine/core';

import type { Leftover } from '../../../domain/plan/draft.ts';
import { useWords } from '../app/language.ts';
import { idOf } from './FieldRow.tsx';
import classes from './ReadingView.module.css';

/** What the reader could not place, and why. Nothing of a document is passed over in silence. */
export function Leftovers({
  leftovers,
  lit,
  onLight,
}: {
  leftovers: readonly Leftover[];
  lit: string | null;
  onLight: (path: string | null) => void;
}) {
  const { t } = useWords();
  return (
    <section className={classes['section']} aria-labelledby="leftovers">
      <Title order={2} id="leftovers">
        {t('plan.leftovers', { n: leftovers.length })}
      </Title>
      <Text c="dimmed">{t('plan.leftoversMore')}</Text>
      <div className={classes['group']}>
        {leftovers.map((leftover, index) => {
          const path = `leftovers.${index}`;
          return (
            // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
            <div
              key={leftover.source[0]}
              id={idOf(path)}
              className={classes['field']}
              role="group"
              aria-label={t(`leftover.${leftover.reason}`)}
              data-lit={lit === path || undefined}
              tabIndex={0}
              onMouseEnter={() => onLight(path)}
              onMouseLeave={() => onLight(null)}
              onFocus={() => onLight(path)}
            >
              <span className={classes['label']}>{t(`leftover.${leftover.reason}`)}</span>
              <span className={classes['leftover']}>{leftover.text}</span>
            </div>
          );
        })}
      </div>
    </section>
  );
}
