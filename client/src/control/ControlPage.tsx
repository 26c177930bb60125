import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { formatClock } from '../../../domain/text/dates.ts';
import type { ControlBoard } from '../../../domain/wire/control.ts';
import { AgendaLine } from '../agenda/AgendaLine.tsx';
import { conferenceList } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { FromTheTop } from '../bridges/FromTheTop.tsx';
import { Freshness } from '../live/Freshness.tsx';
import { NodeInSession } from '../live/NodeInSession.tsx';
import { TakesNoPart } from '../live/TakesNoPart.tsx';
import { Answered } from '../parts/Pages.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import { Alerts } from './Alerts.tsx';
import { ArrivalCurve } from './ArrivalCurve.tsx';
import { Below } from './Below.tsx';
import classes from './control.module.css';
import { Tiles } from './Tiles.tsx';
import { Totals } from './Totals.tsx';
import { useBoard } from './useBoard.ts';

/** So many tiles in a grid; a list with all of them stands below. */
const MOST_TILES = 60;

/** The control room from the top of the tree, or from where the caller's view begins. */
export function ControlRootPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/control' });
  return (
    <FromTheTop conference={conference}>
      {(bridge) => <Control conference={conference} bridge={bridge} />}
    </FromTheTop>
  );
}

/** One node of the tree; the browser's own back key leads up again. */
export function ControlNodePage() {
  const { conference, bridge } = useParams({
    from: '/signed-in/shell/conferences/$conference/control/$bridge',
  });
  return <Control key={bridge} conference={conference} bridge={bridge} />;
}

function Control({ conference, bridge }: { conference: string; bridge: string }) {
  const { t } = useWords();
  return (
    <NodeInSession
      conference={conference}
      bridge={bridge}
      page="/conferences/$conference/control/$bridge"
      titleOf={(name) => (name === '' ? t('control.title') : t('control.of', { name }))}
      renderTools={(session) => (
        <>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link
                to="/conferences/$conference/studio"
                params={{ conference }}
                search={{ session, bridge }}
                {...props}
              />
            )}
          >
            {t('control.studio')}
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/wall/$conference" params={{ conference }} search={{ session, bridge }} {...props} />
            )}
          >
            {t('control.wall')}
          </Button>
        </>
      )}
    >
      {(session) => <Watched conference={conference} bridge={bridge} session={session} />}
    </NodeInSession>
  );
}

function Watched({ conference, bridge, session }: { conference: string; bridge: string; session: string }) {
  const board = useBoard(conference, session, bridge);
  return <Answered query={board}>{(data) => <Room conference={conference} board={data} />}</Answered>;
}

function Room({ conference, board }: { conference: string; board: ControlBoard }) {
  const { t } = useWords();
  const now = useServerClock(board.asOf);
  const { startsAt, endsAt, session, tiles } = board;
  const list = useQuery(conferenceList);
  const treeDate = list.data?.items.find(({ id }) => id === conference)?.treeDate;
  return (
    <>
      <Freshness data={board} />
      <div className={classes['room']}>
        <div className={classes['left']}>
          <Totals node={board.node} />
          {board.node.bridges === 0 ? <TakesNoPart /> : null}
          {tiles.length === 0 ? null : (
            <Tiles
              conference={conference}
              session={session}
              tiles={tiles}
              treeDate={treeDate}
              most={MOST_TILES}
            />
          )}
        </div>
        <div className={classes['right']}>
          <div className={classes['clockLine']}>
            <b className={classes['clock']}>{formatClock(now)}</b>
            <AgendaLine conference={conference} session={session} />
            <Link
              to="/conferences/$conference/agenda"
              params={{ conference }}
              search={{ session }}
              className={classes['link'] ?? ''}
            >
              {t('control.toAgenda')}
            </Link>
          </div>
          <Alerts conference={conference} board={board} moment={{ now, startsAt, endsAt }} />
          <ArrivalCurve board={board} />
        </div>
      </div>
      <Below conference={conference} board={board} />
    </>
  );
}
