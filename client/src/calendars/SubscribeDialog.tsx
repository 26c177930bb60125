import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { calendarContracts } from '../../../domain/wire/calendars.ts';
import { call } from '../api/call.ts';
import { forestQuery } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { BridgePicker } from '../bridges/BridgePicker.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure, Loading } from '../parts/Pages.tsx';
import { FeedList } from './FeedList.tsx';
import { feedsQuery } from './feeds.ts';
import { NewLink } from './NewLink.tsx';

/** The schedule in people's own calendar programs: an address that they subscribe to (webcal). */
export function SubscribeDialog({ conference, onClose }: { conference?: string; onClose: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [isBridge, setIsBridge] = useState(false);
  const [bridge, setBridge] = useState<BridgeId | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      conference !== undefined && isBridge && bridge !== null
        ? call(calendarContracts.addBridgeCalendarFeed, {
            params: { conference, bridge },
            body: { language },
          })
        : call(calendarContracts.addCalendarFeed, { body: { language } }),
    onSuccess: () => void queries.invalidateQueries(feedsQuery),
  });
  const ask = () => {
    const lacks = isBridge && bridge === null;
    setIsMissing(lacks);
    if (!lacks) make.mutate();
  };
  return (
    <Dialog title={t('calendars.title')} onClose={onClose}>
      <Stack gap="md">
        <Text>{t('calendars.what')}</Text>
        {conference === undefined ? null : (
          <SegmentedControl
            aria-label={t('calendars.of')}
            value={isBridge ? 'bridge' : 'mine'}
            data={[
              { value: 'mine', label: t('calendars.mine') },
              { value: 'bridge', label: t('calendars.ofBridge') },
            ]}
            onChange={(which) => {
              setIsBridge(which === 'bridge');
              setIsMissing(false);
              make.reset();
            }}
          />
        )}
        {conference !== undefined && isBridge ? (
          <OneBridge
            conference={conference}
            value={bridge}
            error={isMissing ? t('calendars.pickBridge') : null}
            onPick={(picked) => {
              setBridge(picked);
              setIsMissing(false);
              make.reset();
            }}
          />
        ) : null}
        <Text c="dimmed">{t(isBridge ? 'calendars.bridgeMore' : 'calendars.mineMore')}</Text>
        {make.error === null ? null : <Failure error={make.error} />}
        {make.data === undefined ? (
          <Group>
            <Button onClick={ask} loading={make.isPending}>
              {t('calendars.make')}
            </Button>
          </Group>
        ) : (
          <NewLink feed={make.data} />
        )}
        <FeedList />
      </Stack>
    </Dialog>
  );
}

function OneBridge({
  conference,
  value,
  error,
  onPick,
}: {
  conference: string;
  value: BridgeId | null;
  error: string | null;
  onPick: (bridge: BridgeId | null) => void;
}) {
  const { t } = useWords();
  const forest = useQuery(forestQuery(conference));
  if (forest.error !== null) return <Failure error={forest.error} />;
  if (forest.data === undefined) return <Loading minHeight={80} />;
  return (
    <BridgePicker
      forest={forest.data.forest}
      label={t('calendars.bridge')}
      value={value}
      error={error}
      onPick={onPick}
    />
  );
}
