import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import type { SessionId } from '../../../domain/ids.ts';
import type { SessionBridges } from '../../../domain/schedule/session.ts';
import { scheduleContracts } from '../../../domain/wire/schedule.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Findings } from '../parts/Findings.tsx';
import { Failure } from '../parts/Pages.tsx';
import { Audience } from './Audience.tsx';
import classes from './dialogs.module.css';
import type { SessionEdit } from './useSchedule.ts';

/** Asked once somebody has stopped typing for so long. */
const PAUSE_MS = 250;

/** What a session would stand in the way of, asked while it is being changed; null while it is not to be asked. */
export function usePreview(conference: string, session: SessionId | null, input: SessionEdit | null) {
  const [asked] = useDebouncedValue(input, PAUSE_MS);
  return useQuery({
    queryKey: ['conference', conference, 'session-preview', session, asked],
    queryFn: ({ signal }) =>
      call(
        scheduleContracts.previewSession,
        { params: { conference }, body: { session, input: asked ?? {} } },
        signal,
      ),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

/** Said before anything is kept: who and what would be in the way, and what else an organizer should know. */
export function Preview({
  preview,
  of: { conference, bridges },
}: {
  preview: ReturnType<typeof usePreview>;
  of: { readonly conference: string; readonly bridges: SessionBridges };
}) {
  const { t } = useWords();
  const { data, error } = preview;
  const said = data === undefined ? [] : [...data.conflicts, ...data.advice];
  return (
    <div className={classes['preview']} role="status" aria-live="polite" aria-busy={preview.isFetching}>
      {error === null ? null : <Failure error={error} onRetry={() => void preview.refetch()} />}
      {data === undefined ? (
        <Text c="dimmed">{t('schedule.checking')}</Text>
      ) : (
        <>
          {data.audience === null ? null : (
            <Audience conference={conference} bridges={bridges} people={data.audience} />
          )}
          {said.length === 0 ? <Text>{t('schedule.noConflict')}</Text> : <Findings findings={said} />}
        </>
      )}
    </div>
  );
}
