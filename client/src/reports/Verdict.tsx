import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { headcountContracts, type HeadcountReport } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { call, isOutOfDate } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './reports.module.css';

interface Props {
  readonly conference: string;
  readonly bridge: string;
  readonly report: HeadcountReport;
}

/**
 * The level above accepts what was sent, or returns it and says why; also what it has accepted, where the unit must
 * change it. It decides on the revision that it sees here: where the unit has sent anew since, the new one is shown
 * first.
 */
export function Verdict({ conference, bridge, report }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [remark, setRemark] = useState('');
  const decide = useMutation({
    mutationFn: (step: 'accept' | 'return') => {
      const input = { params: { conference, bridge }, query: { revision: report.revision } };
      return step === 'accept'
        ? call(headcountContracts.acceptHeadcount, input)
        : call(headcountContracts.returnHeadcount, { ...input, body: { remark } });
    },
    onSuccess: () => setRemark(''),
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference] }),
  });
  const { state, revision, content } = report;
  if (state === 'returned' && decide.error === null) return null;
  const chair = [content.chairName, content.chairPost].filter(Boolean).join(', ');
  return (
    <Stack component="section" className={classes['verdict'] ?? ''} gap="sm">
      <Title order={2}>{t('verdict.title')}</Title>
      <Text>
        {t('verdict.sent', { n: revision, total: formatNumber(content.total, language) })}
        {chair === '' ? '' : ` ${t('verdict.chair', { chair })}`}
      </Text>
      {content.remark === null ? null : <Text>{t('verdict.note', { text: content.remark })}</Text>}
      {decide.error === null ? null : <Failure error={decide.error} />}
      {isOutOfDate(decide.error) ? <Text role="status">{t('verdict.reloaded')}</Text> : null}
      {state === 'returned' ? null : (
        <>
          <Textarea
            label={t('verdict.remark')}
            maxLength={2000}
            value={remark}
            onChange={(event) => setRemark(event.currentTarget.value)}
          />
          <Group>
            {state === 'accepted' ? null : (
              <Button loading={decide.isPending} onClick={() => decide.mutate('accept')}>
                {t('verdict.accept')}
              </Button>
            )}
            <Button
              variant="default"
              loading={decide.isPending}
              disabled={remark.trim() === ''}
              onClick={() => decide.mutate('return')}
            >
              {t('verdict.return')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  );
}
