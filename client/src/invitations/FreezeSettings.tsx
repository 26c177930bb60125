import { Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { invitationContracts } from '../../../domain/wire/invitations.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { invitationsKey } from './invitations.ts';

type Settings = AnswerOf<typeof invitationContracts.invitationSettings>;

/** When names freeze for the whole conference, and when those are reminded who have not answered. */
export function FreezeSettings({ conference, onClose }: { conference: string; onClose: () => void }) {
  const { t } = useWords();
  const settings = useQuery({
    queryKey: [...invitationsKey(conference), 'settings'],
    queryFn: ({ signal }) => call(invitationContracts.invitationSettings, { params: { conference } }, signal),
  });
  return (
    <Dialog title={t('invite.settings.title')} onClose={onClose}>
      <Answered query={settings}>
        {(data) => <Form conference={conference} settings={data} onDone={onClose} />}
      </Answered>
    </Dialog>
  );
}

/** Days as they were typed, `5, 2`; null where anything in it is none. */
function readDays(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const days = parts.map((part) => (/^\d{1,2}$/.test(part) ? Number(part) : 99));
  return days.every((day) => day <= 60) && days.length <= 10 ? days : null;
}

function Form({
  conference,
  settings: { freeze, reminders },
  onDone,
}: {
  conference: string;
  settings: Settings;
  onDone: () => void;
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [frozen, setFrozen] = useState(freeze.days === null ? '' : String(freeze.days));
  const [days, setDays] = useState(reminders.days.join(', '));
  const [isStopped, setIsStopped] = useState(reminders.isStopped);
  const [freezeRead, daysRead] = [readDays(frozen), readDays(days)];
  const isRead = freezeRead !== null && freezeRead.length < 2 && daysRead !== null;
  const save = useMutation({
    mutationFn: async () => {
      const body = {
        freezeDays: freezeRead?.[0] ?? null,
        reminders: { days: daysRead ?? [], isStopped },
      };
      await call(invitationContracts.setInvitationSettings, { params: { conference }, body });
    },
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsKey(conference) }),
  });
  const wrong = t('invite.settings.wrong');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isRead) save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t('invite.settings.freeze')}
          description={t('invite.settings.freezeWhat')}
          inputMode="numeric"
          value={frozen}
          error={freezeRead === null || freezeRead.length > 1 ? wrong : null}
          onChange={(event) => setFrozen(event.currentTarget.value)}
        />
        <TextInput
          label={t('invite.settings.days')}
          description={t('invite.settings.daysWhat')}
          value={days}
          error={daysRead === null ? wrong : null}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <Checkbox
          label={t('invite.settings.stop')}
          checked={isStopped}
          onChange={(event) => setIsStopped(event.currentTarget.checked)}
        />
        {reminders.rounds.map(({ days: before, goesAt, sentAt, reminded }) => (
          <Text key={before} size="sm">
            {t(sentAt === null ? 'invite.settings.goes' : 'invite.settings.went', {
              days: before,
              n: formatNumber(reminded, language),
              at: formatDateTime(sentAt ?? goesAt, language),
            })}
          </Text>
        ))}
        {save.error === null ? null : <Failure error={save.error} />}
        <Button type="submit" loading={save.isPending} disabled={!isRead}>
          {t('invite.settings.save')}
        </Button>
      </Stack>
    </form>
  );
}
