import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

import { focusRow, isTyping } from './keys.ts';

interface Props {
  readonly count: number;
  /** Height of a row in px; rows may turn out higher and are then measured. */
  readonly rowHeight: number;
  readonly render: (index: number) => ReactNode;
  readonly keyOf: (index: number) => string;
  readonly label: string;
  /** Row to bring into sight when it changes. */
  readonly shown?: number | undefined;
  /** Where it comes to stand: `start` above all others, `auto` no further than it has to go. */
  readonly shownAt?: 'start' | 'auto';
  /** Called when the end comes into sight: a place to ask for the next page. */
  readonly onEnd?: (() => void) | undefined;
  readonly role?: 'list' | 'presentation';
  readonly maxHeight?: string;
}

/** A list of any length of which only what is in sight exists; the arrows go from row to row. */
export function VirtualRows({
  count,
  rowHeight,
  render,
  keyOf,
  label,
  shown,
  shownAt = 'auto',
  onEnd,
  role = 'list',
  maxHeight = '70dvh',
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= count - 1 && count > 0) onEnd?.();
  }, [last, count, onEnd]);
  useEffect(() => {
    if (shown !== undefined && shown >= 0) rows.scrollToIndex(shown, { align: shownAt });
    // The virtualizer is one object for the life of the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown]);
  const goOn = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const list = scroller.current;
    if (by === 0 || event.defaultPrevented || isTyping(event.target) || list === null) return;
    // A menu of a row stands elsewhere in the page and has arrows of its own.
    if (!(event.target instanceof Element) || !list.contains(event.target)) return;
    const from = event.target.closest<HTMLElement>('[data-index]')?.dataset['index'];
    const first = items.find((item) => item.start >= (rows.scrollOffset ?? 0))?.index ?? 0;
    const to = from === undefined ? first : Number(from) + by;
    if (!focusRow(list, to)) return;
    rows.scrollToIndex(to);
    event.preventDefault();
  };
  const outer: CSSProperties = { maxHeight, overflowY: 'auto', overflowX: 'hidden' };
  return (
    // What has the focus is a row; the list only leads on.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div ref={scroller} style={outer} tabIndex={0} role="group" aria-label={label} data-rows onKeyDown={goOn}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }} role={role}>
        {items.map((row) => (
          <div
            key={row.key}
            data-index={row.index}
            ref={rows.measureElement}
            role={role === 'list' ? 'listitem' : 'presentation'}
            aria-posinset={role === 'list' ? row.index + 1 : undefined}
            aria-setsize={role === 'list' ? count : undefined}
            style={{
              position: 'absolute',
              top: 0,
              left: 0,
              width: '100%',
              transform: `translateY(${row.start}px)`,
            }}
          >
            {render(row.index)}
          </div>
        ))}
      </div>
    </div>
  );
}
