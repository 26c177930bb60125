import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { copyOfPlan } from '../../../domain/plan/working-copy.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { conferenceContracts, type ConferencePlan } from '../../../domain/wire/conferences.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { planOf } from '../api/queries.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { Apply } from './Apply.tsx';
import { correctionSource, type OpenedDraft } from './draftSource.ts';
import { DraftView } from './DraftView.tsx';
import { SaveLine } from './SaveLine.tsx';
import { useDraft } from './useDraft.ts';

/** The plan of a conference: for whoever organizes it to be corrected, for all others to be read. */
export function PlanPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/plan' });
  const account = useMe();
  const query = useQuery(planOf(conference));
  const mayChange = holdsWhole(account.data, conference, 'organize');
  return (
    <Answered query={query}>
      {(data) => (mayChange ? <Corrected conference={conference} data={data} /> : <Read data={data} />)}
    </Answered>
  );
}

function Read({ data }: { data: ConferencePlan }) {
  const { t } = useWords();
  const copy = useMemo(() => copyOfPlan(data.plan, data.reading), [data]);
  return (
    <>
      <PageHead title={t('plan.title')} />
      <DraftView copy={copy} text={data.reading?.text ?? null} findings={data.findings} act={null} />
    </>
  );
}

function Corrected({ conference, data }: { conference: string; data: ConferencePlan }) {
  const source = useMemo(() => correctionSource(conference), [conference]);
  const { query, ...doing } = useDraft(source);
  return (
    <Answered query={query}>
      {(opened) => <Opened conference={conference} data={data} opened={opened} {...doing} />}
    </Answered>
  );
}

function Opened({
  conference,
  data,
  opened,
  act,
  saving,
  unsaved,
  forget,
}: { conference: string; data: ConferencePlan; opened: OpenedDraft } & Omit<
  ReturnType<typeof useDraft>,
  'query'
>) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const { draft, text } = opened;
  const { changes } = draft;
  return (
    <>
      <PageHead title={t('plan.title')}>
        <Issue conference={conference} data={data} waiting={changes} />
      </PageHead>
      <SaveLine draft={draft} saving={saving} unsaved={unsaved} act={act} onForget={forget} />
      {changes === 0 ? null : (
        <Alert color="river" variant="outline" mb="sm">
          <Group justify="space-between" gap="xs">
            <Text>{t('plan.waiting', { n: changes })}</Text>
            <Group gap="xs">
              <Button variant="default" onClick={() => act({ do: 'reset' })}>
                {t('plan.dropChanges')}
              </Button>
              <Button disabled={saving} onClick={() => setAsking(true)}>
                {t('plan.apply')}
              </Button>
            </Group>
          </Group>
        </Alert>
      )}
      <DraftView
        copy={draft.copy}
        text={text}
        findings={draft.findings}
        act={act}
        onUndo={() => act({ do: 'undo' })}
        onRedo={() => act({ do: 'redo' })}
      />
      {asking ? <Apply conference={conference} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

/** Issues the plan, after saying what that does. */
function Issue({ conference, data, waiting }: { conference: string; data: ConferencePlan; waiting: number }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const issue = useMutation({
    mutationFn: () => call(conferenceContracts.issuePlan, { params: { conference } }),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries({ queryKey: planOf(conference).queryKey });
      await queries.invalidateQueries({ queryKey: ['conferences'] });
    },
  });
  if (data.conference.state !== 'draft') {
    return (
      <Text fw={600}>
        {issue.data === undefined
          ? t(`conferenceState.${data.conference.state}`)
          : t('plan.issuedAt', { at: formatDateTime(issue.data.issuedAt, language) })}
      </Text>
    );
  }
  const errors = data.findings.filter((finding) => finding.severity === 'error').length;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('plan.issue')}</Button>
      {asking ? (
        <Dialog title={t('plan.issue')} onClose={() => setAsking(false)}>
          <Stack>
            <Text>{t('plan.issueMore')}</Text>
            {waiting > 0 ? <Text fw={600}>{t('plan.issueWithout', { n: waiting })}</Text> : null}
            {errors > 0 ? <Text fw={600}>{t('plan.issueErrors', { n: errors })}</Text> : null}
            {issue.error === null ? null : <Failure error={issue.error} />}
            <Button loading={issue.isPending} onClick={() => issue.mutate()}>
              {t('plan.issueNow')}
            </Button>
          </Stack>
        </Dialog>
      ) : null}
    </>
  );
}
