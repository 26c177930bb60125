import { Alert, Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { formatDateTime } from '../../../domain/text/dates.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { headcountContracts, type HeadcountContent } from '../../../domain/wire/headcount.ts';
import { holdsAbove, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, headcountKey } from '../api/queries.ts';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { Difficulty } from './Difficulty.tsx';
import { HeadcountForm } from './HeadcountForm.tsx';
import { HistoryView } from './HistoryView.tsx';
import { LateMark } from './LateMark.tsx';
import classes from './reports.module.css';
import { reportState } from './status.ts';
import { Verdict } from './Verdict.tsx';

const FROM = '/signed-in/shell/conferences/$conference/bridges/$bridge/headcount';

/** A bridge's own headcount report, short enough for a phone; for the level above, to accept or return. */
export function HeadcountPage() {
  const { t } = useWords();
  const { conference, bridge } = useParams({ from: FROM });
  const account = useMe();
  const node = useQuery(bridgeOf(conference, bridge));
  const query = useQuery({
    queryKey: headcountKey(conference, bridge),
    queryFn: ({ signal }) => call(headcountContracts.headcount, { params: { conference, bridge } }, signal),
  });
  const above = holdsAbove(account.data, conference, bridge, 'organize');
  return (
    <>
      <PageHead title={t('headcount.title', { name: node.data?.bridge.name ?? '' })} />
      <Answered query={query}>
        {(found) => <Report conference={conference} bridge={bridge} above={above} {...found} />}
      </Answered>
    </>
  );
}

interface At {
  readonly conference: string;
  readonly bridge: string;
}

type Found = AnswerOf<typeof headcountContracts.headcount>;

function Report({
  conference,
  bridge,
  above,
  report,
  dueBefore,
  status,
  lateByMs,
}: At & Found & { above: boolean }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  // Here rather than in the form: each revision begins a new one, and what was said of sending has to outlast it.
  const submit = useMutation({
    // One after the other: a draft that is kept late would wait beside what was sent.
    scope: { id: `headcount ${bridge}` },
    mutationFn: (body: HeadcountContent) =>
      call(headcountContracts.submitHeadcount, { params: { conference, bridge }, body }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: headcountKey(conference, bridge) }),
        queries.invalidateQueries({ queryKey: ['conference', conference, 'reports'] }),
      ]),
  });
  return (
    <Stack className={classes['form'] ?? ''} gap="lg">
      <Group gap="4px 24px">
        <StateMark state={reportState({ state: report?.state ?? null, status })} />
        <Text>
          {dueBefore === null
            ? t('reports.noDeadline')
            : t('reports.dueBefore', { at: formatDateTime(dueBefore, language) })}
        </Text>
        <LateMark due={{ status, lateByMs }} />
      </Group>
      {report?.state === 'returned' && report.returnedWith !== null ? (
        <Alert color="orange" title={t('headcount.returnedWith')}>
          {report.returnedWith}
        </Alert>
      ) : null}
      {above && report !== null && report.revision > 0 ? (
        <Verdict conference={conference} bridge={bridge} report={report} />
      ) : null}
      {report?.state === 'accepted' ? <Alert color="gray">{t('headcount.accepted')}</Alert> : null}
      <HeadcountForm
        key={report?.revision ?? 0}
        conference={conference}
        bridge={bridge}
        report={report}
        sending={submit.isPending}
        onSend={submit.mutate}
      />
      {submit.error === null ? null : <Failure error={submit.error} />}
      {submit.isSuccess && report?.state === 'submitted' ? (
        <Title order={3} role="status">
          {t('headcount.sent')}
        </Title>
      ) : null}
      <Difficulty conference={conference} bridge={bridge} />
      {report === null || report.history.length === 0 ? null : <HistoryView history={report.history} />}
      <Anchor
        mih={44}
        renderRoot={(props) => (
          <Link to="/conferences/$conference/bridges" params={{ conference }} {...props} />
        )}
      >
        {t('headcount.back')}
      </Anchor>
    </Stack>
  );
}
