import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { useState } from 'react';

import { areDoorsOpen } from '../../../domain/schedule/of-now.ts';
import { learn, useWords } from '../app/language.ts';
import { sessionsOf } from '../api/queries.ts';
import { later } from '../parts/later.tsx';
import { Answered, Loading, Nothing } from '../parts/Pages.tsx';
import { serverNow } from '../parts/serverClock.ts';
import { useSessionOfNow } from '../parts/sessions.ts';

const BeforeTheDay = later(
  async () => (await Promise.all([import('../reports/BeforeTheDay.tsx'), learn('office')]))[0].BeforeTheDay,
  () => <Loading />,
);

/** Takes a host straight to the check-in page of their bridge, for the session that is on or comes next. */
export function ToTheDoor({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const session = useSessionOfNow(sessions.data?.items);
  const [now] = useState(serverNow);
  return (
    <Answered query={sessions}>
      {() => {
        if (session === undefined) {
          return (
            <Nothing title={t('door.noSession')}>
              <Text>{t('door.noSessionMore')}</Text>
            </Nothing>
          );
        }
        const place = { conference, session: session.id, bridge };
        return areDoorsOpen(session, now) ? (
          <Navigate to="/door/$conference/$session/$bridge" params={place} replace />
        ) : (
          <BeforeTheDay {...place} />
        );
      }}
    </Answered>
  );
}
