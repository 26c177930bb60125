import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { readCode, showCode } from '../../../domain/activation/code.ts';
import { api } from '../../../domain/wire/api.ts';
import { me, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { useEntered } from '../signin/entered.ts';
import form from '../signin/form.module.css';
import { Frame } from '../signin/Frame.tsx';
import { useFragmentToken } from '../signin/token.ts';
import classes from './activation.module.css';

/** A host comes in with the code of their slip: read by a camera out of the link, or typed. */
export function CodePage() {
  const { t } = useWords();
  const given = useFragmentToken();
  const account = useMe();
  const [typed, setTyped] = useState(() => {
    const read = readCode(given);
    return read.ok ? showCode(read.code) : given;
  });
  const [isOther, setOther] = useState(false);
  // Only the server knows who is signed in: what this machine remembers is no sign-in.
  const known = account.data === undefined || account.data.fromDevice === true ? null : account.data;
  return (
    <Frame title={t('code.title')} about={t('code.about')}>
      {account.isPending ? (
        <Loading />
      ) : known === null || isOther ? (
        <NewHost typed={typed} onTyped={setTyped} />
      ) : (
        <>
          <KnownHost name={known.name} typed={typed} onTyped={setTyped} />
          <Button variant="subtle" onClick={() => setOther(true)}>
            {t('code.other')}
          </Button>
        </>
      )}
    </Frame>
  );
}

interface Props {
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
}

/** The check letter finds a slip of the finger here, before anybody is asked. */
function CodeField({ typed, onTyped }: Props) {
  const { t } = useWords();
  const read = readCode(typed);
  const isWrong = !read.ok && read.fault === 'mistyped';
  return (
    <TextInput
      label={t('code.code')}
      description={t('code.hint')}
      error={isWrong ? t('code.mistyped') : undefined}
      required
      autoFocus={typed === ''}
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={40}
      classNames={{ input: classes['code'] ?? '' }}
      value={typed}
      onChange={(event) => onTyped(event.currentTarget.value)}
    />
  );
}

function NewHost({ typed, onTyped }: Props) {
  const { t } = useWords();
  const entered = useEntered();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const use = useMutation({
    mutationFn: () => call(api.useCode, { body: { code: typed, name, password } }),
  });
  const enter = useMutation({
    mutationFn: (username: string) => call(api.signIn, { body: { username, password } }),
    onSuccess: (came) => entered(came),
  });
  if (use.data !== undefined) {
    const { username, bridgeName, conferenceTitle } = use.data;
    return (
      <Stack role="status">
        <Text fw={600}>{t('code.done', { bridge: bridgeName })}</Text>
        <Text>{conferenceTitle}</Text>
        <div>
          <Text>{t('code.username')}</Text>
          <Text className={classes['username'] ?? ''}>{username}</Text>
          <Text c="dimmed">{t('code.keep')}</Text>
        </div>
        {enter.error === null ? null : <Failure error={enter.error} />}
        <Button loading={enter.isPending} fullWidth onClick={() => enter.mutate(username)} data-autofocus>
          {t('code.enter')}
        </Button>
      </Stack>
    );
  }
  return (
    <form
      className={form['form']}
      onSubmit={(event) => {
        event.preventDefault();
        use.mutate();
      }}
    >
      <CodeField typed={typed} onTyped={onTyped} />
      <TextInput
        label={t('code.name')}
        required
        autoComplete="name"
        maxLength={200}
        autoFocus={typed !== ''}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('code.password')}
        description={t('setUp.passwordHint')}
        autoComplete="new-password"
        required
        minLength={10}
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      {use.error === null ? null : <Failure error={use.error} />}
      <Button type="submit" loading={use.isPending} disabled={!readCode(typed).ok} fullWidth>
        {t('code.submit')}
      </Button>
    </form>
  );
}

/** Whoever is signed in takes the bridge on beside what they have. */
function KnownHost({ name, typed, onTyped }: Props & { readonly name: string }) {
  const { t } = useWords();
  const take = useMutation({
    mutationFn: () => call(api.takeCode, { body: { code: typed } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: me.queryKey }),
  });
  if (take.data !== undefined) {
    return (
      <Stack role="status">
        <Text fw={600}>{t('code.done', { bridge: take.data.bridgeName })}</Text>
        <Text>{take.data.conferenceTitle}</Text>
        <Button renderRoot={(props) => <Link to="/" {...props} />}>{t('code.enter')}</Button>
      </Stack>
    );
  }
  return (
    <form
      className={form['form']}
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate();
      }}
    >
      <Text>{t('code.as', { name })}</Text>
      <CodeField typed={typed} onTyped={onTyped} />
      {take.error === null ? null : <Failure error={take.error} />}
      <Button type="submit" loading={take.isPending} disabled={!readCode(typed).ok} fullWidth>
        {t('code.take')}
      </Button>
    </form>
  );
}
