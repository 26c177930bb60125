import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { deviceContracts, type DeviceRow } from '../../../domain/wire/devices.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';
import { type State, StateShape } from '../parts/StateMark.tsx';
import { AskReason } from '../parts/AskReason.tsx';
import classes from './devices.module.css';

interface Props {
  readonly conference: string;
  /** The node whose machines are shown: a machine is revoked at it and at all below. */
  readonly node: string;
  readonly devices: readonly DeviceRow[];
  readonly onChanged: () => void;
}

type Deed = 'revoke' | 'restore' | 'name';

/** Machines with how each stands, in words and shapes, and what can be done about it. */
export function DeviceList({ conference, node, devices, onChanged }: Props) {
  const { t } = useWords();
  const [asked, setAsked] = useState<{ readonly deed: Deed; readonly row: DeviceRow } | null>(null);
  const close = () => setAsked(null);
  const done = () => {
    close();
    onChanged();
  };
  return (
    <>
      <ul className={classes['rows']}>
        {devices.map((row) => (
          <Row key={`${row.bridge} ${row.device}`} row={row} onDeed={(deed) => setAsked({ deed, row })} />
        ))}
      </ul>
      {asked === null ? null : asked.deed === 'name' ? (
        <Naming conference={conference} row={asked.row} onClose={close} onDone={done} />
      ) : (
        <Standing
          deed={asked.deed}
          conference={conference}
          node={node}
          row={asked.row}
          title={t(`devices.${asked.deed}Title`, { name: asked.row.name })}
          onClose={close}
          onDone={done}
        />
      )}
    </>
  );
}

function Row({ row, onDeed }: { row: DeviceRow; onDeed: (deed: Deed) => void }) {
  const { t, language } = useWords();
  const name = `${row.name}, ${row.bridgeName}`;
  return (
    <li className={classes['row']}>
      <span>
        <b>{row.name}</b> · {row.bridgeName}
        <span className={classes['dim']}>{[row.browser, row.account].filter(Boolean).join(' · ')}</span>
        <span className={classes['dim']}>
          {[
            t(row.pairedBy === null ? 'devices.paired' : 'devices.pairedBy', {
              at: formatDateTime(row.pairedAt, language),
              by: row.pairedBy ?? '',
            }),
            row.replaces === null ? '' : t('devices.replaces', { name: row.replaces }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <States row={row} />
      <span className={classes['deeds']}>
        <Button variant="default" onClick={() => onDeed('name')} aria-label={t('devices.nameOf', { name })}>
          {t('devices.rename')}
        </Button>
        {row.revoked === null ? (
          <Button
            variant="default"
            onClick={() => onDeed('revoke')}
            aria-label={t('devices.revokeOf', { name })}
          >
            {t('devices.revoke')}
          </Button>
        ) : (
          <Button
            variant="default"
            onClick={() => onDeed('restore')}
            aria-label={t('devices.restoreOf', { name })}
          >
            {t('devices.restore')}
          </Button>
        )}
      </span>
    </li>
  );
}

const SHAPES = { connected: 'open', silent: 'lost', revoked: 'absent' } as const satisfies Record<
  DeviceRow['state'],
  State
>;

/** How a machine stands, the most pressing first. */
function States({ row }: { row: DeviceRow }) {
  const { t, language } = useWords();
  const at = (instant: DeviceRow['lastContact']) =>
    instant === null ? '' : formatDateTime(instant, language);
  const number = (n: number) => formatNumber(n, language);
  return (
    <span className={classes['states']}>
      {row.held === 0 ? null : (
        <span className={classes['state']}>
          <StateShape state="review" />
          {t('devices.held', { n: number(row.held) })}
        </span>
      )}
      {row.waiting === 0 ? null : (
        <span className={classes['state']}>
          <StateShape state="pending" />
          {t(row.waitingSince === null ? 'devices.waiting' : 'devices.waitingSince', {
            n: number(row.waiting),
            at: at(row.waitingSince),
          })}
        </span>
      )}
      <span className={classes['state']}>
        <StateShape state={SHAPES[row.state]} />
        {row.revoked === null
          ? t(`devices.state.${row.state}`)
          : t('devices.revokedFor', { reason: row.revoked.reason })}
      </span>
      <span className={classes['dim']}>
        {row.revoked === null
          ? row.state === 'silent'
            ? row.lastContact === null
              ? t('devices.noContact')
              : t('devices.lastContact', { at: at(row.lastContact) })
            : ''
          : t(row.revoked.by === null ? 'devices.revokedAt' : 'devices.revokedBy', {
              at: at(row.revoked.at),
              by: row.revoked.by ?? '',
            })}
      </span>
    </span>
  );
}

interface Deal {
  readonly conference: string;
  readonly row: DeviceRow;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function Standing({
  deed,
  conference,
  node,
  row,
  title,
  onClose,
  onDone,
}: Deal & { deed: 'revoke' | 'restore'; node: string; title: string }) {
  const { t } = useWords();
  const change = useMutation({
    mutationFn: (reason: string) =>
      call(deed === 'revoke' ? deviceContracts.revokeDevice : deviceContracts.restoreDevice, {
        params: { conference, bridge: node, device: row.device },
        body: { reason },
      }),
    onSuccess: onDone,
  });
  return (
    <AskReason
      longest={500}
      title={title}
      about={t(`devices.${deed}About`)}
      usual={
        deed === 'revoke'
          ? [t('devices.reason.lost'), t('devices.reason.replaced'), t('devices.reason.stranger')]
          : [t('devices.reason.found'), t('devices.reason.mistake')]
      }
      submit={t(`devices.${deed}`)}
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onReason={change.mutate}
    />
  );
}

function Naming({ conference, row, onClose, onDone }: Deal) {
  const { t } = useWords();
  const [name, setName] = useState(row.name);
  const change = useMutation({
    mutationFn: () =>
      call(deviceContracts.nameDevice, {
        params: { conference, bridge: row.bridge, device: row.device },
        body: { name: name.trim() === '' ? null : name.trim() },
      }),
    onSuccess: onDone,
  });
  return (
    <Dialog title={t('devices.nameTitle', { name: row.name })} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('devices.name')}
            description={t('devices.nameHint')}
            autoComplete="off"
            maxLength={60}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {change.error === null ? null : <Failure error={change.error} />}
          <Button type="submit" loading={change.isPending}>
            {t('devices.keepName')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
