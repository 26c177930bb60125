import { Button, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { formatDate } from '../../../domain/text/dates.ts';
import { civilDateOf, type Instant } from '../../../domain/time.ts';
import { accessContracts, type Account, type HeldGrant } from '../../../domain/wire/access.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { MoreButton } from '../parts/MoreButton.tsx';
import { usePaged } from '../parts/paged.ts';
import { Answered, Failure } from '../parts/Pages.tsx';
import classes from './access.module.css';
import { rolesKey, type Filter, type Place } from './place.ts';

const ROWS = 100;

interface Shown {
  readonly account: Account;
  readonly grant: HeldGrant;
}

/** Who holds which role at a place and below it, from when until when, and the way to take one away. */
export function Holders({
  place,
  filter,
  mayTake,
}: {
  readonly place: Place;
  readonly filter: Filter;
  readonly mayTake: boolean;
}) {
  const { t } = useWords();
  const list = useHolders(place, filter);
  const [taking, setTaking] = useState<Shown | null>(null);
  return (
    <Answered query={list.list}>
      {() => {
        const names = new Map(list.pages.flatMap(({ bridges }) => bridges.map(({ id, name }) => [id, name])));
        const shown = list.items.flatMap((account) =>
          account.grants
            .filter((grant) => isShown(grant, place, filter))
            .map((grant) => ({ account, grant })),
        );
        if (shown.length === 0) return <Text c="dimmed">{t('roles.nobody')}</Text>;
        return (
          <>
            <ul className={classes['list']}>
              {shown.map(({ account, grant }) => (
                <li key={grant.id} className={classes['row']}>
                  <div>
                    <span className={classes['name']}>{account.name}</span>
                    <span className={classes['more']}>
                      {account.username}
                      {account.active ? '' : ` · ${t('roles.notActive')}`}
                    </span>
                  </div>
                  <div>
                    <span>{t(`role.${grant.role}`)}</span>
                    <span className={classes['more']}>
                      <Where grant={grant} names={names} /> <Times grant={grant} />
                    </span>
                  </div>
                  {mayTake ? (
                    <Button variant="default" onClick={() => setTaking({ account, grant })}>
                      {t('roles.take')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
            <MoreButton of={list}>{t('roles.next')}</MoreButton>
            {taking === null ? null : (
              <TakeRole place={place} shown={taking} onClose={() => setTaking(null)} />
            )}
          </>
        );
      }}
    </Answered>
  );
}

function useHolders({ conference, bridge }: Place, { q, role, isOwn }: Filter) {
  return usePaged(
    [...rolesKey(conference), bridge, q, role, isOwn],
    (cursor, signal) => {
      const body = {
        limit: ROWS,
        cursor,
        q: q || undefined,
        role: role || undefined,
        bridge: isOwn && bridge !== null ? (bridge as BridgeId) : undefined,
      };
      return bridge === null
        ? call(accessContracts.accounts, { params: { conference }, body }, signal)
        : call(accessContracts.accountsAt, { params: { conference, bridge }, body }, signal);
    },
    { placeholderData: keepPreviousData },
  );
}

/** Whoever is found has perhaps other roles beside the one that was looked for. */
function isShown(grant: HeldGrant, { bridge }: Place, { role, isOwn }: Filter): boolean {
  return (role === '' || grant.role === role) && (!isOwn || grant.bridge === bridge);
}

function Where({ grant, names }: { readonly grant: HeldGrant; readonly names: ReadonlyMap<string, string> }) {
  const { t } = useWords();
  return <>{grant.bridge === null ? t('roles.whole') : (names.get(grant.bridge) ?? '')}</>;
}

function day(moment: Instant): string {
  return formatDate(civilDateOf(moment));
}

function Times({ grant: { from, until } }: { readonly grant: HeldGrant }) {
  const { t } = useWords();
  return (
    <>
      {from === null ? '' : ` · ${t('roles.from', { day: day(from) })}`}
      {until === null ? '' : ` · ${t('roles.until', { day: day((until - 1) as Instant) })}`}
    </>
  );
}

function TakeRole({
  place: { conference, bridge },
  shown: { account, grant },
  onClose,
}: {
  readonly place: Place;
  readonly shown: Shown;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: () => {
      const role = String(grant.id);
      return bridge === null
        ? call(accessContracts.takeConferenceRole, { params: { conference, role } })
        : call(accessContracts.takeRole, { params: { conference, bridge, role } });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rolesKey(conference) });
      onClose();
    },
  });
  return (
    <Dialog title={t('roles.takeTitle', { name: account.name })} onClose={onClose}>
      <Text mb="md">{t('roles.takeMore', { role: t(`role.${grant.role}`) })}</Text>
      {take.error === null ? null : <Failure error={take.error} />}
      <Button color="red" loading={take.isPending} data-autofocus onClick={() => take.mutate()}>
        {t('roles.take')}
      </Button>
    </Dialog>
  );
}
