import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { call, Refused } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { hasPasskeys, signInByPasskey } from '../signin/passkey.ts';
import { useEntered } from '../signin/entered.ts';
import { myAccount, myPasskeys } from './queries.ts';

/** Whether the server first wants to know once more who is there. */
function isNotProven(error: unknown): boolean {
  return error instanceof Refused && error.problem.code === 'not-proven';
}

/**
 * Runs what changes the ways to sign in. Where the server wants to know first who is there, the person is asked, and then it runs
 * again. `asking` is to stand on the page.
 */
export function useProven(): {
  readonly run: <Value>(deed: () => Promise<Value>) => Promise<Value>;
  readonly asking: ReactNode;
} {
  const [waiting, setWaiting] = useState<{ readonly go: () => void; readonly stop: () => void } | null>(null);
  const run = async <Value,>(deed: () => Promise<Value>): Promise<Value> => {
    try {
      return await deed();
    } catch (error) {
      if (!isNotProven(error)) throw error;
      await new Promise<void>((resolve, reject) => {
        setWaiting({ go: resolve, stop: () => reject(error) });
      });
      return await deed();
    }
  };
  const asking =
    waiting === null ? null : (
      <Confirm
        onProven={() => {
          setWaiting(null);
          waiting.go();
        }}
        onClose={() => {
          setWaiting(null);
          waiting.stop();
        }}
      />
    );
  return { run, asking };
}

function Confirm({ onProven, onClose }: { onProven: () => void; onClose: () => void }) {
  const { t } = useWords();
  const entered = useEntered();
  const own = useQuery(myAccount).data;
  const passkeys = useQuery(myPasskeys).data?.items ?? [];
  const [password, setPassword] = useState('');
  const byPassword = useMutation({
    mutationFn: () => call(signInContracts.confirm, { body: { password } }),
    onSuccess: onProven,
  });
  const byPasskey = useMutation({
    mutationFn: signInByPasskey,
    onSuccess: async (came) => {
      // Somebody else's passkey: it is theirs now, and so is the page.
      if (came.step !== 'in' || came.account.id !== own?.id) await entered(came, '/account');
      else onProven();
    },
  });
  const mayPasskey = passkeys.length > 0 && hasPasskeys();
  return (
    <Dialog title={t('account.confirm')} onClose={onClose}>
      <Stack>
        <Text>{t('account.confirmAbout')}</Text>
        {own?.password === true ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              byPassword.mutate();
            }}
          >
            <Stack>
              <PasswordInput
                label={t('signIn.password')}
                autoComplete="current-password"
                required
                data-autofocus
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
              />
              {byPassword.error === null ? null : <Failure error={byPassword.error} />}
              <Button type="submit" loading={byPassword.isPending}>
                {t('more.submit')}
              </Button>
            </Stack>
          </form>
        ) : null}
        {mayPasskey ? (
          <Button variant="default" loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            {t('account.confirmPasskey')}
          </Button>
        ) : null}
        {byPasskey.error === null ? null : <Text role="alert">{t('signIn.passkeyFailed')}</Text>}
        {own?.password === false && !mayPasskey ? <Text>{t('account.confirmNone')}</Text> : null}
      </Stack>
    </Dialog>
  );
}
