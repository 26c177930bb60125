import { Button, NativeSelect, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';

import { ROSTER_FIELDS } from '../../../domain/composition/roster.ts';
import type { ImportPreview } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import classes from './people.module.css';

/** How each column of a file is understood, with what stands in it; the person has the last word. */
export function ColumnMapping({
  preview,
  onColumns,
}: {
  preview: ImportPreview;
  onColumns: (columns: string) => void;
}) {
  const { t } = useWords();
  const [fields, setFields] = useState(preview.columns.map(({ field }) => field ?? ''));
  const isChanged = fields.some((field, at) => field !== (preview.columns[at]?.field ?? ''));
  const choose = (at: number, field: string) =>
    // A field stands for one column.
    setFields(fields.map((one, index) => (index === at ? field : one === field ? '' : one)));
  return (
    <section>
      <Title order={3}>{t('import.columns')}</Title>
      <Text mb="xs">{t('import.columnsMore')}</Text>
      <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('import.columns')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.column')}</Table.Th>
              <Table.Th>{t('import.readAs')}</Table.Th>
              <Table.Th>{t('import.contains')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.columns.map((column, at) => (
              <Table.Tr key={column.header}>
                <Table.Th scope="row">{column.header}</Table.Th>
                <Table.Td miw={200}>
                  <NativeSelect
                    aria-label={t('import.readAsOf', { header: column.header })}
                    value={fields[at] ?? ''}
                    data={[
                      { value: '', label: t('import.notUsed') },
                      ...ROSTER_FIELDS.map((field) => ({ value: field, label: t(`personField.${field}`) })),
                    ]}
                    onChange={(event) => choose(at, event.currentTarget.value)}
                  />
                  {column.ground === null || fields[at] !== column.field ? null : (
                    <Text size="sm" c="dimmed">
                      {t(`import.ground.${column.ground}`)}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  {preview.head
                    .map((cells) => cells[at] ?? '')
                    .filter((cell) => cell !== '')
                    .slice(0, 3)
                    .join(' | ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {isChanged ? (
        <Button mt="sm" onClick={() => onColumns(fields.join(','))}>
          {t('import.readAgain')}
        </Button>
      ) : null}
    </section>
  );
}
