import { Link } from '@tanstack/react-router';

import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import type { ControlBoard, ControlTile } from '../../../domain/wire/control.ts';
import { useWords } from '../app/language.ts';
import { FEED_SHAPES } from '../lines/standings.ts';
import { StateMark, StateShape } from '../parts/StateMark.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import classes from './control.module.css';
import { stateOf, worstFirst } from './order.ts';

/** Everything right below a node as a list, worst first, and what it adds up to. */
export function Below({ conference, board }: { conference: string; board: ControlBoard }) {
  const { t, language } = useWords();
  const { node } = board;
  const tiles = worstFirst(board.tiles);
  const number = (n: number) => formatNumber(n, language);
  if (tiles.length === 0) return <p className={classes['dim']}>{t('live.leaf')}</p>;
  const below = tiles.reduce((sum, { present }) => sum + present, 0);
  return (
    <section aria-label={t('control.below')} id="below">
      <h2 className={classes['heading']}>{t('control.below')}</h2>
      <p className={classes['dim']}>
        {t('control.addsUp', {
          n: number(tiles.length),
          below: number(below),
          own: number(node.own.present),
          all: number(node.present),
        })}
      </p>
      <VirtualRows
        label={t('control.below')}
        count={tiles.length}
        rowHeight={56}
        keyOf={(index) => tiles[index]?.bridge ?? String(index)}
        render={(index) => {
          const tile = tiles[index];
          return tile === undefined ? null : (
            <Row conference={conference} session={board.session} tile={tile} />
          );
        }}
      />
    </section>
  );
}

function Row({ conference, session, tile }: { conference: string; session: string; tile: ControlTile }) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  return (
    <Link
      to="/conferences/$conference/control/$bridge"
      params={{ conference, bridge: tile.bridge }}
      search={{ session }}
      className={classes['row'] ?? ''}
    >
      <span className={classes['rowName']}>{tile.name}</span>
      <span>
        <StateMark state={stateOf(tile)}>
          {tile.lost > 0 && tile.bridges > 1 ? ` ${number(tile.lost)}` : ''}
          {tile.lost === 0 && tile.lateBridges > 0 && tile.bridges > 1 ? ` ${number(tile.lateBridges)}` : ''}
        </StateMark>
        {tile.feed === null ? null : (
          <span className={classes['feed']}>
            <StateShape state={FEED_SHAPES[tile.feed]} size={14} /> {t(`feed.${tile.feed}`)}
          </span>
        )}
      </span>
      <span className="number">
        {tile.bridges > 1 ? t('live.openedOf', { n: number(tile.opened), of: number(tile.bridges) }) : ''}
      </span>
      <span className="number">
        {number(tile.came)}/{number(tile.summoned)}
      </span>
      <b className="number">{formatPercent(tile.came, tile.summoned, language)}</b>
      <span className={`number ${classes['dim']}`}>
        {tile.changedAt === null ? '' : t('control.at', { at: formatTime(tile.changedAt) })}
      </span>
    </Link>
  );
}
