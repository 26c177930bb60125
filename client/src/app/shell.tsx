import { Anchor, Button, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';

import { isSignedOut } from '../api/call.ts';
import { conferenceList } from '../api/queries.ts';
import { closeLine } from '../api/socket.ts';
import { auditPlaceOf } from '../audit/place.ts';
import { BridgeMark } from '../parts/icons.tsx';
import { Failure, Loading } from '../parts/Pages.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { holdsBelow, holdsWhole, me, onlyDoor, onOtherAccount, useMe } from './account.ts';
import { useWords } from './language.ts';
import { LanguageSwitch, SchemeSwitch } from './preferences.tsx';
import classes from './shell.module.css';

const OfflineStart = lazy(async () => ({ default: (await import('../door/OfflineStart.tsx')).OfflineStart }));

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

/** The frame of every office page: who and where one is, and the way out. */
export function Shell() {
  const { t } = useWords();
  return (
    <>
      <a className={classes['skip']} href="#main">
        {t('app.skip')}
      </a>
      <header className={classes['header']}>
        <Link to="/" className={classes['home'] ?? ''} aria-label={t('app.home')}>
          <BridgeMark />
          <span>Nhịp Cầu</span>
        </Link>
        <div className={classes['tools']}>
          <LanguageSwitch />
          <SchemeSwitch />
          <AccountMenu />
        </div>
      </header>
      <main id="main" className={classes['page']} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

const PAGES = [
  'plan',
  'bridges',
  'people',
  'placement',
  'reports',
  'live',
  'control',
  'agenda',
  'roles',
  'audit',
] as const;

/** Name of the conference and the way between its pages: those where the account has anything to see. */
export function ConferenceFrame() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference' });
  const account = useMe();
  const list = useQuery(conferenceList);
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    // On a phone the pages do not all fit: the one that is open should be in sight.
    const tab = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (tab !== null && tab !== undefined) nav.current?.scrollTo({ left: tab.offsetLeft - 80 });
    // Which tab is the open one changes with the address.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [pathname, list.isPending]);
  const found = list.data?.items.find((item) => item.id === conference);
  const may = {
    plan: true,
    bridges: true,
    people: holdsWhole(account.data, conference, 'people'),
    placement: holdsWhole(account.data, conference, 'people'),
    reports: holdsBelow(account.data, conference, 'read'),
    live: true,
    control: holdsBelow(account.data, conference, 'control'),
    agenda: true,
    roles: holdsBelow(account.data, conference, 'people'),
    audit: auditPlaceOf(account.data, conference) !== null,
  };
  const shown = PAGES.filter((page) => may[page]);
  // The name takes one line or four: what stands below it waits, rather than jump.
  if (list.isPending) return <Loading />;
  if (found === undefined && list.isSuccess && list.data.next === null) {
    // One that was made a moment ago is not in what was read before.
    return list.isFetching ? <Loading /> : <NotThere />;
  }
  return (
    <>
      <div className={classes['conference']}>
        <p className={classes['banner']}>{found?.title ?? '\u00a0'}</p>
        <nav ref={nav} aria-label={t('app.pages')} className={classes['nav']}>
          {shown.map((page) => (
            <Link
              key={page}
              to={`/conferences/$conference/${page}`}
              params={{ conference }}
              className={classes['tab'] ?? ''}
              activeProps={{ 'aria-current': 'page' }}
            >
              {t(`pages.${page}`)}
            </Link>
          ))}
        </nav>
      </div>
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
    </>
  );
}

/** A host whose only work is one door goes straight there; others see the list of conferences. */
export function useOnlyDoor() {
  const account = useMe();
  return account.data === undefined ? null : onlyDoor(account.data);
}

/** No page has this address. */
export function NoSuchPage() {
  return (
    <main className={classes['page']}>
      <NotThere />
    </main>
  );
}

function NotThere() {
  const { t } = useWords();
  return (
    <>
      <Title order={1}>{t('app.notThere')}</Title>
      <Text my="md">{t('app.notThereMore')}</Text>
      <Anchor href="/">{t('app.home')}</Anchor>
    </>
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
