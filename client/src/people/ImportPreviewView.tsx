import { Alert, Button, Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { api } from '../../../domain/wire/api.ts';
import type { Duplicate, ImportPreview } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';
import classes from './people.module.css';

interface Props {
  readonly conference: string;
  readonly preview: ImportPreview;
  readonly onDone: () => void;
}

/** What an import would do, before anything is written. */
export function ImportPreviewView({ conference, preview, onDone }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [merge, setMerge] = useState<ReadonlySet<number>>(new Set());
  const confirm = useMutation({
    mutationFn: () =>
      call(api.confirmPeople, { params: { conference, import: preview.id }, body: { merge: [...merge] } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['conference', conference] });
      await queries.invalidateQueries({ queryKey: ['conferences'] });
      onDone();
    },
  });
  const faulty = preview.errorCount > 0;
  const number = (n: number) => formatNumber(n, language);
  return (
    <Stack gap="lg">
      <Title order={2}>{t('import.title')}</Title>
      <Text size="lg">
        {t('import.would', { rows: number(preview.rows), people: number(preview.people) })}{' '}
        {t('import.nothingYet')}
      </Text>

      {faulty ? (
        <section>
          <Title order={3}>{t('import.errors', { n: number(preview.errorCount) })}</Title>
          <Text mb="xs">{t('import.errorsMore')}</Text>
          <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('import.errorList')}>
            <Table>
              <Table.Tbody>
                {preview.errors.map((fault) => (
                  <Table.Tr key={`${fault.at} ${fault.message}`}>
                    <Table.Th scope="row">{fault.at}</Table.Th>
                    <Table.Td>{fault.message}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </section>
      ) : null}

      {preview.duplicates.length === 0 ? null : (
        <section>
          <Title order={3}>{t('import.duplicates', { n: number(preview.duplicates.length) })}</Title>
          <Text mb="xs">{t('import.duplicatesMore')}</Text>
          <Stack gap={0}>
            {preview.duplicates.map((duplicate) => (
              <DuplicateLine
                key={`${duplicate.row} ${duplicate.name}`}
                duplicate={duplicate}
                merged={merge.has(duplicate.row)}
                onMerge={(on) =>
                  setMerge((before) => {
                    const next = new Set(before);
                    if (on) next.add(duplicate.row);
                    else next.delete(duplicate.row);
                    return next;
                  })
                }
              />
            ))}
          </Stack>
        </section>
      )}

      <section>
        <Title order={3}>{t('import.columns')}</Title>
        <Group gap="xs" mt="xs">
          {preview.columns.map((column) => (
            <Text key={column.header} px="sm" py={4} bd="1px solid var(--line)" style={{ borderRadius: 4 }}>
              {column.header}
              {column.field === null ? (
                <Text span c="dimmed">
                  {' '}
                  · {t('import.notUsed')}
                </Text>
              ) : null}
            </Text>
          ))}
        </Group>
      </section>

      <section>
        <Title order={3}>{t('import.sample')}</Title>
        <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('import.sample')}>
          <Table>
            <Table.Tbody>
              {preview.sample.map((person) => (
                <Table.Tr key={person.id}>
                  <Table.Th scope="row">{person.name}</Table.Th>
                  <Table.Td>{person.positions.map((position) => position.text).join(' · ')}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </section>

      {confirm.error === null ? null : <Failure error={confirm.error} />}
      {faulty ? <Alert color="orange">{t('import.mend')}</Alert> : null}
      <Group>
        <Button disabled={faulty} loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('import.confirm', { n: number(preview.people) })}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('app.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Two entries that may be one person; a person decides. */
function DuplicateLine({
  duplicate,
  merged,
  onMerge,
}: {
  duplicate: Duplicate;
  merged: boolean;
  onMerge: (on: boolean) => void;
}) {
  const { t } = useWords();
  const other =
    'person' in duplicate.other
      ? t('import.inRoster', { name: duplicate.other.name })
      : t('import.inRow', { row: duplicate.other.row });
  return (
    <Checkbox
      checked={merged}
      onChange={(event) => onMerge(event.currentTarget.checked)}
      label={`${t('import.rowIs', { row: duplicate.row, name: duplicate.name })} ${other}. ${t(`certainty.${duplicate.certainty}`)}`}
      styles={{ body: { alignItems: 'center', minHeight: 44 } }}
    />
  );
}
