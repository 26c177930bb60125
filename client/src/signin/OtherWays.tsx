import { Alert, Button, Divider } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import { singleSignOnContracts } from '../../../domain/wire/single-sign-on.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { useEntered } from './entered.ts';
import { BrokenOff, hasPasskeys, signInByPasskey } from './passkey.ts';
import { ways } from './ways.ts';

/** The ways in beside name and password, as far as this server and this browser have them. */
export function OtherWays({ next }: { next: string | undefined }) {
  const { t } = useWords();
  const entered = useEntered();
  const known = useQuery(ways).data;
  const byPasskey = useMutation({
    mutationFn: signInByPasskey,
    onSuccess: (came) => entered(came, next),
  });
  const bySingleSignOn = useMutation({
    mutationFn: () => call(singleSignOnContracts.beginSingleSignOn, { body: { next: next ?? null } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const passkeys = known?.passkeys === true && hasPasskeys();
  const provider = known?.singleSignOn ?? null;
  if (!passkeys && provider === null) return null;
  const error = byPasskey.error ?? bySingleSignOn.error;
  return (
    <>
      <Divider label={t('signIn.or')} />
      {provider === null ? null : (
        <Button
          variant="default"
          fullWidth
          loading={bySingleSignOn.isPending || bySingleSignOn.isSuccess}
          onClick={() => bySingleSignOn.mutate()}
        >
          {t('signIn.sso', { provider })}
        </Button>
      )}
      {passkeys ? (
        <Button variant="default" fullWidth loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('signIn.passkey')}
        </Button>
      ) : null}
      {error === null ? null : error instanceof BrokenOff ? (
        <Alert color="orange" role="alert">
          {t('signIn.passkeyFailed')}
        </Alert>
      ) : (
        <Failure error={error} />
      )}
    </>
  );
}
