import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import {
  EMPTY_GUEST,
  GUEST_FIELDS,
  type GuestDraft,
  type GuestField,
  type GuestList,
} from '../../../domain/guests/guest.ts';
import { guestContracts, type Guest } from '../../../domain/wire/guests.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Failure } from '../parts/Pages.tsx';

interface Props {
  readonly conference: string;
  readonly list: GuestList;
  /** Null for somebody new. */
  readonly guest: Guest | null;
  readonly onClose: () => void;
}

const MODES: Partial<Record<GuestField, 'tel' | 'email'>> = { phone: 'tel', email: 'email' };

/** What is written of a guest, as a form; of one who is there also the way off the list. */
export function GuestDialog({ conference, list, guest, onClose }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<GuestDraft>(guest ?? EMPTY_GUEST);
  const [isRemoving, setRemoving] = useState(false);
  const done = {
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'guests'] }),
  };
  const save = useMutation({
    mutationFn: () =>
      guest === null
        ? call(guestContracts.addGuest, { params: { conference }, body: { list, guest: only(draft) } })
        : call(guestContracts.changeGuest, { params: { conference, guest: guest.id }, body: only(draft) }),
    ...done,
  });
  const remove = useMutation({
    mutationFn: (id: string) => call(guestContracts.removeGuest, { params: { conference, guest: id } }),
    ...done,
  });
  if (isRemoving && guest !== null)
    return (
      <Dialog title={t('guests.removeAsk')} onClose={onClose}>
        <Text mb="md">{t('guests.removeMore', { who: guest.name ?? guest.organisation ?? '' })}</Text>
        {remove.error === null ? null : <Failure error={remove.error} />}
        <Group gap="sm">
          <Button loading={remove.isPending} onClick={() => remove.mutate(guest.id)}>
            {t('guests.remove')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('guests.keep')}
          </Button>
        </Group>
      </Dialog>
    );
  const needed: GuestField = list === 'press' ? 'organisation' : 'name';
  const fields = GUEST_FIELDS.filter((field) => field !== 'card' || list === 'press');
  return (
    <Dialog
      title={
        guest === null
          ? t(`guests.addTo.${list}`)
          : t('guests.changeOf', { who: guest.name ?? guest.organisation ?? '' })
      }
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack gap="sm">
          {fields.map((field, at) => (
            <TextInput
              key={field}
              label={t(`guests.field.${field}`)}
              description={field === 'name' && list === 'press' ? t('guests.agencyAlone') : undefined}
              required={field === needed}
              data-autofocus={at === 0 || undefined}
              autoComplete="off"
              maxLength={
                field === 'card' || field === 'phone'
                  ? 40
                  : field === 'post' || field === 'organisation'
                    ? 300
                    : 200
              }
              inputMode={MODES[field] ?? 'text'}
              value={draft[field] ?? ''}
              onChange={(event) => setDraft({ ...draft, [field]: event.currentTarget.value || null })}
            />
          ))}
          {save.error === null ? null : <Failure error={save.error} />}
          <Group gap="sm">
            <Button type="submit" loading={save.isPending}>
              {t('guests.save')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('guests.cancel')}
            </Button>
            {guest === null ? null : (
              <Button variant="subtle" color="red" ml="auto" onClick={() => setRemoving(true)}>
                {t('guests.remove')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function only({ name, organisation, post, card, phone, email }: GuestDraft): GuestDraft {
  return { name, organisation, post, card, phone, email };
}
