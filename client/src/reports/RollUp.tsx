import { Table } from '@mantine/core';

import { formatNumber } from '../../../domain/text/numbers.ts';
import type { HeadcountRollUp } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { className } from '../../../domain/plan/sentences.ts';
import classes from './reports.module.css';

/** Sums over a subtree, always beside how many have reported. */
export function RollUp({ rollUp }: { rollUp: HeadcountRollUp }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  return (
    <section className={classes['rollUp']} aria-label={t('reports.rollUp')}>
      <p className={classes['big']}>
        <strong>{number(rollUp.total)}</strong> {t('reports.delegates')}
        <span className={classes['dim']}>
          {t('reports.reportedOf', { n: number(rollUp.reported), of: number(rollUp.bridges) })}
          {rollUp.missing > 0 ? ` · ${t('reports.missingN', { n: number(rollUp.missing) })}` : ''}
          {rollUp.late > 0 ? ` · ${t('reports.lateN', { n: number(rollUp.late) })}` : ''}
          {` · ${t('reports.chairs', { n: number(rollUp.chairs) })}`}
        </span>
      </p>
      {rollUp.byClass.length === 0 ? null : (
        <div className={classes['scroll']} role="region" tabIndex={0} aria-label={t('reports.byClass')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('reports.class')}</Table.Th>
                <Table.Th className="number">{t('reports.bridges')}</Table.Th>
                <Table.Th className="number">{t('reports.reported')}</Table.Th>
                <Table.Th className="number">{t('reports.total')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rollUp.byClass.map((row) => (
                <Table.Tr key={row.class}>
                  <Table.Th scope="row">{className(row.class, language)}</Table.Th>
                  <Table.Td className="number">{number(row.bridges)}</Table.Td>
                  <Table.Td className="number">{number(row.reported)}</Table.Td>
                  <Table.Td className="number">{number(row.total)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  );
}
