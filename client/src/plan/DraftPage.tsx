import { Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { conferenceName } from '../../../domain/plan/name.ts';
import { fieldsToLookAt } from '../../../domain/plan/to-look-at.ts';
import { draftContracts, type Draft } from '../../../domain/wire/drafts.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { whenOf } from '../parts/figures.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { draftSource, type OpenedDraft } from './draftSource.ts';
import { DraftView } from './DraftView.tsx';
import { SaveLine } from './SaveLine.tsx';
import { useDraft } from './useDraft.ts';

/** A plan on its way to a conference: looked at, corrected, and then the conference is created from it. */
export function DraftPage() {
  const { draft } = useParams({ from: '/signed-in/shell/drafts/$draft' });
  const source = useMemo(() => draftSource(draft), [draft]);
  const { query, ...doing } = useDraft(source);
  return <Answered query={query}>{(data) => <Opened data={data} {...doing} />}</Answered>;
}

function Opened({
  data,
  act,
  saving,
  unsaved,
  forget,
}: { data: OpenedDraft } & Omit<ReturnType<typeof useDraft>, 'query'>) {
  const { t } = useWords();
  const [asking, setAsking] = useState<'create' | 'drop' | null>(null);
  const { draft, text } = data;
  const title = draft.copy.title.value;
  if (draft.conference !== null)
    return <Navigate to="/conferences/$conference/plan" params={{ conference: draft.conference }} replace />;
  return (
    <>
      <PageHead title={title === null ? t('newConference.title') : conferenceName(title)}>
        <Button variant="subtle" onClick={() => setAsking('drop')}>
          {t('draft.drop')}
        </Button>
        <Button onClick={() => setAsking('create')}>{t('draft.create')}</Button>
      </PageHead>
      <SaveLine draft={draft} saving={saving} unsaved={unsaved} act={act} onForget={forget} />
      <DraftView
        copy={draft.copy}
        text={text}
        findings={draft.findings}
        act={act}
        onUndo={() => act({ do: 'undo' })}
        onRedo={() => act({ do: 'redo' })}
      />
      {asking === 'create' ? <Create draft={draft} onClose={() => setAsking(null)} /> : null}
      {asking === 'drop' ? <Drop draft={draft} onClose={() => setAsking(null)} /> : null}
    </>
  );
}

/** Says what creating the conference does, and does it. */
function Create({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () =>
      call(draftContracts.createFromDraft, {
        params: { draft: draft.id },
        body: { revision: draft.revision },
      }),
    onSuccess: async ({ conference }) => {
      await queries.invalidateQueries({ queryKey: ['conferences'] });
      await queries.invalidateQueries({ queryKey: ['drafts'] });
      await navigate({ to: '/conferences/$conference/plan', params: { conference: conference.id } });
    },
  });
  const { startsAt, endsAt, bridgeClasses, clauses, duties } = draft.copy;
  const hasHours = (startsAt.value?.includes('T') ?? false) && (endsAt.value?.includes('T') ?? false);
  const errors = draft.findings.filter(({ severity }) => severity === 'error').length;
  const open = fieldsToLookAt(draft.copy).length;
  const deadlines = duties.filter(({ deadline }) => deadline.dueBefore.value !== null).length;
  return (
    <Dialog title={t('draft.create')} onClose={onClose}>
      <Stack>
        <Text>{t('draft.createDoes')}</Text>
        <List>
          <List.Item>
            {hasHours ? t('draft.session', { at: whenOf(startsAt.value, language) }) : t('draft.noSession')}
          </List.Item>
          <List.Item>
            {t('draft.counts', { classes: bridgeClasses.length, clauses: clauses.length, deadlines })}
          </List.Item>
          <List.Item>{t('draft.nothingSent')}</List.Item>
        </List>
        {open > 0 ? <Text fw={600}>{t('draft.stillOpen', { n: open })}</Text> : null}
        {errors > 0 ? <Text fw={600}>{t('plan.issueErrors', { n: errors })}</Text> : null}
        {draft.whole ? null : <Text role="alert">{t('draft.notWhole')}</Text>}
        {create.error === null ? null : <Failure error={create.error} />}
        <Button disabled={!draft.whole} loading={create.isPending} onClick={() => create.mutate()}>
          {t('draft.createNow')}
        </Button>
      </Stack>
    </Dialog>
  );
}

function Drop({ draft, onClose }: { draft: Draft; onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const drop = useMutation({
    mutationFn: () => call(draftContracts.dropDraft, { params: { draft: draft.id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['drafts'] });
      await navigate({ to: '/' });
    },
  });
  return (
    <Dialog title={t('draft.drop')} onClose={onClose}>
      <Stack>
        <Text>{t('draft.dropMore')}</Text>
        {drop.error === null ? null : <Failure error={drop.error} />}
        <Button color="red" loading={drop.isPending} onClick={() => drop.mutate()}>
          {t('draft.dropNow')}
        </Button>
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('draft.later')}
        </Button>
      </Stack>
    </Dialog>
  );
}
