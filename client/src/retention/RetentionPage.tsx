import { Button, Checkbox, NumberInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { PERIOD_DAYS, RETENTION_KINDS, type RetentionKind } from '../../../domain/retention/kinds.ts';
import { formatDate, formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { addDays, type CivilDate } from '../../../domain/time.ts';
import { retentionContracts, type Retention, type RetentionPeriods } from '../../../domain/wire/retention.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Answered, Failure, PageHead } from '../parts/Pages.tsx';
import classes from './retention.module.css';

/** For how long what is personal in a conference is kept, what goes on which day, and what has gone. */
export function RetentionPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/retention' });
  const query = useQuery({
    queryKey: ['conference', conference, 'retention'],
    queryFn: ({ signal }) => call(retentionContracts.retention, { params: { conference } }, signal),
  });
  return (
    <>
      <PageHead title={t('retention.title')} />
      <Text maw="60rem" mb="md">
        {t('retention.about')}
      </Text>
      <Answered query={query}>
        {(retention) => (
          <>
            <Text mb="md">{t('retention.lastDay', { date: formatDate(retention.lastDay) })}</Text>
            <Periods key={JSON.stringify(retention.kinds)} conference={conference} retention={retention} />
            <DeleteNow conference={conference} retention={retention} />
            <Past retention={retention} />
          </>
        )}
      </Answered>
    </>
  );
}

interface Props {
  readonly conference: string;
  readonly retention: Retention;
}

type Entered = Readonly<Record<RetentionKind, number | string>>;

/** What is typed, as periods: an empty field keeps without end. */
function periodsOf(entered: Entered): RetentionPeriods {
  const days = (kind: RetentionKind) => (entered[kind] === '' ? null : Number(entered[kind]));
  return { people: days('people'), texts: days('texts'), accounts: days('accounts'), audit: days('audit') };
}

/** The day on which a kind would go by what is typed now: seen before it is saved. */
function dayFor(lastDay: CivilDate, days: number | null): CivilDate | null {
  return days === null ? null : addDays(lastDay, days + 1);
}

function Periods({ conference, retention }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { kinds, lastDay, today } = retention;
  const [entered, setEntered] = useState<Entered>(
    () => Object.fromEntries(kinds.map(({ kind, days }) => [kind, days ?? ''])) as Entered,
  );
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      call(retentionContracts.setRetention, { params: { conference }, body: periodsOf(entered) }),
    onSuccess: (next) => queries.setQueryData(['conference', conference, 'retention'], next),
  });
  const periods = periodsOf(entered);
  const isChanged = kinds.some(({ kind, days }) => periods[kind] !== days);
  const atOnce = kinds.filter(({ kind, entries, days }) => {
    const day = dayFor(lastDay, periods[kind]);
    return periods[kind] !== days && day !== null && day <= today && entries > 0;
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (atOnce.length > 0) setAsking(true);
        else save.mutate();
      }}
    >
      <ul className={classes['kinds']}>
        {kinds.map(({ kind, entries, deletedAt }) => {
          const day = dayFor(lastDay, periods[kind]);
          return (
            <li key={kind} className={classes['kind']}>
              <div>
                <Text fw={600}>{t(`retention.kind.${kind}`)}</Text>
                <Text c="dimmed">{t(`retention.what.${kind}`)}</Text>
              </div>
              <NumberInput
                label={t('retention.days')}
                aria-label={`${t(`retention.kind.${kind}`)}: ${t('retention.days')}`}
                placeholder={t('retention.never')}
                min={PERIOD_DAYS.least}
                max={PERIOD_DAYS.most}
                allowDecimal={false}
                value={entered[kind]}
                onChange={(value) => setEntered({ ...entered, [kind]: value })}
              />
              <div>
                <Text>{t('retention.entries', { n: formatNumber(entries, language) })}</Text>
                <Text fw={day !== null && day <= today ? 600 : 400}>
                  {day === null
                    ? t('retention.kept')
                    : day <= today
                      ? t('retention.now')
                      : t('retention.on', { date: formatDate(day) })}
                </Text>
                {deletedAt === null ? null : (
                  <Text c="dimmed">
                    {t('retention.deletedAt', { at: formatDateTime(deletedAt, language) })}
                  </Text>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {save.error === null ? null : <Failure error={save.error} />}
      <Button type="submit" disabled={!isChanged} loading={save.isPending}>
        {t('retention.save')}
      </Button>
      {asking ? (
        <Dialog title={t('retention.askTitle')} onClose={() => setAsking(false)}>
          <Stack>
            <Text>{t('retention.askMore')}</Text>
            <ul>
              {atOnce.map(({ kind, entries }) => (
                <li key={kind}>
                  {t(`retention.kind.${kind}`)}: {formatNumber(entries, language)}
                </li>
              ))}
            </ul>
            <Button
              color="red"
              onClick={() => {
                setAsking(false);
                save.mutate();
              }}
            >
              {t('retention.saveAndDelete')}
            </Button>
          </Stack>
        </Dialog>
      ) : null}
    </form>
  );
}

function DeleteNow({ conference, retention }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<readonly RetentionKind[]>([]);
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: (reason: string) =>
      call(retentionContracts.deleteNow, { params: { conference }, body: { kinds: [...chosen], reason } }),
    onSuccess: async () => {
      setAsking(false);
      setChosen([]);
      // Names stand in whatever was read of the conference.
      await queries.invalidateQueries({ queryKey: ['conference', conference] });
    },
  });
  return (
    <section className={classes['section']} aria-label={t('retention.deleteTitle')}>
      <Title order={2}>{t('retention.deleteTitle')}</Title>
      <Text maw="60rem" my="xs">
        {t('retention.deleteMore')}
      </Text>
      <Stack gap={4}>
        {retention.kinds.map(({ kind, entries }) => (
          <Checkbox
            key={kind}
            disabled={entries === 0}
            checked={chosen.includes(kind)}
            label={`${t(`retention.kind.${kind}`)} (${formatNumber(entries, language)})`}
            onChange={(event) =>
              setChosen(
                RETENTION_KINDS.filter((one) =>
                  one === kind ? event.currentTarget.checked : chosen.includes(one),
                ),
              )
            }
          />
        ))}
      </Stack>
      <Button
        mt="sm"
        color="red"
        variant="outline"
        disabled={chosen.length === 0}
        onClick={() => setAsking(true)}
      >
        {t('retention.deleteNow')}
      </Button>
      <Text role="status" mih="1.5em" mt="xs">
        {remove.data === undefined
          ? ''
          : t('retention.done', {
              n: formatNumber(
                remove.data.deleted.reduce((sum, { entries }) => sum + entries, 0),
                language,
              ),
            })}
      </Text>
      {asking ? (
        <AskReason
          title={t('retention.deleteTitle')}
          about={t('retention.deleteAsk', {
            kinds: chosen.map((kind) => t(`retention.kind.${kind}`)).join(', '),
          })}
          usual={[t('retention.usual.over'), t('retention.usual.asked')]}
          longest={1000}
          submit={t('retention.deleteNow')}
          busy={remove.isPending}
          error={remove.error}
          onClose={() => setAsking(false)}
          onReason={(reason) => remove.mutate(reason)}
        />
      ) : null}
    </section>
  );
}

function Past({ retention }: { readonly retention: Retention }) {
  const { t, language } = useWords();
  if (retention.deletions.length === 0) return null;
  return (
    <section className={classes['section']} aria-label={t('retention.past')}>
      <Title order={2}>{t('retention.past')}</Title>
      <ul>
        {retention.deletions.map(({ kind, at, by, reason, entries }) => (
          <li key={`${kind} ${at}`}>
            {t('retention.was', {
              at: formatDateTime(at, language),
              kind: t(`retention.kind.${kind}`),
              n: formatNumber(entries, language),
            })}{' '}
            {reason === null
              ? t('retention.because')
              : t('retention.reason', { by: by ?? t('hosts.operator'), reason })}
          </li>
        ))}
      </ul>
    </section>
  );
}
