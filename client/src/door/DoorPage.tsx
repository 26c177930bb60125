import { Button, SegmentedControl } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';

import type { Mode } from '../../../domain/attendance/event.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import type { DoorRow } from '../../../domain/wire/attendance.ts';
import { type SignedInAccount, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { LanguageSwitch, SchemeSwitch } from '../app/preferences.tsx';
import { AccountMenu } from '../app/AccountMenu.tsx';
import { Refused } from '../api/call.ts';
import { useLine } from '../api/line.ts';
import { clockOffset } from '../api/socket.ts';
import { Failure, Loading } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { AnswerPanel } from './AnswerPanel.tsx';
import { doorKey, type Place } from './database.ts';
import { BrokenReceipt, Details } from './Details.tsx';
import classes from './door.module.css';
import { isUnpaired } from '../devices/contact.ts';
import { PairHere } from '../devices/PairHere.tsx';
import { useMachineKey } from '../devices/useMachineKey.ts';
import { AskedDialog, Counting, fetchLater, Protect } from './later.ts';
import { LineState } from './LineState.tsx';
import { LockedTexts, NoVault, Revoked, TakesNoPart } from './Notices.tsx';
import type { KeptEvent } from './outbox.ts';
import { isHere, PeopleList } from './PeopleList.tsx';
import { Refusals } from './Refusals.tsx';
import { reviewSentence, toReview } from './toReview.ts';
import { Review } from './Review.tsx';
import type { Roster } from './roster.ts';
import { ScanField } from './ScanField.tsx';
import { send } from './sender.ts';
import { SoundSwitch } from './SoundSwitch.tsx';
import { ToResolve } from './ToResolve.tsx';
import { Unlock } from './Unlock.tsx';
import { type Deeds, useDeeds } from './useDeeds.ts';
import { useDoor } from './useDoor.ts';
import { useDrawn } from './useDrawn.ts';
import { useMachine, useOutside } from './useMachine.ts';
import { useReadiness } from './useReadiness.ts';
import { peopleIn } from './useResolve.ts';
import { useVault, type Vaults } from './useVault.ts';
import { WalkIns } from './WalkIns.tsx';

const CLOCK_MS = 5000;
/** What waits for less than this on a good line is about to be confirmed: no mark that only flickers. */
const SOON_MS = 1500;
/** After so long without a list, what was scanned is written down without it. */
const LIST_PATIENCE_MS = 10_000;

/** The check-in page of a bridge: one person, a queue, a phone or an old laptop; with or without a line. */
export function DoorPage() {
  const place = useParams({ from: '/signed-in/door/$conference/$session/$bridge' });
  const { data: account } = useMe();
  // Another bridge, or another account, is another page: nothing of the one before stays.
  return account === undefined ? (
    <Loading />
  ) : (
    <LockedDoor key={doorKey(account.id, place)} account={account} place={place} />
  );
}

interface At {
  readonly account: SignedInAccount;
  readonly place: Place;
}

/** Nothing of a list is shown before its vault is open. What waits is sent all the same. */
function LockedDoor({ account, place }: At) {
  const vaults = useVault(account.id);
  const hasKey = useMachineKey();
  const { bridgeName, own } = useOutside(account.id, place);
  const { view } = vaults;
  useLine(view.state === 'locked');
  useEffect(send, []);
  // Everything that is written down bears the machine's name, which follows from its key.
  if (view.state === 'reading' || !hasKey) return <Loading />;
  if (view.state === 'locked') {
    return <Unlock vault={view.vault} bridgeName={bridgeName} waiting={own} name={account.name} />;
  }
  return <OpenDoor account={account} place={place} vaults={vaults} />;
}

function OpenDoor({ account, place, vaults }: At & { readonly vaults: Vaults }) {
  const { t, language } = useWords();
  const { view: vault, retired } = vaults;
  const door = useDoor(account.id, place, vault.state === 'open' ? vault.vault.id : null);
  const line = useLine(false);
  const [mode, setMode] = useState<Mode>('in-person');
  const [counting, setCounting] = useState(false);
  const [protecting, setProtecting] = useState(false);
  const deeds = useDeeds(account.id, place, door, mode);
  const { roster, rows, rowOf, events } = door;
  const now = useClock();
  const readiness = useReadiness(vault.state, roster !== null);
  const { others } = useOutside(account.id, place);

  const waiting = useMemo(() => events.filter((kept) => kept.state === 'waiting'), [events]);
  const oldest = waiting[0]?.keptAt ?? null;
  const { name: machine, paired, revocation } = useMachine(place, waiting.length, oldest);
  const isLost = line === 'lost';
  const pending = useMemo(
    () => idsOf(waiting.filter(({ keptAt }) => isLost || now - keptAt > SOON_MS)),
    [waiting, isLost, now],
  );
  const found = useMemo(() => toReview(events, rowOf), [events, rowOf]);
  const notes = useMemo(
    () =>
      new Map(
        found.flatMap((kept) =>
          'person' in kept.event ? [[kept.event.person as string, reviewSentence(kept, language)]] : [],
        ),
      ),
    [found, language],
  );

  const people = useMemo(() => peopleIn(rows, events, t('scan.bearer')), [rows, events, t]);

  const title = roster?.bridgeName ?? t('door.title');
  useEffect(() => {
    document.title = `${title} · Nhịp Cầu`;
  }, [title]);

  const lineState = (
    <LineState line={line} waiting={waiting.length} age={oldest === null ? 0 : now - oldest} />
  );
  const isRevoked = revocation !== null;
  const isThere = roster !== null;
  const isDrawn = useDrawn(isThere);
  useEffect(() => {
    if (isDrawn) fetchLater();
    // What did not come is asked for again with each line that does.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [isDrawn, line]);
  const late = useLate(roster === null && paired !== false && !isRevoked, LIST_PATIENCE_MS);
  // The list comes first: its line is a program of its own, and a machine that is not paired yet has nothing to say on it.
  const isRefused = door.error !== null && !isUnpaired(door.error);
  useLine(isDrawn || isRefused || late || waiting.length > 0);
  if (isRevoked || paired === false) {
    const delivered = events.filter((kept) => kept.state === 'quarantined').length;
    return (
      <div className={classes['door']}>
        <main className={classes['main']}>
          <h1 className={classes['title']}>{t('door.title')}</h1>
          {line === 'off' ? null : lineState}
          {isRevoked ? (
            <Revoked message={revocation.message} waiting={waiting.length} delivered={delivered} />
          ) : null}
          <PairHere place={place} account={account} again={isRevoked} onPaired={door.comeAgain} />
        </main>
        <Foot place={place} />
      </div>
    );
  }
  const isUnreachable = door.error !== null && !(door.error instanceof Refused);
  return (
    <div className={classes['door']}>
      <header className={classes['bar']}>
        <div className={classes['titleLine']}>
          <h1 className={classes['title']}>
            {title}
            {roster === null ? null : <Figures roster={roster} rows={people} bridge={place.bridge} />}
          </h1>
          <span className={classes['clock']}>
            <SoundSwitch answer={deeds.answer} />
            <time>{formatTime((now + clockOffset()) as Instant)}</time>
          </span>
        </div>
        <div className={classes['states']}>
          {lineState}
          {roster === null ? null : <StateMark state={roster.head.state} />}
        </div>
      </header>

      <main className={classes['main']}>
        {roster === null || roster.head.others === null ? null : (
          <TakesNoPart conference={place.conference} bridge={place.bridge} others={roster.head.others} />
        )}
        {roster === null || roster.head.state === 'open' ? null : (
          <NotOpen place={place} state={roster.head.state} deeds={deeds} />
        )}
        <ScanField
          rows={roster === null ? null : rows}
          withoutList={isUnreachable || late}
          onArrive={deeds.arrive}
          onScan={deeds.scan}
          onStranger={deeds.stranger}
        />
        <AnswerPanel
          answer={deeds.answer}
          waits={waiting.some((kept) => kept.id === deeds.answer?.event)}
          isLost={isLost}
          onUndo={(answer) => deeds.ask({ kind: 'undo-event', answer })}
        />
        <BrokenReceipt place={place} />
        <Refusals door={door} />
        <LockedTexts
          account={account.id}
          retired={retired}
          count={waiting.filter((kept) => !kept.readable).length}
        />
        {roster === null ? (
          door.error === null ? (
            <Loading />
          ) : (
            <Failure error={door.error} onRetry={door.reload} />
          )
        ) : (
          <>
            {vault.state === 'none' ? <NoVault onProtect={() => setProtecting(true)} /> : null}
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
            {counting ? (
              <Counting
                account={account.id}
                place={place}
                counted={roster.head.counted}
                onCount={deeds.count}
              />
            ) : null}
            <ToResolve account={account.id} place={place} door={door} />
            <Review door={door} found={found} />
            <PeopleList
              rows={people}
              bridge={place.bridge}
              pending={pending}
              notes={notes}
              onDeed={deeds.onDeed}
            />
            <WalkIns
              walkIns={roster.head.walkIns}
              pending={pending}
              onUndo={(one) => deeds.ask({ kind: 'undo-walk-in', id: one.id, name: one.name })}
            />
            <Details
              place={place}
              vault={vault}
              readiness={readiness}
              machine={machine}
              isPaired={paired === true}
              others={others}
              onProtect={() => setProtecting(true)}
            />
          </>
        )}
      </main>

      <Foot place={place}>
        {roster?.head.state === 'open' ? (
          <Button variant="default" onClick={() => deeds.ask({ kind: 'close' })}>
            {t('door.close')}
          </Button>
        ) : null}
      </Foot>

      {protecting ? (
        <Protect
          account={account}
          vault={vault.state === 'open' ? vault.vault : null}
          onClose={() => setProtecting(false)}
        />
      ) : null}
      {deeds.asked === null ? null : <AskedDialog deeds={deeds} rows={rows} />}
    </div>
  );
}

/** How many are here of those expected, and who else. */
function Figures({ roster, rows, bridge }: { roster: Roster; rows: readonly DoorRow[]; bridge: string }) {
  const { t, language } = useWords();
  const present = rows.filter((row) => isHere(row, bridge));
  const here = present.filter((row) => row.expectedHere).length;
  const guests = present.length - here + roster.head.walkIns.length;
  const expected = rows.filter((row) => row.expectedHere).length;
  const number = (n: number) => formatNumber(n, language);
  return (
    <span className={classes['figures']}>
      {t('door.ofExpected', { n: number(here), of: number(expected) })}
      {guests > 0 ? ` · ${t('door.guests', { n: number(guests) })}` : ''}
    </span>
  );
}

/** The bridge has not opened yet, or has closed its book: how to go on. */
function NotOpen({ place, state, deeds }: { place: Place; state: 'unopened' | 'closed'; deeds: Deeds }) {
  const { t } = useWords();
  const isClosed = state === 'closed';
  return (
    <div className={classes['closed']}>
      <p>{t(isClosed ? 'door.isClosed' : 'door.notOpen')}</p>
      <Button size="lg" h={52} onClick={isClosed ? deeds.reopen : deeds.open}>
        {t(isClosed ? 'door.reopen' : 'door.open')}
      </Button>
      {isClosed ? (
        <Link
          className={classes['footLink'] ?? ''}
          to="/summary/$conference/$session/$bridge"
          params={{ ...place }}
        >
          {t('pages.summary')}
        </Link>
      ) : null}
    </div>
  );
}

function Foot({ place, children }: { place: Place; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <footer className={classes['foot']}>
      {children}
      <Link
        className={classes['footLink'] ?? ''}
        to="/conferences/$conference/bridges/$bridge/headcount"
        params={{ conference: place.conference, bridge: place.bridge }}
      >
        {t('pages.headcount')}
      </Link>
      <Link
        className={classes['footLink'] ?? ''}
        to="/station/$conference/$session/$bridge"
        params={{ ...place }}
      >
        {t('pages.station')}
      </Link>
      <Link
        className={classes['footLink'] ?? ''}
        to="/line-test/$conference/$bridge"
        params={{ conference: place.conference, bridge: place.bridge }}
      >
        {t('pages.lineTest')}
      </Link>
      <span className={classes['tools']}>
        <LanguageSwitch />
        <SchemeSwitch />
        <AccountMenu />
      </span>
    </footer>
  );
}

/** Whom events speak of, and the events themselves: rows of people go by the one, guests by the other. */
function idsOf(events: readonly KeptEvent[]): ReadonlySet<string> {
  return new Set(
    events.flatMap(({ id, event, subject }) => [
      id,
      ...('person' in event ? [event.person] : []),
      ...(subject === null ? [] : [subject]),
    ]),
  );
}

/** This device's clock, every few seconds. */
function useClock(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Whether something has lasted for longer than so many milliseconds. */
function useLate(lasts: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!lasts) return undefined;
    const timer = setTimeout(() => setLate(true), ms);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [lasts, ms]);
  return late;
}
