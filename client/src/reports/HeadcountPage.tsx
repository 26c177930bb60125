import {
  Alert,
  Anchor,
  Button,
  Group,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { formatDateTime } from '../../../domain/text/dates.ts';
import type { Instant } from '../../../domain/time.ts';
import { api } from '../../../domain/wire/api.ts';
import type { HeadcountContent, HeadcountReport } from '../../../domain/wire/headcount.ts';
import { organizes, ownBridges, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { bridgeOf } from '../api/queries.ts';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { Difficulty } from './Difficulty.tsx';
import { HistoryView } from './HistoryView.tsx';
import classes from './reports.module.css';
import { Verdict } from './Verdict.tsx';

const FROM = '/signed-in/shell/conferences/$conference/bridges/$bridge/headcount';

/** A bridge's own headcount report, short enough for a phone; for the level above, to accept or return. */
export function HeadcountPage() {
  const { t, language } = useWords();
  const { conference, bridge } = useParams({ from: FROM });
  const account = useMe();
  const node = useQuery(bridgeOf(conference, bridge));
  const query = useQuery({
    queryKey: ['conference', conference, 'headcount', bridge],
    queryFn: ({ signal }) => call(api.headcount, { params: { conference, bridge } }, signal),
  });
  const above =
    organizes(account.data, conference) ||
    ownBridges(account.data, conference).some(
      (grant) => grant.role === 'unit-organizer' && grant.bridge !== bridge,
    );
  return (
    <>
      <PageHead title={t('headcount.title', { name: node.data?.bridge.name ?? '' })} />
      <Answered query={query}>
        {({ report, dueBefore }) => (
          <Stack className={classes['form'] ?? ''} gap="lg">
            <Group gap="4px 24px">
              <StateMark state={report?.state ?? 'draft'} />
              <Text>
                {dueBefore === null
                  ? t('reports.noDeadline')
                  : t('reports.dueBefore', { at: formatDateTime(dueBefore, language) })}
              </Text>
              {dueBefore !== null && isLate(report, dueBefore) ? <StateMark state="late" /> : null}
            </Group>
            {report?.state === 'returned' && report.returnedWith !== null ? (
              <Alert color="orange" title={t('headcount.returnedWith')}>
                {report.returnedWith}
              </Alert>
            ) : null}
            {report?.state === 'submitted' && above ? (
              <Verdict conference={conference} bridge={bridge} />
            ) : null}
            <Form key={report?.revision ?? 0} conference={conference} bridge={bridge} report={report} />
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
        )}
      </Answered>
    </>
  );
}

function isLate(report: HeadcountReport | null, dueBefore: Instant): boolean {
  return (report?.submittedAt ?? Date.now()) >= dueBefore;
}

const CATEGORIES = ['partyMember', 'other'] as const;

/** What stands in a field of figures; undefined while it is empty. */
function headsOf(value: number | string): number | undefined {
  return value === '' ? undefined : Number(value);
}

function Form({
  conference,
  bridge,
  report,
}: {
  conference: string;
  bridge: string;
  report: HeadcountReport | null;
}) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [content, setContent] = useState<Partial<HeadcountContent>>(report?.content ?? {});
  const params = { conference, bridge };
  const settled = (answer: HeadcountReport) => {
    queries.setQueryData(
      ['conference', conference, 'headcount', bridge],
      (before: { dueBefore: Instant | null } | undefined) => ({ ...before, report: answer }),
    );
    return queries.invalidateQueries({ queryKey: ['conference', conference, 'reports'] });
  };
  const save = useMutation({
    mutationFn: (body: HeadcountContent) => call(api.saveHeadcount, { params, body }),
  });
  const submit = useMutation({
    mutationFn: (body: HeadcountContent) => call(api.submitHeadcount, { params, body }),
    onSuccess: settled,
  });
  const whole = (): HeadcountContent | null =>
    content.total === undefined
      ? null
      : {
          byClause: {},
          byCategory: {},
          chairName: null,
          chairPost: null,
          remark: null,
          ...content,
          total: content.total,
        };
  // A draft is kept as one goes along; only what is sent counts.
  const keep = () => {
    const draft = whole();
    if (draft !== null && (report === null || report.state === 'draft')) save.mutate(draft);
  };
  const set = (change: Partial<HeadcountContent>) => setContent((before) => ({ ...before, ...change }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = whole();
        if (body !== null) submit.mutate(body);
      }}
      onBlur={keep}
    >
      <Stack gap="md">
        <NumberInput
          className={classes['total'] ?? ''}
          label={t('headcount.total')}
          description={t('headcount.totalHint')}
          inputMode="numeric"
          required
          min={0}
          max={1_000_000}
          allowDecimal={false}
          thousandSeparator="."
          decimalSeparator=","
          hideControls
          value={content.total ?? ''}
          onChange={(value) => {
            const { total: _, ...others } = content;
            const total = headsOf(value);
            setContent(total === undefined ? others : { ...others, total });
          }}
        />
        <Group grow>
          {CATEGORIES.map((category) => (
            <NumberInput
              key={category}
              label={t(`category.${category}`)}
              inputMode="numeric"
              min={0}
              max={1_000_000}
              allowDecimal={false}
              thousandSeparator="."
              decimalSeparator=","
              hideControls
              value={content.byCategory?.[category] ?? ''}
              onChange={(value) => {
                const { [category]: _, ...others } = content.byCategory ?? {};
                const heads = headsOf(value);
                set({ byCategory: heads === undefined ? others : { ...others, [category]: heads } });
              }}
            />
          ))}
        </Group>
        <TextInput
          label={t('headcount.chairName')}
          maxLength={200}
          value={content.chairName ?? ''}
          onChange={(event) => set({ chairName: event.currentTarget.value || null })}
        />
        <TextInput
          label={t('headcount.chairPost')}
          maxLength={300}
          value={content.chairPost ?? ''}
          onChange={(event) => set({ chairPost: event.currentTarget.value || null })}
        />
        <Textarea
          label={t('headcount.remark')}
          maxLength={2000}
          value={content.remark ?? ''}
          onChange={(event) => set({ remark: event.currentTarget.value || null })}
        />
        <Text c="dimmed" role="status" mih="1.5em">
          {save.isPending ? t('app.saving') : save.isSuccess ? t('headcount.kept') : ''}
        </Text>
        {save.error === null ? null : <Failure error={save.error} />}
        {submit.error === null ? null : <Failure error={submit.error} />}
        {submit.isSuccess ? (
          <Title order={3} role="status">
            {t('headcount.sent')}
          </Title>
        ) : null}
        <Button
          type="submit"
          size="lg"
          h={52}
          fullWidth
          loading={submit.isPending}
          disabled={content.total === undefined}
        >
          {t(report === null || report.state === 'draft' ? 'headcount.send' : 'headcount.sendAgain')}
        </Button>
      </Stack>
    </form>
  );
}
