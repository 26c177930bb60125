import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { peopleContracts, type ImportPreview } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { download } from '../api/download.ts';
import { Failure } from '../parts/Pages.tsx';
import { ColumnMapping } from './ColumnMapping.tsx';
import { ImportRows, type Decisions } from './ImportRows.tsx';
import classes from './people.module.css';

interface Props {
  readonly conference: string;
  readonly preview: ImportPreview;
  readonly onColumns: (columns: string) => void;
  readonly onDone: () => void;
}

const AS_PROPOSED: Decisions = { merge: new Set(), apart: new Set() };

/** What an import would do, before anything is written. */
export function ImportPreviewView({ conference, preview, onColumns, onDone }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [decisions, setDecisions] = useState(AS_PROPOSED);
  const { counts } = preview;
  const faulty = preview.errorCount > 0;
  const params = { conference, import: preview.id };
  const confirm = useMutation({
    mutationFn: () =>
      call(peopleContracts.confirmPeople, {
        params,
        body: {
          merge: [...decisions.merge],
          apart: [...decisions.apart],
          mergeSame: true,
          leaveFaulty: faulty,
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['conference', conference] });
      await queries.invalidateQueries({ queryKey: ['conferences'] });
      onDone();
    },
  });
  const mended = useMutation({ mutationFn: () => download(peopleContracts.faultyRows, { params }) });
  const number = (n: number) => formatNumber(n, language);
  return (
    <Stack gap="lg">
      <Title order={2}>{t('import.title')}</Title>
      <Text size="lg">
        {t('import.would', { rows: number(preview.rows), people: number(preview.people) })}{' '}
        {t('import.nothingYet')}
      </Text>
      {faulty ? (
        <Stack align="flex-start" className={classes['faults'] ?? ''} gap="xs">
          <Title order={3}>{t('import.errors', { n: number(preview.errorCount) })}</Title>
          <Text>
            {counts.faulty === 0
              ? preview.errors.map(({ at, message }) => `${at}: ${message}`).join(' ')
              : t('import.mend', { n: number(counts.faulty) })}
          </Text>
          {counts.faulty === 0 ? null : (
            <Button variant="default" loading={mended.isPending} onClick={() => mended.mutate()}>
              {t('import.download', { n: number(counts.faulty) })}
            </Button>
          )}
          {mended.error === null ? null : <Failure error={mended.error} />}
        </Stack>
      ) : null}
      <ColumnMapping key={preview.id} preview={preview} onColumns={onColumns} />
      <ImportRows
        key={`rows ${preview.id}`}
        conference={conference}
        preview={preview}
        decisions={decisions}
        onDecide={setDecisions}
      />
      {confirm.error === null ? null : <Failure error={confirm.error} />}
      <Group>
        <Button disabled={preview.people === 0} loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t(faulty ? 'import.confirmSound' : 'import.confirm', { n: number(preview.people) })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
        {confirm.isPending ? <Text role="status">{t('import.writing')}</Text> : null}
      </Group>
    </Stack>
  );
}
