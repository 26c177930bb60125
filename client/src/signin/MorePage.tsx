import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

import { secondFactorContracts } from '../../../domain/wire/second-factor.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { CodeForm } from './CodeForm.tsx';
import { Enrolling } from './Enrolling.tsx';
import { useEntered } from './entered.ts';
import classes from './form.module.css';
import { Frame } from './Frame.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { step } from './step.ts';

/** What is asked of somebody who has shown one factor, before anything is open to them. */
export function MorePage() {
  const { t } = useWords();
  const { next } = useSearch({ from: '/sign-in/more' });
  const where = useQuery(step);
  if (where.data === undefined) {
    return (
      <Frame title={t('more.code')} about="">
        {where.error === null ? <Loading minHeight={120} /> : <Failure error={where.error} />}
      </Frame>
    );
  }
  switch (where.data?.step) {
    case 'code':
      return <GiveCode name={where.data.name} next={next} />;
    case 'enrol':
      return <Enrol name={where.data.name} next={next} />;
    case 'in':
      return <Navigate to={next ?? '/'} replace />;
    default:
      return (
        <Frame title={t('more.over')} about="">
          <Other>{t('more.back')}</Other>
        </Frame>
      );
  }
}

interface Asked {
  readonly name: string;
  readonly next: string | undefined;
}

function GiveCode({ name, next }: Asked) {
  const { t } = useWords();
  const entered = useEntered();
  const give = useMutation({
    mutationFn: (code: string) => call(secondFactorContracts.giveCode, { body: { code } }),
    onSuccess: (came) => entered(came, next),
  });
  return (
    <Frame title={t('more.code')} about={t('more.codeAbout', { name })}>
      <CodeForm busy={give.isPending} error={give.error} onCode={give.mutate} />
      <Other>{t('more.other')}</Other>
    </Frame>
  );
}

function Enrol({ name, next }: Asked) {
  const { t } = useWords();
  const entered = useEntered();
  const begin = useMutation({ mutationFn: () => call(secondFactorContracts.beginEnrolment, {}) });
  const finish = useMutation({
    mutationFn: (code: string) => call(secondFactorContracts.finishEnrolment, { body: { code } }),
  });
  const { mutate } = begin;
  useEffect(() => mutate(), [mutate]);
  if (finish.data !== undefined) {
    const { recoveryCodes, entered: came } = finish.data;
    return (
      <Frame title={t('more.recovery')} about="">
        <RecoveryCodes codes={recoveryCodes} onKept={() => void entered(came, next)} />
      </Frame>
    );
  }
  return (
    <Frame title={t('more.enrol')} about={t('more.enrolAbout', { name })}>
      {begin.error === null ? null : <Failure error={begin.error} onRetry={mutate} />}
      {begin.data === undefined ? (
        <Loading minHeight={120} />
      ) : (
        <Enrolling
          enrolment={begin.data}
          busy={finish.isPending}
          error={finish.error}
          onCode={finish.mutate}
        />
      )}
      <Other>{t('more.other')}</Other>
    </Frame>
  );
}

function Other({ children }: { children: string }) {
  return (
    <Link to="/sign-in" search={{ other: true }} className={classes['other'] ?? ''}>
      {children}
    </Link>
  );
}
