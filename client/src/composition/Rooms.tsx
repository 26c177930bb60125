import { Button, Group, NativeSelect, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { placementContracts, type BridgeRoom, type RoomState } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { type State, StateShape } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { className } from '../../../domain/plan/sentences.ts';
import classes from './composition.module.css';
import { PlacedList } from './Seats.tsx';
import { QuotaForm } from './QuotaForm.tsx';

const SHAPE: Record<RoomState, State> = {
  over: 'review',
  full: 'present',
  free: 'left',
  empty: 'unmarked',
  unknown: 'missing',
};
const SHOWN = ['all', 'over', 'open', 'unknown', 'full', 'free', 'empty'] as const;
type Shown = (typeof SHOWN)[number];

interface Props {
  readonly conference: string;
  /** The bridge whose people are shown. */
  readonly shown: string | null;
  readonly onShow: (bridge: string | null) => void;
  readonly propose: ((change: CompositionChange) => void) | null;
}

/** How full each bridge is, those that need somebody first. */
export function Rooms({ conference, shown, onShow, propose }: Props) {
  const { t, language } = useWords();
  const [query, setQuery] = useState('');
  const [show, setShow] = useState<Shown>('all');
  const [quota, setQuota] = useState<BridgeRoom | null>(null);
  const {
    list,
    first,
    items: rooms,
    more,
  } = usePaged(
    ['conference', conference, 'rooms', show, query],
    (cursor, signal) =>
      call(
        placementContracts.rooms,
        {
          params: { conference },
          query: { limit: 200, cursor, q: query || undefined, show: show === 'all' ? undefined : show },
        },
        signal,
      ),
    { placeholderData: keepPreviousData },
  );
  const counts = first?.counts;
  return (
    <section aria-label={t('composition.view.rooms')}>
      <Group align="flex-end" mb="xs">
        <SearchField label={t('composition.searchBridge')} onSearch={setQuery} />
        <NativeSelect
          label={t('placement.show')}
          value={show}
          data={SHOWN.map((value) => ({
            value,
            label: `${t(`rooms.show.${value}`)}${counts === undefined ? '' : ` (${formatNumber(counts[value], language)})`}`,
          }))}
          onChange={(event) => setShow(event.currentTarget.value as Shown)}
        />
      </Group>
      <Answered query={list}>
        {() =>
          rooms.length === 0 ? (
            <Text>{t('rooms.none')}</Text>
          ) : (
            <VirtualRows
              label={t('composition.view.rooms')}
              count={rooms.length}
              rowHeight={72}
              keyOf={(index) => rooms[index]?.bridge ?? String(index)}
              onEnd={more}
              render={(index) => {
                const room = rooms[index];
                return room === undefined ? null : (
                  <RoomLine
                    room={room}
                    onShow={() => onShow(room.bridge)}
                    onQuota={propose === null ? null : () => setQuota(room)}
                  />
                );
              }}
            />
          )
        }
      </Answered>
      {shown === null ? null : (
        <Dialog
          title={rooms.find((room) => room.bridge === shown)?.name ?? t('rooms.people')}
          onClose={() => onShow(null)}
        >
          <PlacedList conference={conference} wanted={{ bridge: shown }} propose={propose} />
        </Dialog>
      )}
      {quota === null || propose === null ? null : (
        <QuotaForm conference={conference} room={quota} onClose={() => setQuota(null)} propose={propose} />
      )}
    </section>
  );
}

function RoomLine({
  room,
  onShow,
  onQuota,
}: {
  room: BridgeRoom;
  onShow: () => void;
  onQuota: (() => void) | null;
}) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const taken = room.summoned + room.invited + room.conditional;
  const unset = room.quotas.some((quota) => quota.seats === null);
  return (
    <div className={classes['room']}>
      <span>
        <UnstyledButton className={classes['link'] ?? ''} onClick={onShow}>
          {room.name}
        </UnstyledButton>
        <br />
        <span className={classes['more']}>{className(room.class, language)}</span>
      </span>
      <span>
        <span className={classes['state']} data-state={room.state}>
          <StateShape state={SHAPE[room.state]} />
          {t(`rooms.state.${room.state}`, {
            taken: number(taken),
            capacity: number(room.capacity ?? 0),
            over: number(Math.max(0, taken - (room.capacity ?? 0))),
            left: number(Math.max(0, (room.capacity ?? 0) - taken)),
          })}
        </span>
        {room.capacity === null || room.capacity === 0 ? null : (
          <meter
            className={classes['bar']}
            min={0}
            max={room.capacity}
            high={room.capacity - 0.5}
            optimum={0}
            value={Math.min(taken, room.capacity)}
            aria-label={t('rooms.filled', { taken: number(taken), capacity: number(room.capacity) })}
          />
        )}
      </span>
      <span className={classes['more']}>
        {room.open > 0 ? t('rooms.open', { n: number(room.open) }) : ''}
        {unset ? ` ${t('rooms.unset')}` : ''}
      </span>
      {onQuota !== null && room.quotas.length > 0 ? (
        <Button variant="default" onClick={onQuota} aria-label={t('rooms.nameFor', { name: room.name })}>
          {t('rooms.name')}
        </Button>
      ) : null}
    </div>
  );
}
