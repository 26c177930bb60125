import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { headcountContracts } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './reports.module.css';

/** A difficulty (khó khăn, vướng mắc) goes up at any time. */
export function Difficulty({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const report = useMutation({
    mutationFn: () =>
      call(headcountContracts.reportDifficulty, { params: { conference, bridge }, body: { text } }),
    onSuccess: () => setText(''),
  });
  return (
    <details className={classes['more']}>
      <summary>{t('difficulty.title')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          report.mutate();
        }}
      >
        <Stack gap="sm">
          <Textarea
            label={t('difficulty.text')}
            maxLength={4000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {report.error === null ? null : <Failure error={report.error} />}
          {report.data === undefined ? null : (
            <Text role="status">
              {report.data.addressee === null
                ? t('difficulty.sent')
                : t('difficulty.sentTo', { addressee: report.data.addressee })}
            </Text>
          )}
          <Button type="submit" variant="default" disabled={text.trim() === ''} loading={report.isPending}>
            {t('difficulty.send')}
          </Button>
        </Stack>
      </form>
    </details>
  );
}
