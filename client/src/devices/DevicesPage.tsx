import { Button, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { formatNumber } from '../../../domain/text/numbers.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { deviceContracts, type Decided } from '../../../domain/wire/devices.ts';
import { call } from '../api/call.ts';
import { bridgeOf } from '../api/queries.ts';
import { holdsBelow, holdsSomewhere, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Crumbs } from '../parts/Crumbs.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { DeviceList } from './DeviceList.tsx';
import classes from './devices.module.css';
import { HeldList } from './HeldList.tsx';
import { PairingCode } from './PairingCode.tsx';

const PAGE = 100;
/** Contacts change by the minute; whoever looks on sees it without asking. */
const LOOK_AGAIN_MS = 15_000;

interface At {
  readonly conference: string;
  readonly bridge: string;
}

const keyOf = ({ conference, bridge }: At) => ['conference', conference, 'devices', bridge] as const;

/** The check-in machines of a bridge and of all below it, and what revoked ones sent. */
export function DevicesPage() {
  const at = useParams({ from: '/signed-in/shell/conferences/$conference/bridges/$bridge/devices' });
  const { conference, bridge } = at;
  const { t } = useWords();
  const node = useQuery(bridgeOf(conference, bridge));
  const [pairing, setPairing] = useState(false);
  const { data: account } = useMe();
  const mayManage = holdsSomewhere(account, conference, 'devices');
  return (
    <Answered query={node}>
      {(data) => (
        <>
          <PageHead title={t('devices.titleOf', { name: data.bridge.name })}>
            {mayManage ? <Button onClick={() => setPairing(true)}>{t('pairing.make')}</Button> : null}
          </PageHead>
          {pairing ? <PairingCode place={at} of="desk" onClose={() => setPairing(false)} /> : null}
          <Crumbs
            path={data.path}
            bridge={bridge}
            renderStep={(step) => (
              <Link
                to="/conferences/$conference/bridges/$bridge/devices"
                params={{ conference, bridge: step.id }}
              >
                {step.name}
              </Link>
            )}
          />
          {holdsBelow(account, conference, 'people') ? (
            <Quarantine key={`quarantine ${bridge}`} {...at} />
          ) : null}
          <Machines key={`machines ${bridge}`} {...at} />
        </>
      )}
    </Answered>
  );
}

function Machines(at: At) {
  const { conference, bridge } = at;
  const { t, language } = useWords();
  const queries = useQueryClient();
  const devices = usePaged(
    [...keyOf(at), 'machines'],
    (cursor, signal) =>
      call(
        deviceContracts.devices,
        { params: { conference, bridge }, query: { limit: PAGE, cursor } },
        signal,
      ),
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const number = (n: number) => formatNumber(n, language);
  return (
    <section aria-label={t('devices.machines')}>
      <Title order={2}>{t('devices.machines')}</Title>
      <Answered query={devices.list}>
        {() => {
          const { first, items: rows } = devices;
          if (first === undefined || rows.length === 0) {
            return (
              <Nothing title={t('devices.none')}>
                <Text>{t('devices.noneMore')}</Text>
              </Nothing>
            );
          }
          const { machines, connected, withWaiting, waiting, revoked } = first.summary;
          return (
            <>
              <p className={classes['summary']}>
                <span>{t('devices.count', { n: number(machines), connected: number(connected) })}</span>
                <span>
                  {t('devices.countWaiting', { n: number(waiting), machines: number(withWaiting) })}
                </span>
                <span>{t('devices.countRevoked', { n: number(revoked) })}</span>
                <span>{t('devices.asOf', { at: formatTime(first.asOf) })}</span>
              </p>
              <DeviceList
                conference={conference}
                node={bridge}
                devices={rows}
                onChanged={() => void queries.invalidateQueries({ queryKey: keyOf(at) })}
              />
              <MoreButton of={devices}>{t('devices.more')}</MoreButton>
            </>
          );
        }}
      </Answered>
    </section>
  );
}

/** Stands above the machines while something waits for a decision, and says what came of the last one. */
function Quarantine(at: At) {
  const { conference, bridge } = at;
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [last, setLast] = useState<Decided | null>(null);
  const held = usePaged(
    [...keyOf(at), 'quarantine'],
    (cursor, signal) =>
      call(
        deviceContracts.quarantine,
        { params: { conference, bridge }, query: { limit: PAGE, cursor } },
        signal,
      ),
    { refetchInterval: LOOK_AGAIN_MS },
  );
  const rows = held.items;
  const number = (n: number) => formatNumber(n, language);
  return (
    <section aria-label={t('quarantine.title')} hidden={rows.length === 0 && last === null}>
      {rows.length === 0 ? null : (
        <>
          <Title order={2}>{t('quarantine.title')}</Title>
          <Text maw="60rem" my="xs">
            {t('quarantine.about')}
          </Text>
        </>
      )}
      <Text role="status" mih="1.5em">
        {last === null
          ? ''
          : [
              last.accepted > 0 ? t('quarantine.accepted', { n: number(last.accepted) }) : '',
              last.refused > 0 ? t('quarantine.refused', { n: number(last.refused) }) : '',
              last.conflict > 0 ? t('quarantine.conflict', { n: number(last.conflict) }) : '',
              last.left > 0 ? t('quarantine.left', { n: number(last.left) }) : '',
            ]
              .filter(Boolean)
              .join(' ')}
      </Text>
      {held.list.error === null || rows.length > 0 ? (
        <HeldList
          conference={conference}
          rows={rows}
          onDecided={(decided) => {
            setLast(decided);
            void queries.invalidateQueries({ queryKey: keyOf(at) });
          }}
        />
      ) : null}
      <MoreButton of={held}>{t('devices.more')}</MoreButton>
    </section>
  );
}
