import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { Plan } from '../../../domain/plan/plan.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { api } from '../../../domain/wire/api.ts';
import type { ConferencePlan } from '../../../domain/wire/conferences.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call, Refused } from '../api/call.ts';
import { planOf } from '../api/queries.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { withValue } from './fields.ts';
import { ReadingView } from './ReadingView.tsx';

export function PlanPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/plan' });
  const query = useQuery(planOf(conference));
  return <Answered query={query}>{(data) => <PlanOf conference={conference} data={data} />}</Answered>;
}

function PlanOf({ conference, data }: { conference: string; data: ConferencePlan }) {
  const { t } = useWords();
  const account = useMe();
  const queries = useQueryClient();
  const key = planOf(conference).queryKey;
  const mayChange = holdsWhole(account.data, conference, 'organize');
  const change = useMutation({
    mutationFn: async ({ path, value }: { path: string; value: string | number | null }) => {
      const plan = Plan.safeParse(withValue(data.plan, path, value));
      if (!plan.success) throw new NotAPlan();
      return await call(api.changePlan, {
        params: { conference },
        body: { revision: data.revision, plan: plan.data },
      });
    },
    onSuccess: (changed) => queries.setQueryData(key, changed),
    onError: (error) => {
      // Somebody else was quicker: show theirs, the sentence says so.
      if (error instanceof Refused) void queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <>
      <PageHead title={t('plan.title')}>
        <Text c="dimmed" role="status">
          {change.isPending ? t('app.saving') : change.isSuccess ? t('app.saved') : ''}
        </Text>
        {mayChange ? <Issue conference={conference} data={data} /> : null}
      </PageHead>
      {change.error === null ? null : change.error instanceof NotAPlan ? (
        <Text c="red" role="alert" mb="md">
          {t('plan.notAccepted')}
        </Text>
      ) : (
        <Failure error={change.error} />
      )}
      <ReadingView
        reading={data.reading}
        plan={data.plan}
        findings={data.findings}
        {...(mayChange ? { onChange: (path, value) => change.mutate({ path, value }) } : {})}
      />
    </>
  );
}

/** A value that the plan's own schema does not take, such as an empty clause. */
class NotAPlan extends Error {}

/** Issues the plan, after saying what that does. */
function Issue({ conference, data }: { conference: string; data: ConferencePlan }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const issue = useMutation({
    mutationFn: () => call(api.issuePlan, { params: { conference } }),
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
