import { Button, Divider, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { readCode, showCode } from '../../../domain/activation/code.ts';
import { activationContracts } from '../../../domain/wire/activation.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { signInContracts, type Entered } from '../../../domain/wire/sign-in.ts';
import { me, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { queries } from '../api/queryClient.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { useEntered } from '../signin/entered.ts';
import form from '../signin/form.module.css';
import { Frame } from '../signin/Frame.tsx';
import { NewPasswordField } from '../signin/NewPasswordField.tsx';
import { BrokenOff, hasPasskeys, signInByPasskey, becomeHostWithPasskey } from '../signin/passkey.ts';
import { useFragmentToken } from '../signin/token.ts';
import { ways } from '../signin/ways.ts';
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
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const may = useQuery(ways).data?.passkeys === true && hasPasskeys();
  const use = useMutation({
    mutationFn: () => call(activationContracts.useCode, { body: { code: typed, name, password } }),
  });
  const useWithPasskey = useMutation({ mutationFn: () => becomeHostWithPasskey({ code: typed, name }) });
  const host = use.data ?? useWithPasskey.data;
  if (host !== undefined) {
    const enter = (): Promise<Entered> =>
      use.data === undefined
        ? signInByPasskey()
        : call(signInContracts.signIn, { body: { username: host.username, password } });
    return <Welcome host={host} byPasskey={use.data === undefined} enter={enter} />;
  }
  const isReady = readCode(typed).ok;
  return (
    <form
      className={form['form']}
      onSubmit={(event) => {
        event.preventDefault();
        useWithPasskey.reset();
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
      <NewPasswordField label={t('code.password')} value={password} onChange={setPassword} />
      {use.error === null ? null : <Failure error={use.error} />}
      <Button type="submit" loading={use.isPending} disabled={!isReady} fullWidth>
        {t('code.submit')}
      </Button>
      {may ? (
        <>
          <Divider label={t('signIn.or')} />
          <Text id="passkey-hint">{t('code.passkeyHint')}</Text>
          <Button
            variant="default"
            fullWidth
            aria-describedby="passkey-hint"
            loading={useWithPasskey.isPending}
            disabled={!isReady || name.trim() === ''}
            onClick={() => {
              use.reset();
              useWithPasskey.mutate();
            }}
          >
            {t('code.passkey')}
          </Button>
          <PasskeyFailure error={useWithPasskey.error} />
        </>
      ) : null}
    </form>
  );
}

function PasskeyFailure({ error }: { readonly error: unknown }) {
  const { t } = useWords();
  if (error === null) return null;
  // Nothing was used up: the code is as good as before.
  return error instanceof BrokenOff ? (
    <Text role="alert">{t('code.passkeyFailed')}</Text>
  ) : (
    <Failure error={error} />
  );
}

interface WelcomeProps {
  readonly host: AnswerOf<typeof activationContracts.useCode>;
  readonly byPasskey: boolean;
  readonly enter: () => Promise<Entered>;
}

/** Whoever has just become a host: where, and how they come in from now on. */
function Welcome({ host, byPasskey, enter }: WelcomeProps) {
  const { t } = useWords();
  const entered = useEntered();
  const entering = useMutation({ mutationFn: enter, onSuccess: (came) => entered(came) });
  return (
    <Stack role="status">
      <Text fw={600}>{t('code.done', { bridge: host.bridgeName })}</Text>
      <Text>{host.conferenceTitle}</Text>
      <div>
        <Text>{t('code.username')}</Text>
        <Text className={classes['username'] ?? ''}>{host.username}</Text>
        <Text c="dimmed">{t(byPasskey ? 'code.keepPasskey' : 'code.keep')}</Text>
      </div>
      {byPasskey ? (
        <PasskeyFailure error={entering.error} />
      ) : entering.error === null ? null : (
        <Failure error={entering.error} />
      )}
      <Button loading={entering.isPending} fullWidth onClick={() => entering.mutate()} data-autofocus>
        {t('code.enter')}
      </Button>
    </Stack>
  );
}

/** Whoever is signed in takes the bridge on beside what they have. */
function KnownHost({ name, typed, onTyped }: Props & { readonly name: string }) {
  const { t } = useWords();
  const take = useMutation({
    mutationFn: () => call(activationContracts.takeCode, { body: { code: typed } }),
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
