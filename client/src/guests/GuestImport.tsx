import { Alert, Button, List, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import type { GuestList } from '../../../domain/guests/guest.ts';
import { guestContracts } from '../../../domain/wire/guests.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Failure } from '../parts/Pages.tsx';

interface Props {
  readonly conference: string;
  readonly list: GuestList;
  readonly onDone: () => void;
}

/** A file of guests: what it would add is shown first, and where it is wrong; then it is taken in as a whole. */
export function GuestImport({ conference, list, onDone }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const send = async (file: File, dryRun: boolean) =>
    call(guestContracts.importGuests, {
      params: { conference },
      query: { list, dryRun: dryRun ? 'true' : 'false' },
      body: await fileOf(file),
    });
  const look = useMutation({ mutationFn: (file: File) => send(file, true) });
  const take = useMutation({
    mutationFn: (file: File) => send(file, false),
    onSuccess: ({ imported }) => (imported ? onDone() : undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'guests'] }),
  });
  const file = look.variables;
  const read = take.data ?? look.data;
  return (
    <>
      <FileDrop
        invitation={t(`guests.file.${list}`)}
        accept=".xlsx,.csv"
        working={look.isPending && file !== undefined ? t('guests.reading', { name: file.name }) : null}
        onFile={(chosen) => {
          take.reset();
          look.mutate(chosen);
        }}
      />
      {look.error === null ? null : <Failure error={look.error} />}
      {take.error === null ? null : <Failure error={take.error} />}
      {read === undefined || file === undefined ? null : read.faults.length > 0 ? (
        <Alert color="red" variant="outline" role="alert" my="sm" title={t('guests.faulty')}>
          <List>
            {read.faults.map(({ at, message }) => (
              <List.Item key={`${at} ${message}`}>{`${at}: ${message}`}</List.Item>
            ))}
          </List>
        </Alert>
      ) : read.added === 0 ? (
        <Text my="sm" role="status">
          {t('guests.nothingNew')}
        </Text>
      ) : (
        <>
          <Text my="sm" role="status">
            {t('guests.wouldAdd', { rows: read.rows, added: read.added, known: read.known })}
          </Text>
          <Button mb="md" loading={take.isPending} onClick={() => take.mutate(file)}>
            {t('guests.confirm', { count: read.added })}
          </Button>
        </>
      )}
    </>
  );
}
