import { Stack, Table, Text, Title } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { LEVELS } from '../../../domain/units/levels.ts';
import type { unitContracts } from '../../../domain/wire/units.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { useWords } from '../app/language.ts';
import { VirtualRows } from '../parts/VirtualRows.tsx';

/** What a list was understood as, before anything is written: its columns, its faults by row, what it changes. */
export function UnitPreview({ read }: { read: AnswerOf<typeof unitContracts.importUnits> }) {
  const { t, language } = useWords();
  const n = (count: number) => formatNumber(count, language);
  const levels = LEVELS.flatMap(({ id, name }) => {
    const count = read.byLevel[id];
    return count === undefined ? [] : [`${n(count)} ${name[language].toLocaleLowerCase(language)}`];
  });
  return (
    <Stack>
      <Text size="lg" role="status">
        {t('units.would', { rows: n(read.rows), units: n(read.units), levels: levels.join(', ') })}{' '}
        {t('units.nothingYet')}
      </Text>
      {read.errors.length === 0 ? null : (
        <section>
          <Title order={3}>{t('units.errors', { n: n(read.errors.length) })}</Title>
          <Text mb="xs">{t('units.errorsMore')}</Text>
          <VirtualRows
            label={t('units.errors', { n: n(read.errors.length) })}
            count={read.errors.length}
            rowHeight={52}
            maxHeight="40dvh"
            keyOf={String}
            render={(index) => (
              <Text py={6}>
                <b>{read.errors[index]?.at}</b>: {read.errors[index]?.message}
              </Text>
            )}
          />
        </section>
      )}
      <section>
        <Title order={3}>{t('units.differences')}</Title>
        {read.differences.length === 0 ? <Text>{t('units.noDifferences')}</Text> : null}
        {read.differences.map(({ kind, count, first }) => (
          <details key={kind}>
            <summary style={{ minHeight: 44, cursor: 'pointer', paddingTop: 10 }}>
              {t(`units.kinds.${kind}`, { n: n(count) })}
            </summary>
            <VirtualRows
              label={t(`units.kinds.${kind}`, { n: n(count) })}
              count={first.length}
              rowHeight={36}
              maxHeight="40dvh"
              keyOf={String}
              render={(index) => <Text py={6}>{first[index]}</Text>}
            />
            {count > first.length ? (
              <Text c="dimmed">{t('units.more', { n: n(count - first.length) })}</Text>
            ) : null}
          </details>
        ))}
      </section>
      {read.columns.length === 0 ? null : (
        <section>
          <Title order={3}>{t('units.mapping')}</Title>
          <Table maw={560}>
            <Table.Tbody>
              {read.columns.map(({ field, header }, index) => (
                // A wide list has a code and a name for each level.
                // oxlint-disable-next-line react/no-array-index-key
                <Table.Tr key={`${field} ${index}`}>
                  <Table.Th scope="row">{header}</Table.Th>
                  <Table.Td>{t(`units.fields.${fieldIn(field)}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
    </Stack>
  );
}

const FIELDS = ['code', 'name', 'fullName', 'type', 'parent', 'validFrom', 'validTo'] as const;

function fieldIn(field: string): (typeof FIELDS)[number] {
  return FIELDS.find((one) => one === field) ?? 'name';
}
