import { Alert, Text } from '@mantine/core';

import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { MailLine } from '../../../domain/wire/mail.ts';
import { useWords } from '../app/language.ts';
import classes from './mail.module.css';

/** How mail is sent, and whether anything goes at the moment. */
export function LineState({ line }: { line: MailLine }) {
  const { t, language } = useWords();
  const { kind, from, perMinute, trouble } = line;
  if (trouble !== null) {
    const at = {
      since: formatDateTime(trouble.since, language),
      again: formatTime(trouble.againAt),
    };
    return (
      <Alert color="red" variant="outline" className={classes['line'] ?? ''} role="status">
        <Text>{t('mail.line.trouble', { ...at, sentence: trouble.sentence })}</Text>
        {trouble.said === '' ? null : (
          <Text size="sm" className={classes['said'] ?? ''}>
            {t('mail.line.said', { said: trouble.said })}
          </Text>
        )}
      </Alert>
    );
  }
  if (kind !== 'smtp') {
    return (
      <Alert color="yellow" variant="outline" className={classes['line'] ?? ''} role="status">
        {t(`mail.line.${kind}`)}
      </Alert>
    );
  }
  return (
    <Text c="dimmed" className={classes['line'] ?? ''}>
      {t('mail.line.smtp', { from: from ?? '', n: formatNumber(perMinute ?? 0, language) })}
    </Text>
  );
}
