import { Button, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';

import type { BridgeId } from '../../../domain/ids.ts';
import { api } from '../../../domain/wire/api.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Failure } from '../parts/Pages.tsx';

/** Gives somebody the work at this bridge; the link to their account is shown once. */
export function HostGrant({ conference, bridge }: { conference: string; bridge: BridgeId }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<'host' | 'unit-organizer'>('host');
  const give = useMutation({
    mutationFn: () =>
      call(api.addAccount, { params: { conference }, body: { name, username, role, bridge } }),
    onSuccess: () => {
      setName('');
      setUsername('');
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      <Stack gap="sm">
        <Title order={3}>{t('grant.title')}</Title>
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
          value={role}
          data={[
            { value: 'host', label: t('role.host') },
            { value: 'unit-organizer', label: t('role.unit-organizer') },
          ]}
          onChange={(event) => setRole(event.currentTarget.value as 'host' | 'unit-organizer')}
        />
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
        <Button type="submit" variant="default" loading={give.isPending}>
          {t('grant.give')}
        </Button>
      </Stack>
    </form>
  );
}
