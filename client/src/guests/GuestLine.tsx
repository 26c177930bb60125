import { Button, NativeSelect, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { GUEST_ANSWERS } from '../../../domain/guests/guest.ts';
import { formatDateTime, formatTime } from '../../../domain/text/dates.ts';
import { guestContracts, type Guest } from '../../../domain/wire/guests.ts';
import { useWords } from '../app/language.ts';
import { call } from '../api/call.ts';
import { sentenceOf } from '../parts/sentences.ts';
import classes from './guests.module.css';

interface Props {
  readonly conference: string;
  readonly guest: Guest;
  readonly onChange: () => void;
}

/** A guest, how their letter stands, what they answered, and whether they are there. */
export function GuestLine({ conference, guest, onChange }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const { name, organisation, post, card, phone, email, letter, arrivedAt } = guest;
  const who = name ?? organisation ?? '';
  const standing = useMutation({
    mutationFn: (body: { answer: Guest['answer']; arrived: boolean }) =>
      call(guestContracts.setGuestStanding, { params: { conference, guest: guest.id }, body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['conference', conference, 'guests'] }),
  });
  // What was pressed shows at once.
  const { answer, arrived } = standing.isPending
    ? standing.variables
    : { answer: guest.answer, arrived: arrivedAt !== null };
  const word =
    arrived && arrivedAt !== null
      ? t('guests.arrivedAt', { at: formatTime(arrivedAt) })
      : t('guests.arrived');
  const more = [post, organisation].filter(Boolean).join(', ');
  const reached = [card, phone, email].filter(Boolean).join(' · ');
  return (
    <li className={classes['line']}>
      <div className={classes['who']}>
        <Text fw={500} c={name === null ? 'dimmed' : 'var(--mantine-color-text)'}>
          {name ?? t('guests.anybody')}
        </Text>
        {more === '' ? null : <Text>{more}</Text>}
        {reached === '' ? null : (
          <Text c="dimmed" size="sm">
            {reached}
          </Text>
        )}
        {letter === null ? null : (
          <Text size="sm">
            {t('guests.letter', {
              state: t(`mail.state.${letter.state}`),
              at: formatDateTime(letter.at, language),
            })}
          </Text>
        )}
        {standing.error === null ? null : (
          <Text size="sm" role="alert" c="var(--mantine-color-error)">
            {sentenceOf(standing.error, t)}
          </Text>
        )}
      </div>
      <div className={classes['deeds']}>
        <NativeSelect
          aria-label={t('guests.answerOf', { who })}
          value={answer ?? ''}
          data={[
            { value: '', label: t('guests.answer.none') },
            ...GUEST_ANSWERS.map((value) => ({ value, label: t(`guests.answer.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            standing.mutate({ answer: GUEST_ANSWERS.find((one) => one === value) ?? null, arrived })
          }
        />
        <Button
          variant={arrived ? 'filled' : 'default'}
          aria-pressed={arrived}
          aria-label={`${who}: ${word}`}
          onClick={() => standing.mutate({ answer, arrived: !arrived })}
        >
          {word}
        </Button>
        <Button variant="default" aria-label={t('guests.changeOf', { who })} onClick={onChange}>
          {t('guests.change')}
        </Button>
      </div>
    </li>
  );
}
