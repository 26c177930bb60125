import { Button, NativeSelect, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { attendanceContracts } from '../../../domain/wire/attendance.ts';
import { urlOf } from '../../../domain/wire/request.ts';
import { call } from '../api/call.ts';
import { bridgeOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './AbsenteesPage.module.css';
import { MISSED, type AbsenteesSearch } from './place.ts';

const FROM = '/signed-in/shell/conferences/$conference/bridges/$bridge/follow-up';

/** Who was summoned and not there, at a bridge and below: the audience of a follow-up session (buổi học bù), by name. */
export function AbsenteesPage() {
  const { t, language } = useWords();
  const { conference, bridge } = useParams({ from: FROM });
  const { missed = 'none', alone = false } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/conferences/$conference/bridges/$bridge/follow-up' });
  const node = useQuery(bridgeOf(conference, bridge));
  const params = { conference, bridge };
  const hasBelow = (node.data?.bridge.childCount ?? 0) > 0;
  return (
    <>
      <PageHead title={t('absent.title', { name: node.data?.bridge.name ?? '' })}>
        {(['xlsx', 'csv'] as const).map((format) => (
          <Button
            key={format}
            component="a"
            variant="default"
            download
            href={urlOf(attendanceContracts.exportFollowUp, {
              params,
              query: { missed, format, language, ...(alone && { below: 'false' }) },
            })}
          >
            {t('absent.file', { format: format === 'xlsx' ? 'Excel' : 'CSV' })}
          </Button>
        ))}
      </PageHead>
      <Crumbs
        path={node.data?.path ?? []}
        bridge={bridge}
        renderStep={(step) => (
          <Link
            to="/conferences/$conference/bridges/$bridge/follow-up"
            params={{ conference, bridge: step.id }}
            search={addressOf({ missed })}
          >
            {step.name}
          </Link>
        )}
      />
      <Text my="sm" maw="60rem">
        {t('absent.about')}
      </Text>
      <div className={classes['filters']}>
        <NativeSelect
          label={t('absent.missed')}
          value={missed}
          data={MISSED.map((one) => ({ value: one, label: t(`absent.by.${one}`) }))}
          onChange={(event) => {
            const next = MISSED.find((one) => one === event.currentTarget.value) ?? 'none';
            void navigate({ search: addressOf({ missed: next, alone }), replace: true });
          }}
        />
        {hasBelow || alone ? (
          <NativeSelect
            label={t('absent.where')}
            value={alone ? 'alone' : 'below'}
            data={[
              { value: 'below', label: t('absent.withBelow') },
              { value: 'alone', label: t('absent.alone') },
            ]}
            onChange={(event) =>
              void navigate({
                search: addressOf({ missed, alone: event.currentTarget.value === 'alone' }),
                replace: true,
              })
            }
          />
        ) : null}
      </div>
      <Names key={bridge} conference={conference} bridge={bridge} missed={missed} below={!alone} />
    </>
  );
}

/** What is shown anyway does not stand in the address. */
function addressOf({ missed, alone }: AbsenteesSearch): AbsenteesSearch {
  return { ...(missed === 'incomplete' && { missed }), ...(alone === true && { alone }) };
}

function Names({
  conference,
  bridge,
  missed,
  below,
}: {
  conference: string;
  bridge: string;
  missed: (typeof MISSED)[number];
  below: boolean;
}) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const { list, first, items, more } = usePaged(
    ['conference', conference, 'follow-up', bridge, missed, below, query],
    (cursor, signal) =>
      call(
        attendanceContracts.followUp,
        {
          params: { conference, bridge },
          body: { missed, below, limit: 200, cursor, ...(query !== '' && { q: query }) },
        },
        signal,
      ),
    { placeholderData: keepPreviousData },
  );
  const total = first?.total ?? 0;
  return (
    <>
      <SearchField label={t('absent.search')} onSearch={setQuery} />
      <Answered query={list}>
        {() =>
          total === 0 && query === '' ? (
            <Nothing title={t('absent.none')}>
              <Text>{t('absent.noneMore')}</Text>
            </Nothing>
          ) : (
            <>
              <Text my="xs" c="dimmed" role="status">
                {total === 0 ? t('people.nobody') : t('people.shown', { n: formatNumber(total, language) })}
              </Text>
              <VirtualRows
                label={t('absent.list')}
                count={items.length}
                rowHeight={72}
                keyOf={(at) => items[at]?.person ?? String(at)}
                onEnd={more}
                render={(at) => {
                  const one = items[at];
                  return one === undefined ? null : (
                    <div className={classes['row']}>
                      <span>
                        <b>{one.name}</b>
                        <br />
                        <span className={classes['dim']}>{one.position}</span>
                      </span>
                      <span>{one.bridgeName}</span>
                    </div>
                  );
                }}
              />
            </>
          )
        }
      </Answered>
    </>
  );
}
