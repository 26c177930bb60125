import { UnstyledButton } from '@mantine/core';

import { useWords } from '../app/language.ts';
import type { Finding } from '../../../domain/wire/conferences.ts';
import classes from './Findings.module.css';
import { type State, StateShape } from './StateMark.tsx';

const SHAPE: Record<Finding['severity'], State> = { error: 'absent', warning: 'review', note: 'unmarked' };
const ORDER: Record<Finding['severity'], number> = { error: 0, warning: 1, note: 2 };

/** What checks noticed, worst first, as sentences; one that speaks of a field leads to it. */
export function Findings({
  findings,
  onPath,
}: {
  findings: readonly Finding[];
  onPath?: (path: string) => void;
}) {
  const { t } = useWords();
  const sorted = findings.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  return (
    <ul className={classes['list']}>
      {sorted.map((finding, index) => (
        // Two findings may have all in common but their place in the list.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={`${finding.code} ${finding.path ?? ''} ${index}`} className={classes['item']}>
          <StateShape state={SHAPE[finding.severity]} />
          <span className={classes['severity']}>{t(`severity.${finding.severity}`)}</span>
          {finding.path !== null && onPath !== undefined ? (
            <UnstyledButton
              className={classes['link'] ?? ''}
              onClick={() => finding.path !== null && onPath(finding.path)}
            >
              {finding.message}
            </UnstyledButton>
          ) : (
            <span>{finding.message}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
