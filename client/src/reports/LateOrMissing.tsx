import { Button, Group, Table, Text } from '@mantine/core';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { versionContracts } from '../../../domain/wire/versions.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered } from '../parts/Pages.tsx';
import classes from './reports.module.css';
import { lateBy } from './status.ts';

interface Place {
  readonly conference: string;
  readonly bridge: string;
  readonly version: string;
}

/** Who was late in one version of a summary, and by how long; who was missing. Asked for when somebody wants to know. */
export function LateOrMissing({ place, late, missing }: { place: Place; late: number; missing: number }) {
  const { t, language } = useWords();
  const [status, setStatus] = useState<'late' | 'missing' | null>(null);
  const choose = (one: 'late' | 'missing') => () => setStatus(status === one ? null : one);
  return (
    <>
      <Group gap="sm" mt="sm">
        {late === 0 ? null : (
          <Button variant="default" aria-expanded={status === 'late'} onClick={choose('late')}>
            {t('summaries.whoLate', { n: formatNumber(late, language) })}
          </Button>
        )}
        {missing === 0 ? null : (
          <Button variant="default" aria-expanded={status === 'missing'} onClick={choose('missing')}>
            {t('summaries.whoMissing', { n: formatNumber(missing, language) })}
          </Button>
        )}
      </Group>
      {status === null ? null : <Rows key={status} place={place} status={status} />}
    </>
  );
}

function Rows({ place, status }: { place: Place; status: 'late' | 'missing' }) {
  const { t, language } = useWords();
  const rows = usePaged(
    ['conference', place.conference, 'headcount-versions', place.bridge, place.version, status],
    (cursor, signal) =>
      call(
        versionContracts.headcountVersion,
        { params: { ...place }, query: { status, limit: 200, cursor } },
        signal,
      ),
    { staleTime: Infinity },
  );
  const { items } = rows;
  const label = t(status === 'late' ? 'dueStatus.late' : 'dueStatus.missing');
  return (
    <Answered query={rows.list}>
      {() => (
        <div className={classes['scroll']} role="region" tabIndex={0} aria-label={label}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('versions.bridge')}</Table.Th>
                {status === 'late' ? (
                  <>
                    <Table.Th className="number">{t('reports.total')}</Table.Th>
                    <Table.Th>{t('dueStatus.late')}</Table.Th>
                    <Table.Th>{t('versions.by')}</Table.Th>
                  </>
                ) : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((row) => (
                <Table.Tr key={row.bridge}>
                  <Table.Th scope="row">{row.name}</Table.Th>
                  {status === 'late' ? (
                    <>
                      <Table.Td className="number">
                        {row.total === null ? '' : formatNumber(row.total, language)}
                      </Table.Td>
                      <Table.Td>{lateBy(row.lateByMs, t)}</Table.Td>
                      <Table.Td>
                        {row.by === null || row.at === null
                          ? ''
                          : t('summaries.by', { by: row.by, at: formatDateTime(row.at, language) })}
                      </Table.Td>
                    </>
                  ) : null}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <MoreButton of={rows}>{t('versions.more')}</MoreButton>
          {items.length === 0 ? <Text>{t('reports.noRows')}</Text> : null}
        </div>
      )}
    </Answered>
  );
}
