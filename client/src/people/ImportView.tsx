import { Button, Group, Loader, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { peopleContracts } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Failure } from '../parts/Pages.tsx';
import { newUuid } from '../parts/uuid.ts';
import classes from './people.module.css';
import { ImportPreviewView } from './ImportPreviewView.tsx';

const PROGRESS_EVERY_MS = 500;

/** A file of people on its way into the roster: read with progress and a way to stop, looked at, its columns corrected. */
export function ImportView({ conference, onDone }: { conference: string; onDone: () => void }) {
  const { t } = useWords();
  const [file, setFile] = useState<File | null>(null);
  const stop = useRef<AbortController | null>(null);
  const [reading, setReading] = useState('');
  const preview = useMutation({
    mutationFn: async (sent: { file: File; columns?: string }) => {
      const id = newUuid(Date.now());
      const stopping = new AbortController();
      stop.current = stopping;
      setReading(id);
      const query = { reading: id, ...(sent.columns === undefined ? {} : { columns: sent.columns }) };
      return await call(
        peopleContracts.previewPeople,
        { params: { conference }, query, body: await fileOf(sent.file) },
        stopping.signal,
      );
    },
  });
  if (preview.isPending) {
    return (
      <Reading
        conference={conference}
        reading={reading}
        onStop={() => {
          stop.current?.abort();
          preview.reset();
        }}
      />
    );
  }
  return (
    <>
      {preview.error === null ? null : <Failure error={preview.error} />}
      {preview.data === undefined ? (
        <FileDrop
          invitation={t('people.drop')}
          accept=".xlsx,.csv"
          working={null}
          onFile={(chosen) => {
            setFile(chosen);
            preview.mutate({ file: chosen });
          }}
        />
      ) : (
        <ImportPreviewView
          conference={conference}
          preview={preview.data}
          onColumns={(columns) => file !== null && preview.mutate({ file, columns })}
          onDone={onDone}
        />
      )}
    </>
  );
}

function Reading({
  conference,
  reading,
  onStop,
}: {
  conference: string;
  reading: string;
  onStop: () => void;
}) {
  const { t, language } = useWords();
  const progress = useQuery({
    queryKey: ['conference', conference, 'reading', reading],
    queryFn: ({ signal }) =>
      call(peopleContracts.readingProgress, { params: { conference, reading } }, signal),
    refetchInterval: PROGRESS_EVERY_MS,
    enabled: reading !== '',
    gcTime: 0,
  });
  const rows = progress.data?.rows ?? 0;
  return (
    <Group className={classes['reading'] ?? ''} role="status">
      <Loader size="sm" />
      <Text>
        {rows === 0 ? t('people.reading') : t('import.progress', { n: formatNumber(rows, language) })}
      </Text>
      <Button variant="default" onClick={onStop}>
        {t('import.stop')}
      </Button>
    </Group>
  );
}
