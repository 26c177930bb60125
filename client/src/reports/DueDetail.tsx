import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { lateness, type DueNode } from '../../../domain/reports/due-list.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatDuration } from '../../../domain/text/durations.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import type { Instant } from '../../../domain/time.ts';
import { holdsBelow, useMe } from '../app/account.ts';
import { headcountContracts } from '../../../domain/wire/headcount.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { headcountKey } from '../api/queries.ts';
import { Failure } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { CallLink } from './CallLink.tsx';
import { ReportFigures } from './ReportFigures.tsx';
import classes from './reports.module.css';
import { HistoryView } from './HistoryView.tsx';
import { SHAPES } from './Tallies.tsx';
import type { Contact } from './useContacts.ts';
import { Verdict } from './Verdict.tsx';

interface Props {
  readonly conference: string;
  readonly node: DueNode;
  readonly contact: Contact | undefined;
  readonly now: Instant;
  readonly mayDecide: boolean;
  readonly onAccept: () => void;
  readonly onReturn: () => void;
}

/** One report beside the list: what it says, what happened to it, whom to call, and what can be decided. */
export function DueDetail({ conference, node, contact, now, mayDecide, onAccept, onReturn }: Props) {
  const { t, language } = useWords();
  const account = useMe().data;
  const seesPeople = holdsBelow(account, conference, 'people');
  const own = useQuery({
    queryKey: headcountKey(conference, node.id),
    queryFn: ({ signal }) =>
      call(headcountContracts.headcount, { params: { conference, bridge: node.id } }, signal),
    enabled: seesPeople,
  });
  const late = lateness(node, now);
  const { standing, dueBefore, expected } = node;
  const report = own.data?.report ?? null;
  const isSent = report !== null && report.revision > 0;
  return (
    <Stack gap="sm">
      <Title order={2} size="h3">
        {node.name}
      </Title>
      <Group gap="4px 16px">
        <StateMark state={SHAPES[standing]} />
        {late > 0 ? <StateMark state="late"> {formatDuration(late, language)}</StateMark> : null}
        <Text c="dimmed">
          {dueBefore === null
            ? t('reports.noDeadline')
            : t('reports.dueBefore', { at: formatDateTime(dueBefore, language) })}
        </Text>
      </Group>
      <CallLink contact={contact} of={node.name} />
      {own.error === null || !seesPeople ? null : (
        <Failure error={own.error} onRetry={() => void own.refetch()} />
      )}
      {isSent ? (
        <ReportFigures content={report.content} clauses={own.data?.clauses ?? []} expected={expected} />
      ) : (
        <Text>{t('reports.noReport')}</Text>
      )}
      {report?.returnedWith == null ? null : (
        <Text className={classes['returned'] ?? ''}>
          {t('reports.returnedBecause', { remark: report.returnedWith })}
        </Text>
      )}
      {mayDecide && isSent ? <Verdict keys state={standing} onAccept={onAccept} onReturn={onReturn} /> : null}
      {(own.data?.reminders.length ?? 0) === 0 ? null : (
        <Text>
          {t('reports.remindedTimes', {
            n: formatNumber(own.data?.reminders.length ?? 0, language),
            at: formatDateTime(own.data?.reminders[0]?.at ?? now, language),
            by: own.data?.reminders[0]?.by ?? '',
          })}{' '}
          {t(node.seen ? 'reports.seenSentence' : 'reports.unseenSentence')}
        </Text>
      )}
      {own.data === undefined || own.data.report === null ? null : (
        <section>
          <Title order={3} size="h4">
            {t('headcount.history')}
          </Title>
          <HistoryView history={own.data.report.history} />
        </section>
      )}
      {seesPeople ? (
        <Anchor
          mih={44}
          className={classes['inLine'] ?? ''}
          renderRoot={(props) => (
            <Link
              to="/conferences/$conference/bridges/$bridge/headcount"
              params={{ conference, bridge: node.id }}
              {...props}
            />
          )}
        >
          {t('reports.toForm')}
        </Anchor>
      ) : null}
    </Stack>
  );
}
