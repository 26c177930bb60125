import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { LEVELS_OF } from '../../../domain/access/rights.ts';
import { addDays, startOfDay, type CivilDate, type Instant } from '../../../domain/time.ts';
import { accessContracts, Role } from '../../../domain/wire/access.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { DateField } from '../parts/TimeFields.tsx';
import { rolesKey, type Place } from './place.ts';

/** The first moment of a day that was chosen, or of the day after it; null where none was. */
function beginningOf(day: CivilDate | null, daysOn: number): Instant | null {
  return day === null ? null : startOfDay(addDays(day, daysOn));
}

/** Gives somebody a role at a place, for a time; the link to their account is shown once. */
export function GiveRole({ place }: { readonly place: Place }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { conference, bridge } = place;
  const level = bridge === null ? 'conference' : 'bridge';
  const offered = Role.options.filter((one) => LEVELS_OF[one].includes(level));
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role>(bridge === null ? 'control-room' : 'host');
  const [from, setFrom] = useState<CivilDate | null>(null);
  const [until, setUntil] = useState<CivilDate | null>(null);
  const give = useMutation({
    mutationFn: () => {
      const body = { name, username, from: beginningOf(from, 0), until: beginningOf(until, 1) };
      return bridge === null
        ? call(accessContracts.addAccount, { params: { conference }, body: { ...body, role, bridge } })
        : call(accessContracts.giveRole, {
            params: { conference, bridge },
            body: { ...body, role: role as Exclude<Role, 'organizer'> },
          });
    },
    onSuccess: async () => {
      setName('');
      setUsername('');
      await queries.invalidateQueries({ queryKey: rolesKey(conference) });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      <Stack gap="sm" maw="32rem">
        <TextInput
          label={t('grant.name')}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('signIn.username')}
          description={t('setUp.usernameHint')}
          required
          minLength={3}
          maxLength={64}
          autoCapitalize="none"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('grant.role')}
          description={t(`roles.may.${role}`)}
          value={role}
          data={offered.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(event) => setRole(Role.parse(event.currentTarget.value))}
        />
        <Group grow gap="sm">
          <DateField label={t('roles.fromDay')} value={from} onRead={setFrom} />
          <DateField label={t('roles.untilDay')} value={until} onRead={setUntil} />
        </Group>
        {give.error === null ? null : <Failure error={give.error} />}
        {give.data === undefined ? null : (
          <div role="status">
            <Text>
              {give.data.activation === null
                ? t('grant.had', { name: give.data.account.name })
                : t('grant.link', { name: give.data.account.name })}
            </Text>
            {give.data.activation === null ? null : (
              <Text ff="monospace" style={{ overflowWrap: 'anywhere', userSelect: 'all' }}>
                {new URL(give.data.activation, window.location.origin).href}
              </Text>
            )}
          </div>
        )}
        <Button type="submit" variant="default" loading={give.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('grant.give')}
        </Button>
      </Stack>
    </form>
  );
}
