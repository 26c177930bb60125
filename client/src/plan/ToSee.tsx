import { Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';

import type { WorkingCopy } from '../../../domain/plan/working-copy.ts';
import type { Finding } from '../../../domain/wire/conferences.ts';
import { useWords } from '../app/language.ts';
import findingClasses from '../parts/Findings.module.css';
import { type State, StateShape } from '../parts/StateMark.tsx';
import { labelOf, valueAt, wordsOf } from './fields.ts';
import classes from './plan.module.css';

interface Props {
  readonly copy: WorkingCopy;
  readonly toLookAt: readonly string[];
  readonly findings: readonly Finding[];
  readonly onLight: (path: string | null) => void;
  readonly onLead: (path: string) => void;
}

interface Line {
  readonly key: string;
  readonly state: State;
  readonly kind: string;
  readonly words: string;
  readonly path: string | null;
}

const SHAPE: Record<Finding['severity'], State> = { error: 'absent', warning: 'review', note: 'unmarked' };

/** What a person should see to, in view all the while: errors, doubtful fields, warnings, notes; each leads to its field. */
export function ToSee({ copy, toLookAt, findings, onLight, onLead }: Props) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(true);
  const said = (severity: Finding['severity']): Line[] =>
    findings.flatMap((finding, index) =>
      finding.severity === severity
        ? [
            {
              key: `${finding.code} ${index}`,
              state: SHAPE[severity],
              kind: t(`severity.${severity}`),
              words: finding.message,
              path: finding.path,
            },
          ]
        : [],
    );
  const doubts = toLookAt.map((path): Line => {
    const words = wordsOf(path, valueAt(copy, path), t, language);
    const label = labelOf(path, t);
    return {
      key: path,
      state: words === null ? 'missing' : 'review',
      kind: t(words === null ? 'plan.missing' : 'plan.doubt'),
      words: words === null ? label : `${label}: ${words}`,
      path,
    };
  });
  const lines = [...said('error'), ...doubts, ...said('warning'), ...said('note')];
  return (
    <section className={classes['toSee']} aria-labelledby="to-see">
      <h2 id="to-see">
        <UnstyledButton
          aria-expanded={open}
          className={classes['toSeeHead'] ?? ''}
          onClick={() => setOpen(!open)}
        >
          {lines.length === 0 ? t('plan.nothingToSee') : t('plan.toSee', { n: lines.length })}
        </UnstyledButton>
      </h2>
      {open && lines.length > 0 ? (
        <ul
          className={`${findingClasses['list']} ${classes['toSeeList']}`}
          tabIndex={0}
          aria-labelledby="to-see"
        >
          {lines.map(({ key, state, kind, words, path }) => (
            <li key={key} className={findingClasses['item']}>
              <StateShape state={state} />
              <span className={findingClasses['severity']}>{kind}</span>
              {path === null ? (
                <span>{words}</span>
              ) : (
                <UnstyledButton
                  className={`${findingClasses['link']} ${classes['clamped']}`}
                  onMouseEnter={() => onLight(path)}
                  onMouseLeave={() => onLight(null)}
                  onClick={() => onLead(path)}
                >
                  {words}
                </UnstyledButton>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {lines.length === 0 ? <Text c="dimmed">{t('plan.noFindings')}</Text> : null}
    </section>
  );
}
