import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { seatingContracts, type SeatsRevision } from '../../../domain/wire/seating.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { call, fileOf } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Failure } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import type { At } from './seats.ts';

type Read = AnswerOf<typeof seatingContracts.importSeats>;

interface Props {
  readonly at: At;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A file of seat numbers: read at once, shown with what it changes or what is wrong, taken over when somebody says so. */
export function ImportSeats({ at, onClose, onDone }: Props) {
  const { t, language } = useWords();
  const [file, setFile] = useState<File | null>(null);
  const read = useMutation({
    mutationFn: async (chosen: File) =>
      call(seatingContracts.importSeats, { params: { ...at }, query: {}, body: await fileOf(chosen) }),
  });
  const take = useMutation({
    mutationFn: async ({ chosen, revision }: { chosen: File; revision: SeatsRevision }) =>
      call(seatingContracts.importSeats, {
        params: { ...at },
        query: { dryRun: 'false', revision },
        body: await fileOf(chosen),
      }),
    onSuccess: onDone,
  });
  const choose = (chosen: File) => {
    setFile(chosen);
    take.reset();
    read.mutate(chosen);
  };
  const { data } = read;
  return (
    <Dialog title={t('seating.files.title')} onClose={onClose}>
      {data === undefined || file === null ? (
        <Stack>
          {read.error === null ? null : <Failure error={read.error} />}
          <FileDrop
            invitation={t('seating.files.invitation')}
            accept=".csv,.xlsx"
            working={read.isPending ? t('seating.files.reading') : null}
            onFile={choose}
          />
        </Stack>
      ) : (
        <Stack>
          <WhatItSays read={data} />
          {take.error === null ? null : <Failure error={take.error} />}
          <Group>
            {data.faults.length > 0 || data.differences.length === 0 ? null : (
              <Button
                loading={take.isPending}
                onClick={() => take.mutate({ chosen: file, revision: data.revision })}
              >
                {t('seating.files.take', { n: formatNumber(data.differences.length, language) })}
              </Button>
            )}
            <Button variant="default" onClick={() => read.reset()}>
              {t('seating.files.another')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function WhatItSays({ read }: { readonly read: Read }) {
  const { t, language } = useWords();
  const { rows, differences, faults } = read;
  const n = (count: number) => formatNumber(count, language);
  if (faults.length > 0) {
    return (
      <section>
        <Title order={3} size="md">
          {t('seating.files.faults', { n: n(faults.length) })}
        </Title>
        <Text mb="xs">{t('seating.files.faultsMore')}</Text>
        <VirtualRows
          label={t('seating.files.faults', { n: n(faults.length) })}
          count={faults.length}
          rowHeight={52}
          maxHeight="40dvh"
          keyOf={String}
          render={(index) => (
            <Text py={6}>
              <b>{faults[index]?.at}</b>: {faults[index]?.message}
            </Text>
          )}
        />
      </section>
    );
  }
  const same = differences.length === 0;
  return (
    <section>
      <Text role="status" mb="xs">
        {t(same ? 'seating.files.same' : 'seating.files.would', { rows: n(rows), n: n(differences.length) })}
      </Text>
      {same ? null : (
        <VirtualRows
          label={t('seating.files.differences')}
          count={differences.length}
          rowHeight={52}
          maxHeight="40dvh"
          keyOf={(index) => differences[index]?.person ?? String(index)}
          render={(index) => {
            const one = differences[index];
            return one === undefined ? null : (
              <Text py={6}>
                {one.name}:{' '}
                {t('seating.files.from', {
                  before: one.before ?? t('seating.files.without'),
                  after: one.after ?? t('seating.files.without'),
                })}
              </Text>
            );
          }}
        />
      )}
    </section>
  );
}
