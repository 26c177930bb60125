import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

import { describeForecast, describeOverrun } from '../../../domain/schedule/sentences.ts';
import { formatClock, formatTime } from '../../../domain/text/dates.ts';
import { scheduleContracts, type AgendaRun, type RunStep } from '../../../domain/wire/schedule.ts';
import { call } from '../api/call.ts';
import { sessionsOf } from '../api/queries.ts';
import { holdsWhole, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { isTyping } from '../parts/keys.ts';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { useSessionOfNow } from '../parts/sessions.ts';
import { AgendaItems } from './AgendaItems.tsx';
import classes from './agenda.module.css';
import { agendaSentence } from './AgendaLine.tsx';
import { agendaKey, keepLatest, useAgenda, useAgendaNow } from './useAgenda.ts';

/** Minutes that one press adds. */
const MORE_MINUTES = 5;

/** The agenda of a session as it runs (điều hành chương trình), for whoever runs it and whoever follows it. */
export function AgendaPage() {
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/agenda' });
  const search: { session?: string } = useSearch({ strict: false });
  const { t } = useWords();
  const sessions = useQuery(sessionsOf(conference));
  const onNow = useSessionOfNow(sessions.data?.items);
  const session = search.session ?? onNow?.id;
  const title = sessions.data?.items.find(({ id }) => id === session)?.title;
  return (
    <>
      <PageHead title={t('agenda.title')} />
      <Answered query={sessions}>
        {() =>
          session === undefined ? (
            <Nothing title={t('door.noSession')}>
              <Text>{t('agenda.noSession')}</Text>
            </Nothing>
          ) : (
            <>
              {title === undefined ? null : <p className={classes['session']}>{title}</p>}
              <Running key={session} conference={conference} session={session} />
            </>
          )
        }
      </Answered>
    </>
  );
}

function Running({ conference, session }: { conference: string; session: string }) {
  const { t } = useWords();
  const query = useAgenda(conference, session);
  return (
    <Answered query={query}>
      {(told) =>
        told.items.length === 0 ? (
          <Nothing title={t('agenda.none')}>
            <Text>{t('agenda.noneMore')}</Text>
          </Nothing>
        ) : (
          <Desk conference={conference} told={told} />
        )
      }
    </Answered>
  );
}

/** What is said next; `after` is the last step that whoever says it has seen, null before the first. */
interface Deed {
  readonly what: Pick<RunStep, 'item' | 'step' | 'minutes'> | 'undo';
  readonly after: string | null;
}

function Desk({ conference, told }: { conference: string; told: AgendaRun }) {
  const { t, language } = useWords();
  const account = useMe();
  const queries = useQueryClient();
  const agenda = useAgendaNow(told);
  const { session } = told;
  const last = agenda?.last ?? null;
  const after = last?.id ?? null;
  const mayRun = holdsWhole(account.data, conference, 'control');
  const say = useMutation({
    mutationFn: (deed: Deed) =>
      deed.what === 'undo'
        ? call(scheduleContracts.undoAgendaStep, {
            params: { conference, session },
            body: { step: deed.after ?? '' },
          })
        : call(scheduleContracts.stepAgenda, {
            params: { conference, session },
            body: { ...deed.what, after: deed.after },
          }),
    onSuccess: (run) => keepLatest(queries, conference, run),
    onError: () => void queries.invalidateQueries({ queryKey: agendaKey(conference, session) }),
  });

  // The line may tell of the step before its own answer is here: what is seen can be followed by the next one.
  const isWaiting = say.isPending && say.variables.after === after;
  const items = agenda?.run.items ?? [];
  const current = items.findIndex(({ state }) => state === 'running' || state === 'paused');
  const next = items.findIndex(({ state }, at) => state === 'waiting' && at > current);
  const isPaused = items[current]?.state === 'paused';
  const step = (item: number, what: RunStep['step'], minutes: number | null = null) =>
    item < 0 || isWaiting ? undefined : () => say.mutate({ what: { item, step: what, minutes }, after });
  const deeds: Record<string, (() => void) | undefined> = {
    n: step(next, 'start'),
    p: step(current, isPaused ? 'resume' : 'pause'),
    e: step(current, 'extend', MORE_MINUTES),
    f: step(current, 'finish'),
    s: step(next, 'skip'),
    u: last === null || isWaiting ? undefined : () => say.mutate({ what: 'undo', after }),
  };
  useKeys(mayRun ? deeds : {});
  if (agenda === null) return null;

  const { run } = agenda;
  const over = run.items.find(({ overrun }) => overrun !== null && overrun !== undefined);
  const overItem = agenda.items.find(({ id }) => id === over?.id);
  const button = (key: string, words: string, primary = false) => (
    <Button
      key={key}
      className={classes['deed'] ?? ''}
      h="auto"
      mih={44}
      maw="100%"
      py="xs"
      variant={primary ? 'filled' : 'default'}
      disabled={deeds[key] === undefined}
      onClick={() => deeds[key]?.()}
      aria-keyshortcuts={key}
    >
      {words}
      <kbd className={classes['key']} aria-hidden="true">
        {key.toUpperCase()}
      </kbd>
    </Button>
  );
  const nextTitle = agenda.items[next]?.title ?? '';
  return (
    <>
      <div className={classes['head']} data-late={run.lateMs > 0 || undefined}>
        <p className={classes['clock']} data-testid="clock">
          {formatClock(agenda.now)}
        </p>
        <div>
          <p className={classes['now']}>{agendaSentence(agenda, t, language)}</p>
          <p>
            {describeForecast(run, language)} {t('agenda.planned', { at: formatTime(run.plannedEnd) })}
          </p>
          {over?.overrun == null || overItem === undefined ? null : (
            <p className={classes['over']}>{describeOverrun(overItem, over.overrun, language)}</p>
          )}
        </div>
      </div>
      {mayRun ? (
        <Group gap="sm" my="md" role="group" aria-label={t('agenda.desk')}>
          {button(
            'n',
            next < 0
              ? t('agenda.startNext')
              : t('agenda.startItem', { n: next + 1, title: short(nextTitle) }),
            true,
          )}
          {button('p', t(isPaused ? 'agenda.resume' : 'agenda.pause'))}
          {button('e', t('agenda.extend', { n: MORE_MINUTES }))}
          {button('f', t('agenda.finish'))}
          {button('s', next < 0 ? t('agenda.skip') : t('agenda.skipItem', { n: next + 1 }))}
          {button('u', t('agenda.undo'))}
        </Group>
      ) : null}
      {say.error === null ? null : <Failure error={say.error} />}
      <AgendaItems agenda={agenda} />
      {last === null ? null : (
        <Text c="dimmed" mt="sm" role="status">
          {t('agenda.last', {
            step: t(`agenda.step.${last.step}`, { minutes: last.minutes ?? 0 }),
            n: last.item + 1,
            by: last.by === '' ? t('agenda.console') : last.by,
            at: formatClock(last.at),
          })}
        </Text>
      )}
    </>
  );
}

const SHORT = 40;
function short(title: string): string {
  return title.length <= SHORT ? title : `${title.slice(0, SHORT).trimEnd()}…`;
}

/** Single letters from anywhere on the page, but not while somebody types. */
function useKeys(deeds: Readonly<Record<string, (() => void) | undefined>>): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
      const deed = deeds[event.key.toLowerCase()];
      if (deed === undefined) return;
      event.preventDefault();
      deed();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  });
}
