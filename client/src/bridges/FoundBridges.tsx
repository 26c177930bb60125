import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Answered } from '../parts/Pages.tsx';
import { BridgeLine } from './BridgeLine.tsx';
import classes from './BridgesPage.module.css';

const MOST = 200;

/** Bridges whose name answers a search, marks set aside. */
export function FoundBridges({
  conference,
  query,
  chosen,
  onChoose,
}: {
  conference: string;
  query: string;
  chosen: BridgeId | null;
  onChoose: (bridge: BridgeId) => void;
}) {
  const { t } = useWords();
  const found = useQuery({
    queryKey: ['conference', conference, 'bridges-found', query],
    queryFn: ({ signal }) =>
      call(api.bridges, { params: { conference }, query: { q: query, limit: MOST } }, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Answered query={found}>
      {({ items, next }) =>
        items.length === 0 ? (
          <Text>{t('bridges.notFound', { query })}</Text>
        ) : (
          <div className={classes['tree']} role="tree" aria-label={t('bridges.found')}>
            {items.map((bridge, index) => (
              // Found bridges stand flat: where each belongs is told beside it once it is chosen.
              <div
                key={bridge.id}
                role="presentation"
                onKeyDown={(event) => event.key === 'Enter' && onChoose(bridge.id)}
              >
                <BridgeLine
                  id={`found-${bridge.id}`}
                  bridge={bridge}
                  level={0}
                  place={index + 1}
                  siblings={items.length}
                  unfolded={undefined}
                  isActive
                  tabIndex={0}
                  isChosen={bridge.id === chosen}
                  onFold={() => undefined}
                  onChoose={() => onChoose(bridge.id)}
                />
              </div>
            ))}
            {next === null ? null : <Text p="sm">{t('bridges.moreFound', { n: MOST })}</Text>}
          </div>
        )
      }
    </Answered>
  );
}
