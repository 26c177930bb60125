import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { signInContracts } from '../../../domain/wire/sign-in.ts';
import { call, isSignedOut } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { closeLine } from '../api/socket.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { UserIcon } from '../parts/icons.tsx';
import { Failure } from '../parts/Pages.tsx';
import { holdsStanding, keepAccount, useMe } from './account.ts';
import { useWords } from './language.ts';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { t, language } = useWords();
  const account = useMe();
  const navigate = useNavigate();
  const [waiting, setWaiting] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const ask = async () => {
    // The door's memory is loaded only where it is needed.
    const { waitingCounts } = await import('../door/outbox.ts');
    const { own } = await waitingCounts(account.data?.id ?? '');
    if (own > 0) setWaiting(own);
    else await leave();
  };
  const stay = () => {
    setWaiting(0);
    setFailure(null);
  };
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
    const [{ forgetPeople }, { lockVaults }] = await Promise.all([
      import('../door/outbox.ts'),
      import('../door/vault.ts'),
    ]);
    lockVaults();
    await forgetPeople(account.data?.id ?? '');
    closeLine();
    keepAccount(null);
    queries.clear();
    await navigate({ to: '/sign-in', search: {} });
  };
  return (
    <>
      {waiting === 0 && failure === null ? null : (
        <Dialog title={t('app.signOut')} onClose={stay}>
          <Stack>
            {failure === null ? null : <Failure error={failure} />}
            {waiting === 0 ? null : (
              <Text>{t('app.signOutWaiting', { n: formatNumber(waiting, language) })}</Text>
            )}
            <Group>
              <Button onClick={() => void leave()}>{t('app.signOut')}</Button>
              <Button variant="default" onClick={stay}>
                {t('app.cancel')}
              </Button>
            </Group>
          </Stack>
        </Dialog>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('app.account', { name: account.data?.name ?? '' })}>
            <UserIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{account.data?.name}</Menu.Label>
          {holdsStanding(account.data, 'audit') ? (
            <Menu.Item onClick={() => void navigate({ to: '/audit' })}>{t('audit.title')}</Menu.Item>
          ) : null}
          {holdsStanding(account.data, 'organize') ? (
            <Menu.Item mih={44} component={Link} to="/units">
              {t('units.title')}
            </Menu.Item>
          ) : null}
          <Menu.Item mih={44} component={Link} to="/account">
            {t('app.myAccount')}
          </Menu.Item>
          <Menu.Item mih={44} onClick={() => void ask()}>
            {t('app.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
