import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { bridgeOf, sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { Answered, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';

interface Props {
  readonly conference: string;
  readonly bridge: string;
  /** The page of one node, to which the levels above and the other sessions lead. */
  readonly page: '/conferences/$conference/live/$bridge' | '/conferences/$conference/control/$bridge';
  /** Of a node that is not there the name is empty. */
  readonly titleOf: (name: string) => string;
  /** What stands beside the title. */
  readonly renderTools?: (session: string) => ReactNode;
  readonly children: (session: string) => ReactNode;
}

/** One node of the tree in one session: its name, the sessions to choose from, the way up, and what the page shows of it. */
export function NodeInSession({ conference, bridge, page, titleOf, renderTools, children }: Props) {
  const { t, language } = useWords();
  const search: { session?: string } = useSearch({ strict: false });
  const navigate = useNavigate();
  const sessions = useQuery(sessionsOf(conference));
  const node = useQuery(bridgeOf(conference, bridge));
  const onNow = useSessionOfNow(sessions.data?.items);
  const items = sessions.data?.items ?? [];
  const session = search.session ?? onNow?.id;
  if (node.isPending || sessions.isPending) return <Loading />;
  return (
    <>
      <PageHead title={titleOf(node.data?.bridge.name ?? '')}>
        {items.length > 1 ? (
          <NativeSelect
            aria-label={t('live.session')}
            maw={420}
            value={session ?? ''}
            data={items.map((item) => ({
              value: item.id,
              label: `${item.title} · ${formatDateTime(item.startsAt, language)}`,
            }))}
            onChange={(event) =>
              void navigate({
                to: page,
                params: { conference, bridge },
                search: { session: event.currentTarget.value },
                replace: true,
              })
            }
          />
        ) : null}
        {session === undefined ? null : renderTools?.(session)}
      </PageHead>
      <Crumbs
        path={node.data?.path ?? []}
        bridge={bridge}
        renderStep={(step) => (
          <Link
            to={page}
            params={{ conference, bridge: step.id }}
            search={search.session === undefined ? {} : { session: search.session }}
          >
            {step.name}
          </Link>
        )}
      />
      <Answered query={sessions}>
        {() =>
          session === undefined ? (
            <Nothing title={t('door.noSession')}>
              <Text>{t('live.noSession')}</Text>
            </Nothing>
          ) : (
            children(session)
          )
        }
      </Answered>
    </>
  );
}
