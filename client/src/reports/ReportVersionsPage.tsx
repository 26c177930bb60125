import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';

import { FIGURE_LABELS } from '../../../domain/reports/sentences.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { versionContracts, type ReportVersion } from '../../../domain/wire/versions.ts';
import { holdsBelow, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { everyPage } from '../api/everyPage.ts';
import { bridgeOf, sessionsOf } from '../api/queries.ts';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { VersionList } from './VersionList.tsx';
import classes from './versions.module.css';
import shared from './reports.module.css';
import { Differences } from './Differences.tsx';

const FROM = '/signed-in/shell/conferences/$conference/live/$bridge/versions';

interface Place {
  readonly conference: string;
  readonly bridge: string;
  readonly session: string;
}

/** Versions of a bridge's attendance report: what was frozen when, and what each has differently. */
export function ReportVersionsPage() {
  const { t } = useWords();
  const { conference, bridge } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const node = useQuery(bridgeOf(conference, bridge));
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const session = search.session ?? onNow?.id;
  if (node.isPending || sessions.isPending) return <Loading />;
  const name = node.data?.bridge.name ?? '';
  return (
    <>
      <PageHead title={t('versions.titleOf', { name })}>
        <Anchor
          mih={44}
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/live/$bridge"
              params={{ conference, bridge }}
              search={search.session === undefined ? {} : { session: search.session }}
              {...props}
            />
          )}
        >
          {t('versions.toLive')}
        </Anchor>
      </PageHead>
      {session === undefined ? (
        <Nothing title={t('door.noSession')}>
          <Text>{t('live.noSession')}</Text>
        </Nothing>
      ) : (
        <Versions place={{ conference, bridge, session }} />
      )}
    </>
  );
}

function Versions({ place }: { place: Place }) {
  const { t } = useWords();
  const { conference, bridge, session } = place;
  const account = useMe();
  const queries = useQueryClient();
  const queryKey = ['conference', conference, 'report-versions', bridge, session];
  const versions = usePaged(queryKey, (cursor, signal) =>
    call(versionContracts.reportVersions, { params: { ...place }, query: { limit: 20, cursor } }, signal),
  );
  const freeze = useMutation({
    mutationFn: () => call(versionContracts.freezeReport, { params: { ...place } }),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  });
  const mayFreeze = holdsBelow(account.data, conference, 'organize');
  return (
    <Answered query={versions.list}>
      {() => (
        <>
          <Text mb="md">{t('versions.about')}</Text>
          {mayFreeze ? (
            <Group mb="md" gap="md">
              <Button variant="default" loading={freeze.isPending} onClick={() => freeze.mutate()}>
                {t('versions.freeze')}
              </Button>
              <Text role="status">
                {freeze.data === undefined
                  ? ''
                  : t(freeze.data.differs ? 'versions.frozen' : 'versions.nothingNew', {
                      version: freeze.data.version,
                    })}
              </Text>
            </Group>
          ) : null}
          {freeze.error === null ? null : <Failure error={freeze.error} />}
          <VersionList none={t('versions.none')} noneMore={t('versions.noneMore')} of={versions}>
            {(version) => <Version key={version.version} place={place} version={version} />}
          </VersionList>
        </>
      )}
    </Answered>
  );
}

function Version({ place, version }: { place: Place; version: ReportVersion }) {
  const { t, language } = useWords();
  const { version: number, at, sequence, differing, differences } = version;
  const rest = useMutation({
    mutationFn: () =>
      everyPage((cursor) =>
        call(versionContracts.reportDifferences, {
          params: { ...place, version: String(number) },
          query: { limit: 1000, cursor },
        }),
      ),
  });
  const shown = rest.data ?? differences;
  return (
    <li className={classes['version']}>
      <Title order={2} size="h3">
        {t('versions.version', { version: number })}
      </Title>
      <Text className={shared['dim'] ?? ''}>
        {t('versions.at', {
          at: formatDateTime(at, language),
          sequence: formatNumber(sequence, language),
        })}
      </Text>
      {number === 1 ? (
        <Text>{t('versions.first')}</Text>
      ) : (
        <Differences
          label={t('versions.differencesOf', { version: number })}
          rows={shown.map((one) => ({
            key: `${one.bridge} ${one.figure}`,
            bridge: one.bridgeName,
            figure: FIGURE_LABELS[language][one.figure],
            before: formatNumber(one.before, language),
            after: formatNumber(one.after, language),
          }))}
        />
      )}
      {shown.length < differing ? (
        <Button variant="default" mt="xs" loading={rest.isPending} onClick={() => rest.mutate()}>
          {t('versions.all', { n: formatNumber(differing, language) })}
        </Button>
      ) : null}
      {rest.error === null ? null : <Failure error={rest.error} />}
    </li>
  );
}
