import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { bridgeOf } from '../api/queries.ts';
import { useWakeLock } from '../control/useWall.ts';
import { useWords } from '../app/language.ts';
import { Answered } from '../parts/Pages.tsx';
import { CheckDevices } from './CheckDevices.tsx';
import { Screen } from './Screen.tsx';
import { useSources } from './useSources.ts';

const STARTED = 'station-started';

/**
 * The machine beside the projector of a bridge (trạm): first its camera and microphone are looked at, then it shows the program. A
 * machine that has begun once begins by itself from then on, as nobody stands beside it when the power comes back.
 */
export function StationPage() {
  const { conference, session, bridge } = useParams({
    from: '/signed-in/station/$conference/$session/$bridge',
  });
  const { t } = useWords();
  const node = useQuery(bridgeOf(conference, bridge));
  const sources = useSources();
  const [hasStarted, setStarted] = useState(() => localStorage.getItem(STARTED) === 'yes');
  const [isChecking, setChecking] = useState(false);
  useWakeLock();
  const name = node.data?.bridge.name ?? '';
  useEffect(() => {
    document.title = `${t('station.titleOf', { name })} · Nhịp Cầu`;
  }, [t, name]);
  const start = () => {
    localStorage.setItem(STARTED, 'yes');
    setStarted(true);
    setChecking(false);
  };
  return (
    <Answered query={node}>
      {() => (
        <>
          {hasStarted ? (
            <Screen
              key={`${session} ${bridge}`}
              place={{ conference, session, bridge }}
              name={name}
              sources={sources}
              isCovered={isChecking}
              onCheck={() => setChecking(true)}
            />
          ) : null}
          {hasStarted && !isChecking ? null : (
            <CheckDevices name={name} sources={sources} hasStarted={hasStarted} onDone={start} />
          )}
        </>
      )}
    </Answered>
  );
}
