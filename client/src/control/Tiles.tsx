import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type CSSProperties, type KeyboardEvent, memo } from 'react';

import { tileMap } from '../../../domain/control/map.ts';
import { fold } from '../../../domain/control/rest.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import type { Language } from '../../../domain/text/language.ts';
import type { CivilDate } from '../../../domain/time.ts';
import type { ControlTile } from '../../../domain/wire/control.ts';
import { useWords } from '../app/language.ts';
import { StateShape } from '../parts/StateMark.tsx';
import classes from './control.module.css';
import { shortName, stateOf, worstFirst } from './order.ts';

/** So many tiles are shown large. */
const FEW = 6;
/** Where tiles share a room that is as high as it is wide, they are this much wider than high: names are wide. */
const TALLER = 1.6;

interface Props {
  readonly conference: string;
  readonly session: string;
  readonly tiles: readonly ControlTile[];
  /** Date of the unit tree: which provinces there are. */
  readonly treeDate: CivilDate | undefined;
  /** How many tiles are shown where they stand in order; the rest is one tile. */
  readonly most: number;
  /** How many of them beside the country, where there is one; as many as without it where this is left out. */
  readonly mostBeside?: number;
}

/** What is below a node: the country in its shape where these are its provinces, else one tile after the other, worst first. */
export function Tiles({ conference, session, tiles, treeDate, most, mostBeside = most }: Props) {
  const { t } = useWords();
  const { placed, beside } =
    treeDate === undefined ? { placed: [], beside: tiles } : tileMap(tiles, treeDate);
  const { shown, rest } =
    placed.length === 0 ? fold(worstFirst(beside), most) : fold(worstFirst(beside), mostBeside);
  const columns = Math.max(0, ...placed.map(({ place }) => place.column)) + 1;
  const tile = (each: ControlTile) => (
    <Tile key={each.bridge} conference={conference} session={session} tile={each} />
  );
  return (
    <div role="group" aria-label={t('control.tiles')} onKeyDown={moveAmongTiles}>
      {placed.length === 0 ? null : (
        <div
          className={classes['map']}
          data-map
          style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {placed.map(({ tile: each, place }) => (
            <div key={each.bridge} style={{ gridRow: place.row + 1, gridColumn: place.column + 1 }}>
              {tile(each)}
            </div>
          ))}
        </div>
      )}
      {shown.length === 0 ? null : (
        <div
          className={classes['grid']}
          data-grid
          data-few={shown.length <= FEW || undefined}
          style={{ '--across': Math.ceil(Math.sqrt(shown.length / TALLER)) } as CSSProperties}
        >
          {shown.map(tile)}
          {rest.length === 0 ? null : <Rest tiles={rest} />}
        </div>
      )}
    </div>
  );
}

/** The tiles that are not shown, as one that adds up. */
function Rest({ tiles }: { tiles: readonly ControlTile[] }) {
  const { t, language } = useWords();
  const sum = (field: 'present' | 'came' | 'summoned'): number =>
    tiles.reduce((total, tile) => total + tile[field], 0);
  return (
    <a href="#below" className={classes['tile']} data-rest>
      <span className={classes['tileName']}>
        {t('control.more', { n: formatNumber(tiles.length, language) })}
      </span>
      <b>{formatPercent(sum('came'), sum('summoned'), language)}</b>
      <span className={classes['tileMore']}>
        {formatNumber(sum('present'), language)} {t('live.present')}
      </span>
    </a>
  );
}

const Tile = memo(function Tile({
  conference,
  session,
  tile,
}: {
  conference: string;
  session: string;
  tile: ControlTile;
}) {
  const { t, language } = useWords();
  const number = (n: number) => formatNumber(n, language);
  const state = stateOf(tile);
  const share = tile.summoned === 0 ? 0 : Math.min(100, (tile.came / tile.summoned) * 100);
  const shut = tile.bridges - tile.opened;
  const said = [
    t('control.tile.present', {
      n: number(tile.came),
      of: number(tile.summoned),
      share: formatPercent(tile.came, tile.summoned, language),
    }),
    t('control.tile.opened', { n: number(tile.opened), of: number(tile.bridges) }),
    ...(tile.lost > 0 ? [t('control.tile.lost', { n: number(tile.lost) })] : []),
    ...(tile.lateBridges > 0 ? [t('control.tile.late', { n: number(tile.lateBridges) })] : []),
    ...(tile.changedAt === null ? [] : [t('control.tile.at', { at: formatTime(tile.changedAt) })]),
  ].join('; ');
  return (
    <Link
      to="/conferences/$conference/control/$bridge"
      params={{ conference, bridge: tile.bridge }}
      search={{ session }}
      className={classes['tile'] ?? ''}
      data-tile
      data-state={state}
      title={`${tile.name}: ${said}`}
    >
      <VisuallyHidden>{`${tile.name}: ${said}`}</VisuallyHidden>
      <span className={classes['fill']} style={{ height: `${share}%` }} aria-hidden="true" />
      <span className={classes['tileName']} aria-hidden="true">
        {shortName(tile.name)}
      </span>
      <b aria-hidden="true">{wholePercent(tile, language)}</b>
      <span className={classes['tileMore']} data-opened aria-hidden="true">
        <StateShape state={state} size={13} /> {number(tile.opened)}/{number(tile.bridges)}
      </span>
      {shut > 0 ? <span className={classes['corner']} aria-hidden="true" /> : null}
    </Link>
  );
});

/** A tile has no room for a share to the hundredth; nobody is shown a hundred while somebody is missing. */
function wholePercent({ came, summoned }: ControlTile, language: Language): string {
  const share = came >= summoned ? 100 : Math.min(99, Math.round((came / summoned) * 100));
  return formatPercent(summoned === 0 ? 0 : share, summoned === 0 ? 0 : 100, language);
}

const WAYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrow keys go to the next tile that way, wherever it stands. */
function moveAmongTiles(event: KeyboardEvent<HTMLElement>): void {
  const way = WAYS[event.key];
  const from = document.activeElement;
  if (way === undefined || !(from instanceof HTMLElement) || from.dataset['tile'] === undefined) return;
  event.preventDefault();
  const own = middleOf(from);
  let nearest: { readonly tile: HTMLElement; readonly far: number } | null = null;
  for (const tile of event.currentTarget.querySelectorAll<HTMLElement>('[data-tile]')) {
    const [x, y] = middleOf(tile);
    const along = (x - own[0]) * way[0] + (y - own[1]) * way[1];
    const aside = Math.abs((x - own[0]) * way[1]) + Math.abs((y - own[1]) * way[0]);
    if (along <= 1 || aside > along * 2) continue;
    const far = along + 2 * aside;
    if (nearest === null || far < nearest.far) nearest = { tile, far };
  }
  nearest?.tile.focus();
}

function middleOf(element: HTMLElement): readonly [number, number] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
