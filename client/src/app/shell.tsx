import { Button, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';

import { isSignedOut } from '../api/call.ts';
import { closeLine } from '../api/socket.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { me, onOtherAccount, useMe } from './account.ts';
import { learn, useWords } from './language.ts';
import { NotThere } from './NotThere.tsx';
import classes from './shell.module.css';

const OfflineStart = lazy(async () => {
  const [page] = await Promise.all([import('../door/OfflineStart.tsx'), learn('door')]);
  return { default: page.OfflineStart };
});

/**
 * Lets in who is signed in, sends others to sign in and back again. Where the server cannot be asked, this machine knows
 * who worked at it last: that opens the doors that it has, and no other page.
 */
export function SignedIn() {
  const account = useMe();
  const queries = useQueryClient();
  const isDoor = useLocation().pathname.startsWith('/door/');
  useEffect(
    () =>
      onOtherAccount(() => {
        closeLine();
        void queries.resetQueries({ queryKey: me.queryKey });
      }),
    [queries],
  );
  // Nobody is thrown out of a queue: a door that is open says itself that the sign-in has ended.
  if (account.data !== undefined && (isDoor || !isSignedOut(account.error))) {
    return (
      <Suspense fallback={<Loading />}>
        {account.data.fromDevice === true && !isDoor ? <OfflineStart account={account.data} /> : <Outlet />}
      </Suspense>
    );
  }
  if (isSignedOut(account.error)) return <ToSignIn />;
  if (account.error !== null) {
    return (
      <main className={classes['page']}>
        <Failure error={account.error} onRetry={() => void account.refetch()} />
      </main>
    );
  }
  return <Loading />;
}

/** Goes to the sign-in page, once, and remembers from where: while the page changes, the address does so too. */
function ToSignIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  const [from] = useState(href);
  useEffect(() => {
    void navigate({ to: '/sign-in', search: from === '/' ? {} : { next: from }, replace: true });
  }, [navigate, from]);
  return <Loading />;
}

/** No page has this address. */
export function NoSuchPage() {
  return (
    <main className={classes['page']}>
      <NotThere />
    </main>
  );
}

/** A bug of ours, or a page of an older version that is gone from the server. */
export function WentWrong() {
  const { t } = useWords();
  return (
    <main className={classes['page']}>
      <Title order={1}>{t('failure.page')}</Title>
      <Text my="md">{t('failure.pageMore')}</Text>
      <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
    </main>
  );
}
