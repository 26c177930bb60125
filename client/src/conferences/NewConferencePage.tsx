import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import type { ConferenceId } from '../../../domain/ids.ts';
import { draftContracts } from '../../../domain/wire/drafts.ts';
import type { BodyInput } from '../../../domain/wire/contract.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { conferenceList } from '../api/queries.ts';
import { whenOf } from '../parts/figures.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Failure, PageHead } from '../parts/Pages.tsx';
import { Beginning } from './Beginning.tsx';
import classes from './ConferencesPage.module.css';

type Start = BodyInput<typeof draftContracts.startDraft>;

/** Four ways to begin: a document, an earlier plan, nothing, or the sample to learn by. Each leads to a plan to be looked over. */
export function NewConferencePage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const [writes, setWrites] = useState(false);
  const open = (id: string) => navigate({ to: '/drafts/$draft', params: { draft: id } });
  const read = useMutation({
    mutationFn: async (file: File) =>
      await call(draftContracts.startDraftFromDocument, { body: await fileOf(file) }),
    onSuccess: ({ id }) => open(id),
  });
  const start = useMutation({
    mutationFn: (body: Start) => call(draftContracts.startDraft, { body }),
    onSuccess: ({ id }) => open(id),
  });
  const busy = read.isPending || start.isPending;
  return (
    <>
      <PageHead title={t('newConference.title')} />
      <Text mb="md">{t('newConference.about')}</Text>
      {read.error === null ? null : <Failure error={read.error} />}
      {start.error === null ? null : <Failure error={start.error} />}
      <div className={classes['ways']}>
        <section className={classes['way']} aria-labelledby="way-document">
          <Title order={2} id="way-document">
            {t('newConference.document')}
          </Title>
          <FileDrop
            invitation={t('newConference.drop')}
            accept=".docx,.txt,.md"
            working={read.isPending ? t('newConference.reading') : null}
            onFile={(file) => read.mutate(file)}
          />
          <Text c="dimmed">{t('newConference.scan')}</Text>
        </section>
        <Earlier busy={busy} onStart={(conference) => start.mutate({ from: 'conference', conference })} />
        <section className={classes['way']} aria-labelledby="way-nothing">
          <Title order={2} id="way-nothing">
            {t('newConference.nothing')}
          </Title>
          {writes ? (
            <Beginning busy={busy} onStart={(begun) => start.mutate({ from: 'nothing', ...begun })} />
          ) : (
            <Stack align="flex-start">
              <Text>{t('newConference.nothingMore')}</Text>
              <Button variant="default" onClick={() => setWrites(true)}>
                {t('newConference.write')}
              </Button>
            </Stack>
          )}
        </section>
        <section className={classes['way']} aria-labelledby="way-sample">
          <Title order={2} id="way-sample">
            {t('newConference.sample')}
          </Title>
          <Text>{t('newConference.sampleMore')}</Text>
          <Group gap="xs" mt="sm">
            {(['national', 'provincial'] as const).map((sample) => (
              <Button
                key={sample}
                variant="default"
                disabled={busy}
                onClick={() => start.mutate({ from: 'sample', sample })}
              >
                {t(`newConference.samples.${sample}`)}
              </Button>
            ))}
          </Group>
        </section>
      </div>
    </>
  );
}

function Earlier({ busy, onStart }: { busy: boolean; onStart: (conference: ConferenceId) => void }) {
  const { t, language } = useWords();
  const list = useQuery(conferenceList);
  const items = list.data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const conference = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <section className={classes['way']} aria-labelledby="way-earlier">
      <Title order={2} id="way-earlier">
        {t('newConference.earlier')}
      </Title>
      {conference === undefined ? (
        <Text c="dimmed">{t('newConference.noEarlier')}</Text>
      ) : (
        <Stack align="flex-start">
          <Text>{t('newConference.earlierMore')}</Text>
          <NativeSelect
            w="100%"
            label={t('newConference.which')}
            value={conference.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={items.map(({ id, title, startsAt }) => ({
              value: id,
              label: `${title} (${whenOf(startsAt, language) ?? t('conferences.noDate')})`,
            }))}
          />
          <Button variant="default" disabled={busy} onClick={() => onStart(conference.id)}>
            {t('newConference.copy')}
          </Button>
        </Stack>
      )}
    </section>
  );
}
