import { Button, Group, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { call, isSignedOut } from '../api/call.ts';
import { queries } from '../api/queryClient.ts';
import { closeLine } from '../api/socket.ts';
import { forgetPeople, waitingCounts } from '../door/outbox.ts';
import { lockVaults } from '../door/vault.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { keepAccount } from './account.ts';
import { useWords } from './language.ts';

/** Ends the sign-in of an account, at once or after a question where something of it still waits on this machine. */
export function SignOut({ account, onStay }: { readonly account: string; readonly onStay: () => void }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const leave = async () => {
    try {
      await call(signInContracts.signOut, {});
    } catch (error) {
      // Without the server the sign-in would go on behind a page that says it ended.
      if (!isSignedOut(error)) {
        setFailure(error);
        return;
      }
    }
    lockVaults();
    await forgetPeople(account);
    closeLine();
    keepAccount(null);
    queries.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void waitingCounts(account).then(({ own }) => (own > 0 ? setWaiting(own) : leave()));
    // Asked once, when somebody wants to leave.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [account]);
  if (waiting === 0 && failure === null) return null;
  return (
    <Dialog title={t('app.signOut')} onClose={onStay}>
      <Stack>
        {failure === null ? null : <Failure error={failure} />}
        {waiting === 0 ? null : (
          <Text>{t('app.signOutWaiting', { n: formatNumber(waiting, language) })}</Text>
        )}
        <Group>
          <Button onClick={() => void leave()}>{t('app.signOut')}</Button>
          <Button variant="default" onClick={onStay}>
            {t('app.cancel')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
