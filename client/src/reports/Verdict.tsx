import { Button, Group, Stack, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { api } from '../../../domain/wire/api.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';

/** The level above accepts a report, or returns it and says why. */
export function Verdict({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [remark, setRemark] = useState('');
  const params = { conference, bridge };
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['conference', conference] });
  const accept = useMutation({ mutationFn: () => call(api.acceptHeadcount, { params }), onSuccess });
  const back = useMutation({
    mutationFn: () => call(api.returnHeadcount, { params, body: { remark } }),
    onSuccess,
  });
  return (
    <Stack gap="sm" p="md" bd="1px solid var(--line)" style={{ borderRadius: 8 }}>
      <Title order={2}>{t('verdict.title')}</Title>
      <Textarea
        label={t('verdict.remark')}
        maxLength={2000}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      {accept.error === null ? null : <Failure error={accept.error} />}
      {back.error === null ? null : <Failure error={back.error} />}
      <Group>
        <Button loading={accept.isPending} onClick={() => accept.mutate()}>
          {t('verdict.accept')}
        </Button>
        <Button
          variant="default"
          loading={back.isPending}
          disabled={remark.trim() === ''}
          onClick={() => back.mutate()}
        >
          {t('verdict.return')}
        </Button>
      </Group>
    </Stack>
  );
}
