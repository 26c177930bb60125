import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { type CSSProperties, useEffect } from 'react';

import { describeAlert, describeCall } from '../../../domain/control/sentences.ts';
import { turned } from '../../../domain/control/rest.ts';
import { formatClock } from '../../../domain/text/dates.ts';
import { formatNumber, formatPercent } from '../../../domain/text/numbers.ts';
import type { AlertRow, ControlBoard } from '../../../domain/wire/control.ts';
import { AgendaLine } from '../agenda/AgendaLine.tsx';
import { bridgeOf, conferenceList, rootBridgeOf, sessionsOf } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Freshness } from '../live/Freshness.tsx';
import { Answered, Loading } from '../parts/Pages.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import { useSessionOfNow } from '../parts/sessions.ts';
import { StateMark, StateShape } from '../parts/StateMark.tsx';
import { LEVEL_SHAPES } from './Alerts.tsx';
import { ArrivalCurve } from './ArrivalCurve.tsx';
import { Tiles } from './Tiles.tsx';
import { useBoard } from './useBoard.ts';
import { useHealing, useTurn, useWakeLock } from './useWall.ts';
import classes from './wall.module.css';

/** So many alerts beside the worst one, and how long each page of them stands. */
const ALERTS_AT_A_TIME = 4;
const TURN_MS = 10_000;
/** A sentence of more letters than this has more than three lines. */
const LONG = 90;
const MOST_TILES = 40;
/** One row beside the country: who looks from afar looks at the country. */
const MOST_BESIDE = 7;

/** The situation for a wall: one big number, the one worst thing, and the country; it turns its own pages and needs nobody. */
export function WallPage() {
  const { conference } = useParams({ from: '/signed-in/wall/$conference' });
  const search: { session?: string; bridge?: string } = useSearch({ strict: false });
  const root = useQuery({ ...rootBridgeOf(conference), enabled: search.bridge === undefined });
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const bridge = search.bridge ?? root.data?.id;
  const session = search.session ?? onNow?.id;
  useWakeLock();
  if (bridge === undefined || session === undefined) return <Loading />;
  return <Watched conference={conference} session={session} bridge={bridge} />;
}

function Watched({ conference, session, bridge }: { conference: string; session: string; bridge: string }) {
  const board = useBoard(conference, session, bridge);
  useHealing(board.data?.asOf);
  return <Answered query={board}>{(data) => <Wall conference={conference} board={data} />}</Answered>;
}

function Wall({ conference, board }: { conference: string; board: ControlBoard }) {
  const { t, language } = useWords();
  const now = useServerClock(board.asOf);
  const turn = useTurn(TURN_MS);
  const list = useQuery(conferenceList);
  const name = useQuery(bridgeOf(conference, board.bridge)).data?.bridge.name ?? '';
  const { node, alerts, session, startsAt, endsAt } = board;
  const own = list.data?.items.find(({ id }) => id === conference);
  const open = alerts.items.filter(({ acknowledged }) => acknowledged === null);
  const [worst, ...others] = open;
  const moment = { now, startsAt, endsAt };
  const number = (n: number) => formatNumber(n, language);
  useEffect(() => {
    document.title = `${name} · Nhịp Cầu`;
  }, [name]);
  return (
    <main className={classes['wall']} data-testid="wall">
      <header className={classes['top']}>
        <h1 className={classes['conference']}>{own?.title ?? name}</h1>
        <b className={classes['clock']}>{formatClock(now)}</b>
      </header>
      <section className={classes['number']} aria-label={t('live.allPresent')}>
        <p
          className={classes['big']}
          style={{ '--letters': number(node.present).length } as CSSProperties}
          data-testid="present"
        >
          {number(node.present)}
        </p>
        <p className={classes['of']}>
          <b>{formatPercent(node.came, node.summoned, language)}</b>{' '}
          {t('control.ofSummoned', { n: number(node.came), of: number(node.summoned) })}
        </p>
        <p className={classes['marks']}>
          <StateMark state="open">
            {' '}
            {number(node.opened)}/{number(node.bridges)}
          </StateMark>
          {node.lost > 0 ? <StateMark state="lost"> {number(node.lost)}</StateMark> : null}
          {node.lateBridges > 0 ? <StateMark state="late"> {number(node.lateBridges)}</StateMark> : null}
        </p>
      </section>
      <section className={classes['worst']} aria-label={t('control.worst')} data-level={worst?.level ?? 0}>
        {worst === undefined ? (
          <p className={classes['calm']}>
            <StateShape state="accepted" size={40} /> {t('control.noAlerts')}
          </p>
        ) : (
          <>
            <p
              className={classes['worstWhat']}
              data-long={describeAlert(worst, moment, language).length > LONG || undefined}
            >
              <StateShape state={LEVEL_SHAPES[worst.level]} size={44} />
              <span>{describeAlert(worst, moment, language)}</span>
            </p>
            <p className={classes['worstDo']}>{describeCall(worst.contact, language)}</p>
          </>
        )}
      </section>
      <section className={classes['map']} aria-label={t('control.tiles')}>
        <Tiles
          conference={conference}
          session={session}
          tiles={board.tiles}
          treeDate={own?.treeDate}
          most={MOST_TILES}
          mostBeside={MOST_BESIDE}
        />
      </section>
      <section className={classes['rest']} aria-label={t('control.alerts')}>
        <ol>
          {turned(others, ALERTS_AT_A_TIME, turn).map((alert) => (
            <li key={alert.id}>
              <StateShape state={LEVEL_SHAPES[alert.level]} size={20} />
              <span>{describeAlert(alert, moment, language)}</span>
            </li>
          ))}
        </ol>
        <p className={classes['more']}>{restOf(alerts.total, open, t, number)}</p>
      </section>
      <section className={classes['curve']}>
        <ArrivalCurve board={board} size={16} />
      </section>
      <footer className={classes['foot']}>
        <div className={classes['agenda']}>
          <AgendaLine conference={conference} session={session} />
        </div>
        <div className={classes['age']}>
          <Freshness data={board} />
        </div>
        <span className={classes['deeds']}>
          <Button variant="default" onClick={() => void document.documentElement.requestFullscreen()}>
            {t('control.fullScreen')}
          </Button>
          <Link
            to="/conferences/$conference/control/$bridge"
            params={{ conference, bridge: board.bridge }}
            search={{ session }}
          >
            {t('control.leave')}
          </Link>
        </span>
      </footer>
    </main>
  );
}

/** What the list does not show at once: it adds up to all that there is. */
function restOf(
  total: number,
  open: readonly AlertRow[],
  t: ReturnType<typeof useWords>['t'],
  number: (n: number) => string,
): string {
  const others = Math.max(0, open.length - 1);
  return total <= 1 ? '' : t('control.wallCount', { others: number(others), total: number(total) });
}
