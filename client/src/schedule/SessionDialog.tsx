import { Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import type { ConferenceId } from '../../../domain/ids.ts';
import { formatSpan } from '../../../domain/schedule/sentences.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import type { CivilDate } from '../../../domain/time.ts';
import type { ScheduledConference, ScheduledSession, SessionRow } from '../../../domain/wire/schedule.ts';
import { useWords } from '../app/language.ts';
import { AskReason } from '../parts/AskReason.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { LastChanges } from '../parts/LastChanges.tsx';
import { Answered } from '../parts/Pages.tsx';
import { instantAt } from './Moment.tsx';
import { formOf, SessionForm, type Form, type Shared } from './SessionForm.tsx';
import { sessionQuery } from './useSchedule.ts';

/** A session is made: what it is and when, who and where; what it stands in the way of is said before it is kept. */
export function NewSession({
  conferences,
  day,
  ...shared
}: Shared & { conferences: readonly ScheduledConference[]; day: CivilDate }) {
  const { t } = useWords();
  const [conference, setConference] = useState(conferences[0]?.id ?? ('' as ConferenceId));
  const start: Form = {
    kind: 'rehearsal',
    title: t('schedule.kinds.rehearsal'),
    doorsAt: instantAt(day, '13:30'),
    startsAt: instantAt(day, '14:00'),
    endsAt: instantAt(day, '16:00'),
    format: null,
    venue: null,
    chair: null,
    bridges: 'all',
    agenda: [],
  };
  return (
    <Dialog title={t('schedule.newTitle')} isWide onClose={shared.onClose}>
      <Stack>
        {conferences.length < 2 ? null : (
          <NativeSelect
            label={t('schedule.conference')}
            value={conference}
            data={conferences.map(({ id, title }) => ({ value: id, label: title }))}
            onChange={(event) => setConference(event.currentTarget.value as ConferenceId)}
          />
        )}
        <SessionForm
          key={conference}
          conference={conference}
          session={null}
          start={start}
          names={[]}
          {...shared}
        />
      </Stack>
    </Dialog>
  );
}

/** A session that is there: whoever organizes changes it, others see it. */
export function OpenSession({
  session,
  mayChange,
  ...shared
}: Shared & { session: ScheduledSession; mayChange: boolean }) {
  return mayChange ? (
    <ChangeSession session={session} {...shared} />
  ) : (
    <SeeSession session={session} {...shared} />
  );
}

function SeeSession({ session, onClose }: Shared & { session: ScheduledSession }) {
  const { t, language } = useWords();
  const { kind, startsAt, endsAt, doorsAt, venue, cancelled, busy } = session;
  return (
    <Dialog title={session.title} onClose={onClose}>
      <Stack gap="xs">
        <Text>{t(`schedule.kinds.${kind}`)}</Text>
        <Text fw={600}>{formatSpan(startsAt, endsAt, language)}</Text>
        {doorsAt === null ? null : <Text>{t('schedule.doorsAt', { at: formatTime(doorsAt) })}</Text>}
        {venue === null ? null : <Text>{venue}</Text>}
        {busy.map(({ person, name, as }) => (
          <Text key={person}>{t(as === 'chair' ? 'schedule.chairs' : 'schedule.presents', { name })}</Text>
        ))}
        {cancelled === null ? null : (
          <Text fw={600}>{t('schedule.cancelledBecause', { reason: cancelled.reason })}</Text>
        )}
      </Stack>
    </Dialog>
  );
}

function ChangeSession({ session, ...shared }: Shared & { session: ScheduledSession }) {
  const { t, language } = useWords();
  const query = useQuery(sessionQuery(session.conference, session.id));
  const [asksWhy, setAsksWhy] = useState(false);
  const { deeds, onClose } = shared;
  const cancel = useMutation({
    mutationFn: ({ of, reason }: { of: SessionRow; reason: string }) =>
      deeds.cancel(of, reason, t('schedule.cancelled', { title: of.title })),
    onSuccess: onClose,
  });
  const undo = async (change: string | undefined) => {
    if (change === undefined) return;
    const { conference, id, title } = session;
    await deeds.undoChange(conference, id, change, t('schedule.changeUndone', { title }));
    onClose();
  };
  const now = query.data?.session;
  if (asksWhy && now !== undefined) {
    return (
      <AskReason
        title={t('schedule.cancelTitle', { title: now.title })}
        about={t('schedule.cancelAbout')}
        usual={[
          t('schedule.reasons.postponed'),
          t('schedule.reasons.weather'),
          t('schedule.reasons.mistake'),
        ]}
        submit={t('schedule.cancelSession')}
        longest={1000}
        busy={cancel.isPending}
        error={cancel.error}
        onReason={(reason) => cancel.mutate({ of: now, reason })}
        onClose={() => setAsksWhy(false)}
      />
    );
  }
  return (
    <Dialog title={session.title} isWide onClose={onClose}>
      <Answered query={query}>
        {({ session: row, names, changes }) => (
          <Stack>
            {row.cancelled === null ? (
              <SessionForm
                // What somebody else has changed meanwhile begins the form anew.
                key={row.revision}
                conference={row.conference}
                session={row}
                start={formOf(row)}
                names={names}
                onReload={() => void query.refetch()}
                {...shared}
              >
                {row.ofPlan ? null : (
                  <Button variant="default" onClick={() => setAsksWhy(true)}>
                    {t('schedule.cancelSession')}
                  </Button>
                )}
              </SessionForm>
            ) : (
              <>
                <Text fw={600}>
                  {t('schedule.cancelledAt', {
                    at: formatDateTime(row.cancelled.at, language),
                    reason: row.cancelled.reason,
                  })}
                </Text>
                <Text>{formatSpan(row.startsAt, row.endsAt, language)}</Text>
              </>
            )}
            <LastChanges
              changes={changes.map(({ kind, at, by, undoneAt }, place) => ({
                place,
                words: t(`schedule.changeKinds.${kind}`),
                by: by ?? '',
                at,
                undone: undoneAt !== null,
                // The one before it stands in its way.
                canUndo: place === 0 && undoneAt === null,
              }))}
              onUndo={(place) => undo(changes[place]?.id)}
            />
          </Stack>
        )}
      </Answered>
    </Dialog>
  );
}
