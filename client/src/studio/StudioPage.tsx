import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { rootBridgeOf, sessionsOf } from '../api/queries.ts';
import { useLine } from '../api/line.ts';
import { useWords } from '../app/language.ts';
import { MediaRefused } from '../media/asking.ts';
import { RoomState } from '../media/RoomState.tsx';
import type { BoardView, Room } from '../media/room.ts';
import { useRoom, useRoomView } from '../media/useRoom.ts';
import { Answered, Loading, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { Asking } from './Asking.tsx';
import { PreviewPart } from './PreviewPart.tsx';
import { ProgramPart } from './ProgramPart.tsx';
import { StationList } from './StationList.tsx';
import classes from './studio.module.css';
import { useStudioKeys } from './useStudioKeys.tsx';

/** So many of those who ask are seen while they wait. */
const MOST_SEEN_ASKING = 6;

/** The director's desk (đạo diễn hình): what is on program, who asks to speak, and what every bridge would show. */
export function StudioPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/studio' });
  const search: { session?: string; bridge?: string } = useSearch({ strict: false });
  const { t } = useWords();
  const root = useQuery({ ...rootBridgeOf(conference), enabled: search.bridge === undefined });
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const bridge = search.bridge ?? root.data?.id;
  const session = search.session ?? onNow?.id;
  return (
    <Answered query={sessions}>
      {() =>
        session === undefined ? (
          <Nothing title={t('door.noSession')}>
            <Text>{t('live.noSession')}</Text>
          </Nothing>
        ) : bridge === undefined ? (
          <Loading />
        ) : (
          <Studio key={`${session} ${bridge}`} place={{ conference, session, bridge }} />
        )
      }
    </Answered>
  );
}

function Studio({
  place,
}: {
  place: { readonly conference: string; readonly session: string; readonly bridge: string };
}) {
  const { t } = useWords();
  useLine();
  const room = useRoom('control', place);
  const view = useRoomView(room);
  const { conference, session, bridge } = place;
  return (
    <>
      <PageHead title={t('studio.title')}>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/tiles/$conference" params={{ conference }} search={{ session, bridge }} {...props} />
          )}
        >
          {t('studio.wall')}
        </Button>
      </PageHead>
      <RoomState view={view} />
      {view.board === null ? null : <Desk room={room} board={view.board} />}
    </>
  );
}

function Desk({ room, board }: { room: Room; board: BoardView }) {
  const { t } = useWords();
  const view = useRoomView(room);
  const [shown, setShown] = useState<BridgeId | null>(null);
  const { floor, directs, stations } = board;
  const { direct, failure } = useDirecting(room);
  const seen = floor.asking.slice(0, MOST_SEEN_ASKING).map(({ bridge }) => bridge);
  const looked = [...new Set(shown === null ? seen : [shown, ...seen])].join(' ');
  useEffect(() => {
    const bridges = looked === '' ? [] : (looked.split(' ') as BridgeId[]);
    room.look({ program: true, bridges, size: 'small' });
  }, [room, looked]);
  const isAsking = shown !== null && floor.asking.some(({ bridge }) => bridge === shown);
  const put = shown === null || !directs ? null : () => direct('put', shown);
  const grant = shown === null || !directs || !isAsking ? null : () => direct('grant', shown);
  const holder = floor.holder?.bridge;
  const take = holder === undefined || !directs ? null : () => direct('take', holder);
  const next = () => {
    const at = floor.asking.findIndex(({ bridge }) => bridge === shown);
    const following = floor.asking[(at + 1) % Math.max(1, floor.asking.length)];
    if (following !== undefined) setShown(following.bridge);
  };
  const help = useStudioKeys({ put, grant, take, next });
  return (
    <>
      {directs ? null : <Text mb="md">{t('studio.onlyLooks')}</Text>}
      <p role="alert" className={classes['failure']} hidden={failure === null}>
        {failure}
      </p>
      <div className={classes['desk']}>
        <PreviewPart
          station={shown === null ? undefined : stations.get(shown)}
          tracks={view.tracks}
          floor={floor}
          onPut={put}
          onGrant={grant}
        />
        <ProgramPart room={room} view={view} floor={floor} stations={stations} onTake={take} />
        <Asking
          floor={floor}
          stations={stations}
          tracks={view.tracks}
          most={MOST_SEEN_ASKING}
          shown={shown}
          onShow={setShown}
          onGrant={directs ? (bridge) => direct('grant', bridge) : null}
        />
        <StationList floor={floor} stations={stations} shown={shown} onShow={setShown} />
      </div>
      {help}
    </>
  );
}

/** Puts, grants and takes; what could not be done is said until something can. */
function useDirecting(room: Room) {
  const { t } = useWords();
  const line = useLine();
  const [failure, setFailure] = useState<string | null>(null);
  const direct = (step: 'put' | 'grant' | 'take', bridge: BridgeId): void => {
    room.direct(step, bridge).then(
      () => setFailure(null),
      (error: unknown) => {
        const why = error instanceof MediaRefused ? error.message : t('station.noAnswer');
        setFailure(t('studio.failed', { why }));
      },
    );
  };
  return { direct, failure: line === 'connected' ? failure : null };
}
