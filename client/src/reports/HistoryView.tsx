import { Text } from '@mantine/core';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { HeadcountReport } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';

/** What happened to a report, latest first. */
export function HistoryView({ history }: { history: HeadcountReport['history'] }) {
  const { t, language } = useWords();
  return (
    <ul>
      {history.toReversed().map((step) => (
        <li key={`${step.revision} ${step.step} ${step.at}`}>
          <Text>
            {t(`reportStep.${step.step}`, {
              by: step.by,
              at: formatDateTime(step.at, language),
              total: formatNumber(step.total, language),
            })}
            {step.remark === null ? '' : ` ${step.remark}`}
          </Text>
        </li>
      ))}
    </ul>
  );
}
