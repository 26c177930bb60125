import { Text, Title, UnstyledButton } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { Plan } from '../../../domain/plan/plan.ts';
import type { Finding } from '../../../domain/wire/conferences.ts';
import type { Reading } from '../../../domain/wire/reading.ts';
import { useWords } from '../app/language.ts';
import { Findings } from '../parts/Findings.tsx';
import findingClasses from '../parts/Findings.module.css';
import { StateShape } from '../parts/StateMark.tsx';
import { DOUBTFUL, type Field, groupsOf, SECTIONS, wordsOf } from './fields.ts';
import { FieldRow, idOf } from './FieldRow.tsx';
import { Leftovers } from './Leftovers.tsx';
import classes from './ReadingView.module.css';
import { TextPane } from './TextPane.tsx';

interface Props {
  readonly reading: Reading | null;
  /** The plan as confirmed; null while there is only what was read. */
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
  readonly onChange?: (path: string, value: string | number | null) => void;
}

/** Left the document, right what was understood; looking at one lights the other. What is doubtful comes first. */
export function ReadingView({ reading, plan, findings, onChange }: Props) {
  const { t } = useWords();
  const [lit, setLit] = useState<{ path: string | null; by: 'text' | 'plan' }>({ path: null, by: 'plan' });
  const groups = useMemo(() => groupsOf(reading, plan), [reading, plan]);
  const fields = useMemo(() => groups.flatMap((group) => group.fields), [groups]);
  const passages = useMemo(
    () => [
      ...fields,
      ...(reading?.leftovers ?? []).map((leftover, index) => ({
        path: `leftovers.${index}`,
        source: [leftover.source],
        confidence: null,
      })),
    ],
    [fields, reading],
  );
  const lightFromPlan = useCallback((path: string | null) => setLit({ path, by: 'plan' }), []);
  const lightFromText = useCallback((path: string | null) => setLit({ path, by: 'text' }), []);
  const handler = useRef(onChange);
  useEffect(() => {
    handler.current = onChange;
  });
  const change = useCallback(
    (path: string, value: string | number | null) => handler.current?.(path, value),
    [],
  );

  const lead = useCallback((path: string) => {
    // A check may speak of a whole clause or list: the first field of it is near enough.
    const row =
      document.getElementById(idOf(path)) ?? document.querySelector<HTMLElement>(`[id^="${idOf(path)}-"]`);
    row?.scrollIntoView({ block: 'center' });
    row?.focus({ preventScroll: true });
  }, []);
  const doubtful = fields.filter((field) => field.value !== null && (field.confidence ?? 1) < DOUBTFUL);

  return (
    <div className={classes['panes']} data-alone={reading === null || undefined}>
      {reading === null ? null : (
        <TextPane
          text={reading.text}
          fields={passages}
          lit={lit.path}
          litBy={lit.by}
          onLight={lightFromText}
          onChoose={lead}
        />
      )}
      <div>
        {doubtful.length === 0 ? null : <Doubtful fields={doubtful} onLight={lightFromPlan} onLead={lead} />}
        <section className={classes['section']} aria-labelledby="checks">
          <Title order={2} id="checks">
            {t('plan.checks')}
          </Title>
          {findings.length === 0 ? (
            <Text c="dimmed">{t('plan.noFindings')}</Text>
          ) : (
            <Findings findings={findings} onPath={lead} />
          )}
        </section>
        {SECTIONS.map((section) => {
          const own = groups.filter((group) => group.section === section);
          if (own.length === 0) return null;
          return (
            <section key={section} className={classes['section']} aria-labelledby={`section-${section}`}>
              <Title order={2} id={`section-${section}`}>
                {t(`section.${section}`)}
              </Title>
              {own.map((group) => (
                <div key={group.fields[0]?.path ?? section} className={classes['group']}>
                  {group.number === null ? null : (
                    <Title order={3} pt={6}>
                      {section === 'clauses' ? `C${group.number}` : group.number}
                    </Title>
                  )}
                  {group.fields.map((field) => (
                    <FieldRow
                      key={field.path}
                      field={field}
                      isLit={lit.path === field.path}
                      onLight={lightFromPlan}
                      onChange={onChange === undefined ? null : change}
                    />
                  ))}
                </div>
              ))}
            </section>
          );
        })}
        {reading === null || reading.leftovers.length === 0 ? null : (
          <Leftovers leftovers={reading.leftovers} lit={lit.path} onLight={lightFromPlan} />
        )}
      </div>
    </div>
  );
}

/** What a person should look at before anything else. */
function Doubtful({
  fields,
  onLight,
  onLead,
}: {
  fields: readonly Field[];
  onLight: (path: string | null) => void;
  onLead: (path: string) => void;
}) {
  const { t, language } = useWords();
  return (
    <section className={classes['section']} aria-labelledby="doubtful">
      <Title order={2} id="doubtful">
        {t('plan.lookFirst', { n: fields.length })}
      </Title>
      <ul className={findingClasses['list']}>
        {fields.map((field) => (
          <li key={field.path} className={findingClasses['item']}>
            <StateShape state="review" />
            <span className={findingClasses['severity']}>{t(`field.${field.name}`)}</span>
            <UnstyledButton
              className={findingClasses['link'] ?? ''}
              onMouseEnter={() => onLight(field.path)}
              onClick={() => onLead(field.path)}
            >
              {wordsOf(field, t, language)}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
