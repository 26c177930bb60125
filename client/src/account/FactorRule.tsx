import { Button, Checkbox, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Role } from '../../../domain/wire/access.ts';
import { secondFactorContracts } from '../../../domain/wire/second-factor.ts';
import { call } from '../api/call.ts';
import { conferenceList } from '../api/queries.ts';
import { useWords } from '../app/language.ts';
import { Answered, Failure } from '../parts/Pages.tsx';
import classes from './account.module.css';

const keyOf = (conference: string | null) => ['second-factor-rule', conference] as const;

/** Whose role asks for a second factor: in a conference, or with null everywhere. */
export function FactorRule({ conference }: { conference: string | null }) {
  const { t } = useWords();
  const rule = useQuery({
    queryKey: keyOf(conference),
    queryFn: ({ signal }) =>
      conference === null
        ? call(secondFactorContracts.requirement, {}, signal)
        : call(secondFactorContracts.conferenceRequirement, { params: { conference } }, signal),
  });
  const conferences = useQuery({ ...conferenceList, enabled: conference !== null });
  const name = conferences.data?.items.find(({ id }) => id === conference)?.title;
  const title = name === undefined ? t('account.rule') : t('account.ruleOf', { name });
  return (
    <section className={classes['section']} aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text>{t(conference === null ? 'account.ruleAbout' : 'account.ruleAboutHere')}</Text>
      <Answered query={rule}>
        {({ roles }) => <Choice key={roles.join(' ')} conference={conference} first={roles} />}
      </Answered>
    </section>
  );
}

function Choice({ conference, first }: { conference: string | null; first: readonly Role[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [roles, setRoles] = useState<readonly Role[]>(first);
  const save = useMutation({
    mutationFn: () =>
      conference === null
        ? call(secondFactorContracts.setRequirement, { body: { roles: [...roles] } })
        : call(secondFactorContracts.setConferenceRequirement, {
            params: { conference },
            body: { roles: [...roles] },
          }),
    onSuccess: (rule) => queries.setQueryData(keyOf(conference), rule),
  });
  return (
    <Stack gap="sm">
      {Role.options.map((role) => (
        <Checkbox
          key={role}
          label={t(`account.roles.${role}`)}
          checked={roles.includes(role)}
          onChange={({ currentTarget: { checked } }) =>
            setRoles((before) => (checked ? [...before, role] : before.filter((other) => other !== role)))
          }
        />
      ))}
      {save.error === null ? null : <Failure error={save.error} />}
      <div>
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t('account.ruleSave')}
        </Button>
      </div>
    </Stack>
  );
}
