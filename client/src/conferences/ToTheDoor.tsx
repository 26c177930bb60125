import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';

import { useWords } from '../app/language.ts';
import { sessionsOf } from '../api/queries.ts';
import { Answered, Nothing } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';

/** Takes a host straight to the check-in page of their bridge, for the session that is on or comes next. */
export function ToTheDoor({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const session = useSessionOfNow(sessions.data?.items);
  return (
    <Answered query={sessions}>
      {() =>
        session === undefined ? (
          <Nothing title={t('door.noSession')}>
            <Text>{t('door.noSessionMore')}</Text>
          </Nothing>
        ) : (
          <Navigate
            to="/door/$conference/$session/$bridge"
            params={{ conference, session: session.id, bridge }}
            replace
          />
        )
      }
    </Answered>
  );
}
