import { Alert, Text } from '@mantine/core';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Reminding } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';

/** That the report was asked for (đôn đốc): when, by whom, and in their words. */
export function ReminderBanner({ reminders }: { reminders: readonly Reminding[] }) {
  const { t, language } = useWords();
  const [last] = reminders;
  if (last === undefined) return null;
  return (
    <Alert color="blue" role="status" title={t('reminder.title', { at: formatDateTime(last.at, language) })}>
      <Text>{t('reminder.text', { by: last.by })}</Text>
      {last.words === null ? null : <Text fw={600}>{last.words}</Text>}
      {reminders.length > 1 ? (
        <Text size="sm">{t('reminder.times', { n: formatNumber(reminders.length, language) })}</Text>
      ) : null}
    </Alert>
  );
}
