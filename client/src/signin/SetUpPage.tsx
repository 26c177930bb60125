import { Alert, Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import { useEntered } from './entered.ts';
import { Frame } from './Frame.tsx';
import { NewPasswordField } from './NewPasswordField.tsx';
import classes from './form.module.css';
import { useFragmentToken } from './token.ts';

/** The first organizer, by the link that the program prints at its first start. */
export function SetUpPage() {
  const { t } = useWords();
  const token = useFragmentToken();
  const entered = useEntered();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const setUp = useMutation({
    mutationFn: () => call(signInContracts.setUp, { body: { token, username, name, password } }),
    onSuccess: (came) => entered(came),
  });
  return (
    <Frame title={t('setUp.title')} about={t('setUp.about')}>
      {token === '' ? <Alert color="orange">{t('setUp.noToken')}</Alert> : null}
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          setUp.mutate();
        }}
      >
        <TextInput
          label={t('setUp.name')}
          autoComplete="name"
          required
          autoFocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('signIn.username')}
          description={t('setUp.usernameHint')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={3}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <NewPasswordField label={t('signIn.password')} value={password} onChange={setPassword} />
        {setUp.error === null ? null : <Failure error={setUp.error} />}
        <Button type="submit" loading={setUp.isPending} disabled={token === ''} fullWidth>
          {t('setUp.submit')}
        </Button>
      </form>
    </Frame>
  );
}
