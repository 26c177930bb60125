import { Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { mayGoAgain } from '../../../domain/mail/letter.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { mailContracts, type Letter } from '../../../domain/wire/mail.ts';
import { call } from '../api/call.ts';
import { useWords } from '../app/language.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { Facts } from '../parts/Facts.tsx';
import { LetterPage } from '../parts/LetterPage.tsx';
import { Answered, Failure } from '../parts/Pages.tsx';
import { StateShape } from '../parts/StateMark.tsx';
import { mailKey, SHAPES } from './letters.ts';
import classes from './mail.module.css';

interface Props {
  readonly conference: string;
  readonly id: string;
  readonly to: string;
  readonly onClose: () => void;
}

/** One letter as its receiver gets it, what happened to it, and what can still be done about it. */
export function LetterView({ conference, id, to, onClose }: Props) {
  const { t } = useWords();
  const letter = useQuery({
    queryKey: [...mailKey(conference), 'letter', id],
    queryFn: ({ signal }) => call(mailContracts.letter, { params: { conference, letter: id } }, signal),
  });
  return (
    <Dialog title={t('mail.letter.title', { to })} isWide onClose={onClose}>
      <Answered query={letter}>{(data) => <Whole conference={conference} letter={data} />}</Answered>
    </Dialog>
  );
}

function Whole({ conference, letter }: { conference: string; letter: Letter }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const params = { conference, letter: letter.id };
  const act = useMutation({
    mutationFn: (deed: 'withdraw' | 'again') =>
      call(deed === 'again' ? mailContracts.tryLetterAgain : mailContracts.withdrawLetter, { params }),
    onSettled: () => queries.invalidateQueries({ queryKey: mailKey(conference) }),
  });
  const { state, stateAt, queuedAt, said, steps, toName, toAddress } = letter;
  const calendar = letter.calendar as 'REQUEST' | 'CANCEL' | 'PUBLISH' | null;
  const facts = [
    ['from', letter.from],
    ['to', toName === null ? toAddress : `${toName} <${toAddress}>`],
    ['replyTo', letter.replyTo],
    ['subject', letter.subject],
    ['calendar', calendar === null ? null : t(`mail.calendarMethod.${calendar}`)],
  ] as const;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <span className={classes['mark']}>
          <StateShape state={SHAPES[state]} /> {t(`mail.state.${state}`)},{' '}
          {t('mail.since', { at: formatDateTime(stateAt, language) })}
        </span>
        {state === 'waiting' ? (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate('withdraw')}>
            {t('mail.letter.withdraw')}
          </Button>
        ) : mayGoAgain(state) ? (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate('again')}>
            {t('mail.letter.again')}
          </Button>
        ) : null}
      </Group>
      {act.error === null ? null : <Failure error={act.error} />}
      {said === null ? null : <Text>{t('mail.line.said', { said })}</Text>}
      <Facts facts={facts.map(([name, value]) => [t(`mail.letter.${name}`), value])} />
      <Preview letter={letter} />
      <section>
        <Title order={3} fz="md" mb="xs">
          {t('mail.letter.steps')}
        </Title>
        <ol className={classes['steps']}>
          <li>{t('mail.letter.queued', { at: formatDateTime(queuedAt, language) })}</li>
          {steps.map((step) => (
            <li key={`${step.at} ${step.step}`}>
              {formatDateTime(step.at, language)}: {t(`mail.step.${step.step}`)}
              {step.said === null ? null : <span className={classes['dim']}> ({step.said})</span>}
            </li>
          ))}
        </ol>
      </section>
    </Stack>
  );
}

/** A letter as a page, or as the plain text that goes with it. */
function Preview({ letter: { html, text } }: { letter: Letter }) {
  const { t } = useWords();
  const [isText, setIsText] = useState(html === null);
  return (
    <Stack gap="xs">
      {html === null ? null : (
        <SegmentedControl
          aria-label={t('mail.letter.how')}
          value={isText ? 'text' : 'page'}
          data={[
            { value: 'page', label: t('mail.letter.page') },
            { value: 'text', label: t('mail.letter.text') },
          ]}
          onChange={(how) => setIsText(how === 'text')}
        />
      )}
      {html === null || isText ? (
        // It scrolls, so the keyboard has to come here.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={classes['text']} tabIndex={0} aria-label={t('mail.letter.pageOf')}>
          {text}
        </pre>
      ) : (
        <LetterPage title={t('mail.letter.pageOf')} html={html} />
      )}
    </Stack>
  );
}
