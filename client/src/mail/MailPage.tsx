import { Button, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

import { LETTER_STATES, type LetterState } from '../../../domain/mail/letter.ts';
import { formatDateTime } from '../../../domain/text/dates.ts';
import { formatNumber } from '../../../domain/text/numbers.ts';
import { mailContracts, type LetterRow } from '../../../domain/wire/mail.ts';
import { call } from '../api/call.ts';
import { mailLineOf } from '../api/queries.ts';
import { holdsStanding, useMe } from '../app/account.ts';
import { useWords } from '../app/language.ts';
import { Answered, Failure, Nothing, PageHead } from '../parts/Pages.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { StateFilter } from '../parts/StateFilter.tsx';
import { StateRow } from '../parts/StateRow.tsx';
import { VirtualRows } from '../parts/VirtualRows.tsx';
import { LetterView } from './LetterView.tsx';
import { mailKey, SHAPES, useLetters, type LetterFilter } from './letters.ts';
import { LineState } from './LineState.tsx';
import classes from './mail.module.css';
import { TestLetter } from './TestLetter.tsx';

/** Letters of a conference: whether the line carries any, how many stand where, and each as it goes. */
export function MailPage() {
  const { t } = useWords();
  const { conference } = useParams({ from: '/signed-in/shell/conferences/$conference/mail' });
  const account = useMe().data;
  const line = useQuery({ ...mailLineOf(conference), refetchInterval: 10_000 });
  const [isTesting, setIsTesting] = useState(false);
  const maySend = line.data !== undefined && line.data.kind !== 'none';
  return (
    <>
      <PageHead title={t('mail.title')}>
        {maySend ? (
          <Button variant="default" onClick={() => setIsTesting(true)}>
            {t('mail.test.button')}
          </Button>
        ) : null}
      </PageHead>
      <Answered query={line}>
        {(data) => (
          <>
            <LineState line={data} />
            <Letters conference={conference} />
          </>
        )}
      </Answered>
      {holdsStanding(account, 'organize') ? <NotUnderstood /> : null}
      {isTesting ? <TestLetter conference={conference} onClose={() => setIsTesting(false)} /> : null}
    </>
  );
}

function Letters({ conference }: { conference: string }) {
  const { t, language } = useWords();
  const [filter, setFilter] = useState<LetterFilter>({ q: '', state: null });
  const [open, setOpen] = useState<LetterRow | null>(null);
  const { list, first, items, more } = useLetters(conference, filter);
  const search = useCallback((q: string) => setFilter((now) => (now.q === q ? now : { ...now, q })), []);
  const counts = first?.counts;
  const total = counts === undefined ? 0 : LETTER_STATES.reduce((sum, state) => sum + counts[state], 0);
  return (
    <Answered query={list}>
      {() =>
        total === 0 && filter.q === '' ? (
          <Nothing title={t('mail.none')}>
            <Text>{t('mail.begin')}</Text>
          </Nothing>
        ) : (
          <>
            <SearchField label={t('mail.search')} onSearch={search} />
            {counts === undefined ? null : (
              <StateFilter
                label={t('mail.states')}
                states={LETTER_STATES}
                counts={counts}
                shapes={SHAPES}
                wordOf={(state) => t(state === null ? 'mail.all' : `mail.state.${state}`)}
                shown={filter.state}
                onShow={(state) => setFilter((now) => ({ ...now, state }))}
              />
            )}
            <AllAgain conference={conference} state={filter.state} count={items.length} />
            <p className={classes['dim']} role="status">
              {items.length === 0
                ? t('mail.nothing')
                : t('mail.shown', {
                    n: formatNumber(filter.state === null ? total : (counts?.[filter.state] ?? 0), language),
                  })}
            </p>
            <VirtualRows
              label={t('mail.list')}
              count={items.length}
              rowHeight={66}
              keyOf={(at) => items[at]?.id ?? String(at)}
              onEnd={more}
              render={(at) => {
                const letter = items[at];
                return letter === undefined ? null : <Row letter={letter} onOpen={() => setOpen(letter)} />;
              }}
            />
            {open === null ? null : (
              <LetterView
                conference={conference}
                id={open.id}
                to={open.toName ?? open.toAddress}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )
      }
    </Answered>
  );
}

/** Beside the letters that did not arrive: all of them once more. */
function AllAgain({
  conference,
  state,
  count,
}: {
  conference: string;
  state: LetterState | null;
  count: number;
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: (body: { state: 'failed' | 'bounced' | 'kept' }) =>
      call(mailContracts.tryLettersAgain, { params: { conference }, body }),
    onSettled: () => queries.invalidateQueries({ queryKey: mailKey(conference) }),
  });
  const isHere = state === 'failed' || state === 'bounced' || state === 'kept';
  return (
    <>
      {isHere && count > 0 ? (
        <Button variant="default" loading={again.isPending} onClick={() => again.mutate({ state })}>
          {t('mail.again.all')}
        </Button>
      ) : null}
      {again.error === null ? null : <Failure error={again.error} />}
      {again.data === undefined ? null : (
        <Text role="status">{t('mail.again.done', { n: formatNumber(again.data.waiting, language) })}</Text>
      )}
    </>
  );
}

function Row({ letter, onOpen }: { letter: LetterRow; onOpen: () => void }) {
  const { t, language } = useWords();
  const { toName, toAddress, subject, state, stateAt, dueAt, tries, said } = letter;
  const isLate = state === 'waiting' && tries > 0;
  return (
    <StateRow
      title={toName ?? toAddress}
      under={toName === null ? null : toAddress}
      onOpen={onOpen}
      about={subject}
      aboutUnder={said}
      state={SHAPES[state]}
      word={t(`mail.state.${state}`)}
      stateUnder={
        isLate
          ? `${t('mail.tries', { n: formatNumber(tries, language) })}, ${t('mail.due', { at: formatDateTime(dueAt, language) })}`
          : formatDateTime(stateAt, language)
      }
    />
  );
}

/** What came in that nobody could make anything of; for whoever looks after the whole installation. */
function NotUnderstood() {
  const { t, language } = useWords();
  const { data } = useQuery({
    queryKey: mailKey('received'),
    queryFn: ({ signal }) => call(mailContracts.receivedMail, {}, signal),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className={classes['received']}>
      <Title order={2} fz="lg">
        {t('mail.received.title')}
      </Title>
      <Text c="dimmed" mb="xs">
        {t('mail.received.what')}
      </Text>
      <VirtualRows
        label={t('mail.received.title')}
        count={data.items.length}
        rowHeight={66}
        maxHeight="30dvh"
        keyOf={String}
        render={(at) => {
          const one = data.items[at];
          return one === undefined ? null : (
            <div className={classes['row']}>
              <span>{one.sender ?? t('mail.received.unknown')}</span>
              <span>{one.subject ?? t('mail.received.noSubject')}</span>
              <span className={classes['dim']}>{formatDateTime(one.sentAt ?? one.at, language)}</span>
            </div>
          );
        }}
      />
    </section>
  );
}
