import type { CSSProperties } from 'react';

import { READINESS_ITEMS } from '../../../domain/bridges/bridge.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { BridgeRow } from '../../../domain/wire/bridges.ts';
import { useWords } from '../app/language.ts';
import { ChevronIcon } from '../parts/icons.tsx';
import classes from './BridgesPage.module.css';

interface Props {
  readonly id: string;
  readonly bridge: BridgeRow;
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  /** Undefined where there is nothing below. */
  readonly unfolded: boolean | undefined;
  readonly isActive: boolean;
  readonly tabIndex?: number;
  readonly isChosen: boolean;
  readonly onFold: () => void;
  readonly onChoose: () => void;
}

/** One bridge in the tree: who chairs, how many seats, how ready. The tree itself hears the keys. */
export function BridgeLine(props: Props) {
  const { t, language } = useWords();
  const { bridge, level, unfolded } = props;
  const { summoned, invited, capacity } = bridge;
  const full = capacity !== null && summoned + invited > capacity;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      className={classes['row']}
      role="treeitem"
      tabIndex={props.tabIndex ?? -1}
      aria-level={level + 1}
      aria-posinset={props.place}
      aria-setsize={props.siblings}
      aria-expanded={unfolded}
      aria-selected={props.isChosen}
      data-active={props.isActive || undefined}
      style={{ '--level': level } as CSSProperties}
      onClick={props.onChoose}
    >
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        className={classes['fold']}
        onClick={(event) => {
          if (unfolded === undefined) return;
          event.stopPropagation();
          props.onFold();
        }}
      >
        {unfolded === undefined ? null : <ChevronIcon />}
      </span>
      <span>
        <span className={classes['name']}>{bridge.name}</span>
        <br />
        <span className={classes['under']}>
          {bridge.chairName === null ? (
            <span className={classes['lacking']}>{t('bridges.noChair')}</span>
          ) : (
            t('bridges.chairIs', { name: bridge.chairName })
          )}
          {bridge.below > 0 ? ` · ${t('bridges.below', { n: formatNumber(bridge.below, language) })}` : ''}
        </span>
      </span>
      <span className={classes['side']}>
        <span className={full ? classes['lacking'] : undefined}>
          {capacity === null
            ? t('bridges.expected', { n: formatNumber(summoned + invited, language) })
            : t('bridges.seats', {
                n: formatNumber(summoned + invited, language),
                of: formatNumber(capacity, language),
              })}
        </span>
        <br />
        <span className={classes['under']}>
          {t('bridges.ready', { n: bridge.ready.length, of: READINESS_ITEMS.length })}
        </span>
      </span>
    </div>
  );
}
