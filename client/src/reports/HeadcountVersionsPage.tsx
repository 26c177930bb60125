import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { summaryDifferenceWords } from '../../../domain/reports/summary-sentences.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { versionContracts, type SummaryVersion } from '../../../domain/wire/versions.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { everyPage } from '../api/everyPage.ts';
import { bridgeOf } from '../api/queries.ts';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { Differences } from './Differences.tsx';
import { LateOrMissing } from './LateOrMissing.tsx';
import { VersionList } from './VersionList.tsx';
import classes from './versions.module.css';
import shared from './reports.module.css';

const FORMATS = { xlsx: 'Excel', csv: 'CSV', json: 'JSON' } as const;

const FROM = '/signed-in/shell/conferences/$conference/bridges/$bridge/headcount-versions';

interface Place {
  readonly conference: string;
  readonly bridge: string;
}

/** A level's headcount summary as it stood at its deadline, and every change after that: who was late, who was missing. */
export function HeadcountVersionsPage() {
  const { t, language } = useWords();
  const place = useParams({ from: FROM });
  const { conference, bridge } = place;
  const node = useQuery(bridgeOf(conference, bridge));
  const versions = usePaged(['conference', conference, 'headcount-versions', bridge], (cursor, signal) =>
    call(versionContracts.headcountVersions, { params: { ...place }, query: { limit: 20, cursor } }, signal),
  );
  const dueBefore = versions.first?.dueBefore ?? null;
  return (
    <>
      <PageHead title={t('summaries.titleOf', { name: node.data?.bridge.name ?? '' })}>
        <Anchor
          mih={44}
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/reports"
              params={{ conference }}
              search={{ bridge }}
              {...props}
            />
          )}
        >
          {t('summaries.toReports')}
        </Anchor>
      </PageHead>
      <Answered query={versions.list}>
        {() => (
          <>
            <Text mb="md">
              {dueBefore === null
                ? t('summaries.noDeadline')
                : t('summaries.due', { at: formatDateTime(dueBefore, language) })}
            </Text>
            <VersionList none={t('summaries.none')} noneMore={t('summaries.noneMore')} of={versions}>
              {(version) => <Version key={version.version} place={place} version={version} />}
            </VersionList>
          </>
        )}
      </Answered>
    </>
  );
}

function Version({ place, version }: { place: Place; version: SummaryVersion }) {
  const { t, language } = useWords();
  const params = { ...place, version: String(version.version) };
  const number = (n: number) => formatNumber(n, language);
  const rest = useMutation({
    mutationFn: () =>
      everyPage((cursor) =>
        call(versionContracts.headcountDifferences, { params, query: { limit: 1000, cursor } }),
      ),
  });
  const shown = rest.data ?? version.differences;
  return (
    <li className={classes['version']}>
      <Title order={2} size="h3">
        {t('versions.version', { version: version.version })}
      </Title>
      <Text className={shared['dim'] ?? ''}>
        {version.version === 1
          ? t('summaries.atDeadline', { at: formatDateTime(version.at, language) })
          : t('summaries.afterDeadline', { at: formatDateTime(version.at, language) })}
      </Text>
      <p className={shared['big']}>
        <strong>{number(version.people)}</strong> {t('reports.delegates')}
        <span className={shared['dim']}>
          {t('reports.reportedOf', { n: number(version.reported), of: number(version.bridges) })}
          {` · ${t('reports.missingN', { n: number(version.missing) })}`}
          {` · ${t('reports.lateN', { n: number(version.late) })}`}
          {version.returned === 0 ? '' : ` · ${t('summaries.returnedN', { n: number(version.returned) })}`}
          {` · ${t('reports.chairs', { n: number(version.chairs) })}`}
        </span>
      </p>
      {version.version === 1 ? null : (
        <Differences
          label={t('versions.differencesOf', { version: version.version })}
          rows={shown.map((one) => {
            const words = summaryDifferenceWords(one, language);
            const at = one.at === null ? '' : formatDateTime(one.at, language);
            return {
              key: `${one.bridge} ${one.figure} ${one.key ?? ''}`,
              bridge: one.bridgeName,
              ...words,
              ...(one.by === null ? {} : { by: t('summaries.by', { by: one.by, at }) }),
            };
          })}
        />
      )}
      {shown.length < version.differing ? (
        <Button variant="default" mt="xs" loading={rest.isPending} onClick={() => rest.mutate()}>
          {t('versions.all', { n: number(version.differing) })}
        </Button>
      ) : null}
      {rest.error === null ? null : <Failure error={rest.error} />}
      <LateOrMissing place={params} late={version.late} missing={version.missing} />
      <Group gap="sm" mt="sm">
        {(['xlsx', 'csv', 'json'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            variant="default"
            download
            aria-label={t('summaries.file', { version: version.version, format: FORMATS[format] })}
            href={urlOf(versionContracts.exportHeadcountVersion, { params, query: { format, language } })}
          >
            {FORMATS[format]}
          </Button>
        ))}
      </Group>
    </li>
  );
}
