import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { liveQuery } from 'dexie';
import { useEffect, useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { type SignedInAccount, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Frame } from '../signin/Frame.tsx';
import { database, type KnownDoor, placeKey } from './database.ts';
import classes from './OfflineStart.module.css';

interface Shown extends KnownDoor {
  readonly waiting: number;
}

/** In the place of every page but a door while the server cannot be reached: the doors that this machine has. */
export function OfflineStart({ account }: { account: SignedInAccount }) {
  const { t, language } = useWords();
  const me = useMe();
  const doors = useDoors(account.id);
  return (
    <Frame title={t('offline.title')} about={t('offline.about')}>
      <Stack gap="xs">
        <Title order={2}>{t('offline.doors')}</Title>
        {doors?.length === 0 ? <Text>{t('offline.none')}</Text> : null}
        <ul className={classes['doors']}>
          {doors?.map(({ key, conference, session, bridge, bridgeName, at, waiting }) => (
            <li key={key}>
              <Link
                className={classes['doorLink'] ?? ''}
                to="/door/$conference/$session/$bridge"
                params={{ conference, session, bridge }}
              >
                {bridgeName}
              </Link>
              <Text c="dimmed">
                {t('offline.opened', { at: formatDateTime(at as Instant, language) })}
                {waiting > 0 ? ` · ${t('offline.waiting', { n: formatNumber(waiting, language) })}` : ''}
              </Text>
            </li>
          ))}
        </ul>
      </Stack>
      <Button variant="default" loading={me.isFetching} onClick={() => void me.refetch()}>
        {t('app.retry')}
      </Button>
    </Frame>
  );
}

/** The doors that an account has opened on this machine, the latest first; null while they are being read. */
function useDoors(account: string): readonly Shown[] | null {
  const [doors, setDoors] = useState<readonly Shown[] | null>(null);
  useEffect(() => {
    const watching = liveQuery(async () => {
      const [known, waiting] = await Promise.all([
        database.doors.where('account').equals(account).toArray(),
        database.events.where('[account+state]').equals([account, 'waiting']).toArray(),
      ]);
      return known
        .toSorted((a, b) => b.at - a.at)
        .map((door) => ({
          ...door,
          waiting: waiting.filter(({ place }) => place === placeKey(door)).length,
        }));
    });
    const subscription = watching.subscribe(setDoors);
    return () => subscription.unsubscribe();
  }, [account]);
  return doors;
}
