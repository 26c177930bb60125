import { Button, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';

import type { Mode } from '../../../domain/attendance/event.ts';
import { timeOf } from '../../../domain/attendance/order.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { useWords } from '../app/language.ts';
import { LanguageSwitch, SchemeSwitch } from '../app/preferences.tsx';
import { AccountMenu } from '../app/AccountMenu.tsx';
import { useLine } from '../api/line.ts';
import { clockOffset } from '../api/socket.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { AnswerPanel } from './AnswerPanel.tsx';
import { Counting } from './Counting.tsx';
import { CloseDialog, ReasonDialog, WalkInDialog } from './Dialogs.tsx';
import classes from './door.module.css';
import { LineState } from './LineState.tsx';
import { isHere, PeopleList } from './PeopleList.tsx';
import { Refusals } from './Refusals.tsx';
import { ScanField } from './ScanField.tsx';
import { useDeeds } from './useDeeds.ts';
import { useDoor } from './useDoor.ts';
import { WalkIns } from './WalkIns.tsx';

const CLOCK_MS = 5000;

/** The check-in page of a bridge: one person, a queue, a phone or an old laptop; with or without a line. */
export function DoorPage() {
  const { t, language } = useWords();
  const place = useParams({ from: '/signed-in/door/$conference/$session/$bridge' });
  const door = useDoor(place);
  const line = useLine();
  const [mode, setMode] = useState<Mode>('in-person');
  const [counting, setCounting] = useState(false);
  const deeds = useDeeds(place, door, mode);
  const { snapshot, rows, events } = door;
  const now = useClock();

  const waiting = events.filter((kept) => kept.state === 'waiting');
  const undone = useMemo(
    () => new Set(events.flatMap(({ event }) => (event.kind === 'void' ? [event.target as string] : []))),
    [events],
  );
  const walkIns = useMemo(() => {
    const known = snapshot?.walkIns ?? [];
    const seen = new Set(known.map((one) => one.id));
    const own = events.flatMap(({ event, state }) =>
      event.kind === 'walk-in' && state === 'waiting' && !seen.has(event.id)
        ? [{ id: event.id, name: event.name, unit: event.unit, since: timeOf(event) }]
        : [],
    );
    return [...known, ...own].filter((one) => !undone.has(one.id));
  }, [snapshot, events, undone]);

  const title = snapshot?.bridgeName ?? t('door.title');
  useEffect(() => {
    document.title = `${title} · Nhịp Cầu`;
  }, [title]);

  if (snapshot === null) {
    return (
      <main className={classes['door']}>
        {door.error === null ? <Loading /> : <Failure error={door.error} onRetry={door.reload} />}
      </main>
    );
  }

  const present = rows.filter((row) => isHere(row, place.bridge));
  const here = present.filter((row) => row.expectedHere).length;
  const guests = present.length - here + walkIns.length;
  const expected = rows.filter((row) => row.expectedHere).length;
  const state = bridgeStateOf(waiting.map((kept) => kept.event.kind)) ?? snapshot.bridgeState;
  const unmarked = rows.filter((row) => row.expectedHere && row.presence.state === 'unmarked').length;
  const number = (n: number) => formatNumber(n, language);

  return (
    <div className={classes['door']}>
      <header className={classes['bar']}>
        <div className={classes['titleLine']}>
          <h1 className={classes['title']}>
            {snapshot.bridgeName}
            <span className={classes['figures']}>
              {t('door.ofExpected', { n: number(here), of: number(expected) })}
              {guests > 0 ? ` · ${t('door.guests', { n: number(guests) })}` : ''}
            </span>
          </h1>
          <time className={classes['clock']}>{formatTime(now)}</time>
        </div>
        <div className={classes['states']}>
          <LineState line={line} waiting={waiting.length} />
          <StateMark state={state} />
        </div>
      </header>

      <main className={classes['main']}>
        {state === 'open' ? null : (
          <div className={classes['closed']}>
            <p>{t(state === 'closed' ? 'door.isClosed' : 'door.notOpen')}</p>
            <Button size="lg" h={52} onClick={deeds.open}>
              {t(state === 'closed' ? 'door.reopen' : 'door.open')}
            </Button>
          </div>
        )}
        <ScanField
          rows={rows}
          onArrive={deeds.arrive}
          onStranger={(name) => deeds.ask({ kind: 'walk-in', name })}
        />
        <AnswerPanel answer={deeds.answer} onUndo={(answer) => deeds.ask({ kind: 'undo-event', answer })} />
        <Refusals events={events} />
        <div className={classes['controls']}>
          <SegmentedControl
            size="md"
            aria-label={t('door.mode')}
            value={mode}
            data={[
              { value: 'in-person', label: t('mode.in-person') },
              { value: 'online', label: t('mode.online') },
            ]}
            onChange={(value) => setMode(value === 'online' ? 'online' : 'in-person')}
          />
          <Button variant="default" onClick={() => deeds.ask({ kind: 'walk-in', name: '' })}>
            {t('walkIn.add')}
          </Button>
          <Button variant="default" aria-pressed={counting} onClick={() => setCounting(!counting)}>
            {t(counting ? 'count.hide' : 'count.show')}
          </Button>
        </div>
        {counting ? <Counting place={place} counted={snapshot.counted} onCount={deeds.count} /> : null}
        <PeopleList rows={rows} bridge={place.bridge} onDeed={deeds.onDeed} />
        <WalkIns
          walkIns={walkIns}
          onUndo={(one) => deeds.ask({ kind: 'undo-walk-in', id: one.id, name: one.name })}
        />
      </main>

      <footer className={classes['foot']}>
        {state === 'open' ? (
          <Button variant="default" onClick={() => deeds.ask({ kind: 'close' })}>
            {t('door.close')}
          </Button>
        ) : null}
        <Link
          className={classes['footLink'] ?? ''}
          to="/conferences/$conference/bridges/$bridge/headcount"
          params={{ conference: place.conference, bridge: place.bridge }}
        >
          {t('bridges.toHeadcount')}
        </Link>
        <span className={classes['tools']}>
          <LanguageSwitch />
          <SchemeSwitch />
          <AccountMenu />
        </span>
      </footer>

      {deeds.asked === null ? null : deeds.asked.kind === 'walk-in' ? (
        <WalkInDialog name={deeds.asked.name} onClose={deeds.close} onWalkIn={deeds.walkIn} />
      ) : deeds.asked.kind === 'close' ? (
        <CloseDialog
          sentence={t(unmarked > 0 ? 'door.closeSentence' : 'door.closeAll', { n: number(unmarked) })}
          onClose={deeds.close}
          onConfirm={deeds.closeBridge}
        />
      ) : (
        <ReasonDialog
          title={
            deeds.asked.kind === 'excuse'
              ? t('door.excuseTitle', { name: deeds.asked.row.name })
              : t('door.undoTitle', {
                  name: deeds.asked.kind === 'undo-event' ? deeds.asked.answer.name : deeds.asked.name,
                })
          }
          usual={
            deeds.asked.kind === 'excuse'
              ? [t('reason.sick'), t('reason.duty'), t('reason.away')]
              : [t('reason.wrongPerson'), t('reason.mistake')]
          }
          submit={t(deeds.asked.kind === 'excuse' ? 'door.excuse' : 'door.undo')}
          onClose={deeds.close}
          onReason={deeds.withReason}
        />
      )}
    </div>
  );
}

/** What waiting events will make of the bridge. */
function bridgeStateOf(kinds: readonly string[]): 'open' | 'closed' | null {
  const last = kinds.findLast((kind) => kind === 'open' || kind === 'close');
  return last === undefined ? null : last === 'open' ? 'open' : 'closed';
}

/** The server's time of day, as far as this device knows it. */
function useClock(): Instant {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return (now + clockOffset()) as Instant;
}
