import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import { useEntered } from './entered.ts';
import { Frame } from './Frame.tsx';
import classes from './form.module.css';
import { OtherWays } from './OtherWays.tsx';
import { step } from './step.ts';

export function SignInPage() {
  const { t } = useWords();
  const { next, other } = useSearch({ from: '/sign-in' });
  const where = useQuery({ ...step, enabled: other !== true }).data;
  const entered = useEntered();
  const navigate = useNavigate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => call(signInContracts.signIn, { body: { username, password } }),
    onSuccess: (came) => entered(came, next),
  });
  // Whoever is signed in has no use for this page, as where it was loaded anew while the answer came.
  const isIn = other !== true && where?.step === 'in';
  useEffect(() => {
    if (isIn) void navigate({ href: next ?? '/', replace: true });
  }, [isIn, navigate, next]);
  // They have shown one factor already: the page goes on where they were.
  if (other !== true && (where?.step === 'code' || where?.step === 'enrol'))
    return <Navigate to="/sign-in/more" search={next === undefined ? {} : { next }} replace />;
  return (
    <Frame title={t('signIn.title')} about={t('signIn.about')}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <TextInput
          label={t('signIn.username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        />
        {signIn.error === null ? null : <Failure error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} fullWidth>
          {t('signIn.submit')}
        </Button>
      </form>
      <OtherWays next={next} />
    </Frame>
  );
}
