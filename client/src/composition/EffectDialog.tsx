import { Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import {
  placementContracts,
  type PlacementEffect,
  type PlacementSummary,
} from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call, isOutOfDate } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Findings } from '../parts/Findings.tsx';
import { Failure } from '../parts/Pages.tsx';
import classes from './composition.module.css';

interface Props {
  readonly conference: string;
  /** Null is placing again as things stand. */
  readonly change: CompositionChange | null;
  readonly onClose: () => void;
  readonly onApplied: (placed: PlacementSummary) => Promise<void>;
}

/** What a change would do, before it is done; applied as a whole, or not at all. */
export function EffectDialog({ conference, change, onClose, onApplied }: Props) {
  const { t } = useWords();
  const body = change === null ? {} : { change };
  const effect = useQuery({
    queryKey: ['conference', conference, 'placement effect', change],
    queryFn: ({ signal }) =>
      call(placementContracts.placementEffect, { params: { conference }, body }, signal),
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
  const apply = useMutation({
    mutationFn: (seen: string) =>
      call(placementContracts.place, { params: { conference }, body: { ...body, seen } }),
    onSuccess: onApplied,
  });
  const { data } = effect;
  const again = isOutOfDate(apply.error)
    ? () => {
        apply.reset();
        void effect.refetch();
      }
    : undefined;
  return (
    <Dialog title={t('effect.title')} onClose={onClose}>
      <Stack>
        {effect.error === null ? null : (
          <Failure error={effect.error} onRetry={() => void effect.refetch()} />
        )}
        {data === undefined || effect.isFetching ? (
          effect.error === null ? (
            <Group role="status" mih={120}>
              <Loader size="sm" />
              <Text>{t('effect.working')}</Text>
            </Group>
          ) : null
        ) : (
          <Effect effect={data} />
        )}
        {apply.error === null ? null : (
          <Failure error={apply.error} {...(again === undefined ? {} : { onRetry: again })} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('effect.leave')}
          </Button>
          <Button
            disabled={data === undefined || effect.isFetching}
            loading={apply.isPending}
            onClick={() => data !== undefined && apply.mutate(data.seen)}
          >
            {t('effect.apply')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Effect({ effect }: { effect: PlacementEffect }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  return (
    <>
      <Text size="lg" fw={600} role="status">
        {effect.changed === 0 ? t('effect.nobody') : t('effect.changed', { n: number(effect.changed) })}
      </Text>
      <Text>
        {t('effect.seats', { before: number(effect.seatedBefore), after: number(effect.seatedAfter) })}
      </Text>
      {effect.moves.length === 0 ? null : (
        <section aria-label={t('effect.moves')}>
          <Title order={3} size="h5">
            {t('effect.moves')}
          </Title>
          {effect.moves.map((move) => (
            <details key={`${move.from.bridge} ${move.to.bridge}`} className={classes['move']}>
              <summary>
                <b>{t('effect.people', { n: number(move.count) })}</b>{' '}
                {t('effect.move', {
                  from: move.from.name ?? t('placement.nowhere'),
                  to: move.to.name ?? t('placement.nowhere'),
                })}
              </summary>
              <ul>
                {move.people.map((person) => (
                  <li key={person.person}>
                    <b>{person.name}</b> {person.positions.join(' · ')}
                  </li>
                ))}
                {move.count > move.people.length ? (
                  <li>{t('effect.more', { n: number(move.count - move.people.length) })}</li>
                ) : null}
              </ul>
            </details>
          ))}
          {effect.moveCount > effect.moves.length ? (
            <Text c="dimmed">
              {t('effect.moreMoves', { n: number(effect.moveCount - effect.moves.length) })}
            </Text>
          ) : null}
        </section>
      )}
      <TooFull effect={effect} />
      {effect.arising.length === 0 ? null : (
        <section aria-label={t('effect.arising')}>
          <Title order={3} size="h5">
            {t('effect.arising')}
          </Title>
          <Findings findings={effect.arising} />
        </section>
      )}
      {effect.settled.length === 0 ? null : (
        <section aria-label={t('effect.settled')}>
          <Title order={3} size="h5">
            {t('effect.settled')}
          </Title>
          <Findings findings={effect.settled} />
        </section>
      )}
    </>
  );
}

function TooFull({ effect }: { effect: PlacementEffect }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const full = effect.rooms.filter((room) => room.tooFull);
  if (full.length === 0) return null;
  return (
    <section aria-label={t('effect.tooFull', { n: number(effect.tooFullCount) })}>
      <Title order={3} size="h5" c="var(--review)">
        {t('effect.tooFull', { n: number(effect.tooFullCount) })}
      </Title>
      <ul className={classes['plain']}>
        {full.map((room) => (
          <li key={room.bridge}>
            {t('effect.room', {
              name: room.name,
              before: number(room.before),
              after: number(room.after),
              capacity: number(room.capacity ?? 0),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
