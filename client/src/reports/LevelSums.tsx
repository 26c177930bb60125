import { Table } from '@mantine/core';

import type { BridgeId } from '../../../domain/ids.ts';
import {
  childrenOf,
  isSameDay,
  missingIn,
  sumsByClass,
  type DueList,
  type DueNode,
  type DueSums,
} from '../../../domain/reports/due-list.ts';
import { className } from '../../../domain/plan/sentences.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { VirtualRows } from '../parts/VirtualRows.tsx';

import classes from './LevelSums.module.css';
import shared from './reports.module.css';

interface Props {
  readonly list: DueList;
  readonly node: DueNode;
  readonly now: Instant;
  readonly onNode: (id: BridgeId) => void;
}

/** Figures rolled up: by class of bridge, and for each bridge right below; every sum beside how many have reported and its age. */
export function LevelSums({ list, node, now, onNode }: Props) {
  const { t, language } = useWords();
  const n = (count: number) => formatNumber(count, language);
  const age = (latest: Instant | null) =>
    latest === null
      ? t('reports.nothingYet')
      : isSameDay(latest, now)
        ? formatTime(latest)
        : formatDateTime(latest, language);
  const all = list.sums[node.place];
  const children = childrenOf(list, node).toSorted(
    (a, b) => missingIn(list, b) - missingIn(list, a) || a.place - b.place,
  );
  const reported = (sums: DueSums) => t('reports.nOf', { n: n(sums.reported), of: n(sums.bridges) });
  return (
    <section className={classes['rollUp']} aria-label={t('reports.rollUp')}>
      {all === undefined ? null : (
        <p className={shared['big']}>
          <strong>{n(all.people)}</strong> {t('reports.delegates')}
          <span className={shared['dim']}>
            {t('reports.reportedOf', { n: n(all.reported), of: n(all.bridges) })}
            {' · '}
            {t('reports.latest', { at: age(all.latest) })}
          </span>
        </p>
      )}
      <div className={shared['scroll']} role="region" tabIndex={0} aria-label={t('reports.byClass')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('reports.class')}</Table.Th>
              <Table.Th className="number">{t('reports.reported')}</Table.Th>
              <Table.Th className="number">{t('reports.total')}</Table.Th>
              <Table.Th className="number">{t('reports.latestHead')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Array.from(sumsByClass(list, node), ([of, sums]) => (
              <Table.Tr key={of}>
                <Table.Th scope="row">{className(of, language)}</Table.Th>
                <Table.Td className="number">{reported(sums)}</Table.Td>
                <Table.Td className="number">{n(sums.people)}</Table.Td>
                <Table.Td className="number">{age(sums.latest)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {children.length === 0 ? null : (
        <>
          <h2 className={classes['heading']}>{t('reports.byUnit')}</h2>
          <VirtualRows
            label={t('reports.byUnit')}
            count={children.length}
            rowHeight={64}
            maxHeight="60dvh"
            keyOf={(at) => children[at]?.id ?? String(at)}
            render={(at) => {
              const child = children[at];
              const sums = list.sums[child?.place ?? -1];
              if (child === undefined || sums === undefined) return null;
              const hasBelow = child.end > child.place + 1;
              return (
                <div className={classes['sumRow']}>
                  {hasBelow ? (
                    <button type="button" className={shared['name']} onClick={() => onNode(child.id)}>
                      {child.name}
                    </button>
                  ) : (
                    <span className={classes['plainName']}>{child.name}</span>
                  )}
                  <progress
                    className={classes['part']}
                    max={sums.bridges}
                    value={sums.reported}
                    aria-label={t('reports.reportedOf', { n: n(sums.reported), of: n(sums.bridges) })}
                  />
                  <span className="number">{reported(sums)}</span>
                  <span className="number">{n(sums.people)}</span>
                  <span className={shared['dim']}>{age(sums.latest)}</span>
                </div>
              );
            }}
          />
        </>
      )}
    </section>
  );
}
