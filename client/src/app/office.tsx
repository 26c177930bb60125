import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';

import { conferenceList } from '../api/queries.ts';
import { auditPlaceOf } from '../audit/place.ts';
import { BridgeMark, CalendarIcon } from '../parts/icons.tsx';
import { later } from '../parts/later.tsx';
import { Loading } from '../parts/Pages.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { holdsBelow, holdsWhole, useMe, useOnlyDoor } from './account.ts';
import { learn, useWords } from './language.ts';
import { NotThere } from './NotThere.tsx';
import { LanguageSwitch, SchemeSwitch } from './preferences.tsx';
import classes from './shell.module.css';

const ConferencesPage = later(
  async () =>
    (await Promise.all([import('../conferences/ConferencesPage.tsx'), learn('office')]))[0].ConferencesPage,
  () => <Loading />,
);
const ToTheDoor = later(
  async () => (await Promise.all([import('../conferences/ToTheDoor.tsx'), learn('door')]))[0].ToTheDoor,
  () => <Loading />,
);

/** Where everybody begins: a host whose only work is one door goes there, and nothing of the office is fetched for them. */
export function StartPage() {
  const door = useOnlyDoor();
  return door === null ? <ConferencesPage /> : <ToTheDoor {...door} />;
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
          <Link
            to="/schedule"
            className={classes['toSchedule'] ?? ''}
            activeProps={{ 'aria-current': 'page' }}
            aria-label={t('pages.schedule')}
          >
            <CalendarIcon />
            <span>{t('pages.schedule')}</span>
          </Link>
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
  'invitations',
  'mail',
  'schedule',
  'guests',
  'papers',
  'lines',
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
    invitations: holdsBelow(account.data, conference, 'organize'),
    mail: holdsWhole(account.data, conference, 'organize'),
    schedule: true,
    guests: holdsWhole(account.data, conference, 'organize'),
    papers: true,
    lines: holdsBelow(account.data, conference, 'read'),
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
