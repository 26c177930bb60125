import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';

import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './form.module.css';

interface Props {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onCode: (code: string) => void;
}

/** Asks for the code of the app. */
export function CodeForm({ busy, error, onCode }: Props) {
  const { t } = useWords();
  const [code, setCode] = useState('');
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        onCode(code);
      }}
    >
      <TextInput
        label={t('more.codeField')}
        description={t('more.codeHint')}
        autoComplete="one-time-code"
        inputMode="text"
        autoCapitalize="none"
        spellCheck={false}
        required
        data-autofocus
        autoFocus
        maxLength={40}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} />}
      <Button type="submit" loading={busy} fullWidth>
        {t('more.submit')}
      </Button>
    </form>
  );
}
