import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { holdsBelow, holdsSomewhere, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { sessionsOf } from '../api/queries.ts';
import { useSessionOfNow } from '../parts/sessions.ts';
import classes from './BridgesPage.module.css';

/** The pages of this bridge. */
export function BridgeWays({ conference, row }: { conference: string; row: BridgeRow }) {
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const session = useSessionOfNow(sessions.data?.items);
  const params = { conference, bridge: row.id };
  const account = useMe().data;
  const mayOrganize = holdsBelow(account, conference, 'organize');
  const managesMachines = holdsBelow(account, conference, 'devices');
  const seesPeople = holdsSomewhere(account, conference, 'people');
  return (
    <Group gap="0 24px" className={classes['ways'] ?? ''}>
      {session === undefined || !holdsSomewhere(account, conference, 'host') ? null : (
        <>
          <Anchor
            renderRoot={(props) => (
              <Link
                to="/door/$conference/$session/$bridge"
                params={{ ...params, session: session.id }}
                {...props}
              />
            )}
          >
            {t('bridges.toDoor')}
          </Anchor>
          <Anchor
            renderRoot={(props) => (
              <Link
                to="/station/$conference/$session/$bridge"
                params={{ ...params, session: session.id }}
                {...props}
              />
            )}
          >
            {t('pages.station')}
          </Anchor>
          <Anchor
            renderRoot={(props) => <Link to="/line-test/$conference/$bridge" params={params} {...props} />}
          >
            {t('pages.lineTest')}
          </Anchor>
        </>
      )}
      {seesPeople ? (
        <Anchor
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/headcount" params={params} {...props} />
          )}
        >
          {t('pages.headcount')}
        </Anchor>
      ) : null}
      <Anchor
        renderRoot={(props) => <Link to="/conferences/$conference/live/$bridge" params={params} {...props} />}
      >
        {t('bridges.toLive')}
      </Anchor>
      <Anchor
        renderRoot={(props) => (
          <Link to="/conferences/$conference/live/$bridge/versions" params={params} {...props} />
        )}
      >
        {t('versions.title')}
      </Anchor>
      {session === undefined || !seesPeople ? null : (
        <Anchor
          renderRoot={(props) => (
            <Link
              to="/summary/$conference/$session/$bridge"
              params={{ ...params, session: session.id }}
              {...props}
            />
          )}
        >
          {t('pages.summary')}
        </Anchor>
      )}
      {seesPeople ? (
        <Anchor
          mih={24}
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/seats" params={params} {...props} />
          )}
        >
          {t('seating.link')}
        </Anchor>
      ) : null}
      {mayOrganize ? (
        <Anchor
          renderRoot={(props) => (
            <Link to="/conferences/$conference/invitations/$bridge" params={params} {...props} />
          )}
        >
          {t('invite.way')}
        </Anchor>
      ) : null}
      {mayOrganize ? (
        <Anchor
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/passes" params={params} {...props} />
          )}
        >
          {t('codes.toPasses')}
        </Anchor>
      ) : null}
      {mayOrganize ? (
        <Anchor
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/hosts" params={params} {...props} />
          )}
        >
          {t('hosts.link')}
        </Anchor>
      ) : null}
      {managesMachines ? (
        <Anchor
          renderRoot={(props) => (
            <Link to="/conferences/$conference/bridges/$bridge/devices" params={params} {...props} />
          )}
        >
          {t('devices.title')}
        </Anchor>
      ) : null}
    </Group>
  );
}
