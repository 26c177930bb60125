import { Anchor, Autocomplete, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';

import type { ConferenceId } from '../../../domain/ids.ts';
import { formatSpan } from '../../../domain/schedule/sentences.ts';
import { checkTimes, movedTo } from '../../../domain/schedule/session.ts';
import { formatTime } from '../../../domain/text/dates.ts';
import { civilDateOf } from '../../../domain/time.ts';
import type { SessionRow } from '../../../domain/wire/schedule.ts';
import { isOutOfDate } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Failure } from '../parts/Pages.tsx';
import { faultsOf } from '../parts/sentences.ts';
import { TimeField } from '../parts/TimeFields.tsx';
import { PersonPicker } from '../people/PersonPicker.tsx';
import { Agenda } from './Agenda.tsx';
import { instantAt, Moment } from './Moment.tsx';
import { Preview, usePreview } from './Preview.tsx';
import classes from './dialogs.module.css';
import type { Deeds } from './useSchedule.ts';
import { WhoTakesPart } from './WhoTakesPart.tsx';

const KINDS = ['rehearsal', 'line-test', 'follow-up', 'session'] as const;

/** What a form holds: everything that is given of a session. */
export type Form = Omit<SessionRow, 'id' | 'conference' | 'ofPlan' | 'revision' | 'cancelled'>;

/** What a form begins with that changes a session. */
export function formOf(session: SessionRow): Form {
  const { kind, title, doorsAt, startsAt, endsAt, format, venue, chair, bridges, agenda } = session;
  return { kind, title, doorsAt, startsAt, endsAt, format, venue, chair, bridges, agenda };
}

/** Only what differs, so that two who change different things of a session do not undo each other. */
function differing(from: Form, to: Form): Partial<Form> {
  const changed = Object.entries(to).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(from[name as keyof Form]),
  );
  return Object.fromEntries(changed);
}

export interface Shared {
  readonly deeds: Deeds;
  /** Rooms that are known, to choose from. */
  readonly venues: readonly string[];
  readonly onClose: () => void;
}

/** Everything that is given of a session; what it stands in the way of is said while it is written. */
export function SessionForm({
  conference,
  session,
  start,
  names,
  deeds,
  venues,
  onClose,
  onReload,
  children,
}: Shared & {
  conference: ConferenceId;
  session: SessionRow | null;
  start: Form;
  names: readonly { readonly id: string; readonly name: string }[];
  onReload?: () => void;
  children?: ReactNode;
}) {
  const { t, language } = useWords();
  const [form, setForm] = useState(start);
  const [known, setKnown] = useState(() => new Map<string, string>(names.map(({ id, name }) => [id, name])));
  const [picksChair, setPicksChair] = useState(false);
  const isOfPlan = session?.ofPlan === true;
  const set = (change: Partial<Form>) => setForm((now) => ({ ...now, ...change }));
  const timesFault = checkTimes(form);
  const wrongItems = form.agenda.some(({ title }) => title.trim() === '');
  const isWhole = timesFault === null && form.title.trim() !== '' && !wrongItems;
  const change = differing(start, form);
  const preview = usePreview(conference, session?.id ?? null, isWhole ? form : null);
  const conflicts = preview.data?.conflicts.length ?? 0;
  const save = useMutation({
    mutationFn: async () => {
      if (session === null) {
        const when = formatSpan(form.startsAt, form.endsAt, language);
        await deeds.add(conference, form, t('schedule.added', { title: form.title, when }));
        return;
      }
      const said = t('schedule.changed', { title: form.title });
      const { startsAt, endsAt, ...own } = change;
      if (!isOfPlan) {
        await deeds.change(session, change, said);
        return;
      }
      // Doors that only went along with the start go along in the plan, too.
      const isMoved = startsAt !== undefined || endsAt !== undefined;
      if (isMoved) {
        const doors = movedTo(start, form.startsAt).doorsAt;
        if (own.doorsAt === doors) delete own.doorsAt;
      }
      if (Object.keys(own).length > 0) await deeds.change(session, own, said);
      if (isMoved) await deeds.moveOfPlan(session, form, said);
    },
    onSuccess: onClose,
  });
  const faultAt = (field: string): string | null =>
    faultsOf(save.error).find(({ at }) => at === field)?.message ?? null;
  const chairName = form.chair === null ? null : (known.get(form.chair) ?? '');
  const name = (id: string, text: string) => setKnown((now) => new Map(now).set(id, text));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) save.mutate();
      }}
    >
      <Stack>
        {isOfPlan ? (
          <Text>
            {t('schedule.ofPlan')}{' '}
            <Anchor
              renderRoot={(props) => (
                <Link to="/conferences/$conference/plan" params={{ conference }} {...props} />
              )}
            >
              {t('schedule.toPlan')}
            </Anchor>
          </Text>
        ) : null}
        <div className={classes['form']}>
          <NativeSelect
            label={t('schedule.kind')}
            value={form.kind}
            disabled={isOfPlan}
            data={KINDS.map((kind) => ({ value: kind, label: t(`schedule.kinds.${kind}`) }))}
            onChange={(event) => {
              const kind = KINDS.find((one) => one === event.currentTarget.value) ?? 'session';
              // A name that nobody has typed goes with the kind.
              const isUntouched = form.title === t(`schedule.kinds.${form.kind}`);
              set({ kind, ...(isUntouched && { title: t(`schedule.kinds.${kind}`) }) });
            }}
          />
          <TextInput
            label={t('schedule.title')}
            required
            data-autofocus
            maxLength={500}
            disabled={isOfPlan}
            value={form.title}
            error={form.title.trim() === '' ? t('schedule.needsTitle') : faultAt('title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <Moment
            labels={{ day: t('schedule.startDay'), hour: t('schedule.startHour') }}
            value={form.startsAt}
            error={faultAt('startsAt')}
            onChange={(startsAt) => set(movedTo(form, startsAt))}
          />
          <Moment
            labels={{ day: t('schedule.endDay'), hour: t('schedule.endHour') }}
            value={form.endsAt}
            error={
              timesFault?.reason === 'ends before it starts'
                ? t('schedule.endsFirst')
                : timesFault?.reason === 'too long'
                  ? t('schedule.tooLong')
                  : faultAt('endsAt')
            }
            onChange={(endsAt) => set({ endsAt })}
          />
          <TimeField
            label={t('schedule.doors')}
            value={form.doorsAt === null ? null : formatTime(form.doorsAt)}
            error={timesFault?.reason === 'doors' ? t('schedule.doorsLate') : faultAt('doorsAt')}
            onRead={(clock) =>
              set({ doorsAt: clock === null ? null : instantAt(civilDateOf(form.startsAt), clock) })
            }
          />
          <Autocomplete
            label={t('schedule.venue')}
            size="md"
            maxLength={500}
            disabled={isOfPlan}
            data={[...venues]}
            limit={6}
            value={form.venue ?? ''}
            error={faultAt('venue')}
            onChange={(venue) => set({ venue: venue.trim() === '' ? null : venue })}
          />
        </div>
        <Stack gap="xs" role="group" aria-label={t('schedule.chair')}>
          <Group gap="xs">
            <Text fw={600}>{t('schedule.chair')}</Text>
            <Text c={chairName === null ? 'dimmed' : ''}>{chairName ?? t('schedule.noChair')}</Text>
            <Button variant="default" aria-expanded={picksChair} onClick={() => setPicksChair(!picksChair)}>
              {t('schedule.chooseChair')}
            </Button>
          </Group>
          {picksChair ? (
            <PersonPicker
              conference={conference}
              most={1}
              chosen={form.chair === null ? [] : [{ id: form.chair, name: chairName ?? '' }]}
              onChange={([picked]) => {
                if (picked !== undefined) name(picked.id, picked.name);
                set({ chair: picked?.id ?? null });
                if (picked !== undefined) setPicksChair(false);
              }}
            />
          ) : null}
        </Stack>
        <WhoTakesPart
          conference={conference}
          value={form.bridges}
          error={faultAt('bridges')}
          onChange={(bridges) => set({ bridges })}
        />
        <Agenda
          conference={conference}
          items={form.agenda}
          names={known}
          isOfPlan={isOfPlan}
          onChange={(agenda) => set({ agenda })}
          onName={(picked) => name(picked.id, picked.name)}
        />
        {isOfPlan && (change.startsAt !== undefined || change.endsAt !== undefined) ? (
          <Text fw={600}>{t('schedule.planMoves')}</Text>
        ) : null}
        {isWhole ? <Preview preview={preview} of={{ conference, bridges: form.bridges }} /> : null}
        {save.error === null ? null : <Failure error={save.error} />}
        {isOutOfDate(save.error) && onReload !== undefined ? (
          <Button variant="default" onClick={onReload}>
            {t('schedule.seeNew')}
          </Button>
        ) : null}
        <Group className={classes['actions'] ?? ''}>
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!isWhole || (session !== null && Object.keys(change).length === 0)}
          >
            {conflicts === 0 ? t('schedule.save') : t('schedule.saveAnyway')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
          {children}
        </Group>
      </Stack>
    </form>
  );
}
