import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { placementContracts, type ClauseForm } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Answered, Nothing } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { className } from '../../../domain/plan/sentences.ts';
import { ClauseEditor } from './ClauseEditor.tsx';
import classes from './composition.module.css';
import { DecisionForm } from './DecisionForm.tsx';
import type { View } from './views.ts';

interface Props {
  readonly conference: string;
  /** The clause that is led to. */
  readonly shown: string | null;
  readonly onGo: (to: { view: View; clause?: string }) => void;
  readonly propose: ((change: CompositionChange) => void) | null;
}

/** Every clause of the plan as it is understood, with its passage, and the form that says it otherwise. */
export function Clauses({ conference, shown, onGo, propose }: Props) {
  const { t, language } = useWords();
  const clauses = useQuery({
    queryKey: ['conference', conference, 'clauses', language],
    queryFn: ({ signal }) => call(placementContracts.clauses, { params: { conference } }, signal),
  });
  const [edited, setEdited] = useState<ClauseForm | null>(null);
  const [decided, setDecided] = useState<ClauseForm | null>(null);
  return (
    <Answered query={clauses}>
      {({ items }) =>
        items.length === 0 ? (
          <Nothing title={t('clauses.none')}>
            <Text>{t('clauses.begin')}</Text>
          </Nothing>
        ) : (
          <Stack mb="md">
            {items.map((clause) => (
              <ClauseCard
                key={clause.clause}
                clause={clause}
                open={clause.clause === shown}
                onPeople={() => onGo({ view: 'people', clause: clause.clause })}
                onEdit={propose === null ? null : () => setEdited(clause)}
                onDecide={propose === null ? null : () => setDecided(clause)}
              />
            ))}
            {edited === null || propose === null ? null : (
              <ClauseEditor
                clause={edited}
                onClose={() => setEdited(null)}
                propose={(change) => {
                  setEdited(null);
                  propose(change);
                }}
              />
            )}
            {decided === null || propose === null ? null : (
              <DecisionForm
                conference={conference}
                clause={decided}
                onClose={() => setDecided(null)}
                propose={(change) => {
                  setDecided(null);
                  propose(change);
                }}
              />
            )}
          </Stack>
        )
      }
    </Answered>
  );
}

function ClauseCard({
  clause,
  open,
  onPeople,
  onEdit,
  onDecide,
}: {
  clause: ClauseForm;
  open: boolean;
  onPeople: () => void;
  onEdit: (() => void) | null;
  onDecide: (() => void) | null;
}) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const { passage, counts } = clause;
  const takesNames =
    clause.basis === 'discretionary' ||
    clause.rules.some(({ kind }) => kind === 'listed' || kind === 'others');
  return (
    <article
      className={classes['clause']}
      data-open={open}
      aria-label={clause.clause}
      ref={(node) => {
        if (open) node?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <Title order={2} size="h4">
          {clause.clause} · {className(clause.bridgeClass, language)}
        </Title>
        <Text c="dimmed">
          {t(`basis.${clause.basis}`)}
          {clause.quota === null
            ? ''
            : ` · ${clause.quota === 0 ? t('clauses.quotaOpen') : t('clauses.quota', { n: number(clause.quota) })}`}
        </Text>
      </Group>
      <Text fw={600} my={4}>
        {clause.understood}
      </Text>
      {clause.unread.length === 0 ? null : (
        <StateMark state="review">: {t('clauses.unread', { words: clause.unread.join('”, “') })}</StateMark>
      )}
      <details>
        <summary className={classes['link']}>
          {t(clause.given ? 'clauses.givenPassage' : 'clauses.passage')}
        </summary>
        <blockquote className={classes['passage']}>
          {passage === null ? (
            clause.text
          ) : (
            <>
              {passage.before}
              <mark>{passage.words}</mark>
              {passage.after}
            </>
          )}
        </blockquote>
      </details>
      <Group gap="xs" mt="xs">
        <Button variant="default" onClick={onPeople}>
          {counts === null
            ? t('clauses.people')
            : t('clauses.seated', { seated: number(counts.seated), matched: number(counts.matched) })}
        </Button>
        {onEdit === null ? null : (
          <Button
            variant="default"
            onClick={onEdit}
            aria-label={t('clauses.editOf', { clause: clause.clause })}
          >
            {t('clauses.edit')}
          </Button>
        )}
        {onDecide !== null && takesNames ? (
          <Button variant="default" onClick={onDecide}>
            {t('clauses.decide')}
          </Button>
        ) : null}
      </Group>
    </article>
  );
}
