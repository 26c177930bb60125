import { Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { CompositionChange } from '../../../domain/composition/change.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { placementContracts, type BridgeRoom } from '../../../domain/wire/placement.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered } from '../parts/Pages.tsx';
import { PersonPicker, type Picked } from '../people/PersonPicker.tsx';

interface Props {
  readonly conference: string;
  readonly room: Pick<BridgeRoom, 'bridge' | 'name' | 'quotas'>;
  readonly onClose: () => void;
  readonly propose: (change: CompositionChange) => void;
}

/** The seats that a unit fills with its own people: how many, and who is named. */
export function QuotaForm(props: Props) {
  const { t } = useWords();
  const { conference, room, onClose } = props;
  const kept = useQuery({
    queryKey: ['conference', conference, 'by hand', 'quota of', room.bridge],
    queryFn: ({ signal }) =>
      call(
        placementContracts.settledByHand,
        { params: { conference }, query: { kind: 'quota', limit: 1000 } },
        signal,
      ),
  });
  return (
    <Dialog title={t('quota.title', { name: room.name })} onClose={onClose}>
      <Answered query={kept}>
        {({ items }) => {
          const here = items.filter(({ bridge }) => bridge === room.bridge);
          const named = new Map(
            here.map(({ clause, people }) => [
              clause ?? '',
              people.map(({ person, name }) => ({ id: person, name })),
            ]),
          );
          return <Fields {...props} named={named} />;
        }}
      </Answered>
    </Dialog>
  );
}

function Fields({
  conference,
  room,
  named,
  onClose,
  propose,
}: Props & { named: ReadonlyMap<string, readonly Picked[]> }) {
  const { t, language } = useWords();
  const [at, setAt] = useState(0);
  const quota = room.quotas[at];
  const [changed, setChanged] = useState<{ seats?: number; people?: readonly Picked[] }>({});
  const [note, setNote] = useState('');
  if (quota === undefined) return null;
  const people = changed.people ?? named.get(quota.clause) ?? [];
  const seats = changed.seats ?? quota.seats ?? 1;
  const ready = note.trim() !== '' && people.length <= seats;
  return (
    <Stack>
      <NativeSelect
        label={t('quota.clause')}
        value={String(at)}
        data={room.quotas.map((one, index) => ({
          value: String(index),
          label: `${one.clause}: ${
            one.seats === null
              ? t('quota.unset')
              : t('quota.state', {
                  named: formatNumber(one.named, language),
                  seats: formatNumber(one.seats, language),
                })
          }`,
        }))}
        onChange={(event) => {
          setAt(Number(event.currentTarget.value));
          setChanged({});
        }}
      />
      <NumberInput
        label={t('quota.seats')}
        min={0}
        max={10_000}
        allowDecimal={false}
        value={seats}
        onChange={(value) => setChanged({ ...changed, seats: Number(value) || 0 })}
      />
      <PersonPicker
        conference={conference}
        chosen={people}
        most={seats}
        onChange={(next) => setChanged({ ...changed, people: next })}
      />
      {people.length > seats ? <Text c="var(--review)">{t('quota.tooMany')}</Text> : null}
      <TextInput
        label={t('quota.ground')}
        description={t('quota.example')}
        required
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button
          disabled={!ready}
          onClick={() => {
            onClose();
            propose({
              kind: 'quota',
              bridge: room.bridge,
              clause: quota.clause,
              seats,
              named: people.map(({ id }) => id),
              note: note.trim(),
            });
          }}
        >
          {t('effect.see')}
        </Button>
      </Group>
    </Stack>
  );
}
