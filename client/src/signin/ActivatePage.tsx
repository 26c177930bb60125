import { Alert, Button } from '@mantine/core';
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

/** A person who was given a role chooses a password with the link that they were sent. */
export function ActivatePage() {
  const { t } = useWords();
  const token = useFragmentToken();
  const entered = useEntered();
  const [password, setPassword] = useState('');
  const activate = useMutation({
    mutationFn: () => call(signInContracts.activate, { body: { token, password } }),
    onSuccess: (came) => entered(came),
  });
  return (
    <Frame title={t('activate.title')} about={t('activate.about')}>
      {token === '' ? <Alert color="orange">{t('activate.noToken')}</Alert> : null}
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          activate.mutate();
        }}
      >
        <NewPasswordField label={t('activate.password')} autoFocus value={password} onChange={setPassword} />
        {activate.error === null ? null : <Failure error={activate.error} />}
        <Button type="submit" loading={activate.isPending} disabled={token === ''} fullWidth>
          {t('activate.submit')}
        </Button>
      </form>
    </Frame>
  );
}
