import { Button, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { singleSignOnContracts } from '../../../domain/wire/single-sign-on.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './account.module.css';
import { mySingleSignOn } from './queries.ts';
import { useProven } from './useProven.tsx';

/** The link with an account of the single sign-on, where there is one. */
export function SingleSignOn() {
  const { t } = useWords();
  const queries = useQueryClient();
  const { run, asking } = useProven();
  const own = useQuery(mySingleSignOn).data;
  const link = useMutation({
    mutationFn: () => run(() => call(singleSignOnContracts.linkSingleSignOn, {})),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const unlink = useMutation({
    mutationFn: () => run(() => call(singleSignOnContracts.unlinkSingleSignOn, {})),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['my-account'] }),
  });
  if (own === undefined || own.provider === null) return null;
  const { provider, linked } = own;
  const change = linked ? unlink : link;
  const error = link.error ?? unlink.error;
  return (
    <section className={classes['section']} aria-label={t('account.sso', { provider })}>
      <Title order={2}>{t('account.sso', { provider })}</Title>
      <Text>{t(linked ? 'account.linked' : 'account.notLinked', { provider })}</Text>
      <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
        {t(linked ? 'account.unlink' : 'account.link')}
      </Button>
      {error === null ? null : <Failure error={error} />}
      {asking}
    </section>
  );
}
