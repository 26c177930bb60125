import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { personNamed, type Person } from '../../../domain/composition/person.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { placementContracts } from '../../../domain/wire/placement.ts';
import { peopleContracts, type PersonDraft } from '../../../domain/wire/people.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { draftOf, PersonForm } from './PersonForm.tsx';
import { PersonPicker, type Picked } from './PersonPicker.tsx';
import { SideBySide } from './SideBySide.tsx';

interface Props {
  readonly conference: string;
  readonly id: PersonId;
  readonly mayChange: boolean;
  readonly onClose: () => void;
}

type Doing = 'looking' | 'editing' | 'merging' | 'removing';

/** One person: their seat and why, their entry, and what can be done with it. */
export function PersonPanel({ conference, id, mayChange, onClose }: Props) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>('looking');
  const person = useQuery({
    queryKey: ['conference', conference, 'people', 'one', id],
    queryFn: ({ signal }) => call(peopleContracts.person, { params: { conference, person: id } }, signal),
  });
  const finished = async () => {
    await queries.invalidateQueries({ queryKey: ['conference', conference] });
    onClose();
  };
  const change = useMutation({
    mutationFn: (body: { was: PersonDraft; now: PersonDraft }) =>
      call(peopleContracts.changePerson, { params: { conference, person: id }, body }),
    onSuccess: finished,
  });
  const remove = useMutation({
    mutationFn: (reason: string) =>
      call(peopleContracts.removePerson, { params: { conference, person: id }, body: { reason } }),
    onSuccess: finished,
  });
  if (doing === 'removing') {
    return (
      <AskReason
        title={t('person.removeOf', { name: person.data?.name ?? '' })}
        about={t('person.removeMore')}
        usual={[t('person.retired'), t('person.moved'), t('person.mistake')]}
        longest={500}
        submit={t('person.remove')}
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setDoing('looking')}
        onReason={(reason) => remove.mutate(reason)}
      />
    );
  }
  return (
    <Dialog title={person.data?.name ?? t('app.loading')} onClose={onClose}>
      <Answered query={person}>
        {(known) =>
          doing === 'editing' ? (
            <PersonForm
              start={draftOf(known)}
              busy={change.isPending}
              error={change.error}
              onCancel={() => setDoing('looking')}
              onSave={(now) => change.mutate({ was: draftOf(known), now })}
            />
          ) : doing === 'merging' ? (
            <Merge
              conference={conference}
              known={known}
              onDone={finished}
              onCancel={() => setDoing('looking')}
            />
          ) : (
            <Stack>
              <Seat conference={conference} id={id} />
              <SideBySide people={[known]} differs={[]} />
              {mayChange ? (
                <Group>
                  <Button onClick={() => setDoing('editing')}>{t('person.edit')}</Button>
                  <Button variant="default" onClick={() => setDoing('merging')}>
                    {t('person.merge')}
                  </Button>
                  <Button variant="default" onClick={() => setDoing('removing')}>
                    {t('person.remove')}
                  </Button>
                </Group>
              ) : null}
            </Stack>
          )
        }
      </Answered>
    </Dialog>
  );
}

function Seat({ conference, id }: { conference: string; id: PersonId }) {
  const { t } = useWords();
  const seat = useQuery({
    queryKey: ['conference', conference, 'people', 'seat', id],
    queryFn: ({ signal }) => call(placementContracts.seat, { params: { conference, person: id } }, signal),
  });
  return (
    <section aria-label={t('person.seat')}>
      <Title order={3} size="h5">
        {t('person.seat')}
      </Title>
      <Answered query={seat}>
        {({ seat: found }) =>
          found === null ? (
            <Text>{t('person.notPlaced')}</Text>
          ) : (
            <>
              <Text fw={600}>{found.bridgeName ?? t('placement.nowhere')}</Text>
              <Text>{found.why}</Text>
            </>
          )
        }
      </Answered>
    </section>
  );
}

/** Two entries side by side; one person comes of them. */
function Merge({
  conference,
  known,
  onDone,
  onCancel,
}: {
  conference: string;
  known: Person;
  onDone: () => Promise<void>;
  onCancel: () => void;
}) {
  const { t } = useWords();
  const [picked, setPicked] = useState<Picked | null>(null);
  const other = useQuery({
    queryKey: ['conference', conference, 'people', 'one', picked?.id],
    queryFn: ({ signal }) =>
      call(peopleContracts.person, { params: { conference, person: picked?.id ?? '' } }, signal),
    enabled: picked !== null,
  });
  const merge = useMutation({
    mutationFn: (second: PersonId) =>
      call(peopleContracts.mergePerson, {
        params: { conference, person: known.id },
        body: { other: second },
      }),
    onSuccess: onDone,
  });
  return (
    <Stack>
      <Text>{t('person.mergeMore')}</Text>
      {picked === null ? (
        <PersonPicker
          conference={conference}
          chosen={[]}
          most={1}
          onChange={([one]) => setPicked(one ?? null)}
        />
      ) : (
        <Answered query={other}>
          {(second) => <SideBySide people={[known, second]} differs={null} />}
        </Answered>
      )}
      {merge.error === null ? null : <Failure error={merge.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button
          disabled={picked === null || other.data === undefined}
          loading={merge.isPending}
          onClick={() => picked !== null && merge.mutate(picked.id)}
        >
          {t('person.mergeNow')}
        </Button>
      </Group>
    </Stack>
  );
}

/** A person whom no file brought. */
export function AddPerson({ conference, onClose }: { conference: string; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (draft: PersonDraft) =>
      call(peopleContracts.addPerson, { params: { conference }, body: draft }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['conference', conference] });
      onClose();
    },
  });
  return (
    <Dialog title={t('people.add')} onClose={onClose}>
      <PersonForm
        start={personNamed('')}
        busy={add.isPending}
        error={add.error}
        onCancel={onClose}
        onSave={(draft) => add.mutate(draft)}
      />
    </Dialog>
  );
}
