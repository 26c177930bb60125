import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { GUEST_LISTS, type GuestList } from '../../../domain/guests/guest.ts';
import { guestContracts, type Guest } from '../../../domain/wire/guests.ts';
import { useWords, type Words } from '../app/language.ts';
import { call } from '../api/call.ts';
import { Answered, Nothing, PageHead } from '../parts/Pages.tsx';
import { GuestDialog } from './GuestDialog.tsx';
import { GuestImport } from './GuestImport.tsx';
import { GuestLine } from './GuestLine.tsx';
import { InviteGuests } from './InviteGuests.tsx';
import { PlainList } from '../parts/PlainList.tsx';
import classes from './guests.module.css';

/** The lists of the press and of scientists (danh sách báo chí, nhà khoa học), each with whoever makes it. */
export function GuestsPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/guests' });
  const guests = useQuery({
    queryKey: ['conference', conference, 'guests'],
    queryFn: ({ signal }) => call(guestContracts.guests, { params: { conference } }, signal),
  });
  return (
    <>
      <PageHead title={t('guests.title')} />
      <Text maw="60rem" mb="lg">
        {t('guests.about')}
      </Text>
      <Answered query={guests}>
        {({ items, owners }) =>
          GUEST_LISTS.map((list) => (
            <OneList
              key={list}
              conference={conference}
              list={list}
              owner={owners[list]}
              guests={items.filter((guest) => guest.list === list)}
            />
          ))
        }
      </Answered>
    </>
  );
}

interface ListProps {
  readonly conference: string;
  readonly list: GuestList;
  readonly owner: string | null;
  readonly guests: readonly Guest[];
}

function OneList({ conference, list, owner, guests }: ListProps) {
  const { t } = useWords();
  /** Who is changed; `new` while somebody is added. */
  const [open, setOpen] = useState<Guest | 'new' | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [isInviting, setInviting] = useState(false);
  return (
    <section className={classes['list']} aria-label={t(`guests.list.${list}`)}>
      <Group justify="space-between" align="center" gap="sm">
        <Title order={2}>{t(`guests.list.${list}`)}</Title>
        <Group gap="sm">
          <Button variant="default" aria-expanded={isImporting} onClick={() => setImporting(!isImporting)}>
            {t('guests.import')}
          </Button>
          {guests.length === 0 ? null : (
            <Button variant="default" onClick={() => setInviting(true)}>
              {t('guests.invite')}
            </Button>
          )}
          <Button onClick={() => setOpen('new')}>{t('guests.add')}</Button>
        </Group>
      </Group>
      <Text c="dimmed" my="xs">
        {owner === null ? t('guests.noOwner') : t('guests.owner', { owner })}
        {guests.length === 0 ? null : ` ${countsOf(guests, t)}`}
      </Text>
      {isImporting ? (
        <GuestImport conference={conference} list={list} onDone={() => setImporting(false)} />
      ) : null}
      {guests.length === 0 ? (
        <Nothing title={t('guests.none')}>
          <Text>{t('guests.noneMore')}</Text>
        </Nothing>
      ) : (
        <PlainList>
          {guests.map((guest) => (
            <GuestLine key={guest.id} conference={conference} guest={guest} onChange={() => setOpen(guest)} />
          ))}
        </PlainList>
      )}
      {isInviting ? (
        <InviteGuests
          conference={conference}
          list={list}
          guests={guests}
          onClose={() => setInviting(false)}
        />
      ) : null}
      {open === null ? null : (
        <GuestDialog
          conference={conference}
          list={list}
          guest={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

/** How many there are, and how they stand: nobody of them is missing. */
function countsOf(guests: readonly Guest[], t: Words): string {
  const count = (is: (guest: Guest) => boolean) => guests.filter(is).length;
  return t('guests.counts', {
    count: guests.length,
    letters: count(({ letter }) => letter !== null),
    coming: count(({ answer }) => answer === 'coming'),
    arrived: count(({ arrivedAt }) => arrivedAt !== null),
  });
}
