import { Table } from '@mantine/core';

import { useWords } from '../app/language.ts';
import classes from './Differences.module.css';
import shared from './reports.module.css';

export interface DifferenceRow {
  readonly key: string;
  readonly bridge: string;
  readonly figure: string;
  readonly before: string;
  readonly after: string;
  /** Who made the difference and when; absent where nobody did. */
  readonly by?: string;
}

/** What one version has differently from the one before: bridge, figure, before, after. */
export function Differences({ label, rows }: { label: string; rows: readonly DifferenceRow[] }) {
  const { t } = useWords();
  return (
    <div
      className={`${shared['scroll']} ${classes['differences']}`}
      role="region"
      tabIndex={0}
      aria-label={label}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('versions.bridge')}</Table.Th>
            <Table.Th>{t('versions.figure')}</Table.Th>
            <Table.Th className="number">{t('versions.before')}</Table.Th>
            <Table.Th className="number">{t('versions.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Th scope="row">{row.bridge}</Table.Th>
              <Table.Td>
                {row.figure}
                {row.by === undefined ? null : <span className={shared['dim']}>{row.by}</span>}
              </Table.Td>
              <Table.Td className="number">{row.before}</Table.Td>
              <Table.Td className="number">{row.after}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
