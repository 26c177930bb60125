import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { bridgeOf } from '../api/queries.ts';
import { holdsSomewhere, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Answered } from '../parts/Pages.tsx';
import classes from './lines.module.css';
import { testsOf } from './queries.ts';
import { TestResult } from './TestResult.tsx';

/** One bridge's line: whom to call, where the test is, and every test that it has run. */
export function LineDetail({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const query = useQuery(testsOf(conference, bridge));
  const mayTest = holdsSomewhere(useMe().data, conference, 'host');
  return (
    <Stack gap="md">
      <Call conference={conference} bridge={bridge} />
      {mayTest ? (
        <div>
          <Anchor
            mih={44}
            renderRoot={(props) => (
              <Link to="/line-test/$conference/$bridge" params={{ conference, bridge }} {...props} />
            )}
          >
            {t('lines.open')}
          </Anchor>
          <Text c="dimmed" size="sm">
            {t('lines.openMore')}
          </Text>
        </div>
      ) : null}
      <Title order={3}>{t('lines.history')}</Title>
      <Answered query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text>{t('lines.noHistory')}</Text>
          ) : (
            <ol className={classes['history']}>
              {items.map((test) => (
                <li key={test.id}>
                  <TestResult test={test} />
                </li>
              ))}
            </ol>
          )
        }
      </Answered>
    </Stack>
  );
}

function Call({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const node = useQuery(bridgeOf(conference, bridge)).data?.bridge;
  if (node === undefined) return null;
  const { technical, organizer } = node.contacts;
  const contact = technical ?? organizer;
  return (
    <Text>
      {t('lines.call')}: {contact?.name ?? (contact === null ? t('lines.noContact') : '')}{' '}
      {contact?.phone == null ? null : (
        <Anchor href={`tel:${contact.phone.replaceAll(/[^+\d]/g, '')}`}>{contact.phone}</Anchor>
      )}
    </Text>
  );
}
