import { Group, NativeSelect, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { Role } from '../../../domain/wire/access.ts';
import { topBridgesOf } from '../api/queries.ts';
import { holdsBelow, holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import classes from './access.module.css';
import { GiveRole } from './GiveRole.tsx';
import { Holders } from './Holders.tsx';
import type { Place } from './place.ts';

/** Who holds which role in a conference: in the whole of it, or in the caller's own part. */
export function RolesPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/roles' });
  const account = useMe();
  const isWhole = holdsWhole(account.data, conference, 'people');
  const tops = useQuery(topBridgesOf(conference));
  const [chosen, setChosen] = useState<string | null>(null);
  if (isWhole) {
    const mayGive = holdsWhole(account.data, conference, 'organize');
    return <Roles place={{ conference, bridge: null }} mayGive={mayGive} />;
  }
  return (
    <Answered query={tops}>
      {(items) => {
        const [first] = items;
        if (first === undefined) {
          return (
            <Nothing title={t('bridges.none')}>
              <Text>{t('bridges.notYet')}</Text>
            </Nothing>
          );
        }
        const bridge = chosen ?? first.id;
        return (
          <>
            {items.length < 2 ? null : (
              <NativeSelect
                label={t('roles.place')}
                maw="32rem"
                mb="sm"
                value={bridge}
                data={items.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(event) => setChosen(event.currentTarget.value)}
              />
            )}
            <Roles
              key={bridge}
              place={{ conference, bridge }}
              mayGive={holdsBelow(account.data, conference, 'organize')}
            />
          </>
        );
      }}
    </Answered>
  );
}

function Roles({ place, mayGive }: { readonly place: Place; readonly mayGive: boolean }) {
  const { t } = useWords();
  const [q, setQ] = useState('');
  const [role, setRole] = useState<Role | ''>('');
  return (
    <>
      <PageHead title={t('roles.title')} />
      <Text maw="60rem" mb="md">
        {t(mayGive ? 'roles.about' : 'roles.aboutLook')}
      </Text>
      <Group align="end" mb="sm" className={classes['filter'] ?? ''}>
        <SearchField label={t('roles.search')} onSearch={setQ} />
        <NativeSelect
          aria-label={t('roles.role')}
          value={role}
          data={[
            { value: '', label: t('roles.all') },
            ...Role.options.map((value) => ({ value, label: t(`role.${value}`) })),
          ]}
          onChange={(event) => setRole(Role.safeParse(event.currentTarget.value).data ?? '')}
        />
      </Group>
      <Holders place={place} filter={{ q, role, isOwn: false }} mayTake={mayGive} />
      {mayGive ? (
        <section aria-label={t('roles.give')} className={classes['give']}>
          <Title order={2} mb="xs">
            {t(place.bridge === null ? 'roles.giveWhole' : 'roles.giveHere')}
          </Title>
          <Text mb="sm">{t('roles.giveMore')}</Text>
          <GiveRole place={place} />
        </section>
      ) : null}
    </>
  );
}
