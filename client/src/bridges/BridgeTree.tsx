import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { childrenOf } from '../api/queries.ts';
import { BridgeLine } from './BridgeLine.tsx';
import classes from './BridgesPage.module.css';

interface Props {
  readonly conference: string;
  /** Where the tree begins; more than one for somebody with roles at several bridges. */
  readonly roots: readonly BridgeRow[];
  readonly chosen: BridgeId | null;
  readonly onChoose: (bridge: BridgeId) => void;
}

interface Line {
  readonly bridge: BridgeRow;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
}

const ROW_HEIGHT = 57;

/** The bridge tree; children are asked for when their parent is unfolded, and only rows in sight exist. */
export function BridgeTree({ conference, roots, chosen, onChoose }: Props) {
  const { t } = useWords();
  const [unfolded, setUnfolded] = useState<ReadonlySet<BridgeId>>(() => new Set(roots.map(({ id }) => id)));
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const parents = useMemo(() => [...unfolded], [unfolded]);
  const answers = useQueries({ queries: parents.map((parent) => childrenOf(conference, parent)) });
  const children = new Map(parents.map((parent, index) => [parent, answers[index]?.data]));

  const lines: Line[] = [];
  const walk = (bridge: BridgeRow, level: number, place: number, siblings: number) => {
    lines.push({ bridge, level, place, siblings });
    const below = unfolded.has(bridge.id) ? (children.get(bridge.id) ?? []) : [];
    for (const [index, child] of below.entries()) walk(child, level + 1, index + 1, below.length);
  };
  for (const [index, root] of roots.entries()) walk(root, 0, index + 1, roots.length);

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => lines[index]?.bridge.id ?? index,
    overscan: 10,
  });
  const go = (index: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, index));
    setActive(next);
    rows.scrollToIndex(next);
  };
  const fold = (id: BridgeId, open: boolean) =>
    setUnfolded((before) => {
      const next = new Set(before);
      if (open) next.add(id);
      else next.delete(id);
      return next;
    });

  const current = lines[Math.min(active, lines.length - 1)];
  const keys = (event: KeyboardEvent) => {
    if (current === undefined) return;
    const { bridge, level } = current;
    const open = unfolded.has(bridge.id);
    switch (event.key) {
      case 'ArrowDown':
        go(active + 1);
        break;
      case 'ArrowUp':
        go(active - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(lines.length - 1);
        break;
      case 'ArrowRight':
        if (bridge.childCount > 0 && !open) fold(bridge.id, true);
        else if (open) go(active + 1);
        break;
      case 'ArrowLeft':
        if (open && bridge.childCount > 0) fold(bridge.id, false);
        else if (level > 0) go(lines.findLastIndex((line, index) => index < active && line.level < level));
        break;
      case 'Enter':
      case ' ':
        onChoose(bridge.id);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={classes['tree']}
      role="tree"
      aria-label={t('bridges.title')}
      aria-activedescendant={current === undefined ? undefined : `bridge-${current.bridge.id}`}
      tabIndex={0}
      onKeyDown={keys}
    >
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => {
          const line = lines[row.index];
          if (line === undefined) return null;
          const { bridge, level, place, siblings } = line;
          const open = unfolded.has(bridge.id);
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              role="presentation"
              style={{
                position: 'absolute',
                top: 0,
                left: 0,
                width: '100%',
                transform: `translateY(${row.start}px)`,
              }}
            >
              <BridgeLine
                id={`bridge-${bridge.id}`}
                bridge={bridge}
                level={level}
                place={place}
                siblings={siblings}
                unfolded={bridge.childCount === 0 ? undefined : open}
                isActive={row.index === active}
                isChosen={bridge.id === chosen}
                onFold={() => {
                  setActive(row.index);
                  fold(bridge.id, !open);
                }}
                onChoose={() => {
                  setActive(row.index);
                  onChoose(bridge.id);
                }}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
