import { Button, Group, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';

import { attendanceContracts } from '../../../domain/wire/attendance.ts';
import { holdsBelow, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { FromTheTop } from '../bridges/FromTheTop.tsx';
import { urlOf } from '../../../domain/wire/request.ts';
import { Answered } from '../parts/Pages.tsx';
import { Children } from './Children.tsx';
import { Freshness } from './Freshness.tsx';
import classes from './live.module.css';
import { NodeInSession } from './NodeInSession.tsx';
import { NodeView } from './NodeView.tsx';
import { useFigures } from './useFigures.ts';

/** The live tree from the top, or from the caller's own bridge. */
export function LiveRootPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/live' });
  return (
    <FromTheTop conference={conference}>
      {(bridge) => <Live conference={conference} bridge={bridge} />}
    </FromTheTop>
  );
}

/** One node of the live tree; the browser's own back key leads up again. */
export function LiveNodePage() {
  const { conference, bridge } = useParams({ from: '/signed-in/shell/conferences/$conference/live/$bridge' });
  return <Live key={bridge} conference={conference} bridge={bridge} />;
}

function Live({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  const account = useMe();
  const may = (right: 'read' | 'people' | 'devices') => holdsBelow(account.data, conference, right);
  return (
    <NodeInSession
      conference={conference}
      bridge={bridge}
      page="/conferences/$conference/live/$bridge"
      titleOf={(name) => (name === '' ? t('live.title') : t('live.of', { name }))}
    >
      {(session) => <Figures conference={conference} bridge={bridge} session={session} may={may} />}
    </NodeInSession>
  );
}

interface NodeOfSession {
  readonly conference: string;
  readonly bridge: string;
  readonly session: string;
}

function Figures({
  conference,
  bridge,
  session,
  may,
}: NodeOfSession & { may: (right: 'read' | 'people' | 'devices') => boolean }) {
  const figures = useFigures(conference, session, bridge);
  return (
    <Answered query={figures}>
      {(data) => (
        <>
          <Freshness data={data} />
          <NodeView conference={conference} session={session} node={data.node} />
          <Children conference={conference} session={session} nodes={data.children} />
          {may('read') ? <VersionsLink conference={conference} bridge={bridge} session={session} /> : null}
          {may('devices') ? <DevicesLink conference={conference} bridge={bridge} /> : null}
          {may('people') ? <AbsenteesLink conference={conference} bridge={bridge} /> : null}
          {may('people') ? <Exports conference={conference} bridge={bridge} session={session} /> : null}
        </>
      )}
    </Answered>
  );
}

/** To the versions of this node's attendance report. */
function VersionsLink({ conference, bridge, session }: NodeOfSession) {
  const { t } = useWords();
  return (
    <p>
      <Link
        className={classes['toVersions'] ?? ''}
        to="/conferences/$conference/live/$bridge/versions"
        params={{ conference, bridge }}
        search={{ session }}
      >
        {t('versions.title')}
      </Link>
    </p>
  );
}

/** To the names of those who are not there. */
function AbsenteesLink({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  return (
    <p>
      <Link
        className={classes['toVersions'] ?? ''}
        to="/conferences/$conference/bridges/$bridge/follow-up"
        params={{ conference, bridge }}
      >
        {t('absent.toNames')}
      </Link>
    </p>
  );
}

/** To the check-in machines of this node and of all below it. */
function DevicesLink({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  return (
    <p>
      <Link
        className={classes['toVersions'] ?? ''}
        to="/conferences/$conference/bridges/$bridge/devices"
        params={{ conference, bridge }}
      >
        {t('devices.title')}
      </Link>
    </p>
  );
}

/** The attendance report of this node as a file. */
function Exports({ conference, bridge, session }: NodeOfSession) {
  const { t, language } = useWords();
  return (
    <section className={classes['exports']} aria-label={t('export.title')}>
      <h2>{t('export.title')}</h2>
      <Text c="dimmed" mb="xs">
        {t('export.about')}
      </Text>
      <Group gap="sm">
        {(['bridge', 'level', 'person'] as const).flatMap((by) =>
          (['xlsx', 'csv'] as const).map((format) => (
            <Button
              key={`${by} ${format}`}
              component="a"
              variant="default"
              download
              href={urlOf(attendanceContracts.exportReport, {
                params: { conference, bridge, session },
                query: { format, by, language },
              })}
            >
              {t(`export.by.${by}`)} · {format === 'xlsx' ? 'Excel' : 'CSV'}
            </Button>
          )),
        )}
        <Button
          component="a"
          variant="default"
          download
          href={urlOf(attendanceContracts.exportReport, {
            params: { conference, bridge, session },
            query: { format: 'json', language },
          })}
        >
          JSON
        </Button>
      </Group>
    </section>
  );
}
