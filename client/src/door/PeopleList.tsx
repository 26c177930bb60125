import { SegmentedControl } from '@mantine/core';
import { memo, useMemo, useState } from 'react';

import { compareVi } from '../../../domain/text/names.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { useWords } from '../app/language.ts';
import { ButtonMenu } from '../parts/ButtonMenu.tsx';
import { MoreIcon } from '../parts/icons.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './PeopleList.module.css';
import door from './door.module.css';
import { PresenceMark } from './PresenceMark.tsx';

export type Deed = 'arrive' | 'leave' | 'move' | 'excuse' | 'substitute' | 'undo';

interface Props {
  readonly rows: readonly DoorRow[];
  readonly bridge: string;
  /** People of whom something lies on this machine that the server has not confirmed. */
  readonly pending: ReadonlySet<string>;
  /** What came to light about somebody after they were checked in. */
  readonly notes: ReadonlyMap<string, string>;
  readonly onDeed: (deed: Deed, row: DoorRow) => void;
}

type Shown = 'expected' | 'here' | 'all';
type Line = { readonly unit: string; readonly left: number } | { readonly row: DoorRow };

export function isHere(row: DoorRow, bridge: string): boolean {
  return row.presence.state === 'present' && row.presence.at === bridge;
}

/** Who is still expected, by unit, with targets that a thumb hits; or who is here; or everybody. */
export function PeopleList({ rows, bridge, pending, notes, onDeed }: Props) {
  const { t, language } = useWords();
  const [shown, setShown] = useState<Shown>('expected');
  const counts = useMemo(() => {
    const here = rows.filter((row) => isHere(row, bridge)).length;
    const expected = rows.filter(isAwaited).length;
    return { expected, here, all: rows.length };
  }, [rows, bridge]);
  const lines = useMemo(() => {
    const own = rows.filter((row) =>
      shown === 'all' ? true : shown === 'here' ? isHere(row, bridge) : isAwaited(row),
    );
    return linesOf(own);
  }, [rows, shown, bridge]);
  const words = (which: Shown) => `${t(`door.${which}`)} ${formatNumber(counts[which], language)}`;
  return (
    <section className={classes['people']} aria-label={t('door.people')}>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t('door.show')}
        value={shown}
        data={(['expected', 'here', 'all'] as const).map((which) => ({ value: which, label: words(which) }))}
        onChange={(value) => setShown(value)}
      />
      {lines.length === 0 ? (
        <p className={door['hint']}>{t(rows.length === 0 ? 'door.noList' : `door.none.${shown}`)}</p>
      ) : (
        <VirtualRows
          label={t('door.people')}
          count={lines.length}
          rowHeight={64}
          maxHeight="52dvh"
          keyOf={(index) => {
            const line = lines[index];
            return line === undefined ? String(index) : 'row' in line ? line.row.person : `unit ${line.unit}`;
          }}
          render={(index) => {
            const line = lines[index];
            if (line === undefined) return null;
            return 'row' in line ? (
              <PersonLine
                row={line.row}
                here={isHere(line.row, bridge)}
                marked={shown !== 'expected'}
                isPending={pending.has(line.row.person)}
                note={notes.get(line.row.person) ?? null}
                onDeed={onDeed}
              />
            ) : (
              <h2 className={door['unit']}>
                {line.unit === '' ? t('door.noUnit') : line.unit} ({formatNumber(line.left, language)})
              </h2>
            );
          }}
        />
      )}
    </section>
  );
}

/** Expected here, and neither come nor excused. */
function isAwaited(row: DoorRow): boolean {
  return row.expectedHere && (row.presence.state === 'unmarked' || row.presence.state === 'absent');
}

function linesOf(rows: readonly DoorRow[]): Line[] {
  const units = new Map<string, DoorRow[]>();
  for (const row of rows) {
    const unit = row.unit ?? '';
    const own = units.get(unit);
    if (own === undefined) units.set(unit, [row]);
    else own.push(row);
  }
  // With one unit, or one for nearly everybody, headings say nothing.
  if (units.size <= 1 || units.size * 2 > rows.length) return rows.map((row) => ({ row }));
  return [...units]
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : compareVi(a, b)))
    .flatMap(([unit, own]): Line[] => [{ unit, left: own.length }, ...own.map((row) => ({ row }))]);
}

const PersonLine = memo(function PersonLine({
  row,
  here,
  marked,
  isPending,
  note,
  onDeed,
}: {
  row: DoorRow;
  here: boolean;
  /** Where all stand alike, the state of each says nothing. */
  marked: boolean;
  isPending: boolean;
  note: string | null;
  onDeed: (deed: Deed, row: DoorRow) => void;
}) {
  const { t } = useWords();
  const deeds: readonly Deed[] = here
    ? ['leave', 'move', 'undo']
    : row.presence.state === 'excused'
      ? ['arrive', 'undo']
      : ['arrive', 'excuse', 'substitute'];
  const chair = row.seatNumber === undefined ? '' : t('door.seatNumber', { number: row.seatNumber });
  const position = [row.position, chair].filter((part) => part !== '').join(' · ');
  return (
    <div className={classes['person']}>
      <button
        type="button"
        className={classes['target']}
        disabled={here}
        onClick={() => onDeed('arrive', row)}
        aria-label={here ? undefined : t('door.checkIn', { name: row.name, position })}
      >
        <span>
          <span className={door['personName']}>{row.name}</span>
          <br />
          <span className={door['dim']}>
            {row.basis === 'invited' ? `${t('basis.invited')} · ` : ''}
            {position}
          </span>
          {note === null ? null : (
            <span className={classes['note']}>
              <StateMark state="review" />: {note}
            </span>
          )}
        </span>
        {marked || isPending ? (
          <span className={classes['marks']}>
            {marked ? <PresenceMark presence={row.presence} /> : null}
            {isPending ? <StateMark state="pending" /> : null}
          </span>
        ) : null}
      </button>
      <ButtonMenu
        label={t('door.more', { name: row.name })}
        icon={<MoreIcon />}
        size={48}
        items={() => deeds.map((deed) => ({ text: t(`deed.${deed}`), onPick: () => onDeed(deed, row) }))}
      />
    </div>
  );
});
