import { type CSSProperties, type DragEvent, memo } from 'react';

import type { BridgeNode } from '../../../domain/bridges/forest.ts';
import { LACKS } from '../../../domain/bridges/readiness.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { useWords } from '../app/language.ts';
import { ChevronIcon } from '../parts/icons.tsx';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './BridgesPage.module.css';

interface Props {
  readonly id: string;
  readonly node: BridgeNode;
  /** 0 where bridges stand flat. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Undefined where there is nothing below, or bridges stand flat. */
  readonly unfolded: boolean | undefined;
  /** Where it hangs, where that is not seen from its place. */
  readonly path: string | null;
  readonly readyBelow: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly isTarget: boolean;
  readonly mayDrag: boolean;
  readonly top: number;
  readonly onFold: (node: BridgeNode) => void;
  readonly onChoose: (node: BridgeNode) => void;
  readonly onDrag: (node: BridgeNode, event: DragEvent) => void;
}

/** One bridge in the tree: how ready, who chairs, how many seats. The tree itself hears the keys. */
export const BridgeLine = memo(function BridgeLine(props: Props) {
  const { t, language } = useWords();
  const { node, unfolded, path } = props;
  const { expected, capacity, lacks, end, place } = node;
  const below = end - place - 1;
  const full = capacity !== null && expected > capacity;
  const drag = (event: DragEvent) => props.onDrag(node, event);
  const n = (count: number) => formatNumber(count, language);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      className={classes['row']}
      role="treeitem"
      tabIndex={-1}
      aria-level={props.level + 1}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-expanded={unfolded}
      aria-selected={props.isChosen}
      data-active={props.isActive || undefined}
      data-target={props.isTarget || undefined}
      draggable={props.mayDrag}
      style={{ '--level': props.level, transform: `translateY(${props.top}px)` } as CSSProperties}
      onClick={() => props.onChoose(node)}
      onDragStart={drag}
      onDragOver={drag}
      onDrop={drag}
      onDragEnd={drag}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        className={classes['fold']}
        onClick={(event) => {
          if (unfolded === undefined) return;
          event.stopPropagation();
          props.onFold(node);
        }}
      >
        {unfolded === undefined ? null : <ChevronIcon />}
      </span>
      <span className={classes['text']}>
        <span className={classes['name']}>{node.name}</span>
        <span className={classes['under']}>
          {path ?? (node.chair === null ? t('bridges.noChair') : t('bridges.chairIs', { name: node.chair }))}
        </span>
      </span>
      <span className={classes['side']}>
        <span className={full ? classes['lacking'] : undefined}>
          {capacity === null
            ? t('bridges.expected', { n: n(expected) })
            : t('bridges.seats', { n: n(expected), of: n(capacity) })}
        </span>
        <span className={classes['under']}>
          <StateShape state={lacks.length === 0 ? 'present' : 'review'} size={12} />{' '}
          {lacks.length === 0
            ? t('bridges.isReady')
            : t('bridges.lacking', { n: lacks.length, of: LACKS.length })}
          {below > 0 ? ` · ${t('bridges.readyBelow', { n: n(props.readyBelow), of: n(below + 1) })}` : ''}
        </span>
      </span>
    </div>
  );
});
