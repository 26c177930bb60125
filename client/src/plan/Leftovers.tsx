import { Button, Group, Menu, Text, Title } from '@mantine/core';

import type { Deed } from '../../../domain/plan/deed.ts';
import type { WorkingCopy, WorkingLeftover } from '../../../domain/plan/working-copy.ts';
import { useWords } from '../app/language.ts';
import { labelOf } from './fields.ts';
import { idOf } from './FieldRow.tsx';
import classes from './plan.module.css';
import { withoutMarks } from './segments.ts';

interface Props {
  readonly copy: WorkingCopy;
  readonly lit: string | null;
  readonly onLight: (path: string | null) => void;
  readonly act: ((deed: Deed) => void) | null;
}

/** What the reader could not place, and why; what is still open first. Nothing of a document is passed over in silence. */
export function Leftovers({ copy, lit, onLight, act }: Props) {
  const { t } = useWords();
  const left = copy.leftovers
    .map((leftover, index) => ({ leftover, index }))
    .filter(({ leftover }) => leftover.fate !== 'placed')
    .toSorted((a, b) => Number(a.leftover.fate !== 'open') - Number(b.leftover.fate !== 'open'));
  if (left.length === 0) return null;
  const open = left.filter(({ leftover }) => leftover.fate === 'open').length;
  return (
    <section className={classes['section']} aria-labelledby="leftovers">
      <Title order={2} id="leftovers">
        {t('plan.leftovers', { n: open })}
      </Title>
      <Text c="dimmed">{t('plan.leftoversMore')}</Text>
      <div className={classes['group']}>
        {left.map(({ leftover, index }) => (
          <Leftover
            key={index}
            leftover={leftover}
            index={index}
            isLit={lit === `leftovers.${index}`}
            onLight={onLight}
            act={act}
          />
        ))}
      </div>
    </section>
  );
}

/** Where words can go: lists take them as a new entry, fields as their value. */
const PLACES = [
  'clauses',
  'agenda',
  'documents',
  'duties',
  'recipients',
  'chairing',
  'title',
  'banner',
  'venue',
  'broadcast',
  'issuer',
  'number',
] as const;

function Leftover({
  leftover,
  index,
  isLit,
  onLight,
  act,
}: Omit<Props, 'copy' | 'lit'> & {
  readonly leftover: WorkingLeftover;
  readonly index: number;
  readonly isLit: boolean;
}) {
  const { t } = useWords();
  const path = `leftovers.${index}`;
  const reason = t(`leftover.${leftover.reason}`);
  const needed = leftover.fate === 'open';
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      id={idOf(path)}
      className={classes['field']}
      role="group"
      aria-label={`${labelOf(path, t)}, ${needed ? reason : t('plan.notNeeded')}`}
      data-lit={isLit || undefined}
      data-settled={!needed || undefined}
      tabIndex={0}
      onMouseEnter={() => onLight(path)}
      onMouseLeave={() => onLight(null)}
      onFocus={() => onLight(path)}
    >
      <span className={classes['label']}>{needed ? reason : t('plan.notNeeded')}</span>
      <span className={classes['leftover']}>{withoutMarks(leftover.text)}</span>
      {act === null ? null : (
        <Group gap={4} className={classes['leftoverDeeds'] ?? ''}>
          {needed ? (
            <Menu position="bottom-start" withinPortal>
              <Menu.Target>
                <Button variant="default">{t('plan.placeIn')}</Button>
              </Menu.Target>
              <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
                {PLACES.map((into) => (
                  <Menu.Item key={into} onClick={() => act({ do: 'take', leftover: index, into })}>
                    {labelOf(into, t)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
          <Button variant="subtle" onClick={() => act({ do: 'leave', leftover: index, needed: !needed })}>
            {t(needed ? 'plan.leave' : 'plan.neededAfterAll')}
          </Button>
        </Group>
      )}
    </div>
  );
}
