import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { GuestList } from '../../../domain/guests/guest.ts';
import { guestContracts, type Guest } from '../../../domain/wire/guests.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';

interface Props {
  readonly conference: string;
  readonly list: GuestList;
  readonly guests: readonly Guest[];
  readonly onClose: () => void;
}

/** Sends a list its invitations: says first who gets one, and who has to be given theirs on paper. */
export function InviteGuests({ conference, list, guests, onClose }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const waiting = guests.filter(({ letter }) => letter === null);
  const without = waiting.filter(({ email }) => email === null);
  const back = guests.filter(
    ({ letter, email }) => email !== null && (letter?.state === 'bounced' || letter?.state === 'failed'),
  );
  const send = useMutation({
    mutationFn: (to: readonly Guest[] | null) =>
      call(guestContracts.inviteGuests, {
        params: { conference },
        body: { list, guests: to === null ? null : to.map(({ id }) => id) },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'guests'] }),
  });
  return (
    <Dialog title={t(`guests.inviteAsk.${list}`)} onClose={onClose}>
      <Stack gap="sm">
        {send.data === undefined ? (
          <>
            <Text>{t('guests.inviteTo', { n: waiting.length - without.length })}</Text>
            {without.length === 0 ? null : (
              <Text>
                {t('guests.inviteWithout', {
                  n: without.length,
                  names: without
                    .slice(0, 5)
                    .map(({ name, organisation }) => name ?? organisation)
                    .join('; '),
                })}
              </Text>
            )}
            {back.length === 0 ? null : <Text>{t('guests.inviteBack', { n: back.length })}</Text>}
            <Link to="/conferences/$conference/letters" params={{ conference }} search={{ kind: 'guest' }}>
              {t('guests.inviteWords')}
            </Link>
          </>
        ) : (
          <Text role="status">{t('guests.invited', { n: send.data.queued })}</Text>
        )}
        {send.error === null ? null : <Failure error={send.error} />}
        <Group gap="sm">
          {send.data === undefined ? (
            <>
              <Button
                loading={send.isPending}
                disabled={waiting.length === without.length}
                onClick={() => send.mutate(null)}
              >
                {t('guests.inviteSend')}
              </Button>
              {back.length === 0 ? null : (
                <Button variant="default" loading={send.isPending} onClick={() => send.mutate(back)}>
                  {t('guests.inviteAgain')}
                </Button>
              )}
            </>
          ) : null}
          <Button variant="default" onClick={onClose}>
            {t(send.data === undefined ? 'guests.cancel' : 'app.close')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
