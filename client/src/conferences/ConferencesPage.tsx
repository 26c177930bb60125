import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { ConferenceSummary } from '../../../domain/wire/conferences.ts';
import { holdsStanding, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { useOnlyDoor } from '../app/shell.tsx';
import { conferenceList } from '../api/queries.ts';
import { whenOf } from '../parts/figures.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import classes from './ConferencesPage.module.css';
import { ToTheDoor } from './ToTheDoor.tsx';

/** The conferences in which the caller has a role. A host whose only work is one door goes there. */
export function ConferencesPage() {
  const door = useOnlyDoor();
  return door === null ? <ConferenceList /> : <ToTheDoor {...door} />;
}

function ConferenceList() {
  const { t } = useWords();
  const account = useMe();
  const list = useQuery(conferenceList);
  const mayCreate = holdsStanding(account.data, 'organize');
  return (
    <>
      <PageHead title={t('conferences.title')}>
        {mayCreate && (list.data?.items.length ?? 0) > 0 ? (
          <Button renderRoot={(props) => <Link to="/conferences/new" {...props} />}>
            {t('conferences.new')}
          </Button>
        ) : null}
      </PageHead>
      <Answered query={list}>
        {({ items }) =>
          items.length > 0 ? (
            <ul className={classes['list']}>
              {items.map((conference) => (
                <ConferenceCard key={conference.id} conference={conference} />
              ))}
            </ul>
          ) : (
            <Nothing title={t('conferences.none')}>
              <Text>{mayCreate ? t('conferences.begin') : t('conferences.noneForYou')}</Text>
              {mayCreate ? (
                <Button renderRoot={(props) => <Link to="/conferences/new" {...props} />}>
                  {t('conferences.new')}
                </Button>
              ) : null}
            </Nothing>
          )
        }
      </Answered>
    </>
  );
}

function ConferenceCard({ conference }: { conference: ConferenceSummary }) {
  const { t, language } = useWords();
  const { id, title, number, startsAt, state, bridges, people } = conference;
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
      </Stack>
    </li>
  );
}
