import { Alert, List } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { LastDeed } from '../parts/LastDeed.tsx';
import { Failure } from '../parts/Pages.tsx';
import type { Decisions } from './useDecisions.ts';

/** Of those that could not be decided on, so many are named. */
const NAMED = 10;

/** Says what was just decided, takes it back, and names those for which it did not hold. */
export function LastDecision({ of: { last, decide, refused } }: { of: Decisions }) {
  const { t, language } = useWords();
  return (
    <>
      {refused.length === 0 ? null : (
        <Alert
          color="orange"
          role="alert"
          title={t('reports.refused', { n: formatNumber(refused.length, language) })}
        >
          <List size="sm">
            {refused.slice(0, NAMED).map(({ bridge, name, message }) => (
              <List.Item key={bridge}>
                <b>{name}</b>: {message}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {decide.error === null ? null : <Failure error={decide.error} />}
      <LastDeed of={last} undo={t('reports.takeBack')} />
    </>
  );
}
