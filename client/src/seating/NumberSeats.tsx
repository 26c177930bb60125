import { Button, Group, NumberInput, SegmentedControl, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';

import { readRowNames, readRowSeats, SeatLayout } from '../../../domain/seating/layout.ts';
import { numberSeats, type FilledRow, type Numbering } from '../../../domain/seating/numbering.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { seatingContracts } from '../../../domain/wire/seating.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './seating.module.css';
import type { At } from './seats.ts';

/** Seats in a row, before anybody says otherwise. */
const USUAL_IN_ROW = 20;

interface Props {
  readonly at: At;
  /** People and numbers as the server has just said them: the preview is of these, and applying names their state. */
  readonly hall: AnswerOf<typeof seatingContracts.seatNumbers>;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Asks how the rows of a hall are, shows at once what numbering comes to, and does it when somebody says so. */
export function NumberSeats({ at, hall, onClose, onDone }: Props) {
  const { t, language } = useWords();
  const { items: guests, revision } = hall;
  const [rowNames, setRowNames] = useState<SeatLayout['rowNames']>('letters');
  const [kind, setKind] = useState<'alike' | 'listed'>('alike');
  const [rows, setRows] = useState<number | string>(Math.max(1, Math.ceil(guests.length / USUAL_IN_ROW)));
  const [perRow, setPerRow] = useState<number | string>(USUAL_IN_ROW);
  const [list, setList] = useState('');
  const [free, setFree] = useState('');
  const [order, setOrder] = useState<SeatLayout['order']>('official');
  const [keep, setKeep] = useState<'keep' | 'anew'>('keep');

  const rowSeats =
    kind === 'listed'
      ? readRowSeats(list)
      : Array.from({ length: Math.min(Number(rows) || 0, 300) }, () => Number(perRow));
  const freeRows = readRowNames(free, rowSeats?.length ?? 0, rowNames);
  const layout = SeatLayout.safeParse({ rowNames, rowSeats, freeRows, order, keep: keep === 'keep' }).data;
  const said = JSON.stringify(layout);
  const numbering = useMemo(
    () => (layout === undefined ? null : numberSeats(guests, layout)),
    // The layout is a new object each time; what it says is not.
    // oxlint-disable-next-line react/exhaustive-deps
    [said, guests],
  );
  const apply = useMutation({
    mutationFn: (wanted: SeatLayout) =>
      call(seatingContracts.numberSeats, { params: { ...at }, body: { layout: wanted, revision } }),
    onSuccess: onDone,
  });
  const changes = numbering === null ? 0 : numbering.given + numbering.losing;
  return (
    <Dialog title={t('seating.number')} onClose={onClose}>
      <Stack>
        <Choice label={t('seating.layout.rowNames')} value={rowNames} onChange={setRowNames}>
          {{ letters: t('seating.layout.letters'), figures: t('seating.layout.figures') }}
        </Choice>
        <Choice label={t('seating.layout.seating')} value={kind} onChange={setKind}>
          {{ alike: t('seating.layout.alike'), listed: t('seating.layout.listed') }}
        </Choice>
        {kind === 'alike' ? (
          <Group grow>
            <NumberInput
              hideControls
              label={t('seating.layout.rows')}
              min={1}
              max={300}
              allowDecimal={false}
              value={rows}
              onChange={setRows}
            />
            <NumberInput
              hideControls
              label={t('seating.layout.perRow')}
              min={1}
              max={300}
              allowDecimal={false}
              value={perRow}
              onChange={setPerRow}
            />
          </Group>
        ) : (
          <TextInput
            label={t('seating.layout.list')}
            description={t('seating.layout.listHint')}
            value={list}
            error={list !== '' && rowSeats === null ? t('seating.layout.badList') : null}
            onChange={(event) => setList(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('seating.layout.free')}
          description={t('seating.layout.freeHint')}
          value={free}
          error={
            freeRows === null
              ? t('seating.layout.badFree', { n: formatNumber(rowSeats?.length ?? 0, language) })
              : null
          }
          onChange={(event) => setFree(event.currentTarget.value)}
        />
        <Choice label={t('seating.layout.order')} value={order} onChange={setOrder} stacked>
          {{ official: t('seating.layout.official'), unit: t('seating.layout.unit') }}
        </Choice>
        <Choice label={t('seating.layout.have')} value={keep} onChange={setKeep}>
          {{ keep: t('seating.layout.keep'), anew: t('seating.layout.anew') }}
        </Choice>
        {numbering === null ? null : <Preview numbering={numbering} />}
        {apply.error === null ? null : <Failure error={apply.error} />}
        <Button
          disabled={layout === undefined || changes === 0}
          loading={apply.isPending}
          onClick={() => layout !== undefined && apply.mutate(layout)}
        >
          {t('seating.preview.apply', { n: formatNumber(numbering?.given ?? 0, language) })}
        </Button>
      </Stack>
    </Dialog>
  );
}

function Choice<Value extends string>({
  label,
  value,
  onChange,
  stacked = false,
  children,
}: {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** One below the other, where the words are long. */
  readonly stacked?: boolean;
  readonly children: Readonly<Record<Value, ReactNode>>;
}) {
  const values = Object.keys(children) as Value[];
  return (
    <div>
      <Text fw={600} mb={4}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        size="md"
        orientation={stacked ? 'vertical' : 'horizontal'}
        aria-label={label}
        value={value}
        data={values.map((one) => ({ value: one, label: children[one] }))}
        onChange={onChange}
      />
    </div>
  );
}

/** What numbering comes to, before it is done: in words, then row by row. */
function Preview({ numbering }: { readonly numbering: Numbering }) {
  const { t, language } = useWords();
  const { given, kept, unfit, losing, rows } = numbering;
  const n = (count: number) => formatNumber(count, language);
  return (
    <section className={classes['preview']} aria-label={t('seating.preview.title')}>
      <Title order={3} size="md">
        {t('seating.preview.title')}
      </Title>
      <div role="status">
        {given === 0 && losing === 0 ? <p>{t('seating.preview.nothing')}</p> : null}
        {given === 0 ? null : <p>{t('seating.preview.given', { n: n(given) })}</p>}
        {kept === 0 ? null : <p>{t('seating.preview.kept', { n: n(kept) })}</p>}
        {unfit.length === 0 ? null : (
          <p className={classes['unfit']}>
            {t('seating.preview.unfit', { n: n(unfit.length) })}{' '}
            {losing === 0 ? '' : t('seating.preview.losing', { n: n(losing) })}
          </p>
        )}
      </div>
      <VirtualRows
        label={t('seating.preview.rows')}
        count={rows.length}
        rowHeight={56}
        maxHeight="30dvh"
        keyOf={(index) => rows[index]?.name ?? String(index)}
        render={(index) => {
          const row = rows[index];
          return row === undefined ? null : <PreviewRow row={row} />;
        }}
      />
    </section>
  );
}

function PreviewRow({ row }: { readonly row: FilledRow }) {
  const { t, language } = useWords();
  const { name, first, last, taken, seats } = row;
  return (
    <p className={classes['row']}>
      {t(taken === 1 ? 'seating.preview.rowOne' : 'seating.preview.row', {
        name,
        first: first.number,
        firstName: first.name,
        last: last.number,
        lastName: last.name,
      })}
      <br />
      <span className={classes['dim']}>
        {t('seating.preview.taken', { n: formatNumber(taken, language), of: formatNumber(seats, language) })}
      </span>
    </p>
  );
}
