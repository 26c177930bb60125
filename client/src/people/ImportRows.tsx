import { Checkbox, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import {
  peopleContracts,
  ImportKind,
  type ImportPreview,
  type ImportRow,
} from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { usePaged } from '../parts/paged.ts';
import { Answered } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './people.module.css';
import { SideBySide } from './SideBySide.tsx';

/** Which rows somebody has decided otherwise than proposed. */
export interface Decisions {
  /** Rows that are the one proposed, where the program does not know. */
  readonly merge: ReadonlySet<number>;
  /** Rows that are not, in spite of the card. */
  readonly apart: ReadonlySet<number>;
}

/** The rows of an import by what becomes of them; whom they may be stands beside them, and a person decides. */
export function ImportRows({
  conference,
  preview,
  decisions,
  onDecide,
}: {
  conference: string;
  preview: ImportPreview;
  decisions: Decisions;
  onDecide: (decisions: Decisions) => void;
}) {
  const { t, language } = useWords();
  const kinds = ImportKind.options.filter((kind) => preview.counts[kind] > 0);
  const [chosen, setKind] = useState<ImportKind | null>(null);
  const worst =
    kinds.find((kind) => kind === 'faulty') ?? kinds.find((kind) => kind === 'likely') ?? kinds[0];
  const kind = chosen ?? worst ?? 'added';
  const {
    list,
    items: rows,
    more,
  } = usePaged(['conference', conference, 'import', preview.id, kind], (cursor, signal) =>
    call(
      peopleContracts.importRows,
      { params: { conference, import: preview.id }, query: { kind, cursor } },
      signal,
    ),
  );
  const isSame = kind === 'changed' || kind === 'untouched';
  const set = isSame ? decisions.apart : decisions.merge;
  const decide = (row: number, merged: boolean) => {
    const next = new Set(set);
    if (merged === isSame) next.delete(row);
    else next.add(row);
    onDecide(isSame ? { ...decisions, apart: next } : { ...decisions, merge: next });
  };
  if (kinds.length === 0) return null;
  return (
    <section aria-label={t('import.rows')}>
      <SegmentedControl
        size="md"
        mb="xs"
        className={classes['views'] ?? ''}
        aria-label={t('import.rows')}
        value={kind}
        data={kinds.map((one) => ({
          value: one,
          label: `${t(`import.kind.${one}`)} (${formatNumber(preview.counts[one], language)})`,
        }))}
        onChange={(value) => setKind(ImportKind.parse(value))}
      />
      <Text mb="xs">{t(`import.about.${kind}`)}</Text>
      <Answered query={list}>
        {() => (
          <VirtualRows
            label={t(`import.kind.${kind}`)}
            count={rows.length}
            rowHeight={kind === 'added' || kind === 'untouched' ? 56 : 200}
            maxHeight="50dvh"
            keyOf={(index) => String(rows[index]?.row ?? index)}
            onEnd={more}
            render={(index) => {
              const row = rows[index];
              return row === undefined ? null : (
                <Row
                  row={row}
                  merged={row.other === null ? null : isSame ? !set.has(row.row) : set.has(row.row)}
                  onMerge={(merged) => decide(row.row, merged)}
                />
              );
            }}
          />
        )}
      </Answered>
    </section>
  );
}

function Row({
  row,
  merged,
  onMerge,
}: {
  row: ImportRow;
  /** Null where there is nobody to be one with. */
  merged: boolean | null;
  onMerge: (merged: boolean) => void;
}) {
  const { t } = useWords();
  const { person, other } = row;
  if (person === null) {
    return (
      <div className={classes['importRow']}>
        <b>{t('import.rowNumber', { row: row.row })}</b>
        <ul>
          {row.faults.map((fault) => (
            <li key={`${fault.at} ${fault.message}`}>
              {fault.at}: {fault.message}
            </li>
          ))}
        </ul>
        <span className={classes['note']}>
          {row.cells
            .filter((cell) => cell !== '')
            .join(' | ')
            .slice(0, 300)}
        </span>
      </div>
    );
  }
  return (
    <div className={classes['importRow']}>
      <span className={classes['name']}>{person.name}</span>{' '}
      <span className={classes['note']}>
        {t('import.rowNumber', { row: row.row })} · {person.positions.map(({ text }) => text).join(' · ')}
      </span>
      {other === null || (row.differs.length === 0 && merged === true) ? null : (
        <SideBySide
          people={[person, other.person]}
          differs={null}
          heads={[
            t('import.inFile'),
            other.row === null ? t('import.known') : t('import.earlier', { row: other.row }),
          ]}
        />
      )}
      {merged === null ? null : (
        <Checkbox
          checked={merged}
          onChange={(event) => onMerge(event.currentTarget.checked)}
          label={t('import.isSame', { name: person.name, row: row.row })}
        />
      )}
    </div>
  );
}
