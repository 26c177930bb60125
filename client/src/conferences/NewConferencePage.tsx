import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

import { api } from '../../../domain/wire/api.ts';
import { useWords } from '../app/language.ts';
import { call, fileOf } from '../api/call.ts';
import { planOf } from '../api/queries.ts';
import { FileDrop } from '../parts/FileDrop.tsx';
import { Failure, PageHead } from '../parts/Pages.tsx';
import { ReadingView } from '../plan/ReadingView.tsx';

/** A plan document goes in; what was understood of it comes out, to be looked at and accepted. */
export function NewConferencePage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: async (file: File) => await call(api.readDocument, { body: await fileOf(file) }),
  });
  const create = useMutation({
    mutationFn: (text: string) => call(api.createConference, { body: { text, plan: null, treeDate: null } }),
    onSuccess: async (created) => {
      const conference = created.conference.id;
      queries.setQueryData(planOf(conference).queryKey, created);
      await queries.invalidateQueries({ queryKey: ['conferences'] });
      await navigate({ to: '/conferences/$conference/plan', params: { conference } });
    },
  });
  const answer = read.data;
  return (
    <>
      <PageHead title={t('newConference.title')}>
        {answer === undefined ? null : (
          <>
            <Button variant="default" onClick={() => read.reset()}>
              {t('newConference.other')}
            </Button>
            <Button loading={create.isPending} onClick={() => create.mutate(answer.reading.text)}>
              {t('newConference.accept')}
            </Button>
          </>
        )}
      </PageHead>
      {create.error === null ? null : <Failure error={create.error} />}
      {answer === undefined ? (
        <>
          <FileDrop
            invitation={t('newConference.drop')}
            accept=".docx,.txt,.md"
            working={read.isPending ? t('newConference.reading') : null}
            onFile={(file) => read.mutate(file)}
          />
          <Group my="md">{read.error === null ? null : <Failure error={read.error} />}</Group>
          <Text c="dimmed">{t('newConference.about')}</Text>
        </>
      ) : (
        <ReadingView reading={answer.reading} plan={null} findings={answer.findings} />
      )}
    </>
  );
}
