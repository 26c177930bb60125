import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type DragEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';

import { above, type BridgeNode, type Forest } from '../../../domain/bridges/forest.ts';
import type { BridgeId } from '../../../domain/ids.ts';
import { fold } from '../../../domain/text/search.ts';
import { BridgeLine } from './BridgeLine.tsx';
import classes from './BridgesPage.module.css';

interface Props {
  readonly label: string;
  readonly forest: Forest;
  /** The places that are shown, in this order. */
  readonly places: readonly number[];
  /** Whether they stand as a tree; else flat, each with the way to it. */
  readonly isTree: boolean;
  readonly isUnfolded: (id: BridgeId) => boolean;
  readonly onFold: (node: BridgeNode, open: boolean) => void;
  readonly chosen: BridgeId | null;
  readonly onChoose: (node: BridgeNode) => void;
  /** Keys of the page for the bridge that the keyboard stands on; true where it was one. */
  readonly onKey: (key: string, node: BridgeNode) => boolean;
  /** Where bridges may be dragged: one was let go over another. */
  readonly onDrop: ((moved: BridgeNode, onto: BridgeNode) => void) | null;
}

const ROW = 60;
const ROW_ON_PHONE = 84;
const TYPING_MS = 1200;
/** A bridge that something is held over unfolds after so long. */
const UNFOLD_MS = 700;

/** Rows of bridges of which only those in sight exist: a tree, or what was found. One focus, moved by keys. */
export function BridgeRows(props: Props) {
  const { forest, places, isTree, isUnfolded, onFold, chosen, onChoose, onKey, onDrop } = props;
  const narrow = useMediaQuery('(max-width: 30em)', false, { getInitialValueInEffect: false }) ?? false;
  const [active, setActive] = useState<BridgeId | null>(null);
  const [target, setTarget] = useState<BridgeId | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const dragged = useRef<BridgeNode | null>(null);
  const held = useRef<ReturnType<typeof setTimeout>>(undefined);
  const size = narrow ? ROW_ON_PHONE : ROW;
  const rows = useVirtualizer({
    count: places.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    getItemKey: (index) => places[index] ?? index,
    overscan: 12,
  });
  useEffect(() => rows.measure(), [rows, size]);

  const nodeAt = (index: number): BridgeNode | undefined => forest.nodes[places[index] ?? -1];
  const activePlace = active === null ? undefined : forest.placeOf.get(active);
  const found = activePlace === undefined ? -1 : indexOf(places, activePlace, isTree);
  const index = Math.max(0, found);
  const current = nodeAt(index);

  const go = (next: number) => {
    const to = Math.max(0, Math.min(places.length - 1, next));
    setActive(nodeAt(to)?.id ?? null);
    rows.scrollToIndex(to);
  };
  useEffect(() => {
    if (chosen === null) return;
    setActive(chosen);
    const at = indexOf(places, forest.placeOf.get(chosen) ?? -1, isTree);
    if (at !== -1) rows.scrollToIndex(at);
    // Only when another one is chosen: what the page shows around it may change without a jump.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);

  const type = (letter: string) => {
    const now = Date.now();
    const text = now - typed.current.at > TYPING_MS ? letter : typed.current.text + letter;
    typed.current = { text, at: now };
    const wanted = fold(text);
    const begins = (at: number) => {
      const name = fold(nodeAt(at)?.name ?? '');
      return name.startsWith(wanted) || name.includes(` ${wanted}`);
    };
    // A letter alone goes on to the next; more letters may mean the same one still.
    const from = text.length === 1 ? index + 1 : index;
    for (let step = 0; step < places.length; step++) {
      const at = (from + step) % places.length;
      if (begins(at)) return go(at);
    }
  };

  const keys = (event: KeyboardEvent) => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = isTree && isUnfolded(current.id);
    const hasBelow = current.end > current.place + 1;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? size) / size) - 1);
    switch (event.key) {
      case 'ArrowDown':
        go(index + 1);
        break;
      case 'ArrowUp':
        go(index - 1);
        break;
      case 'PageDown':
        go(index + page);
        break;
      case 'PageUp':
        go(index - page);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(places.length - 1);
        break;
      case 'ArrowRight':
        if (!isTree || !hasBelow) break;
        if (isOpen) go(index + 1);
        else onFold(current, true);
        break;
      case 'ArrowLeft':
        if (!isTree) break;
        if (isOpen && hasBelow) onFold(current, false);
        else if (current.parent >= 0) go(indexOf(places, current.parent, true));
        break;
      case 'Enter':
      case ' ':
        onChoose(current);
        break;
      default:
        if (onKey(event.key, current)) break;
        if (event.key.length !== 1 || event.key === '/' || event.key === '?') return;
        type(event.key);
    }
    event.preventDefault();
  };

  const choose = useCallback(
    (node: BridgeNode) => {
      setActive(node.id);
      onChoose(node);
    },
    [onChoose],
  );
  const turn = useCallback(
    (node: BridgeNode) => {
      setActive(node.id);
      onFold(node, !isUnfolded(node.id));
    },
    [onFold, isUnfolded],
  );
  const drag = useCallback(
    (node: BridgeNode, event: DragEvent) => {
      if (onDrop === null) return;
      switch (event.type) {
        case 'dragstart':
          dragged.current = node;
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', node.name);
          break;
        case 'dragover': {
          const moved = dragged.current;
          if (moved === null || (node.place >= moved.place && node.place < moved.end)) return setTarget(null);
          event.preventDefault();
          setTarget((before) => {
            if (before === node.id) return before;
            clearTimeout(held.current);
            held.current = setTimeout(() => onFold(node, true), UNFOLD_MS);
            return node.id;
          });
          break;
        }
        case 'drop':
          event.preventDefault();
          if (dragged.current !== null && dragged.current.id !== node.id) onDrop(dragged.current, node);
          break;
        default:
      }
      if (event.type === 'drop' || event.type === 'dragend') {
        clearTimeout(held.current);
        dragged.current = null;
        setTarget(null);
      }
    },
    [onDrop, onFold],
  );

  return (
    <div
      ref={scroller}
      className={classes['tree']}
      role="tree"
      aria-label={props.label}
      aria-activedescendant={current === undefined ? undefined : `bridge-${current.id}`}
      tabIndex={0}
      onKeyDown={keys}
    >
      <div role="presentation" style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => {
          const node = nodeAt(row.index);
          if (node === undefined) return null;
          const hasBelow = isTree && node.end > node.place + 1;
          return (
            <BridgeLine
              key={node.id}
              id={`bridge-${node.id}`}
              node={node}
              level={isTree ? node.level : 0}
              position={isTree ? node.position : row.index + 1}
              siblings={isTree ? node.siblings : places.length}
              unfolded={hasBelow ? isUnfolded(node.id) : undefined}
              path={isTree ? null : wayTo(forest, node)}
              readyBelow={forest.readyBelow[node.place] ?? 0}
              isActive={row.index === index}
              isChosen={node.id === chosen}
              isTarget={node.id === target}
              mayDrag={onDrop !== null && node.parent >= 0}
              top={row.start}
              onFold={turn}
              onChoose={choose}
              onDrag={drag}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Where a place stands among those shown; places of a tree rise, so that half of them is left with each look. */
function indexOf(places: readonly number[], place: number, sorted: boolean): number {
  if (!sorted) return places.indexOf(place);
  let [low, high] = [0, places.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = places[middle] ?? 0;
    if (at === place) return middle;
    if (at < place) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** `Huyện Đồng Ặng, Tỉnh Mây Ngàn`: where a bridge hangs, without the top. */
export function wayTo(forest: Forest, node: BridgeNode): string {
  const names = above(forest, node).map(({ name }) => name);
  return (names.length > 1 ? names.slice(0, -1) : names).join(', ');
}
