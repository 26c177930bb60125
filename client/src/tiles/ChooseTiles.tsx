import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Station } from '../../../domain/wire/media.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { stationsFound } from '../studio/standing.ts';
import { MOST_CHOSEN } from './search.ts';
import classes from './tiles.module.css';

const ROW_PX = 48;

interface Props {
  readonly stations: ReadonlyMap<BridgeId, Station>;
  /** Null: everybody. */
  readonly chosen: ReadonlySet<BridgeId> | null;
  readonly onChoose: (chosen: ReadonlySet<BridgeId> | null) => void;
  readonly onClose: () => void;
}

/** Which bridges the wall shows: any that are or were there, by name. */
export function ChooseTiles({ stations, chosen, onChoose, onClose }: Props) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<ReadonlySet<BridgeId>>(chosen ?? new Set());
  const found = useMemo(() => stationsFound(stations, 'all', query), [stations, query]);
  const number = (n: number) => formatNumber(n, language);
  const withFound = new Set([...picked, ...found.map(({ bridge }) => bridge)]);
  const toggle = (bridge: BridgeId) => {
    const next = new Set(picked);
    if (!next.delete(bridge)) next.add(bridge);
    setPicked(next);
  };
  const isTooMany = picked.size > MOST_CHOSEN;
  return (
    <Dialog title={t('tiles.choose')} isWide onClose={onClose}>
      <Stack gap="sm">
        <Text size="sm">{t('tiles.chooseMore')}</Text>
        <Group gap="sm">
          <SearchField label={t('studio.search')} onSearch={setQuery} />
          <Button
            variant="default"
            disabled={withFound.size === picked.size || withFound.size > MOST_CHOSEN}
            onClick={() => setPicked(withFound)}
          >
            {t('tiles.pickFound', { n: number(found.length) })}
          </Button>
          <Button variant="default" disabled={picked.size === 0} onClick={() => setPicked(new Set())}>
            {t('tiles.pickNone')}
          </Button>
        </Group>
        {found.length === 0 ? <Text>{t('studio.nothingFound')}</Text> : null}
        <VirtualRows
          count={found.length}
          rowHeight={ROW_PX}
          label={t('studio.stations')}
          maxHeight="45dvh"
          keyOf={(index) => found[index]?.bridge ?? String(index)}
          render={(index) => {
            const station = found[index];
            return station === undefined ? null : (
              <Checkbox
                className={classes['choice'] ?? ''}
                label={station.since === null ? t('tiles.awayNow', { name: station.name }) : station.name}
                checked={picked.has(station.bridge)}
                onChange={() => toggle(station.bridge)}
              />
            );
          }}
        />
        <Text role="status" {...(isTooMany && { c: 'var(--mantine-color-error)' })}>
          {t(isTooMany ? 'tiles.tooMany' : 'tiles.picked', {
            n: number(picked.size),
            most: number(MOST_CHOSEN),
          })}
        </Text>
        <Group gap="sm">
          <Button disabled={picked.size === 0 || isTooMany} onClick={() => onChoose(picked)}>
            {t('tiles.showPicked')}
          </Button>
          <Button variant="default" onClick={() => onChoose(null)}>
            {t('tiles.showAll')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
