import { Button, Text } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { PlacementFinding, PlacementSummary } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { type State, StateShape } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './composition.module.css';
import type { View } from './views.ts';

const SHAPE: Record<PlacementFinding['severity'], State> = {
  error: 'absent',
  warning: 'review',
  note: 'unmarked',
};
const ORDER: Record<PlacementFinding['severity'], number> = { error: 0, warning: 1, note: 2 };
/** Opened by itself where somebody must act. */
const FEW = 6;

/** What needs somebody, worst first, each with what to do and the way there. */
export function ToDo({
  summary,
  onGo,
}: {
  summary: PlacementSummary;
  onGo: (to: { view: View; bridge?: string; clause?: string }) => void;
}) {
  const { t, language } = useWords();
  const { findingCount } = summary;
  if (findingCount === 0) return <Text>{t('composition.nothingToDo')}</Text>;
  const findings = summary.findings.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const hidden = findingCount - findings.length;
  return (
    <details className={classes['details']} open={findingCount <= FEW}>
      <summary>{t('placement.findings', { n: formatNumber(findingCount, language) })}</summary>
      <VirtualRows
        label={t('composition.toDo')}
        count={findings.length}
        rowHeight={72}
        maxHeight="24rem"
        keyOf={String}
        render={(index) => {
          const finding = findings[index];
          if (finding === undefined) return null;
          const { bridge, clause } = finding;
          return (
            <div className={classes['finding']}>
              <StateShape state={SHAPE[finding.severity]} />
              <span>
                <b>{t(`severity.${finding.severity}`)}</b>: {finding.message}
                <br />
                <span className={classes['more']}>{finding.todo}</span>
              </span>
              {clause !== null ? (
                <Button variant="default" onClick={() => onGo({ view: 'clauses', clause })}>
                  {t('composition.openClause')}
                </Button>
              ) : bridge !== null ? (
                <Button variant="default" onClick={() => onGo({ view: 'rooms', bridge })}>
                  {t('composition.openBridge')}
                </Button>
              ) : null}
            </div>
          );
        }}
      />
      {hidden > 0 ? (
        <Text c="dimmed">{t('composition.moreFindings', { n: formatNumber(hidden, language) })}</Text>
      ) : null}
    </details>
  );
}
