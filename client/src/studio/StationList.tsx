import { NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { FloorShown, Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { QualityMark, StationMark } from '../media/MediaMark.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { type Filter, FILTERS, standingOf, stationsFound } from './standing.ts';
import classes from './studio.module.css';

const ROW_PX = 56;

interface Props {
  readonly floor: FloorShown;
  readonly stations: ReadonlyMap<BridgeId, Station>;
  readonly shown: BridgeId | null;
  readonly onShow: (bridge: BridgeId) => void;
}

/** Every station that is or was there; whichever is pressed is previewed. */
export function StationList({ floor, stations, shown, onShow }: Props) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const found = useMemo(() => stationsFound(stations, filter, query), [stations, filter, query]);
  const away = useMemo(() => stationsFound(stations, 'away', '').length, [stations]);
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['stations']} aria-label={t('studio.stations')}>
      <h2 className={classes['heading']}>
        {t('studio.stations')}{' '}
        <span className={classes['dim']}>
          {t('studio.counted', { there: number(stations.size - away), away: number(away) })}
        </span>
      </h2>
      {stations.size === 0 ? (
        <div>
          <Text fw={600}>{t('studio.none')}</Text>
          <Text>{t('studio.noneMore')}</Text>
        </div>
      ) : (
        <>
          <div className={classes['search']}>
            <SearchField label={t('studio.search')} onSearch={setQuery} />
            <NativeSelect
              aria-label={t('studio.filter.title')}
              value={filter}
              data={FILTERS.map((value) => ({ value, label: t(`studio.filter.${value}`) }))}
              onChange={(event) => setFilter(event.currentTarget.value as Filter)}
            />
            <Text c="dimmed" role="status">
              {found.length === 0 ? t('studio.nothingFound') : t('studio.found', { n: number(found.length) })}
            </Text>
          </div>
          <VirtualRows
            count={found.length}
            rowHeight={ROW_PX}
            label={t('studio.stations')}
            maxHeight="30rem"
            keyOf={(index) => found[index]?.bridge ?? String(index)}
            render={(index) => {
              const station = found[index];
              return station === undefined ? null : (
                <Row
                  station={station}
                  floor={floor}
                  isShown={station.bridge === shown}
                  onShow={() => onShow(station.bridge)}
                />
              );
            }}
          />
        </>
      )}
    </section>
  );
}

function Row({
  station,
  floor,
  isShown,
  onShow,
}: {
  station: Station;
  floor: FloorShown;
  isShown: boolean;
  onShow: () => void;
}) {
  return (
    <UnstyledButton className={classes['row'] ?? ''} aria-pressed={isShown} onClick={onShow}>
      <span className={classes['name']}>{station.name}</span>
      <StationMark state={standingOf(station, floor)} />
      {station.since === null ? <span /> : <QualityMark level={station.quality} />}
    </UnstyledButton>
  );
}
