import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { secondFactorContracts } from '../../../domain/wire/second-factor.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { Enrolling } from '../signin/Enrolling.tsx';
import { RecoveryCodes } from '../signin/RecoveryCodes.tsx';
import classes from './account.module.css';
import { mySecondFactor } from './queries.ts';
import { useProven } from './useProven.tsx';

/** The second factor: setting it up, another app, recovery codes, doing without. */
export function Factor() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { run, asking } = useProven();
  const factor = useQuery(mySecondFactor);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = () => queries.invalidateQueries({ queryKey: ['my-account'] });
  const begin = useMutation({
    mutationFn: () => run(() => call(secondFactorContracts.beginSecondFactor, {})),
  });
  const finish = useMutation({
    mutationFn: (code: string) =>
      run(() => call(secondFactorContracts.finishSecondFactor, { body: { code } })),
    onSuccess: async ({ recoveryCodes }) => {
      begin.reset();
      setCodes(recoveryCodes);
      await changed();
    },
  });
  const renew = useMutation({
    mutationFn: () => run(() => call(secondFactorContracts.newRecoveryCodes, {})),
    onSuccess: async ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      await changed();
    },
  });
  const end = useMutation({
    mutationFn: () => run(() => call(secondFactorContracts.endSecondFactor, {})),
    onSuccess: changed,
  });
  const error = begin.error ?? renew.error ?? end.error;
  return (
    <section className={classes['section']} aria-label={t('account.factor')}>
      <Title order={2}>{t('account.factor')}</Title>
      <Answered query={factor}>
        {({ on, needed, recoveryCodes }) => (
          <>
            <Text>
              {t(on ? 'account.factorOn' : 'account.factorOff')}
              {needed ? ` ${t('account.factorNeeded')}` : ''}
              {on ? ` ${t('account.codesLeft', { n: formatNumber(recoveryCodes, language) })}` : ''}
            </Text>
            <Group gap="sm">
              <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
                {t(on ? 'account.otherApp' : 'account.turnOn')}
              </Button>
              {on ? (
                <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
                  {t('account.newCodes')}
                </Button>
              ) : null}
              {on && !needed ? (
                <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
                  {t('account.turnOff')}
                </Button>
              ) : null}
            </Group>
          </>
        )}
      </Answered>
      {error === null ? null : <Failure error={error} />}
      {begin.data === undefined ? null : (
        <Dialog title={t('more.enrol')} onClose={() => begin.reset()}>
          <Stack>
            <Enrolling
              enrolment={begin.data}
              busy={finish.isPending}
              error={finish.error}
              onCode={finish.mutate}
            />
          </Stack>
        </Dialog>
      )}
      {codes === null ? null : (
        <Dialog title={t('more.recovery')} onClose={() => setCodes(null)}>
          <Stack>
            <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
          </Stack>
        </Dialog>
      )}
      {asking}
    </section>
  );
}
