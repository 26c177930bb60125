import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';

import { isUnanswered } from '../../../domain/reports/reminders.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { BridgeId } from '../../../domain/ids.ts';
import type { AnswerOf } from '../../../domain/wire/contract.ts';
import { headcountContracts, type HeadcountContent } from '../../../domain/wire/headcount.ts';
import { reminderContracts } from '../../../domain/wire/reminders.ts';
import { holdsAbove, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf, headcountKey } from '../api/queries.ts';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { useServerClock } from '../parts/serverClock.ts';
import { StateMark } from '../parts/StateMark.tsx';
import { Countdown } from './Countdown.tsx';
import { Difficulty } from './Difficulty.tsx';
import { HeadcountForm } from './HeadcountForm.tsx';
import { HistoryView } from './HistoryView.tsx';
import { LastDecision } from './LastDecision.tsx';
import { LateMark } from './LateMark.tsx';
import { ReminderBanner } from './ReminderBanner.tsx';
import { ReportFigures } from './ReportFigures.tsx';
import classes from './HeadcountPage.module.css';
import shared from './reports.module.css';
import { ReturnDialog } from './ReturnDialog.tsx';
import { reportState } from './status.ts';
import { useDecisions } from './useDecisions.ts';
import { useHeadcountNews } from './useDueList.ts';
import { Verdict } from './Verdict.tsx';

const FROM = '/signed-in/shell/conferences/$conference/bridges/$bridge/headcount';
/** A reminder reaches a nation at once: its forms ask for what is new over so long. */
const SPREAD_MS = 1500;

/** A bridge's own headcount report, short enough for a phone; for the level above, to accept or return. */
export function HeadcountPage() {
  const { t } = useWords();
  const { conference, bridge } = useParams({ from: FROM });
  const account = useMe().data;
  const queries = useQueryClient();
  const node = useQuery(bridgeOf(conference, bridge));
  const query = useQuery({
    queryKey: headcountKey(conference, bridge),
    queryFn: ({ signal }) => call(headcountContracts.headcount, { params: { conference, bridge } }, signal),
  });
  const renew = useCallback(() => {
    setTimeout(
      () => void queries.invalidateQueries({ queryKey: headcountKey(conference, bridge) }),
      Math.random() * SPREAD_MS,
    );
  }, [queries, conference, bridge]);
  useHeadcountNews(conference, bridge, renew);
  const worksHere = account?.grants.some((grant) => grant.bridge === bridge) ?? false;
  useSeen(conference, bridge, worksHere ? query.data : undefined);
  const { summoned = 0, invited = 0, name = '' } = node.data?.bridge ?? {};
  return (
    <>
      <PageHead title={t('headcount.title', { name })} />
      <Answered query={query}>
        {(found) => (
          <Report
            conference={conference}
            bridge={bridge}
            above={holdsAbove(account, conference, bridge, 'organize')}
            placed={summoned + invited}
            name={name}
            {...found}
          />
        )}
      </Answered>
    </>
  );
}

type Found = AnswerOf<typeof headcountContracts.headcount>;

/** Tells the level above that the unit has had its form, and what it was reminded of, before it. */
function useSeen(conference: string, bridge: string, found: Found | undefined): void {
  const told = useRef<string | null>(null);
  const unseen =
    found === undefined ? null : `${bridge} ${found.reminders.filter((one) => one.seenAt === null).length}`;
  useEffect(() => {
    if (unseen === null || unseen === told.current || document.visibilityState === 'hidden') return;
    told.current = unseen;
    // Nobody waits for it, and the next look says it again.
    call(reminderContracts.seeHeadcount, { params: { conference, bridge } }).catch(() => {
      told.current = null;
    });
  }, [unseen, conference, bridge]);
}

interface Props extends Found {
  readonly conference: string;
  readonly bridge: string;
  readonly above: boolean;
  /** Of the bridge. */
  readonly name: string;
  /** People placed at the bridge. */
  readonly placed: number;
}

function Report(props: Props) {
  const { conference, bridge, above, placed, report, dueBefore, status, lateByMs, clauses } = props;
  const { t, language } = useWords();
  const queries = useQueryClient();
  const now = useServerClock(props.asOf);
  /** Of a report that waits for the level above: whether somebody wants to change it all the same. */
  const [changing, setChanging] = useState(false);
  const hasDraft = report?.draft != null;
  const [returning, setReturning] = useState(false);
  const decisions = useDecisions(conference, bridge);
  const decided = { id: BridgeId.parse(bridge), name: props.name, revision: report?.revision ?? 0 };
  // Here rather than in the form: each revision begins a new one, and what was said of sending has to outlast it.
  const submit = useMutation({
    // One after the other: a draft that is kept late would wait beside what was sent.
    scope: { id: `headcount ${bridge}` },
    mutationFn: ({ content }: { content: HeadcountContent; sent: () => void }) =>
      call(headcountContracts.submitHeadcount, { params: { conference, bridge }, body: content }),
    onSuccess: (_answer, { sent }) => {
      sent();
      setChanging(false);
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: headcountKey(conference, bridge) }),
        queries.invalidateQueries({ queryKey: ['conference', conference, 'reports'] }),
        queries.invalidateQueries({ queryKey: ['my', 'headcounts'] }),
      ]),
  });
  const state = report?.state ?? null;
  const isOpen = isUnanswered({ state });
  // Who decides sees what was sent, whatever the unit is writing meanwhile.
  const showsForm = isOpen || (state === 'submitted' && (changing || (hasDraft && !above)));
  return (
    <Stack className={classes['form'] ?? ''} gap="md">
      <Group gap="4px 24px">
        <StateMark state={reportState({ state, status })} />
        {isOpen ? <Countdown dueBefore={dueBefore} now={now} /> : <LateMark due={{ status, lateByMs }} />}
      </Group>
      {isOpen ? <ReminderBanner reminders={props.reminders} /> : null}
      {report?.state === 'returned' && report.returnedWith !== null ? (
        <div className={shared['returned']} role="status">
          <Text fw={600}>{t('headcount.returnedWith')}</Text>
          <Text>
            {report.returnedAbout === null
              ? report.returnedWith
              : t('headcount.returnedAbout', {
                  part: t(`reportPart.${report.returnedAbout}`),
                  remark: report.returnedWith,
                })}
          </Text>
        </div>
      ) : null}
      {above && report !== null && report.revision > 0 ? (
        <Verdict
          state={report.state}
          busy={decisions.decide.isPending}
          onAccept={() => decisions.decide.mutate({ nodes: [decided], decision: { kind: 'accept' } })}
          onReturn={() => setReturning(true)}
        />
      ) : null}
      {submit.error === null ? null : (
        <>
          <Failure error={submit.error} />
          <Text>{t('headcount.notSent')}</Text>
        </>
      )}
      {showsForm ? (
        <HeadcountForm
          key={report?.revision ?? 0}
          conference={conference}
          bridge={bridge}
          report={report}
          clauses={clauses}
          placed={placed}
          sending={submit.isPending}
          onSend={(content, sent) => submit.mutate({ content, sent })}
          below={<Below conference={conference} bridge={bridge} below={props.below} />}
        />
      ) : report === null ? null : (
        <Sent {...props} report={report} isNew={submit.isSuccess} onChange={() => setChanging(true)} />
      )}
      <Difficulty conference={conference} bridge={bridge} />
      {report === null || report.history.length === 0 ? null : (
        <details className={shared['more']} open={above}>
          <summary>{t('headcount.history')}</summary>
          <HistoryView history={report.history} />
        </details>
      )}
      {props.reminders.length === 0 ? null : (
        <Text c="dimmed" size="sm">
          {t('reports.remindedTimes', {
            n: formatNumber(props.reminders.length, language),
            at: formatDateTime(props.reminders[0]?.at ?? now, language),
            by: props.reminders[0]?.by ?? '',
          })}
        </Text>
      )}
      <Anchor
        mih={44}
        className={shared['inLine'] ?? ''}
        renderRoot={(own) => <Link to="/conferences/$conference/bridges" params={{ conference }} {...own} />}
      >
        {t('headcount.back')}
      </Anchor>
      {above ? <LastDecision of={decisions} /> : null}
      {returning ? (
        <ReturnDialog
          nodes={[decided]}
          onClose={() => setReturning(false)}
          onReturn={(remark, about) => {
            decisions.decide.mutate({ nodes: [decided], decision: { kind: 'return', remark, about } });
            setReturning(false);
          }}
        />
      ) : null}
    </Stack>
  );
}

interface SentProps extends Props {
  readonly report: NonNullable<Found['report']>;
  /** Whether it was sent from this page just now. */
  readonly isNew: boolean;
  readonly onChange: () => void;
}

/** What was sent, when, and what happens next. */
function Sent({ report, clauses, placed, above, aboveName, isNew, onChange }: SentProps) {
  const { t, language } = useWords();
  const { state, submittedAt, content } = report;
  const name = aboveName ?? t('headcount.above');
  return (
    <section className={classes['sent']} role={isNew ? 'status' : undefined}>
      <Title order={2} size="h3">
        {submittedAt === null
          ? t('headcount.sent')
          : t('headcount.sentAt', { at: formatDateTime(submittedAt, language) })}
      </Title>
      {above ? null : (
        <Text>{t(state === 'accepted' ? 'headcount.accepted' : 'headcount.next', { name })}</Text>
      )}
      <ReportFigures content={content} clauses={clauses} expected={placed} />
      {state === 'accepted' ? null : (
        <Button variant="default" size="md" onClick={onChange}>
          {t('headcount.change')}
        </Button>
      )}
    </section>
  );
}

/** What those below have reported: it goes up by itself and is not typed again. */
function Below({ conference, bridge, below }: { conference: string; bridge: string; below: Found['below'] }) {
  const { t, language } = useWords();
  if (below === null) return null;
  const n = (count: number) => formatNumber(count, language);
  return (
    <section className={classes['fromBelow']} aria-label={t('headcount.fromBelow')}>
      <Text fw={600}>{t('headcount.fromBelow')}</Text>
      <Text>
        {t('headcount.belowSum', { total: n(below.total), n: n(below.reported), of: n(below.bridges) })}
        {below.latest === null
          ? ''
          : ` ${t('reports.latest', { at: formatDateTime(below.latest, language) })}.`}
      </Text>
      <Text c="dimmed" size="sm">
        {t('headcount.belowHint')}
      </Text>
      <Anchor
        mih={44}
        className={shared['inLine'] ?? ''}
        renderRoot={(own) => (
          <Link to="/conferences/$conference/reports" params={{ conference }} search={{ bridge }} {...own} />
        )}
      >
        {t('headcount.toBelow')}
      </Anchor>
    </section>
  );
}
