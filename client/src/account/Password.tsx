import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { NewPasswordField } from '../signin/NewPasswordField.tsx';
import { Failure } from '../parts/Pages.tsx';
import classes from './account.module.css';
import { useProven } from './useProven.tsx';

/** Choosing another password. */
export function Password({ has }: { has: boolean }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { run, asking } = useProven();
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => run(() => call(signInContracts.changePassword, { body: { password } })),
    onSuccess: async () => {
      setPassword('');
      await queries.invalidateQueries({ queryKey: ['my-account'] });
    },
  });
  return (
    <section className={classes['section']} aria-label={t('account.password')}>
      <Title order={2}>{t('account.password')}</Title>
      <Text>{t(has ? 'account.passwordAbout' : 'account.noPassword')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          <NewPasswordField label={t('account.newPassword')} value={password} onChange={setPassword} />
          {change.error === null ? null : <Failure error={change.error} />}
          <div>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('account.change')}
            </Button>
          </div>
        </Stack>
      </form>
      <Text role="status">{change.isSuccess ? t('account.changed') : ''}</Text>
      {asking}
    </section>
  );
}
