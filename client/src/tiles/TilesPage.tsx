import { Button, NativeSelect, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type CSSProperties, useEffect, useMemo, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { wallPage } from '../../../domain/media/wall.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { bridgeOf, rootBridgeOf, sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { useWakeLock } from '../control/useWall.ts';
import { StationMark } from '../media/MediaMark.tsx';
import { RoomState } from '../media/RoomState.tsx';
import type { BoardView } from '../media/room.ts';
import { StationPicture } from '../media/StationPicture.tsx';
import { useRoom, useRoomView } from '../media/useRoom.ts';
import { isTyping } from '../parts/keys.ts';
import { Loading } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { standingOf, stationsFound } from '../studio/standing.ts';
import { ChooseTiles } from './ChooseTiles.tsx';
import { addressOf, chosenOf } from './search.ts';
import classes from './tiles.module.css';

const SIZES = [4, 9, 16, 25, 36] as const;
const KEPT = 'tiles';
/** So long each page stands where they turn by themselves. */
const TURN_MS = 15_000;
const NONE: BoardView['stations'] = new Map();

interface Place {
  readonly conference: string;
  readonly session: string;
  readonly bridge: string;
}

const FROM = '/signed-in/tiles/$conference';

/** The wall of pictures (tường hình): who is there, or those that were chosen, page by page; nobody is left out of what is counted. */
export function TilesPage() {
  const { conference } = useParams({ from: FROM });
  const search = useSearch({ from: FROM });
  const root = useQuery({ ...rootBridgeOf(conference), enabled: search.bridge === undefined });
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const bridge = search.bridge ?? root.data?.id;
  const session = search.session ?? onNow?.id;
  useWakeLock();
  if (bridge === undefined || session === undefined) return <Loading />;
  return <Tiles key={`${session} ${bridge}`} place={{ conference, session, bridge }} />;
}

function keptSize(): number {
  const kept = Number(localStorage.getItem(KEPT));
  if (SIZES.some((size) => size === kept)) return kept;
  return window.innerWidth < 768 ? 4 : 9;
}

function Tiles({ place }: { place: Place }) {
  const { t, language } = useWords();
  const room = useRoom('control', place);
  const view = useRoomView(room);
  const name = useQuery(bridgeOf(place.conference, place.bridge)).data?.bridge.name ?? '';
  const [size, setSize] = useState(keptSize);
  const [wanted, setWanted] = useState(0);
  const [isTurning, setTurning] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  const { only = '', ...search } = useSearch({ from: FROM });
  const chosen = useMemo(() => chosenOf(only), [only]);
  const navigate = useNavigate({ from: '/tiles/$conference' });
  const choose = (next: ReadonlySet<BridgeId> | null) => {
    setChoosing(false);
    setWanted(0);
    void navigate({ search: next === null ? search : { ...search, only: addressOf(next) } });
  };
  const title = t('tiles.title', { name });
  useEffect(() => {
    document.title = `${title} · Nhịp Cầu`;
  }, [title]);
  const { board } = view;
  const stations = board?.stations ?? NONE;
  // Whoever was chosen keeps a place when the line is lost: that it is dark is what somebody watches for.
  const shown = stationsFound(stations, chosen === null ? 'there' : 'all', '').filter(
    ({ bridge }) => chosen?.has(bridge) ?? true,
  );
  const { tiles, page, pages, before, after } = wallPage(
    shown.map(({ bridge }) => bridge),
    size,
    wanted,
  );
  const looked = tiles.join(' ');
  useEffect(() => {
    room.look({
      program: false,
      bridges: looked === '' ? [] : (looked.split(' ') as BridgeId[]),
      size: 'small',
    });
  }, [room, looked]);
  const turn = (by: 1 | -1) => setWanted((page + by + pages) % pages);
  useTurning(isTurning && pages > 1, turn);
  const number = (n: number) => formatNumber(n, language);
  const others = stations.size - shown.length;
  const missing = (chosen?.size ?? shown.length) - shown.length;
  return (
    <main className={classes['wall']} data-testid="tiles">
      <header className={classes['head']}>
        <h1 className={classes['title']}>{title}</h1>
        <span role="status">{t('tiles.page', { page: number(page + 1), pages: number(pages) })}</span>
      </header>
      <div className={classes['middle']}>
        <RoomState view={view} />
        {board === null ? null : shown.length === 0 ? (
          <div className={classes['none']}>
            <b>{t(chosen === null ? 'tiles.none' : 'tiles.noneChosen')}</b>
            <p>{t('studio.noneMore')}</p>
          </div>
        ) : (
          <ul className={classes['tiles']} style={acrossOf(pages > 1 ? size : tiles.length)}>
            {tiles.map((bridge) => (
              <Tile key={bridge} board={board} bridge={bridge} tracks={view.tracks} />
            ))}
          </ul>
        )}
      </div>
      <footer className={classes['foot']}>
        <p className={classes['counts']}>
          {before > 0 ? <span>{t('tiles.before', { n: number(before) })}</span> : null}
          {after > 0 ? <b>{t('tiles.after', { n: number(after) })}</b> : null}
          {others > 0 ? (
            <span>{t(chosen === null ? 'tiles.away' : 'tiles.others', { n: number(others) })}</span>
          ) : null}
          {board !== null && missing > 0 ? <span>{t('tiles.missing', { n: number(missing) })}</span> : null}
        </p>
        <Button
          variant="default"
          disabled={stations.size === 0 && chosen === null}
          onClick={() => setChoosing(true)}
        >
          {chosen === null ? t('tiles.choose') : t('tiles.chosen', { n: number(chosen.size) })}
        </Button>
        <Button variant="default" disabled={pages < 2} onClick={() => turn(-1)}>
          {t('tiles.previous')}
        </Button>
        <Button variant="default" disabled={pages < 2} onClick={() => turn(1)}>
          {t('tiles.next')}
        </Button>
        <NativeSelect
          aria-label={t('tiles.perPage')}
          value={String(size)}
          data={SIZES.map(String)}
          onChange={(event) => {
            localStorage.setItem(KEPT, event.currentTarget.value);
            setSize(Number(event.currentTarget.value));
          }}
        />
        <Switch
          label={t('tiles.turning')}
          checked={isTurning}
          onChange={(event) => setTurning(event.currentTarget.checked)}
        />
        <Link
          to="/conferences/$conference/studio"
          params={{ conference: place.conference }}
          search={{ session: place.session, bridge: place.bridge }}
          className={classes['leave'] ?? ''}
        >
          {t('tiles.leave')}
        </Link>
      </footer>
      {isChoosing ? (
        <ChooseTiles
          stations={stations}
          chosen={chosen}
          onChoose={choose}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </main>
  );
}

function Tile({
  board,
  bridge,
  tracks,
}: {
  board: BoardView;
  bridge: BridgeId;
  tracks: ReadonlyMap<string, MediaStreamTrack>;
}) {
  const station = board.stations.get(bridge);
  if (station === undefined) return null;
  const standing = standingOf(station, board.floor);
  return (
    <li className={classes['tile']} data-standing={standing}>
      <StationPicture station={station} tracks={tracks} />
      <p className={classes['name']}>
        <b>{station.name}</b>
        {standing === 'there' ? null : <StationMark state={standing} />}
      </p>
    </li>
  );
}

/** As square as it gets; on an upright screen half as many across. A page keeps its places where others follow. */
function acrossOf(places: number): CSSProperties {
  const across = Math.max(1, Math.ceil(Math.sqrt(places)));
  return { '--across': across, '--across-upright': Math.ceil(across / 2) } as CSSProperties;
}

/** Turns pages by the arrow keys, and by itself where that is wanted. */
function useTurning(isTurning: boolean, turn: (by: 1 | -1) => void): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
      if (by === 0 || isTyping(event.target)) return;
      event.preventDefault();
      turn(by);
    };
    window.addEventListener('keydown', hear);
    const timer = isTurning ? setInterval(() => turn(1), TURN_MS) : undefined;
    return () => {
      window.removeEventListener('keydown', hear);
      clearInterval(timer);
    };
  });
}
