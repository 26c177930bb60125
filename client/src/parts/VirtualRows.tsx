import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';

interface Props {
  readonly count: number;
  /** Height of a row in px; rows may turn out higher and are then measured. */
  readonly rowHeight: number;
  readonly render: (index: number) => ReactNode;
  readonly keyOf: (index: number) => string;
  readonly label: string;
  /** Row to bring into sight when it changes. */
  readonly shown?: number | undefined;
  /** Called when the end comes into sight: a place to ask for the next page. */
  readonly onEnd?: (() => void) | undefined;
  readonly role?: 'list' | 'presentation';
  readonly maxHeight?: string;
}

/** A list of any length of which only what is in sight exists. */
export function VirtualRows({
  count,
  rowHeight,
  render,
  keyOf,
  label,
  shown,
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
    if (shown !== undefined && shown >= 0) rows.scrollToIndex(shown);
    // The virtualizer is one object for the life of the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shown]);
  const outer: CSSProperties = { maxHeight, overflowY: 'auto', overflowX: 'hidden' };
  return (
    <div ref={scroller} style={outer} tabIndex={0} role="group" aria-label={label}>
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
