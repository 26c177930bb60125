import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { matches } from '../../../domain/text/search.ts';
import { instantOf } from '../../../domain/time.ts';
import { draftContracts } from '../../../domain/wire/drafts.ts';
import type { ListedConference } from '../../../domain/wire/conferences.ts';
import { holdsStanding, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { conferenceList } from '../api/queries.ts';
import { whenOf } from '../parts/figures.ts';
import { later } from '../parts/later.tsx';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import classes from './ConferencesPage.module.css';

const OwedReports = later(async () => (await import('../reports/OwedReports.tsx')).OwedReports);

/** The conferences in which the caller has a role. */
export function ConferencesPage() {
  const { t } = useWords();
  const account = useMe();
  const list = useQuery(conferenceList);
  const mayCreate = holdsStanding(account.data, 'organize');
  const [sought, setSought] = useState('');
  return (
    <>
      <PageHead title={t('conferences.title')}>
        {mayCreate && (list.data?.items.length ?? 0) > 0 ? <NewConference /> : null}
      </PageHead>
      {mayCreate ? <Drafts /> : null}
      <OwedReports />
      <Answered query={list}>
        {({ items }) => {
          if (items.length === 0)
            return (
              <Nothing title={t('conferences.none')}>
                <Text>{mayCreate ? t('conferences.begin') : t('conferences.noneForYou')}</Text>
                {mayCreate ? <NewConference /> : null}
              </Nothing>
            );
          const found = items.filter(({ title, number }) => matches(sought, `${title} ${number ?? ''}`));
          const past = found.filter(isPast);
          const others = found.filter((one) => !isPast(one));
          return (
            <Stack>
              {items.length > 3 ? <SearchField label={t('conferences.search')} onSearch={setSought} /> : null}
              {found.length === 0 ? (
                <Text role="status">{t('conferences.notFound', { sought })}</Text>
              ) : (
                <Cards conferences={others} />
              )}
              {past.length === 0 ? null : (
                <section aria-labelledby="past">
                  <Title order={2} id="past" mb="sm">
                    {t('conferences.past', { n: past.length })}
                  </Title>
                  <Cards conferences={past} />
                </section>
              )}
            </Stack>
          );
        }}
      </Answered>
    </>
  );
}

function NewConference() {
  const { t } = useWords();
  return (
    <Button renderRoot={(props) => <Link to="/conferences/new" {...props} />}>{t('conferences.new')}</Button>
  );
}

/** Long over: whoever does not organize it goes by its day. */
function isPast({ next, endsAt, startsAt }: ListedConference): boolean {
  if (next !== null) return next.step === 'over';
  const last = instantOf(endsAt ?? startsAt ?? '');
  return last !== null && last + 30 * 86_400_000 < Date.now();
}

function Cards({ conferences }: { conferences: readonly ListedConference[] }) {
  return (
    <ul className={classes['list']}>
      {conferences.map((conference) => (
        <ConferenceCard key={conference.id} conference={conference} />
      ))}
    </ul>
  );
}

/** Plans that somebody works on and that have no conference yet. */
function Drafts() {
  const { t, language } = useWords();
  const drafts = useQuery({
    queryKey: ['drafts'],
    queryFn: ({ signal }) => call(draftContracts.drafts, {}, signal),
  });
  const items = drafts.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="drafts">
      <Title order={2} id="drafts" mb="sm">
        {t('conferences.drafts')}
      </Title>
      <ul className={`${classes['list']} ${classes['drafts']}`}>
        {items.map(({ id, title, fileName, startsAt, toLookAt, changedAt }) => (
          <li key={id} className={classes['card']}>
            <Stack gap={4}>
              <Link to="/drafts/$draft" params={{ draft: id }} className={classes['title'] ?? ''}>
                {title ?? fileName ?? t('newConference.title')}
              </Link>
              <Text>{whenOf(startsAt, language) ?? t('conferences.noDate')}</Text>
              <Text>
                {toLookAt === 0 ? t('conferences.draftReady') : t('conferences.draftOpen', { n: toLookAt })}
              </Text>
              <Text c="dimmed">
                {t('conferences.changedAt', { at: formatDateTime(changedAt, language) })}
              </Text>
            </Stack>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where each step is done. */
const PAGE_OF = {
  issue: 'plan',
  hours: 'plan',
  bridges: 'bridges',
  reports: 'reports',
  people: 'people',
  placement: 'placement',
  rehearsal: 'live',
  wait: 'live',
  day: 'live',
  'follow-up': 'live',
  over: 'live',
} as const;

function ConferenceCard({ conference }: { conference: ListedConference }) {
  const { t, language } = useWords();
  const { id, title, number, startsAt, state, bridges, people, next } = conference;
  return (
    <li className={classes['card']}>
      <Stack gap={4}>
        <Link
          to="/conferences/$conference/plan"
          params={{ conference: id }}
          className={classes['title'] ?? ''}
        >
          {title}
        </Link>
        <Group gap="4px 24px">
          {number === null ? null : <Text>{t('conferences.number', { number })}</Text>}
          <Text>{whenOf(startsAt, language) ?? t('conferences.noDate')}</Text>
        </Group>
        <Group gap="4px 24px" c="dimmed">
          <Text fw={600}>{t(`conferenceState.${state}`)}</Text>
          <Text>{t('conferences.bridges', { n: formatNumber(bridges, language) })}</Text>
          <Text>{t('conferences.people', { n: formatNumber(people, language) })}</Text>
        </Group>
        {next === null ? null : (
          <Link
            to={`/conferences/$conference/${PAGE_OF[next.step]}`}
            params={{ conference: id }}
            className={classes['next'] ?? ''}
          >
            {t(`conferences.next.${next.step}`, {
              at: next.at === null ? '' : formatDateTime(next.at, language),
            })}
          </Link>
        )}
      </Stack>
    </li>
  );
}
